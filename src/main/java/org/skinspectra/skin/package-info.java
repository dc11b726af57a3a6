/** Optics of skin, simulated skin spectra, and the scenes and canonical camera made from them. */
package org.skinspectra.skin;
