package org.skinspectra.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;

class PicturesInMemoryTest {

  private final PicturesInMemory memory = new PicturesInMemory(100);

  private CompletableFuture<PicturesInMemory.Place> enter(long bytes, ProgressMonitor progress) {
    return CompletableFuture.supplyAsync(() -> memory.enter(bytes, progress));
  }

  @Test
  void whatHasNoRoomWaitsUntilAnotherLeaves() throws Exception {
    PicturesInMemory.Place first = memory.enter(60, ProgressMonitor.NONE);
    PicturesInMemory.Place second = memory.enter(40, ProgressMonitor.NONE);
    CompletableFuture<PicturesInMemory.Place> third = enter(50, ProgressMonitor.NONE);
    assertThrows(TimeoutException.class, () -> third.get(120, TimeUnit.MILLISECONDS));
    second.close();
    assertThrows(TimeoutException.class, () -> third.get(120, TimeUnit.MILLISECONDS));
    first.close();
    third.get(20, TimeUnit.SECONDS).close();
  }

  @Test
  void oneAloneAlwaysComesIn() {
    memory.enter(1000, ProgressMonitor.NONE).close();
    memory.enter(Long.MAX_VALUE, ProgressMonitor.NONE).close();
  }

  @Test
  void whoWaitsCanBeCanceled() {
    memory.enter(1000, ProgressMonitor.NONE);
    AtomicBoolean canceled = new AtomicBoolean();
    CompletableFuture<PicturesInMemory.Place> waiting =
        enter(
            1,
            new ProgressMonitor() {
              @Override
              public void report(String step, long done, long total) {}

              @Override
              public boolean isCanceled() {
                return canceled.get();
              }
            });
    assertFalse(waiting.isDone());
    canceled.set(true);
    ExecutionException e =
        assertThrows(ExecutionException.class, () -> waiting.get(20, TimeUnit.SECONDS));
    assertEquals(CanceledException.class, e.getCause().getClass());
    assertTrue(e.getCause().getMessage().contains("memory"), e.getCause().getMessage());
  }
}
