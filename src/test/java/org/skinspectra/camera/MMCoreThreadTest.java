package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;
import org.skinspectra.CanceledException;
import org.skinspectra.SkinSpectraException;

class MMCoreThreadTest {

  private static final double LONG = 10_000;

  private final MMCoreThread thread = new MMCoreThread();

  @Test
  void allWorkIsDoneOnOneDaemonThreadOneAfterTheOther() throws InterruptedException {
    List<Thread> seen = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger inside = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread caller =
          new Thread(
              () -> {
                for (int n = 0; n < 25; n++) {
                  call(
                      LONG,
                      () -> {
                        assertEquals(1, inside.incrementAndGet());
                        seen.add(Thread.currentThread());
                        inside.decrementAndGet();
                      });
                }
              });
      callers.add(caller);
      caller.start();
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertEquals(100, seen.size());
    assertEquals(1, seen.stream().distinct().count());
    assertTrue(seen.get(0).isDaemon());
  }

  @Test
  void aMissedDeadlineEndsInAMessageAndNothingElseIsDoneUntilTheCallReturns() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    long begun = System.nanoTime();
    String missed =
        assertThrows(
                SkinSpectraException.class,
                () ->
                    call(
                        30,
                        () -> {
                          thread.next("snapImage()");
                          release.await();
                        }))
            .getMessage();
    assertTrue(System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(5));
    assertTrue(missed.contains("RGBCam works at snapImage(): no answer within 30 ms"), missed);
    String refused =
        assertThrows(SkinSpectraException.class, () -> call(LONG, () -> {})).getMessage();
    assertTrue(refused.contains("has not come back"), refused);
    assertTrue(refused.contains("snapImage()"), refused);
    release.countDown();
    AtomicInteger recovered = new AtomicInteger();
    assertEquals("again", afterItReturned(recovered));
    assertEquals(1, recovered.get());
    assertEquals(
        "once more", thread.call("x", LONG, () -> "once more", recovered::incrementAndGet));
    assertEquals(1, recovered.get());
  }

  /** The thread comes back some time after it was let go. */
  private String afterItReturned(AtomicInteger recovered) throws InterruptedException {
    for (int i = 0; i < 1000; i++) {
      try {
        return thread.call("RGBCam works", LONG, () -> "again", recovered::incrementAndGet);
      } catch (SkinSpectraException e) {
        TimeUnit.MILLISECONDS.sleep(2);
      }
    }
    throw new AssertionError("never came back");
  }

  @Test
  void workThatNobodyWaitsForEndsAtItsNextCall() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicReference<String> reached = new AtomicReference<>("the start");
    assertThrows(
        SkinSpectraException.class,
        () ->
            call(
                10,
                () -> {
                  release.await();
                  thread.next("snapImage()");
                  reached.set("an image that nobody wants");
                }));
    release.countDown();
    afterItReturned(new AtomicInteger());
    assertEquals("the start", reached.get());
  }

  @Test
  void failuresOfTheWorkComeBackAsTheyAre() {
    SkinSpectraException known = new SkinSpectraException("known");
    assertSame(
        known,
        assertThrows(
            SkinSpectraException.class,
            () ->
                call(
                    LONG,
                    () -> {
                      throw known;
                    })));
    String other =
        assertThrows(
                SkinSpectraException.class,
                () ->
                    call(
                        LONG,
                        () -> {
                          throw new IOException("unknown");
                        }))
            .getMessage();
    assertEquals("RGBCam works: unknown", other);
  }

  @Test
  void theEventThreadIsRefused() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    SwingUtilities.invokeAndWait(
        () -> thrown.set(assertThrows(SkinSpectraException.class, () -> call(LONG, () -> {}))));
    String message = thrown.get().getMessage();
    assertTrue(message.contains("event thread"), message);
  }

  @Test
  void whoeverIsInterruptedWaitsNoLonger() {
    CountDownLatch release = new CountDownLatch(1);
    Thread.currentThread().interrupt();
    assertThrows(CanceledException.class, () -> call(LONG, release::await));
    assertTrue(Thread.interrupted());
    release.countDown();
  }

  private interface Work {
    void run() throws Exception;
  }

  private void call(double deadlineMs, Work work) {
    thread.call(
        "RGBCam works",
        deadlineMs,
        () -> {
          work.run();
          return null;
        },
        () -> {});
  }
}
