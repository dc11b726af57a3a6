package org.skinspectra.batch;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.model.Reconstructor;

/**
 * Threads of this program that share one model: while one image is reconstructed, others are read,
 * calibrated and written.
 */
public final class LocalThreads implements JobExecutor {

  private static final long POLL_MS = 50;
  private static final int STEPS = 1000;

  private final Reconstructor reconstructor;
  private final int threads;
  private final Path out;

  /**
   * @param reconstructor that several threads may ask, as all do
   * @param threads most pictures at a time, fewer where the memory is short
   * @param out folder of the cubes
   * @throws IllegalArgumentException if there is no thread
   */
  public LocalThreads(Reconstructor reconstructor, int threads, Path out) {
    if (threads < 1) {
      throw new IllegalArgumentException("At least one thread must work, not " + threads + ".");
    }
    this.reconstructor = reconstructor;
    this.threads = threads;
    this.out = out;
  }

  /** As many as overlap usefully: the network itself takes all processors, one image at a time. */
  public static int usualThreads() {
    return Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));
  }

  @Override
  public void run(
      List<BatchTask> tasks, BiConsumer<Integer, BatchResult> done, ProgressMonitor progress) {
    Run run = new Run(tasks, done, progress);
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "Skin Spectra batch");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<? extends Future<?>> workers =
          IntStream.range(0, Math.min(threads, tasks.size()))
              .mapToObj(slot -> pool.submit(() -> run.work(slot)))
              .toList();
      run.pass(workers);
    } finally {
      pool.shutdown();
    }
  }

  private record Done(int index, BatchResult result) {}

  private final class Run {

    private final List<BatchTask> tasks;
    private final BiConsumer<Integer, BatchResult> done;
    private final ProgressMonitor progress;
    private final BlockingQueue<Done> results = new LinkedBlockingQueue<>();
    private final PicturesInMemory memory = PicturesInMemory.ofThisProcess();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();

    /** How far each thread's picture is, of {@link #STEPS}. */
    private final AtomicIntegerArray parts;

    Run(List<BatchTask> tasks, BiConsumer<Integer, BatchResult> done, ProgressMonitor progress) {
      this.tasks = tasks;
      this.done = done;
      this.progress = progress;
      parts = new AtomicIntegerArray(threads);
    }

    /** Passes results on until all threads have ended. */
    void pass(List<? extends Future<?>> workers) {
      try {
        while (!workers.stream().allMatch(Future::isDone)) {
          if (progress.isCanceled()) {
            stopped.set(true);
          }
          pass(results.poll(POLL_MS, TimeUnit.MILLISECONDS));
        }
        for (Done last = results.poll(); last != null; last = results.poll()) {
          pass(last);
        }
        for (Future<?> worker : workers) {
          worker.get();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CanceledException("The batch", "cubes that are done stay");
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw (Error) e.getCause();
      } finally {
        stopped.set(true);
        await(workers);
      }
    }

    private void pass(Done one) {
      if (one != null) {
        done.accept(one.index(), one.result());
      }
    }

    /** Nobody must write any more when the folder is let go of. */
    private void await(List<? extends Future<?>> workers) {
      boolean interrupted = false;
      for (Future<?> worker : workers) {
        while (!worker.isDone()) {
          try {
            worker.get();
          } catch (InterruptedException e) {
            interrupted = true;
          } catch (ExecutionException e) {
            // Thrown above, unless something else was before it.
            break;
          }
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    void work(int slot) {
      JobRunner runner = new JobRunner(reconstructor, memory);
      for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
        ProgressMonitor part = part(slot, tasks.get(i).job());
        part.checkCanceled("The batch");
        BatchTask task = tasks.get(i);
        BatchJob job = task.job();
        BatchResult result =
            runner.run(
                job, task.before(), Path.of(job.location()), out.resolve(job.output()), part);
        parts.set(slot, 0);
        finished.incrementAndGet();
        results.add(new Done(i, result));
      }
    }

    private ProgressMonitor part(int slot, BatchJob job) {
      return new ProgressMonitor() {
        @Override
        public void report(String step, long done, long total) {
          parts.set(slot, (int) (STEPS * Math.min(done, total) / Math.max(1, total)));
          long all = (long) STEPS * finished.get();
          for (int i = 0; i < threads; i++) {
            all += parts.get(i);
          }
          progress.report(
              "%d of %d done, %s: %s".formatted(finished.get(), tasks.size(), job.input(), step),
              Math.min(all, (long) STEPS * tasks.size() - 1),
              (long) STEPS * tasks.size());
        }

        @Override
        public boolean isCanceled() {
          return stopped.get() || progress.isCanceled();
        }
      };
    }
  }
}
