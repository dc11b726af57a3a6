package org.skinspectra.format;

import java.io.IOException;

/**
 * Reads a source band by band in as few passes over its file as memory allows: bands that the
 * source would rather give together ({@link CubeSource#bandsAtOnce}) are kept until they are asked
 * for. For one thread.
 */
public final class BandReader {

  private static final long MOST_BYTES = 256L << 20;

  private final CubeSource source;
  private final int atOnce;
  private float[][] planes = {};
  private int first;

  public BandReader(CubeSource source) {
    this(source, Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 8));
  }

  /**
   * @param bytes that the planes it holds may take; one is held in any case
   */
  BandReader(CubeSource source, long bytes) {
    this.source = source;
    long fitting = bytes / ((long) source.width() * source.height() * Float.BYTES);
    atOnce = (int) Math.max(1, Math.min(source.bandsAtOnce(), fitting));
  }

  /** The plane of a band, {@code [y][x]}, valid until the next is asked for. */
  public float[] plane(int band) throws IOException {
    if (band < first || band >= first + planes.length) {
      int start = band / atOnce * atOnce;
      int count = Math.min(atOnce, source.bands() - start);
      if (planes.length != count) {
        planes = new float[count][source.width() * source.height()];
      }
      first = -count;
      source.readBands(start, planes);
      first = start;
    }
    return planes[band - first];
  }
}
