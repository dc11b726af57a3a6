package org.skinspectra.profile;

import java.util.List;
import java.util.stream.IntStream;
import net.imglib2.parallel.Parallelization;

/** Rows of an image in bands, done in parallel by ImgLib2's executor of the calling thread. */
final class RowBands {

  private static final int ROWS = 32;

  private RowBands() {}

  interface Task {
    /** Does the rows {@code from} to {@code to} - 1. */
    void run(int from, int to);
  }

  interface Part<T> {
    /** The result of the rows {@code from} to {@code to} - 1. */
    T of(int from, int to);
  }

  static void forEach(int height, Task task) {
    Parallelization.getTaskExecutor()
        .forEach(bands(height), band -> task.run(band * ROWS, end(band, height)));
  }

  /** The result of each band from the top down, whatever the number of threads. */
  static <T> List<T> map(int height, Part<T> part) {
    return Parallelization.getTaskExecutor()
        .forEachApply(bands(height), band -> part.of(band * ROWS, end(band, height)));
  }

  private static List<Integer> bands(int height) {
    return IntStream.range(0, (height - 1) / ROWS + 1).boxed().toList();
  }

  private static int end(int band, int height) {
    return (int) Math.min(height, (band + 1L) * ROWS);
  }
}
