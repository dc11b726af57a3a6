package org.skinspectra.profile;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import net.imglib2.parallel.Parallelization;

/** The lines of an image, worked on in parallel by ImgLib2's executor of the calling thread. */
final class Rows {

  private static final int ROWS_PER_PART = 32;

  private Rows() {}

  /** Does the work for 0 … {@code count} - 1; no line may write what another one reads. */
  static void forEach(int count, IntConsumer work) {
    int parts = (count + ROWS_PER_PART - 1) / ROWS_PER_PART;
    Parallelization.getTaskExecutor()
        .forEach(
            IntStream.range(0, parts).boxed().toList(),
            part -> {
              int end = Math.min(count, (part + 1) * ROWS_PER_PART);
              for (int row = part * ROWS_PER_PART; row < end; row++) {
                work.accept(row);
              }
            });
  }
}
