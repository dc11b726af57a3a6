package org.skinspectra.model;

import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Msi;
import org.skinspectra.spectra.Wavelengths;

/**
 * Turns multispectral images into reflectance cubes. One reconstructor serves any number of images
 * of any size from 8×8 on, one at a time; closing it frees its native memory.
 */
public interface Reconstructor extends AutoCloseable {

  /** Smallest side of an image in pixels. */
  int SMALLEST_SIDE = 8;

  /** What the model is. */
  ModelDescription model();

  /** Number of channels it needs: 3 (RGB) or 4 (RGB and 960 nm). */
  int inputChannels();

  /** Bands of the cubes it makes (nm). */
  Wavelengths wavelengths();

  /**
   * Reconstructs one image.
   *
   * @param msi reflectance factors, at least 8×8 pixels; a model of three channels takes the RGB of
   *     a four-channel image
   * @throws org.skinspectra.SkinSpectraException if the image has too few channels, is too small,
   *     holds a value that is not finite (the message names pixel and channel), or needs more
   *     memory than is free (the message names both); always before the work starts
   * @throws org.skinspectra.CanceledException if the monitor asks to stop
   */
  Reconstruction reconstruct(Msi msi, ProgressMonitor progress);

  @Override
  void close();
}
