/** Wavelengths, spectral tables, resampling, illuminants and observers: pure maths, no images. */
package org.skinspectra.spectra;
