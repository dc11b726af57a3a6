package org.skinspectra.format;

import java.io.IOException;

/** Planes of which the second cannot be had, as if the disk had filled up under the writer. */
final class FullDisk implements CubeSource {

  @Override
  public int width() {
    return 300;
  }

  @Override
  public int height() {
    return 200;
  }

  @Override
  public int bands() {
    return 3;
  }

  @Override
  public void readBands(int first, float[][] planes) throws IOException {
    if (first + planes.length > 1) {
      throw new IOException("No space left on device");
    }
  }
}
