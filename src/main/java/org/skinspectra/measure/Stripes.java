package org.skinspectra.measure;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import net.imglib2.parallel.Parallelization;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;

/**
 * Independent parts of one piece of work, done in parallel by ImgLib2's executor of the calling
 * thread. Results come back in order, whatever the number of threads.
 */
final class Stripes {

  private Stripes() {}

  /**
   * Applies {@code part} to 0 … {@code count} - 1.
   *
   * @throws CanceledException if {@code progress} asked to stop
   */
  static <T> List<T> map(String work, int count, ProgressMonitor progress, IntFunction<T> part) {
    AtomicLong done = new AtomicLong();
    List<T> results =
        Parallelization.getTaskExecutor()
            .forEachApply(
                IntStream.range(0, count).boxed().toList(),
                index -> {
                  synchronized (progress) {
                    if (progress.isCanceled()) {
                      return null;
                    }
                  }
                  T result = part.apply(index);
                  synchronized (progress) {
                    progress.report(work, done.incrementAndGet(), count);
                  }
                  return result;
                });
    if (results.stream().anyMatch(Objects::isNull)) {
      throw new CanceledException(work);
    }
    return results;
  }
}
