package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skinspectra.camera.MicroManagerStandIn.fault;
import static org.skinspectra.camera.MicroManagerStandIn.nir;
import static org.skinspectra.camera.MicroManagerStandIn.plain;
import static org.skinspectra.camera.MicroManagerStandIn.rgb;
import static org.skinspectra.camera.MicroManagerStandIn.withTimes;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.PixelType;

class MicroManagerLiveViewTest {

  @TempDir Path folder;

  private MicroManagerSource source;

  @BeforeEach
  void connect() {
    source = MicroManagerStandIn.openTwoCameras(folder);
  }

  @AfterEach
  void disconnect() {
    source.close();
  }

  @Test
  void theNewestFrameIsGivenOnceAndOlderOnesAreDropped() {
    try (LiveView view = source.live(nir())) {
      until(() -> view.delivered() >= 10);
      Frame frame = view.newest().orElseThrow();
      assertEquals(PixelType.GRAY16, frame.type());
      assertEquals("N960", frame.tags().channel());
      assertTrue(FrameNumbers.of(frame) >= 9 - 1, "not the first, which nobody took in time");
      Frame next = next(view);
      assertTrue(FrameNumbers.of(next) > FrameNumbers.of(frame));
    }
  }

  @Test
  void anEmptyBufferAfterTheStartIsNoError() {
    try (LiveView view = source.live(withTimes(nir(), 150, 0, 10_000))) {
      assertEquals(Optional.empty(), view.newest());
      assertEquals(0, view.delivered());
      next(view);
    }
  }

  @Test
  void aBufferThatIsFullIsNoError() {
    RigStep small = plain("NIRCam", new DeviceSetting("NIRCam", "BufferFrames", "2"));
    try (LiveView view = source.live(small)) {
      for (int i = 0; i < 10; i++) {
        next(view);
      }
      assertTrue(view.delivered() >= 10);
    }
  }

  @Test
  void nothingElseIsTakenWhileItRuns() {
    LiveView view = source.live(nir());
    refused(() -> source.snap(rgb()), "A live view of NIRCam runs. Close it");
    refused(() -> source.live(rgb()), "A live view of NIRCam runs");
    refused(
        () -> source.sequence(rgb(), 1, frame -> {}, ProgressMonitor.NONE),
        "A live view of NIRCam runs");
    view.close();
    view.close();
    assertEquals("RGBCam", source.snap(rgb()).tags().camera());
    try (LiveView other = source.live(rgb())) {
      assertEquals(PixelType.BGRA32, next(other).type());
    }
  }

  @Test
  void closingTheSourceStopsTheCamera() {
    LiveView view = source.live(nir());
    next(view);
    source.close();
    assertTrue(MicroManagerStandIn.calls(source).contains("stopSequenceAcquisition NIRCam"));
    view.close();
  }

  @Test
  void aViewThatIsClosedOnTheEventThreadStopsItsCameraAllTheSame() throws Exception {
    LiveView view = source.live(nir());
    SwingUtilities.invokeAndWait(view::close);
    assertEquals("RGBCam", source.snap(rgb()).tags().camera());
  }

  @Test
  void aCameraThatCannotStartIsNamedAndLeavesTheSourceFree() {
    refused(() -> source.live(fault("NIRCam", "FailOnStart")), "cannot start (10014)");
    source.snap(rgb());
  }

  @Test
  void aCameraThatDeliversNothingIsAnErrorForTheViewer() {
    try (LiveView view = source.live(withTimes(fault("NIRCam", "Silent"), 1, 0, 800))) {
      refused(() -> next(view), "NIRCam has delivered no frame for 801 ms");
    }
    source.snap(fault("NIRCam", ""));
  }

  @Test
  void aCameraThatStopsIsAnErrorForTheViewer() {
    try (LiveView view = source.live(fault("NIRCam", "StopShort"))) {
      refused(() -> next(view, 1000), "NIRCam has stopped");
    }
    source.snap(fault("NIRCam", ""));
  }

  @Test
  void aCameraThatIsUnloadedIsAnErrorForTheViewer() {
    try (LiveView view = source.live(nir())) {
      next(view);
      MicroManagerStandIn.call(source, "unloadDevice", "NIRCam");
      refused(() -> next(view, 1000), "NIRCam");
    }
    source.snap(rgb());
  }

  private static Frame next(LiveView view) {
    return next(view, 1);
  }

  private static Frame next(LiveView view, int frames) {
    Frame[] last = new Frame[1];
    for (int i = 0; i < frames; i++) {
      until(
          () -> {
            last[0] = view.newest().orElse(null);
            return last[0] != null;
          });
    }
    return last[0];
  }

  private static void until(BooleanSupplier done) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!done.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "nothing came for 10 s");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private static void refused(Runnable call, String part) {
    String message = assertThrows(SkinSpectraException.class, call::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
