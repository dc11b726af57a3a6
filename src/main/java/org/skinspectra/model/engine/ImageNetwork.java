package org.skinspectra.model.engine;

import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Msi;
import org.skinspectra.model.MemoryCheck;

/** A network with its weights on one device, ready to run on images of any size. */
interface ImageNetwork extends AutoCloseable {

  /** The device that it was seen to run on, such as {@code CPU:0}. */
  String device();

  /** The work on one image, for which there is memory. */
  interface Run {

    /**
     * The bands of the image, [band][y · width + x], without the padding.
     *
     * @throws org.skinspectra.CanceledException if the monitor asks to stop
     */
    float[][] on(Msi msi, ProgressMonitor progress);
  }

  /**
   * Plans the work on an image of some size.
   *
   * @throws org.skinspectra.SkinSpectraException if it does not fit in memory, naming what is
   *     needed and what is free
   */
  Run prepare(PaddedImage image, MemoryCheck memory);

  @Override
  void close();
}
