package org.skinspectra.model.engine;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Works on tiles with one thread a core. Every thread computes a tile of its own from start to end,
 * in its own caches; several threads on one tile wait for each other at every operation.
 */
final class TileThreads implements AutoCloseable {

  private static final long LOOK_MS = 50;

  private final int count;
  private final ExecutorService threads;

  TileThreads(int count) {
    this.count = count;
    threads =
        Executors.newFixedThreadPool(
            count,
            work -> {
              Thread thread = new Thread(work, "Skin Spectra tiles");
              thread.setDaemon(true);
              return thread;
            });
  }

  int count() {
    return count;
  }

  /**
   * Does the work for every tile.
   *
   * @param tiles number of tiles
   * @param work for the tile of a number from 0 on
   * @param watch called with the number of tiles done now and then, in the caller's thread; if it
   *     throws, no further tile is begun. What went wrong first, there or in the work, comes out
   *     once all tiles that were begun are done, so that nothing they use is freed below them
   */
  void forEach(int tiles, IntConsumer work, IntConsumer watch) {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    Runnable worker =
        () -> {
          try {
            for (int i = next.getAndIncrement(); i < tiles; i = next.getAndIncrement()) {
              work.accept(i);
              done.incrementAndGet();
            }
          } finally {
            // Nothing that failed is worth the rest.
            next.set(tiles);
          }
        };
    List<? extends Future<?>> workers =
        IntStream.range(0, Math.min(count, tiles)).mapToObj(i -> threads.submit(worker)).toList();
    Throwable failure = null;
    for (Future<?> each : workers) {
      failure = first(failure, finished(each, failure == null, done, watch, next, tiles));
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }

  /** Waits for a worker; what went wrong, or null. */
  private static Throwable finished(
      Future<?> worker,
      boolean watched,
      AtomicInteger done,
      IntConsumer watch,
      AtomicInteger next,
      int end) {
    Throwable failure = null;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          worker.get(LOOK_MS, TimeUnit.MILLISECONDS);
          return failure;
        } catch (TimeoutException e) {
          if (watched && failure == null) {
            try {
              watch.accept(done.get());
            } catch (RuntimeException stop) {
              next.set(end);
              failure = stop;
            }
          }
        } catch (ExecutionException e) {
          return first(failure, e.getCause());
        } catch (InterruptedException e) {
          next.set(end);
          interrupted = true;
          failure = first(failure, new IllegalStateException("Interrupted at work on tiles.", e));
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Throwable first(Throwable one, Throwable other) {
    return one == null ? other : one;
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
