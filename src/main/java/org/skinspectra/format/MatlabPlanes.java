package org.skinspectra.format;

import java.io.Closeable;
import java.io.IOException;

/** Reads planes of a MATLAB variable from an open file. */
@FunctionalInterface
interface MatlabPlanes extends Closeable {

  /**
   * Reads a rectangle, which lies in the image, of {@code planes.length} bands from {@code first}
   * on, each {@code [y][x]} of the region.
   */
  void read(int first, PixelRegion region, float[][] planes) throws IOException;

  /** How many bands are best read together; see {@link CubeSource#bandsAtOnce}. */
  default int bandsAtOnce() {
    return 1;
  }

  /** Gives back what reading took; the file is not closed. */
  @Override
  default void close() {}
}
