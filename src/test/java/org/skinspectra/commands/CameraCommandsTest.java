package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.command.CommandModule;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.event.EventSubscriber;
import org.scijava.prefs.PrefService;
import org.scijava.task.Task;
import org.scijava.task.event.TaskEvent;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.camera.CameraConnection;
import org.skinspectra.camera.Capture;
import org.skinspectra.camera.DemoCameraSource;
import org.skinspectra.camera.DemoFault;
import org.skinspectra.camera.DemoOptions;
import org.skinspectra.camera.FrameSource;
import org.skinspectra.camera.ReplaySource;
import org.skinspectra.camera.Rig;
import org.skinspectra.camera.RigPreview;
import org.skinspectra.camera.RigStep;
import org.skinspectra.camera.Rigs;
import org.skinspectra.camera.SourceDescription;
import org.skinspectra.cube.CubeImages;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.MsiImages;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.CameraProfiles;
import org.skinspectra.session.CalibrationOptions;
import org.skinspectra.session.CalibrationOutcome;
import org.skinspectra.session.CaptureSession;
import org.skinspectra.session.CapturedFrame;
import org.skinspectra.session.FrameKind;
import org.skinspectra.session.SessionCalibration;
import org.skinspectra.session.StoredFrame;

/** The commands of the camera, on a small demo camera that takes no time. */
@Timeout(120)
class CameraCommandsTest {

  private static final Rig RIG = Rigs.named("demo-pair");
  private static final CameraProfile PROFILE = CameraProfiles.named("demo-camera");

  private final CommandRunner fiji = new CommandRunner();

  @TempDir private Path folder;

  /** The dialog proposes the Micro-Manager of the last time, also that of another test. */
  @BeforeEach
  void forget() {
    fiji.context().service(PrefService.class).clear(ConnectCamera.class);
  }

  @AfterEach
  void close() {
    fiji.close();
  }

  private CameraService cameras() {
    return fiji.context().service(CameraService.class);
  }

  private static DemoOptions options() {
    return DemoOptions.of(PROFILE).withSize(96, 64).withRealTime(false);
  }

  private void connect(DemoOptions options) {
    cameras()
        .connect(
            ProgressMonitor.NONE,
            () -> CameraConnection.open(RIG, PROFILE, () -> new DemoCameraSource(options)));
  }

  private File session() {
    return folder.resolve("session").toFile();
  }

  private CaptureSession stored() {
    return CaptureSession.open(session().toPath());
  }

  private static long count(CaptureSession session, FrameKind kind) {
    return session.frames().stream().filter(frame -> frame.kind() == kind).count();
  }

  /** References of two frames and a picture. */
  private void captured() {
    connect(options());
    fiji.output(
        "numbers",
        ResultsTable.class,
        TakeReferences.class,
        Map.of("session", session(), "frames", 2));
    fiji.output("numbers", ResultsTable.class, CapturePictures.class, Map.of("session", session()));
  }

  // -- Connecting --

  @Test
  void connectingSaysWhatWasFound() {
    String found =
        fiji.output(
            "connection", String.class, ConnectCamera.class, Map.of("rig", "demo-two-cameras"));
    assertTrue(found.contains("Source: Demo camera"), found);
    assertTrue(found.contains("Cameras: RGB, N960, Camera"), found);
    assertTrue(found.contains("Step N960: camera N960, 24.0 ms, gain 1.0, mean of 4"), found);
    assertEquals("Demo camera", cameras().connection().description().name());
  }

  @Test
  void aMacroWithoutAnyKeyConnectsToTheDemoCamera() {
    fiji.output("connection", String.class, ConnectCamera.class, Map.of());
    assertEquals("demo", cameras().connection().rig().source());
    fiji.output("connection", String.class, ConnectCamera.class, Map.of("rig", " "));
    assertEquals("demo", cameras().connection().rig().source());
  }

  @Test
  void aFolderThatTheRigDoesNotUseIsNotPassedOverForTheDemoCamera() {
    String message = fiji.failure(ConnectCamera.class, Map.of("mm_folder", folder.toFile()));
    assertTrue(message.contains("uses no Micro-Manager"), message);
    assertTrue(message.contains("two-cameras"), message);
    message = fiji.failure(ConnectCamera.class, Map.of("mm_config", new File("scope.cfg")));
    assertTrue(message.contains("uses no Micro-Manager"), message);
    message = fiji.failure(ConnectCamera.class, Map.of("replay", folder.toFile()));
    assertTrue(message.contains("replays nothing"), message);
    assertTrue(
        fiji.failure(CapturePictures.class, Map.of("session", session())).contains("Connect"));
  }

  @Test
  void aRigOfMicroManagerNeedsItsFolderAndConfiguration() {
    String message = fiji.failure(ConnectCamera.class, Map.of("rig", "two-cameras"));
    assertTrue(message.contains("mm_folder"), message);
    message =
        fiji.failure(
            ConnectCamera.class, Map.of("rig", "two-cameras", "mm_folder", folder.toFile()));
    assertTrue(message.contains("mm_config"), message);
    message =
        fiji.failure(
            ConnectCamera.class,
            Map.of(
                "rig",
                "two-cameras",
                "mm_folder",
                folder.toFile(),
                "mm_config",
                folder.resolve("none.cfg").toFile()));
    assertTrue(message.contains("none.cfg"), message);
  }

  @Test
  void anUnknownRigAndOneWhoseCamerasAreNotThereAreRefused() {
    String message = fiji.failure(ConnectCamera.class, Map.of("rig", "no-such-rig"));
    assertTrue(message.contains("no-such-rig"), message);
    captured();
    Rig other = Rigs.named("two-cameras").withSteps(Rigs.named("demo-filter-wheel").steps());
    String lacking =
        assertThrows(
                SkinSpectraException.class,
                () ->
                    cameras()
                        .connect(
                            ProgressMonitor.NONE,
                            () ->
                                CameraConnection.open(
                                    other, PROFILE, () -> ReplaySource.of(session().toPath()))))
            .getMessage();
    assertTrue(lacking.contains("needs the cameras [Camera]"), lacking);
    // The camera before was let go of, and nothing is connected in its place.
    assertTrue(
        fiji.failure(CapturePictures.class, Map.of("session", session())).contains("Connect"));
  }

  @Test
  void withoutACameraEveryCommandSaysToConnectFirst() {
    for (Class<? extends SkinSpectraCommand> command :
        List.of(TakeReferences.class, CapturePictures.class)) {
      String message = fiji.failure(command, Map.of("session", session()));
      assertTrue(message.contains("Connect Camera..."), message);
    }
    assertFalse(session().exists(), "a session was begun without a camera");
    String message = fiji.failure(LiveView.class, Map.of());
    assertTrue(message.contains("Connect Camera..."), message);
  }

  @Test
  void afterDisconnectingNothingIsConnected() {
    connect(options());
    assertFalse(fiji.run(DisconnectCamera.class, Map.of()).isCanceled());
    assertTrue(
        fiji.failure(CapturePictures.class, Map.of("session", session())).contains("Connect"));
    // Twice is harmless.
    assertFalse(fiji.run(DisconnectCamera.class, Map.of()).isCanceled());
  }

  // -- Capturing --

  @Test
  void theSessionHoldsWhatTheCoreCaptures() {
    captured();
    List<CapturedFrame> wanted = new ArrayList<>();
    try (DemoCameraSource source = new DemoCameraSource(options())) {
      Capture capture = new Capture(source, RIG);
      capture.references(2, source.technician(), wanted::add, ProgressMonitor.NONE);
      capture.picture(wanted::add, ProgressMonitor.NONE);
    }
    CaptureSession session = stored();
    assertEquals(wanted.size(), session.frames().size());
    for (int i = 0; i < wanted.size(); i++) {
      StoredFrame frame = session.frames().get(i);
      assertEquals(wanted.get(i).kind(), frame.kind());
      assertEquals(wanted.get(i).frame().bytes(), session.read(frame).bytes());
    }
  }

  @Test
  void timePointsAndFramesToAverageAreTakenAndShown() {
    connect(options());
    ResultsTable numbers =
        fiji.output(
            "numbers",
            ResultsTable.class,
            CapturePictures.class,
            Map.of("session", session(), "count", 3, "average", 2, "interval_s", 0.01));
    assertEquals(3 * 2 * 2, stored().frames().size());
    assertEquals(
        List.of(0, 1, 2),
        stored().frames().stream().map(StoredFrame::timePoint).distinct().toList());
    // R, G, B and 960 nm of the first and of the last picture.
    assertEquals(8, numbers.size());
    assertEquals("image, time 0", numbers.getStringValue("frame", 0));
    assertTrue(numbers.getValue("exposure_ms", 0) > 0);
    assertTrue(numbers.getValue("focus", 0) > 0);
  }

  @Test
  void onlyTheReferencesThatAreAskedForAreTaken() {
    connect(options());
    fiji.output(
        "numbers",
        ResultsTable.class,
        TakeReferences.class,
        Map.of("session", session(), "kind", "dark", "frames", 3));
    assertEquals(6, count(stored(), FrameKind.DARK));
    assertEquals(0, count(stored(), FrameKind.WHITE));
    String message =
        fiji.failure(TakeReferences.class, Map.of("session", session(), "kind", "grey"));
    assertTrue(message.contains("grey"), message);
  }

  @Test
  void exposuresThatWereFoundAreThoseOfThePictures() {
    connect(options());
    fiji.output(
        "numbers",
        ResultsTable.class,
        TakeReferences.class,
        Map.of("session", session(), "frames", 1, "auto_exposure", true));
    double found = cameras().connection().rig().steps().get(0).exposureMs();
    fiji.output("numbers", ResultsTable.class, CapturePictures.class, Map.of("session", session()));
    List<StoredFrame> frames = stored().frames(FrameKind.IMAGE, "RGB");
    assertEquals(found, frames.get(0).exposureMs(), 1e-9);
    assertTrue(Math.abs(found - RIG.steps().get(0).exposureMs()) > 0.01, "nothing was found");
  }

  @Test
  void whereNobodyCanBeAskedInPlaceMustBeSaid() {
    captured();
    cameras()
        .connect(
            ProgressMonitor.NONE,
            () -> CameraConnection.open(RIG, PROFILE, () -> ReplaySource.of(session().toPath())));
    File copy = folder.resolve("copy").toFile();
    String message = fiji.failure(TakeReferences.class, Map.of("session", copy, "frames", 2));
    assertTrue(message.contains("in_place"), message);
    assertFalse(copy.exists());
    fiji.output(
        "numbers",
        ResultsTable.class,
        TakeReferences.class,
        Map.of("session", copy, "frames", 2, "in_place", true));
    assertEquals(8, CaptureSession.open(copy.toPath()).frames().size());
  }

  @Test
  void numbersOutOfRangeAreRefusedBeforeASessionIsBegun() {
    connect(options());
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("count", 0), Map.of("average", -1), Map.of("interval_s", Double.NaN))) {
      Map<String, Object> inputs = new HashMap<>(wrong);
      inputs.put("session", session());
      String message = fiji.failure(CapturePictures.class, inputs);
      assertTrue(message.contains(wrong.keySet().iterator().next()), message);
    }
    for (int frames : new int[] {0, 10_001}) {
      String message =
          fiji.failure(TakeReferences.class, Map.of("session", session(), "frames", frames));
      assertTrue(message.startsWith("frames is 1 to 10000"), message);
    }
    String kind = fiji.failure(TakeReferences.class, Map.of("session", session(), "kind", "grey"));
    assertTrue(kind.contains("'grey'"), kind);
    assertFalse(session().exists());
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    connect(options());
    Path file = Files.createFile(folder.resolve("file"));
    String message =
        fiji.failure(CapturePictures.class, Map.of("session", file.resolve("session").toFile()));
    assertTrue(message.contains(file.toString()), message);
  }

  @Test
  void aFolderThatRefusesASessionIsNamed() {
    Path full = Path.of("/proc");
    assumeTrue(Files.isDirectory(full), "no folder that refuses files even to root");
    connect(options());
    for (var command : List.of(CapturePictures.class, TakeReferences.class)) {
      String message = fiji.failure(command, Map.of("session", full.resolve("arm").toFile()));
      assertTrue(message.contains("/proc/arm"), message);
    }
  }

  @Test
  void aCameraThatIsUnpluggedLeavesEveryFrameBefore() {
    connect(options().withFaults(List.of(DemoFault.from(DemoFault.Kind.UNPLUGGED, "N960", 2))));
    String message =
        fiji.failure(CapturePictures.class, Map.of("session", session(), "count", 5, "average", 1));
    assertTrue(message.contains("not connected any more"), message);
    assertTrue(message.contains("the 5 frames that it had taken are in"), message);
    assertEquals(5, stored().frames().size());
    assertTrue(stored().verify(ProgressMonitor.NONE).problems().isEmpty());
  }

  @Test
  void aCaptureThatIsCanceledEndsWithinTwoSecondsAndKeepsEveryFrame() {
    connect(options().withRealTime(true));
    Canceller canceller = new Canceller(20, 0);
    List<EventSubscriber<?>> kept = fiji.context().service(EventService.class).subscribe(canceller);
    CommandModule module =
        fiji.run(
            CapturePictures.class, Map.of("session", session(), "count", 10_000, "average", 1));
    long afterwards = System.nanoTime() - canceller.at.get();
    assertNotNull(kept);
    assertTrue(module.isCanceled());
    assertTrue(module.getCancelReason().contains("frames that it had taken are in"));
    assertTrue(afterwards < TimeUnit.SECONDS.toNanos(2), afterwards + " ns");
    assertTrue(stored().frames().size() >= 20, stored().frames().size() + " frames");
    assertTrue(stored().verify(ProgressMonitor.NONE).problems().isEmpty());
  }

  @Test
  void aCancelDoesNotWaitForALongExposure() throws Exception {
    Rig slow =
        RIG.withSteps(
            List.of(
                RIG.steps().get(0).withExposureMs(20), RIG.steps().get(1).withExposureMs(600_000)));
    cameras()
        .connect(
            ProgressMonitor.NONE,
            () ->
                CameraConnection.open(
                    slow, PROFILE, () -> new DemoCameraSource(options().withRealTime(true))));
    Canceller canceller = new Canceller(1, 200);
    List<EventSubscriber<?>> kept = fiji.context().service(EventService.class).subscribe(canceller);
    CommandModule module =
        fiji.run(CapturePictures.class, Map.of("session", session(), "average", 1));
    long afterwards = System.nanoTime() - canceller.at.get();
    assertNotNull(kept);
    assertTrue(module.isCanceled());
    assertTrue(afterwards < TimeUnit.SECONDS.toNanos(2), afterwards + " ns");
    assertTellsSeconds(
        module.getCancelReason(), "and the camera N960 is free when .* in (\\d+) s at the latest");
    assertEquals(1, stored().frames().size());
    // Until then it is in use, and who asks is told for how long.
    assertTellsSeconds(
        fiji.failure(CapturePictures.class, Map.of("session", session())),
        "still busy with what was canceled: camera N960 of step N960 has (\\d+) s more to answer"
            + ".*Disconnect Camera");
    long begin = System.nanoTime();
    assertFalse(fiji.run(DisconnectCamera.class, Map.of()).isCanceled());
    assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(2), "it was not broken off");
    assertTrue(fiji.failure(LiveView.class, Map.of()).contains("No camera is connected"));
    assertEquals(1, stored().frames().size());
    assertTrue(stored().verify(ProgressMonitor.NONE).problems().isEmpty());
  }

  /** A number of seconds of nearly ten minutes, which the exposure has, and its time-out more. */
  private static void assertTellsSeconds(String message, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(message);
    assertTrue(matcher.find(), message);
    long seconds = Long.parseLong(matcher.group(1));
    assertTrue(seconds > 590 && seconds < 700, message);
  }

  /** A camera whose driver does not come back, whatever is done, until it is let. */
  private record StuckSource(FrameSource camera, CountDownLatch inside, CountDownLatch released)
      implements FrameSource {

    @Override
    public SourceDescription describe() {
      return camera.describe();
    }

    @Override
    public Frame snap(RigStep step) {
      inside.countDown();
      while (true) {
        try {
          released.await();
          throw new SkinSpectraException("The camera did not answer.");
        } catch (InterruptedException e) {
          continue;
        }
      }
    }

    @Override
    public void sequence(RigStep step, int count, Consumer<Frame> sink, ProgressMonitor progress) {
      camera.sequence(step, count, sink, progress);
    }

    @Override
    public org.skinspectra.camera.LiveView live(RigStep step) {
      return camera.live(step);
    }

    @Override
    public void close() {
      camera.close();
    }
  }

  @Test
  void aConnectionThatWasCanceledAndStillHangsIsToldToBeSo() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    AtomicBoolean canceled = new AtomicBoolean();
    ProgressMonitor progress =
        new ProgressMonitor() {
          @Override
          public void report(String step, long done, long total) {}

          @Override
          public boolean isCanceled() {
            return canceled.get();
          }
        };
    Thread hanging =
        new Thread(
            () ->
                cameras()
                    .connect(
                        progress,
                        () -> {
                          inside.countDown();
                          try {
                            released.await();
                          } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                          }
                          return CameraConnection.open(
                              RIG, PROFILE, () -> new DemoCameraSource(options()));
                        }));
    hanging.start();
    inside.await();
    assertTrue(fiji.failure(DisconnectCamera.class, Map.of()).contains("in use by another"));
    canceled.set(true);
    String message = fiji.failure(ConnectCamera.class, Map.of());
    assertTrue(message.contains("A connection that was canceled is still under way"), message);
    released.countDown();
    hanging.join();
    assertFalse(fiji.run(DisconnectCamera.class, Map.of()).isCanceled());
  }

  @Test
  void aCameraThatCannotBeStoppedIsToldToBeSoAndForHowLong() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    cameras()
        .connect(
            ProgressMonitor.NONE,
            () ->
                CameraConnection.open(
                    RIG,
                    PROFILE,
                    () -> new StuckSource(new DemoCameraSource(options()), inside, released)));
    AtomicReference<Task> task = new AtomicReference<>();
    EventSubscriber<TaskEvent> first =
        new EventSubscriber<>() {
          @Override
          public void onEvent(TaskEvent event) {
            task.compareAndSet(null, event.getTask());
          }

          @Override
          public Class<TaskEvent> getEventClass() {
            return TaskEvent.class;
          }
        };
    fiji.context().service(EventService.class).subscribe(first);
    fiji.keep(first);
    CompletableFuture<CommandModule> capture =
        CompletableFuture.supplyAsync(
            () -> fiji.run(CapturePictures.class, Map.of("session", session())));
    inside.await();
    String running = fiji.failure(DisconnectCamera.class, Map.of());
    assertTrue(running.contains("in use by another command"), running);
    task.get().cancel("enough");
    assertTrue(capture.get().getCancelReason().contains("s at the latest"));
    String stuck = fiji.failure(DisconnectCamera.class, Map.of());
    assertTrue(stuck.contains("s more to answer. It cannot be stopped before."), stuck);
    released.countDown();
    while (fiji.run(DisconnectCamera.class, Map.of()).isCanceled()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertTrue(fiji.failure(LiveView.class, Map.of()).contains("No camera is connected"));
  }

  /** Cancels a task, as its button does, some time after it has come that far. */
  private static final class Canceller {

    private final long when;
    private final long delayMs;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicLong at = new AtomicLong();

    Canceller(long when, long delayMs) {
      this.when = when;
      this.delayMs = delayMs;
    }

    @EventHandler
    public void onEvent(TaskEvent event) {
      if (event.getTask().getProgressValue() >= when && begun.compareAndSet(false, true)) {
        CompletableFuture.delayedExecutor(delayMs, TimeUnit.MILLISECONDS)
            .execute(
                () -> {
                  at.set(System.nanoTime());
                  event.getTask().cancel("enough");
                });
      }
    }
  }

  // -- Together --

  @Test
  void aCaptureRunsWhileThereIsALivePreviewThatGoesOnAfterwards() throws Exception {
    connect(options());
    RigPreview preview = cameras().startPreview();
    fiji.output("numbers", ResultsTable.class, CapturePictures.class, Map.of("session", session()));
    assertFalse(preview.isPaused());
    assertEquals(Optional.empty(), preview.failure());
    long before = preview.delivered();
    while (preview.delivered() < before + 4) {
      Thread.sleep(1);
    }
    cameras().disconnect();
    assertTrue(preview.isClosed());
  }

  @Test
  void whoeverIsAskedSeesTheLiveView() {
    connect(options());
    RigPreview preview = cameras().startPreview();
    List<Boolean> paused = new ArrayList<>();
    cameras()
        .use(
            ProgressMonitor.NONE,
            connection -> {
              paused.add(preview.isPaused());
              cameras()
                  .whileLive((kind, instruction) -> paused.add(preview.isPaused()))
                  .ask(FrameKind.WHITE, "Put it there.");
              return paused.add(preview.isPaused());
            });
    paused.add(preview.isPaused());
    assertEquals(List.of(true, false, true, false), paused);
  }

  @Test
  void twoCapturesAtOnceAreRefused() throws Exception {
    connect(options());
    CountDownLatch inUse = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    Thread first =
        new Thread(
            () ->
                cameras()
                    .use(
                        ProgressMonitor.NONE,
                        connection -> {
                          inUse.countDown();
                          try {
                            return done.await(1, TimeUnit.MINUTES);
                          } catch (InterruptedException e) {
                            return false;
                          }
                        }));
    first.start();
    inUse.await();
    String message = fiji.failure(CapturePictures.class, Map.of("session", session()));
    assertTrue(message.contains("in use"), message);
    message = fiji.failure(DisconnectCamera.class, Map.of());
    assertTrue(message.contains("in use"), message);
    done.countDown();
    first.join();
  }

  // -- Calibrating --

  @Test
  void theCalibratedImageIsTheCoresAndAllChecksAreShown() {
    captured();
    CommandModule module = fiji.run(CalibrateSession.class, Map.of("session", session()));
    assertFalse(module.isCanceled(), module.getCancelReason());
    ImagePlus image = (ImagePlus) module.getOutput("msi");
    ResultsTable checks = (ResultsTable) module.getOutput("checks");
    CalibrationOutcome outcome =
        SessionCalibration.of(stored(), CalibrationOptions.DEFAULT)
            .calibrate(0, ProgressMonitor.NONE);
    Msi wanted = outcome.picture().msi();
    assertArrayEquals(wanted.pixels(), MsiImages.toMsi(image).pixels());
    assertEquals(outcome.all().size(), checks.size());
    assertTrue(Arrays.asList(checks.getColumnAsStrings("result")).contains("passed"));
    assertEquals(1, stored().derived().size());
    assertEquals("session time 0", image.getTitle());
  }

  @Test
  void aSessionWithoutReferencesIsRefusedWithWhatIsMissingAndTheTableOfItsChecks() {
    connect(options());
    fiji.output("numbers", ResultsTable.class, CapturePictures.class, Map.of("session", session()));
    CommandModule module = refused(Map.of());
    String message = module.getCancelReason();
    assertTrue(message.contains("no white reference"), message);
    assertTrue(message.contains("no dark reference"), message);
    assertEquals(0, stored().derived().size());
    assertFalse(stored().checks().isEmpty(), "the session does not keep what was found");
    ResultsTable checks = (ResultsTable) module.getOutput("checks");
    assertEquals(stored().checks().size(), checks.size());
    assertTrue(Arrays.asList(checks.getColumnAsStrings("result")).contains("failed"));
    assertTrue(
        Arrays.stream(checks.getColumnAsStrings("finding"))
            .anyMatch(finding -> finding.contains("no white reference")),
        Arrays.toString(checks.getColumnAsStrings("finding")));
  }

  @Test
  void everyTimePointHasItsChecksInTheTable() {
    captured();
    fiji.output(
        "numbers",
        ResultsTable.class,
        CapturePictures.class,
        Map.of("session", session(), "count", 2));
    Set<String> pictures = new TreeSet<>();
    TaskSteps.onEach(fiji, (task, step) -> pictures.add(step.substring(0, 6)));
    CommandModule module = fiji.run(CalibrateSession.class, Map.of("session", session()));
    assertEquals(Set.of("1 of 3", "2 of 3", "3 of 3"), pictures);
    ResultsTable checks = (ResultsTable) module.getOutput("checks");
    double[] times = checks.getColumn("time_point");
    for (int time = 0; time < 3; time++) {
      double wanted = time;
      assertEquals(
          SessionCalibration.of(stored(), CalibrationOptions.DEFAULT)
              .calibrate(time, ProgressMonitor.NONE)
              .all()
              .size(),
          Arrays.stream(times).filter(found -> found == wanted).count());
    }
    assertEquals("session time 2", ((ImagePlus) module.getOutput("msi")).getTitle());
    assertEquals(3, stored().derived().size());
  }

  /** What became of a session no picture of which can be calibrated. */
  private CommandModule refused(Map<String, Object> more) {
    Map<String, Object> inputs = new HashMap<>(more);
    inputs.put("session", session());
    CommandModule module = fiji.run(CalibrateSession.class, inputs);
    assertTrue(module.isCanceled());
    assertNull(module.getOutput("msi"));
    return module;
  }

  @Test
  void limitsAreHeldAndOthersAreRefused() {
    captured();
    String old = refused(Map.of("max_age_h", 0.0)).getCancelReason();
    assertTrue(old.contains("old") || old.contains("age"), old);
    String wrong =
        fiji.failure(
            CalibrateSession.class, Map.of("session", session(), "max_saturated_percent", 101.0));
    assertTrue(wrong.contains("101"), wrong);
    CommandModule none = refused(Map.of("time_point", 7));
    assertTrue(none.getCancelReason().contains("time point 7"), none.getCancelReason());
    ResultsTable checks = (ResultsTable) none.getOutput("checks");
    assertEquals(1, checks.size());
    assertEquals("failed", checks.getStringValue("result", 0));
  }

  @Test
  void aFolderWithoutASessionOrAnEmptySessionIsSaidToBeSo() {
    String none = fiji.failure(CalibrateSession.class, Map.of("session", folder.toFile()));
    assertTrue(none.contains("no session"), none);
    connect(options());
    fiji.output(
        "numbers",
        ResultsTable.class,
        TakeReferences.class,
        Map.of("session", session(), "frames", 1));
    String empty = fiji.failure(CalibrateSession.class, Map.of("session", session()));
    assertTrue(empty.contains("no pictures yet"), empty);
  }

  @Test
  void aPictureIsReconstructedAtOnceAsTheCoreDoes() {
    captured();
    CommandModule module =
        fiji.run(
            CapturePictures.class,
            Map.of("session", session(), "reconstruct", true, "model", "wiener"));
    assertFalse(module.isCanceled(), module.getCancelReason());
    ImagePlus spectra = (ImagePlus) module.getOutput("spectra");
    Msi msi =
        SessionCalibration.of(stored(), CalibrationOptions.DEFAULT)
            .calibrate(1, ProgressMonitor.NONE)
            .picture()
            .msi();
    try (Reconstructor wiener =
        Models.open("wiener", Optional.empty(), Device.CPU, Precision.FLOAT32)) {
      float[][] wanted = wiener.reconstruct(msi, ProgressMonitor.NONE).cube().planes();
      assertArrayEquals(wanted[30], CubeImages.toCube(spectra).planes()[30]);
    }
    assertTrue(spectra.getTitle().startsWith("session time 1 spectra ("), spectra.getTitle());
  }

  @Test
  void aWrongModelIsNoticedBeforeThePictureIsTaken() throws IOException {
    captured();
    Path noWeights = Files.writeString(folder.resolve("weights.safetensors"), "no weights");
    for (String wrong : List.of("no-such-model", noWeights.toString())) {
      String message =
          fiji.failure(
              CapturePictures.class,
              Map.of("session", session(), "reconstruct", true, "model", wrong));
      assertTrue(message.contains(Path.of(wrong).getFileName().toString()), message);
    }
    assertEquals(1, picturesOf(stored()));
    // Where it is not asked for, the model is nobody's business.
    fiji.output(
        "numbers",
        ResultsTable.class,
        CapturePictures.class,
        Map.of("session", session(), "model", "no-such-model"));
    assertEquals(2, picturesOf(stored()));
  }

  @Test
  void aReconstructionThatFailsLosesNoPicture() {
    connect(options());
    CommandModule module =
        fiji.run(
            CapturePictures.class,
            Map.of("session", session(), "reconstruct", true, "model", "wiener"));
    assertTrue(module.isCanceled());
    String message = module.getCancelReason();
    assertTrue(message.contains("no white reference"), message);
    assertTrue(message.contains("The pictures are in the session"), message);
    assertNull(module.getOutput("spectra"));
    assertNotNull(module.getOutput("numbers"));
    assertEquals(1, picturesOf(stored()));
  }

  private static long picturesOf(CaptureSession session) {
    return session.frames().stream()
        .filter(frame -> frame.kind() == FrameKind.IMAGE)
        .map(StoredFrame::timePoint)
        .distinct()
        .count();
  }
}
