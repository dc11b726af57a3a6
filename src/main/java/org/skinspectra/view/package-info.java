/**
 * What is shown in ImageJ's windows: pictures with their scales, plots, tables and the live view.
 * Knows images and numbers, but no SciJava services; the commands decide what is shown.
 */
package org.skinspectra.view;
