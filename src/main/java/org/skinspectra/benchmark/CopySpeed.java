package org.skinspectra.benchmark;

import java.util.stream.IntStream;

/** How fast this machine moves data: the floor of whatever reads and writes maps. */
public final class CopySpeed {

  private static final int BLOCKS = 64;
  private static final int BLOCK = 1 << 20;
  private static final int RUNS = 8;

  private CopySpeed() {}

  /** Bytes read and written a second, by all cores, in memory beyond the caches. */
  public static double bytesPerSecond() {
    float[][] from = new float[BLOCKS][BLOCK];
    float[][] to = new float[BLOCKS][BLOCK];
    Timing timing =
        Timing.warmed(
            RUNS,
            () ->
                IntStream.range(0, BLOCKS)
                    .parallel()
                    .forEach(i -> System.arraycopy(from[i], 0, to[i], 0, BLOCK)));
    return 2.0 * BLOCKS * BLOCK * Float.BYTES / timing.best();
  }
}
