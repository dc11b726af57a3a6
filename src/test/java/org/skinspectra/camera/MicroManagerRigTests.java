package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skinspectra.camera.MicroManagerStandIn.nir;
import static org.skinspectra.camera.MicroManagerStandIn.plain;
import static org.skinspectra.camera.MicroManagerStandIn.rgb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.PixelType;

/**
 * What a rig of two cameras and a filter wheel must show, whether a real Micro-Manager drives demo
 * cameras or the stand-in does. Both have the configuration of the same labels.
 */
abstract class MicroManagerRigTests {

  private static final int PAIRS = 100;
  private static final double MOST_OVERHEAD_MS = 10;

  private MicroManagerSource source;

  abstract MicroManagerSource open();

  @BeforeEach
  void connect() {
    source = open();
  }

  @AfterEach
  void disconnect() {
    if (source != null) {
      source.close();
    }
  }

  @Test
  void aHundredPairsHaveNoWrongStaleOrLostFrame() {
    Frame[] before = new Frame[2];
    for (int i = 0; i < 2 * PAIRS; i++) {
      boolean colour = i % 2 == 0;
      Frame frame = source.snap(colour ? rgb() : nir());
      requireFrame(frame, colour);
      String filter = colour ? "Visible" : "960nm";
      assertEquals(filter, frame.tags().all().getOrDefault("Wheel-Label", filter));
      if (before[i % 2] != null) {
        assertFalse(frame.bytes().equals(before[i % 2].bytes()), "stale frame " + i);
      }
      before[i % 2] = frame;
    }
  }

  @Test
  void fourThreadsAtOnceGetTheirOwnCamerasFrames() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        boolean colour = i % 2 == 0;
        tasks.add(
            () -> {
              for (int n = 0; n < 25; n++) {
                requireFrame(source.snap(colour ? rgb() : nir()), colour);
              }
              return true;
            });
      }
      for (Future<Boolean> done : threads.invokeAll(tasks)) {
        assertTrue(done.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aDeviceThatIsUnloadedBetweenStepsGivesAMessageAndNoHang() {
    source.snap(nir());
    MicroManagerStandIn.call(source, "unloadDevice", "NIRCam");
    String message =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> assertThrows(SkinSpectraException.class, () -> source.snap(nir())).getMessage());
    assertTrue(message.contains("NIRCam"), message);
    assertTrue(message.contains("The device is not there"), message);
  }

  @Test
  void sequencesOfBothCamerasAreCompleteAndInOrder() {
    for (boolean colour : new boolean[] {true, false, true}) {
      List<Frame> frames = new ArrayList<>();
      source.sequence(colour ? rgb() : nir(), 30, frames::add, ProgressMonitor.NONE);
      assertEquals(30, frames.size());
      for (int i = 0; i < frames.size(); i++) {
        requireFrame(frames.get(i), colour);
        assertEquals(i, FrameNumbers.of(frames.get(i)));
      }
    }
  }

  @Test
  void aLiveViewShowsFramesAndLeavesTheCameraFree() throws Exception {
    try (LiveView view = source.live(nir())) {
      int shown = 0;
      for (int i = 0; i < 2000 && shown < 5; i++) {
        if (view.newest().map(frame -> frame.type() == PixelType.GRAY16).orElse(false)) {
          shown++;
        }
        Thread.sleep(2);
      }
      assertEquals(5, shown);
      assertThrows(SkinSpectraException.class, () -> source.snap(rgb()));
    }
    requireFrame(source.snap(rgb()), true);
  }

  @Test
  void aBinnedRegionIsReadAndTheWholeSensorAfterIt() {
    Frame whole = source.snap(nir());
    SensorRegion region = new SensorRegion(4, 2, 16, 10);
    RigStep binned = MicroManagerStandIn.withSensor(nir(), Optional.of(region), 2);
    Frame part = source.snap(binned);
    assertEquals(16, part.width());
    assertEquals(10, part.height());
    Frame again = source.snap(nir());
    assertEquals(whole.width(), again.width());
    assertEquals(whole.height(), again.height());
  }

  @Test
  void everyPixelTypeIsRead() {
    for (PixelType type : PixelType.values()) {
      Frame frame =
          source.snap(plain("RGBCam", new DeviceSetting("RGBCam", "PixelType", type.key())));
      assertEquals(type, frame.type());
    }
    source.snap(plain("RGBCam", new DeviceSetting("RGBCam", "PixelType", "32bitRGB")));
  }

  /**
   * What the camera itself takes for an image is not ours. The shortest of many counts, since the
   * machine may be busy.
   */
  @Test
  void aFrameTakesLittleMoreThanItsExposure(TestReporter reporter) {
    RigStep step = MicroManagerStandIn.withTimes(nir(), 5, 0, 10_000);
    source.snap(step);
    double bare = shortestMs(() -> MicroManagerStandIn.snapBehind(source));
    double whole = shortestMs(() -> source.snap(step));
    reporter.publishEntry("ms of the camera alone", Double.toString(bare));
    reporter.publishEntry("ms of a frame", Double.toString(whole));
    assertTrue(whole - bare <= MOST_OVERHEAD_MS, whole + " ms, the camera alone " + bare);
  }

  private static double shortestMs(Runnable work) {
    double shortest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 30; i++) {
      long begun = System.nanoTime();
      work.run();
      shortest = Math.min(shortest, (System.nanoTime() - begun) / 1e6);
    }
    return shortest;
  }

  private static void requireFrame(Frame frame, boolean colour) {
    assertEquals(colour ? "RGB" : "N960", frame.tags().channel());
    assertEquals(colour ? "RGBCam" : "NIRCam", frame.tags().camera());
    assertEquals(colour ? PixelType.BGRA32 : PixelType.GRAY16, frame.type());
    assertEquals(colour ? 8 : 12, frame.bits());
  }
}
