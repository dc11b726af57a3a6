package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.awt.EventQueue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;

/**
 * What every {@link FrameSource} does. A test class of a source extends this and says how it is
 * opened; the source should answer within milliseconds.
 */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class FrameSourceContract {

  private static final String NO_CAMERA = "There is no such camera";

  private FrameSource source;

  /** A new source, of which each test uses one. */
  abstract FrameSource open();

  /** Two steps with different cameras, whose frames differ in type, bits or size. */
  abstract List<RigStep> steps();

  /** Whether the cameras go on for ever; a stored sequence ends. */
  boolean isEndless() {
    return true;
  }

  /** How many frames a sequence is asked for; a stored sequence has as many of each camera. */
  int sequenceLength() {
    return 12;
  }

  @BeforeEach
  void openSource() {
    source = open();
  }

  @AfterEach
  void closeSource() {
    source.close();
  }

  private RigStep first() {
    return steps().get(0);
  }

  // -- What it is --

  @Test
  void theDescriptionListsTheCamerasOfTheSteps() {
    SourceDescription description = source.describe();
    for (RigStep step : steps()) {
      assertTrue(description.cameras().contains(step.camera()), description.toString());
    }
    assertFalse(description.name().isBlank());
    assertFalse(description.versions().isEmpty());
  }

  // -- Single frames --

  @Test
  void aFrameHasTheChannelCameraExposureAndGainOfItsStep() {
    for (RigStep step : steps()) {
      assertBelongs(step, source.snap(step));
    }
  }

  @Test
  void aFrameIsTakenAfterItWasAskedFor() {
    for (int i = 0; i < 3 && isEndless(); i++) {
      for (RigStep step : steps()) {
        // Clocks of cameras count milliseconds.
        Instant asked = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Instant taken = source.snap(step).tags().taken();
        assertFalse(taken.isBefore(asked), taken + " is before " + asked);
      }
    }
  }

  @Test
  void aFrameIsAsLargeAsTheRegionThatWasAskedFor() {
    if (isEndless()) {
      for (RigStep step : steps()) {
        Frame frame = source.snap(withRegion(step, new SensorRegion(2, 4, 8, 6)));
        assertEquals(List.of(8, 6), List.of(frame.width(), frame.height()));
        Frame whole = source.snap(step);
        assertTrue(whole.width() > 8 && whole.height() > 6, "the region is cleared again");
      }
    }
  }

  @Test
  void camerasThatTakeTurnsDeliverTheirOwnFrames() {
    List<Frame> alone = steps().stream().map(source::snap).toList();
    for (int i = 0; i < 4 && isEndless(); i++) {
      for (int s = 0; s < alone.size(); s++) {
        assertSameCamera(alone.get(s), source.snap(steps().get(s)), steps().get(s));
      }
    }
    assertFalse(isAlike(alone.get(0), alone.get(1)), "the two steps cannot be told apart");
  }

  @Test
  void aCameraThatIsNotThereIsRefusedWithItsName() {
    assertSays(NO_CAMERA, () -> source.snap(withCamera(first(), NO_CAMERA)));
    // And nothing is broken by it.
    assertBelongs(first(), source.snap(first()));
  }

  @Test
  void aRegionOutsideOfTheSensorIsRefused() {
    if (isEndless()) {
      RigStep step = withRegion(first(), new SensorRegion(900_000, 0, 100, 100));
      assertSays("", () -> source.snap(step));
      assertBelongs(first(), source.snap(first()));
    }
  }

  @Test
  void fourThreadsAtOnceGetTheFramesOfTheirOwnCameras() throws Exception {
    List<Frame> alone = steps().stream().map(source::snap).toList();
    int each = isEndless() ? 10 : Math.max(1, (sequenceLength() - 1) / 2);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<?>> results = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        RigStep step = steps().get(t % 2);
        Frame expected = alone.get(t % 2);
        results.add(
            threads.submit(
                () -> {
                  start.await();
                  for (int i = 0; i < each; i++) {
                    assertSameCamera(expected, source.snap(step), step);
                  }
                  return null;
                }));
      }
      start.countDown();
      for (Future<?> result : results) {
        result.get(20, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  // -- Sequences --

  @Test
  void aSequenceGivesExactlyAsManyFramesInOrder() {
    List<Frame> frames = new ArrayList<>();
    List<Long> done = new ArrayList<>();
    source.sequence(first(), sequenceLength(), frames::add, (step, d, total) -> done.add(d));
    assertEquals(sequenceLength(), frames.size());
    for (int i = 0; i < frames.size(); i++) {
      assertBelongs(first(), frames.get(i));
      assertTrue(
          i == 0 || !frames.get(i).tags().taken().isBefore(frames.get(i - 1).tags().taken()),
          "frame " + i + " is older than the one before");
    }
    assertFalse(done.isEmpty(), "no progress was reported");
    if (isEndless()) {
      assertBelongs(steps().get(1), source.snap(steps().get(1)));
    }
  }

  @Test
  void aSequenceOfNoFramesIsRefused() {
    for (int count : new int[] {0, -1}) {
      assertSays(
          Integer.toString(count),
          () -> source.sequence(first(), count, frame -> fail(), ProgressMonitor.NONE));
    }
  }

  @Test
  void aCanceledSequenceStopsAndWhatItGaveStays() {
    List<Frame> frames = new ArrayList<>();
    ProgressMonitor canceled = stopWhen(() -> frames.size() >= 3);
    assertThrows(
        CanceledException.class,
        () -> source.sequence(first(), sequenceLength(), frames::add, canceled));
    assertTrue(frames.size() >= 3 && frames.size() < sequenceLength(), frames.size() + " frames");
    frames.forEach(frame -> assertBelongs(first(), frame));
    if (isEndless()) {
      assertBelongs(steps().get(1), source.snap(steps().get(1)));
    }
  }

  @Test
  void aSequenceLosesNothingToASlowSink() {
    List<Frame> frames = new ArrayList<>();
    source.sequence(
        first(),
        sequenceLength(),
        frame -> {
          sleep(5);
          frames.add(frame);
        },
        ProgressMonitor.NONE);
    assertEquals(sequenceLength(), frames.size());
  }

  @Test
  void whatTheSinkThrowsComesOutAndFreesTheCamera() {
    IllegalStateException thrown = new IllegalStateException("disk full");
    RuntimeException caught =
        assertThrows(
            RuntimeException.class,
            () ->
                source.sequence(
                    first(),
                    sequenceLength(),
                    frame -> {
                      throw thrown;
                    },
                    ProgressMonitor.NONE));
    assertTrue(caught == thrown || caught.getCause() == thrown, caught.toString());
    if (isEndless()) {
      assertBelongs(steps().get(1), source.snap(steps().get(1)));
    }
  }

  // -- Live view --

  @Test
  void aLiveViewGivesFramesOfItsStepAndTheNewestOnly() {
    try (LiveView live = source.live(first())) {
      awaitDelivered(live, 3);
      Frame frame = await(live);
      assertBelongs(first(), frame);
      long before = live.delivered();
      int taken = 0;
      while (live.newest().isPresent()) {
        taken++;
      }
      assertTrue(taken <= live.delivered() - before + 1, taken + " frames had been kept");
    }
  }

  @Test
  void snappingDuringALiveViewIsRefusedOrWaitsButIsNeverWrong() {
    RigStep other = steps().get(1);
    try (LiveView live = source.live(first())) {
      await(live);
      try {
        assertBelongs(other, source.snap(other));
      } catch (SkinSpectraException e) {
        assertFalse(e.getMessage().isBlank());
      }
    }
    if (isEndless()) {
      assertBelongs(other, source.snap(other));
    }
  }

  @Test
  void aSecondLiveViewIsRefused() {
    try (LiveView live = source.live(first())) {
      await(live);
      assertSays("ive", () -> source.live(steps().get(1)));
    }
  }

  @Test
  void aLiveViewEndsTwiceWithoutHarmAndCanBeginAgain() {
    for (int i = 0; i < 3; i++) {
      LiveView live = source.live(steps().get(i % 2));
      await(live);
      live.close();
      live.close();
    }
  }

  @Test
  void aLiveViewOfACameraThatIsNotThereIsRefused() {
    assertSays(NO_CAMERA, () -> source.live(withCamera(first(), NO_CAMERA)));
    source.live(first()).close();
  }

  // -- The end --

  @Test
  void closingTwiceIsHarmlessAndEveryCallAfterItIsRefused() {
    source.close();
    source.close();
    for (Executable call : calls(source, first())) {
      assertSays("", call);
    }
  }

  @Test
  void closingDuringALiveViewEndsIt() {
    LiveView live = source.live(first());
    await(live);
    source.close();
    sleep(50);
    long delivered = live.delivered();
    sleep(100);
    assertEquals(delivered, live.delivered());
    live.close();
  }

  @Test
  void closingDuringASequenceEndsItWithAMessageOrWhole() throws Exception {
    AtomicInteger frames = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    Callable<Integer> sequence =
        () -> {
          source.sequence(
              first(),
              sequenceLength(),
              frame -> {
                frames.incrementAndGet();
                begun.countDown();
                sleep(5);
              },
              ProgressMonitor.NONE);
          return frames.get();
        };
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> result = thread.submit(sequence);
      assertTrue(begun.await(10, TimeUnit.SECONDS));
      source.close();
      assertEquals(sequenceLength(), result.get(15, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      assertInstanceOf(SkinSpectraException.class, e.getCause());
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void onTheEventThreadEveryCallIsRefused() throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    EventQueue.invokeAndWait(
        () -> {
          try {
            for (Executable call : calls(source, first())) {
              assertSays("event thread", call);
            }
          } catch (Throwable e) {
            failure.set(e);
          }
        });
    if (failure.get() != null) {
      throw new AssertionError(failure.get().getMessage(), failure.get());
    }
    assertBelongs(first(), source.snap(first()));
  }

  // -- Tools --

  private static List<Executable> calls(FrameSource source, RigStep step) {
    Consumer<Frame> none = frame -> fail("a frame was delivered");
    return List.of(
        () -> source.snap(step),
        () -> source.sequence(step, 2, none, ProgressMonitor.NONE),
        () -> source.live(step));
  }

  static void assertBelongs(RigStep step, Frame frame) {
    assertAll(
        () -> assertEquals(step.channel(), frame.tags().channel()),
        () -> assertEquals(step.camera(), frame.tags().camera()),
        () -> assertEquals(step.exposureMs(), frame.tags().exposureMs(), 0.01 * step.exposureMs()),
        () -> assertEquals(step.gain(), frame.tags().gain()));
  }

  private static void assertSameCamera(Frame expected, Frame frame, RigStep step) {
    assertBelongs(step, frame);
    assertTrue(isAlike(expected, frame), step.camera() + " delivered another camera's frame");
  }

  private static boolean isAlike(Frame a, Frame b) {
    return a.type() == b.type()
        && a.bits() == b.bits()
        && a.width() == b.width()
        && a.height() == b.height();
  }

  /** One clear message that holds the text. */
  static void assertSays(String text, Executable call) {
    String message = assertThrows(SkinSpectraException.class, call).getMessage();
    assertTrue(message != null && message.length() > 20 && message.contains(text), message);
  }

  private static Frame await(LiveView live) {
    for (int i = 0; i < 2000; i++) {
      Optional<Frame> frame = live.newest();
      if (frame.isPresent()) {
        return frame.get();
      }
      sleep(5);
    }
    return fail("no frame of the live view came");
  }

  private static void awaitDelivered(LiveView live, int count) {
    for (int i = 0; i < 2000 && live.delivered() < count; i++) {
      sleep(5);
    }
    assertTrue(live.delivered() >= count, live.delivered() + " frames");
  }

  private static ProgressMonitor stopWhen(BooleanSupplier enough) {
    return new ProgressMonitor() {
      @Override
      public void report(String step, long done, long total) {}

      @Override
      public boolean isCanceled() {
        return enough.getAsBoolean();
      }
    };
  }

  private static void sleep(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static RigStep withCamera(RigStep s, String camera) {
    return new RigStep(
        s.channel(),
        s.preset(),
        s.settings(),
        camera,
        s.exposureMs(),
        s.gain(),
        s.average(),
        s.settleMs(),
        s.region(),
        s.binning(),
        s.timeoutMs());
  }

  private static RigStep withRegion(RigStep s, SensorRegion region) {
    return new RigStep(
        s.channel(),
        s.preset(),
        s.settings(),
        s.camera(),
        s.exposureMs(),
        s.gain(),
        s.average(),
        s.settleMs(),
        Optional.of(region),
        s.binning(),
        s.timeoutMs());
  }
}
