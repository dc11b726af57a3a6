package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skinspectra.camera.DemoSteps.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;

/** What goes wrong with the demo camera ends in one message, in time; and its pace. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DemoFaultsTest {

  private static final RigStep WHITE = step("RGB", "RGB", 5, "Scene/Target=white");

  private DemoCameraSource source;

  @AfterEach
  void close() {
    if (source != null) {
      source.close();
    }
  }

  private void open(boolean realTime, DemoFault... faults) {
    source =
        new DemoCameraSource(
            DemoSteps.options().withRealTime(realTime).withFaults(List.of(faults)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MISSING_FRAME | Camera RGB delivered no frame in step RGB. Check its cable",
        "TIME_OUT | Camera RGB did not answer in step RGB within 2005 ms",
        "UNPLUGGED | Camera RGB is not connected any more. Plug it in",
        "WRONG_SIZE | Camera RGB delivered 48x16 pixels in step RGB, where 48x32 were asked for"
      })
  void aFaultEndsInOneMessageAndThenTheCameraGoesOn(DemoFault.Kind kind, String message) {
    open(false, DemoFault.once(kind, "RGB", 1));
    source.snap(WHITE);
    assertEquals(message, told(() -> source.snap(WHITE)).substring(0, message.length()));
    assertEquals("2", source.snap(WHITE).tags().all().get("FrameIndex"));
  }

  @Test
  void aCameraThatWasPulledOutStaysAway() {
    open(false, DemoFault.from(DemoFault.Kind.UNPLUGGED, "RGB", 1));
    source.snap(WHITE);
    for (int i = 0; i < 3; i++) {
      assertTrue(told(() -> source.snap(WHITE)).contains("not connected"));
    }
    // The other one is still there.
    source.snap(step("N960", "N960", 5));
  }

  @Test
  void tooMuchLightSaturatesEveryPixel() {
    open(false, DemoFault.once(DemoFault.Kind.SATURATED, "RGB", 1));
    assertTrue(mean(source.snap(WHITE)) < 4000);
    Frame frame = source.snap(WHITE);
    assertTrue(mean(frame) > 0.999 * frame.fullScale(), mean(frame) + "");
  }

  @Test
  void aBumpedLampGivesAFifthLess() {
    open(false, DemoFault.from(DemoFault.Kind.LAMP_BUMPED, "RGB", 1));
    double dark = 0.02 * 4095;
    double before = mean(source.snap(WHITE)) - dark;
    assertEquals(0.8, (mean(source.snap(WHITE)) - dark) / before, 0.005);
  }

  @Test
  void aSequenceTellsHowManyFramesAreLost() {
    open(false, DemoFault.once(DemoFault.Kind.MISSING_FRAME, "RGB", 3));
    List<Frame> frames = new ArrayList<>();
    String told = told(() -> source.sequence(WHITE, 10, frames::add, ProgressMonitor.NONE));
    assertTrue(told.contains("3 of 10 frames; 7 are lost"), told);
    assertEquals(3, frames.size());
  }

  @ParameterizedTest
  @EnumSource(names = {"MISSING_FRAME", "TIME_OUT", "UNPLUGGED", "WRONG_SIZE"})
  void aLiveViewDeliversItsFailureToTheViewer(DemoFault.Kind kind) throws InterruptedException {
    open(false, DemoFault.from(kind, "RGB", 3));
    try (LiveView live = source.live(WHITE)) {
      for (int i = 0; i < 500 && live.delivered() < 3; i++) {
        Thread.sleep(2);
      }
      Thread.sleep(20);
      live.newest();
      assertTrue(told(live::newest).contains("amera RGB"));
      assertTrue(told(live::newest).contains("amera RGB"), "told again");
      assertEquals(3, live.delivered());
    }
  }

  @Test
  void aTimeOutEndsAtTheDeadline() {
    open(true, DemoFault.once(DemoFault.Kind.TIME_OUT, "RGB", 0));
    RigStep step = withTimeout(WHITE, 100);
    long begin = System.nanoTime();
    assertTrue(told(() -> source.snap(step)).contains("within 105 ms"));
    double ms = (System.nanoTime() - begin) / 1e6;
    assertTrue(ms >= 105 && ms < 5000, ms + " ms");
  }

  @Test
  void aSlowCameraDeliversWithinItsTimeOut() {
    open(true, DemoFault.once(DemoFault.Kind.SLOW, "RGB", 0));
    long begin = System.nanoTime();
    source.snap(withTimeout(WHITE, 100));
    double ms = (System.nanoTime() - begin) / 1e6;
    assertTrue(ms >= 55, ms + " ms");
  }

  @Test
  void framesComeAtThePaceOfTheirExposure() {
    open(true);
    source.snap(WHITE);
    long begin = System.nanoTime();
    source.sequence(
        step("RGB", "RGB", 20, "Scene/Target=white"), 5, frame -> {}, ProgressMonitor.NONE);
    double ms = (System.nanoTime() - begin) / 1e6;
    assertTrue(ms >= 100, ms + " ms");
  }

  @Test
  void aPreviewComesAtThePaceOfItsExposure() throws InterruptedException {
    open(true);
    long begin = System.nanoTime();
    try (LiveView live = source.live(step("RGB", "RGB", 50, "Scene/Target=white"))) {
      Thread.sleep(300);
      long delivered = live.delivered();
      double ms = (System.nanoTime() - begin) / 1e6;
      assertTrue(delivered >= 1 && delivered <= ms / 50, delivered + " frames in " + ms + " ms");
    }
  }

  @Test
  void settingsThatChangeNothingNeedNotSettle() {
    open(true);
    RigStep step = withSettling(WHITE, 150);
    source.snap(step);
    long begin = System.nanoTime();
    source.snap(step);
    double again = (System.nanoTime() - begin) / 1e6;
    begin = System.nanoTime();
    source.snap(withSettling(step("RGB", "RGB", 5, "Scene/Target=dark"), 150));
    double changed = (System.nanoTime() - begin) / 1e6;
    assertTrue(changed >= 155, changed + " ms");
    assertTrue(again < changed, again + " ms");
  }

  @Test
  void aCallThatWaitsForItsTurnEndsAtItsDeadline() throws InterruptedException {
    open(false);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread busy =
        new Thread(
            () ->
                source.sequence(
                    WHITE,
                    1,
                    frame -> {
                      begun.countDown();
                      awaitQuietly(end);
                    },
                    ProgressMonitor.NONE));
    busy.start();
    assertTrue(begun.await(10, TimeUnit.SECONDS));
    String told = told(() -> source.snap(withTimeout(WHITE, 30)));
    end.countDown();
    busy.join();
    assertTrue(told.contains("busy for 35 ms"), told);
    source.snap(WHITE);
  }

  @Test
  void aSinkThatAsksForFramesIsRefused() {
    open(false);
    String told =
        told(() -> source.sequence(WHITE, 2, frame -> source.snap(WHITE), ProgressMonitor.NONE));
    assertTrue(told.contains("what takes the frames of a sequence"), told);
  }

  @Test
  void closingWakesACameraThatWaits() throws InterruptedException {
    open(true, DemoFault.once(DemoFault.Kind.TIME_OUT, "RGB", 0));
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread waiting =
        new Thread(
            () ->
                thrown.set(
                    assertThrows(
                        SkinSpectraException.class,
                        () -> source.snap(withTimeout(WHITE, 60_000)))));
    waiting.start();
    Thread.sleep(100);
    source.close();
    waiting.join(5000);
    assertFalse(waiting.isAlive());
    assertTrue(thrown.get().getMessage().contains("closed"), thrown.get().toString());
  }

  @Test
  void anInterruptedCallIsCanceled() throws InterruptedException {
    open(true);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread waiting =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              thrown.set(
                  assertThrows(
                      CanceledException.class,
                      () -> source.snap(step("RGB", "RGB", 5000, "Scene/Target=white"))));
              assertTrue(Thread.currentThread().isInterrupted());
            });
    waiting.start();
    waiting.join(5000);
    assertFalse(waiting.isAlive());
    assertTrue(thrown.get() != null);
  }

  // -- Tools --

  private interface Call {
    void run();
  }

  private static String told(Call call) {
    return assertThrows(SkinSpectraException.class, call::run).getMessage();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static double mean(Frame frame) {
    double sum = 0;
    for (float value : frame.plane(0)) {
      sum += value;
    }
    return sum / frame.plane(0).length;
  }

  private static RigStep withTimeout(RigStep s, double ms) {
    return timed(s, s.settleMs(), ms);
  }

  private static RigStep withSettling(RigStep s, double ms) {
    return timed(s, ms, s.timeoutMs());
  }

  private static RigStep timed(RigStep s, double settleMs, double timeoutMs) {
    return new RigStep(
        s.channel(),
        Optional.empty(),
        s.settings(),
        s.camera(),
        s.exposureMs(),
        s.gain(),
        1,
        settleMs,
        Optional.empty(),
        1,
        timeoutMs);
  }
}
