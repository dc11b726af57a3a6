package org.skinspectra.session;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Brings frames from a queue into a session: encodes frames while those before them, on another
 * thread, are brought to the medium. Ends when the queue is closed and empty, or with a failure,
 * which the queue is told.
 */
final class StoringThread {

  private final SessionStore store;
  private final FrameQueue queue;
  private final Thread thread;

  private StoringThread(SessionStore store, FrameQueue queue) {
    this.store = store;
    this.queue = queue;
    thread = daemon(this::run, "session writer");
  }

  static StoringThread start(SessionStore store, FrameQueue queue) {
    StoringThread storing = new StoringThread(store, queue);
    storing.thread.start();
    return storing;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private void run() {
    ExecutorService publisher =
        Executors.newSingleThreadExecutor(task -> daemon(task, "session publisher"));
    try {
      Future<?> publishing = CompletableFuture.completedFuture(null);
      for (List<FrameQueue.Group> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
        List<FrameQueue.Group> groups = batch;
        FrameFolder.Prepared prepared =
            store.prepare(groups.stream().flatMap(group -> group.entries().stream()).toList());
        publishing.get();
        if (queue.hasFailed()) {
          store.discard(prepared);
          return;
        }
        publishing = publisher.submit(() -> publish(prepared, groups));
      }
      publishing.get();
    } catch (RuntimeException | Error e) {
      queue.fail(e);
    } catch (ExecutionException | InterruptedException e) {
      queue.fail(new IllegalStateException("The writer was stopped.", e));
    } finally {
      publisher.shutdown();
      awaitEnd(publisher);
    }
  }

  private void publish(FrameFolder.Prepared prepared, List<FrameQueue.Group> groups) {
    try {
      store.publish(prepared);
      queue.stored(groups);
    } catch (RuntimeException | Error e) {
      queue.fail(e);
    }
  }

  private static void awaitEnd(ExecutorService publisher) {
    try {
      publisher.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until it has ended, even when interrupted: frames that were accepted are stored. */
  void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
