/**
 * Spectral angle, reflectance errors and spectra of regions: pure functions on cubes. Every number
 * that depends on a choice carries the name of that choice.
 */
package org.skinspectra.measure;
