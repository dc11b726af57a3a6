package org.skinspectra.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.PixelType;

class FrameQueueTest {

  /** A frame of 30 bytes. */
  private static final List<FrameFolder.Entry> FRAME =
      List.of(
          new FrameFolder.Entry(
              new CapturedFrame(
                  FrameKind.IMAGE, 0, 0, Frames.random(PixelType.GRAY8, 6, 5, "RGB", 1)),
              Optional.empty()));

  private final FrameQueue queue = new FrameQueue(Path.of("session"), 60);

  @Test
  void groupsComeOutInOrderAndCountWhenTheyAreStored() throws Exception {
    queue.put(FRAME);
    queue.put(FRAME);
    assertEquals(2, queue.accepted());
    List<FrameQueue.Group> batch = queue.take();
    assertEquals(List.of(30L, 30L), batch.stream().map(FrameQueue.Group::bytes).toList());
    assertEquals(0, queue.written());
    queue.stored(batch);
    assertEquals(2, queue.written());
    queue.flush();
  }

  @Test
  void whatIsTakenCountsAsInMemoryUntilItIsStored() throws Exception {
    queue.put(FRAME);
    queue.put(FRAME);
    List<FrameQueue.Group> batch = queue.take();
    CompletableFuture<Void> third = CompletableFuture.runAsync(() -> queue.put(FRAME));
    TimeUnit.MILLISECONDS.sleep(20);
    assertFalse(third.isDone());
    queue.stored(batch);
    third.get(5, TimeUnit.SECONDS);
    assertEquals(3, queue.accepted());
  }

  @Test
  void aGroupThatIsTooLargeIsTakenWhenNothingElseIsInMemory() {
    FrameQueue small = new FrameQueue(Path.of("session"), 10);
    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> small.put(FRAME));
  }

  @Test
  void aFailureIsToldToAllWithTheFramesThatAreStored() throws Exception {
    queue.put(FRAME);
    queue.stored(queue.take());
    queue.put(FRAME);
    queue.fail(new SkinSpectraException("The disk is gone."));
    queue.fail(new SkinSpectraException("Later."));
    assertTrue(queue.hasFailed());
    assertEquals(List.of(), queue.take());
    for (Runnable call : List.<Runnable>of(() -> queue.put(FRAME), queue::flush)) {
      assertEquals(
          "1 of 2 frames are stored in session. The disk is gone.",
          assertThrows(SkinSpectraIOException.class, call::run).getMessage());
    }
  }

  @Test
  void aClosedQueueTakesNothingMoreButGivesWhatItHas() throws Exception {
    queue.put(FRAME);
    queue.close();
    assertThrows(SkinSpectraException.class, () -> queue.put(FRAME));
    assertEquals(1, queue.take().size());
    assertEquals(List.of(), queue.take());
  }
}
