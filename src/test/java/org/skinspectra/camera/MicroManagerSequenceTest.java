package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skinspectra.camera.MicroManagerStandIn.fault;
import static org.skinspectra.camera.MicroManagerStandIn.nir;
import static org.skinspectra.camera.MicroManagerStandIn.plain;
import static org.skinspectra.camera.MicroManagerStandIn.rgb;
import static org.skinspectra.camera.MicroManagerStandIn.withTimes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.PixelType;

class MicroManagerSequenceTest {

  @TempDir Path folder;

  private final List<Frame> taken = new ArrayList<>();
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
  void givesExactlyTheFramesThatWereAskedForInOrder() {
    // Another camera's frame before, of another type: its buffer must not be used.
    source.snap(rgb());
    source.sequence(nir(), 40, taken::add, ProgressMonitor.NONE);
    assertEquals(
        IntStream.rangeClosed(1, 40).boxed().toList(),
        taken.stream().map(frame -> (int) frame.plane(0)[1]).toList());
    for (Frame frame : taken) {
      assertEquals(PixelType.GRAY16, frame.type());
      assertEquals(12, frame.bits());
      assertEquals("NIRCam", frame.tags().camera());
      assertEquals("N960", frame.tags().channel());
      assertEquals(1, frame.plane(0)[2], "the filter is in place");
    }
  }

  @Test
  void bothCamerasTakeSequencesOneAfterTheOther() {
    for (RigStep step : List.of(rgb(), nir(), rgb())) {
      taken.clear();
      source.sequence(step, 5, taken::add, ProgressMonitor.NONE);
      assertEquals(5, taken.size());
      assertEquals(step.camera(), taken.get(4).tags().camera());
    }
    assertEquals("NIRCam", source.snap(nir()).tags().camera());
  }

  @Test
  void aSlowSinkLosesNothingWhileTheBufferHolds() {
    source.sequence(nir(), 20, slow(5), ProgressMonitor.NONE);
    assertEquals(20, taken.size());
  }

  @Test
  void anOverflowSaysHowManyFramesAreLost() {
    RigStep step = plain("NIRCam", new DeviceSetting("NIRCam", "BufferFrames", "3"));
    String message = refused(step, 50, slow(20));
    assertTrue(taken.size() >= 3 && taken.size() < 50, message);
    assertTrue(message.contains("overflowed"), message);
    assertTrue(message.contains(50 - taken.size() + " of 50 frames are lost"), message);
    for (int i = 0; i < taken.size(); i++) {
      assertEquals(i + 1, taken.get(i).plane(0)[1], "what was given is in order");
    }
    source.snap(nir());
  }

  @Test
  void aCameraThatStopsShortSaysHowManyFramesAreLost() {
    String message = refused(fault("NIRCam", "StopShort"), 9, taken::add);
    assertEquals(5, taken.size());
    assertTrue(message.contains("stopped after 5 of 9 frames; 4 are lost"), message);
  }

  @Test
  void aCameraThatDeliversNothingIsNotWaitedForLongerThanItsTimeOut() {
    long begun = System.nanoTime();
    String message = refused(withTimes(fault("NIRCam", "Silent"), 1, 0, 800), 9, taken::add);
    assertTrue(System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(8));
    assertTrue(message.contains("no frame for 801 ms, after 0 of 9"), message);
    assertFalse(MicroManagerStandIn.calls(source).isEmpty());
    source.snap(fault("NIRCam", ""));
  }

  @Test
  void aGapInTheFrameNumbersIsAnError() {
    String message = refused(fault("NIRCam", "SkipNumber"), 9, taken::add);
    assertEquals(3, taken.size());
    assertTrue(message.contains("after 3 frames comes number 4 in place of 3"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FailOnStart", "WrongType", "BadDepth"})
  void aCameraThatFailsIsNamedAndNothingIsLeftRunning(String fault) {
    assertTrue(refused(fault("NIRCam", fault), 9, taken::add).contains("NIRCam"));
    source.snap(fault("NIRCam", ""));
  }

  @Test
  void aCameraThatIsUnloadedMeanwhileIsNamed() {
    String message =
        refused(
            nir(),
            200,
            frame -> {
              taken.add(frame);
              if (taken.size() == 3) {
                MicroManagerStandIn.call(source, "unloadDevice", "NIRCam");
              }
            });
    assertTrue(message.contains("NIRCam"), message);
    assertTrue(message.contains("The device is not there"), message);
  }

  @Test
  void cancelingStopsTheCameraAndKeepsWhatWasGiven() {
    ProgressMonitor afterThree =
        new ProgressMonitor() {
          @Override
          public void report(String step, long done, long total) {}

          @Override
          public boolean isCanceled() {
            return taken.size() >= 3;
          }
        };
    assertThrows(
        CanceledException.class, () -> source.sequence(nir(), 1000, taken::add, afterThree));
    assertTrue(taken.size() >= 3 && taken.size() < 1000);
    assertTrue(MicroManagerStandIn.calls(source).contains("stopSequenceAcquisition NIRCam"));
    source.snap(nir());
  }

  @Test
  void aSinkThatFailsStopsTheCamera() {
    IllegalStateException full = new IllegalStateException("full");
    assertThrows(
        IllegalStateException.class,
        () ->
            source.sequence(
                nir(),
                100,
                frame -> {
                  throw full;
                },
                ProgressMonitor.NONE));
    source.snap(nir());
  }

  @Test
  void nothingElseIsTakenMeanwhile() {
    List<String> messages = new ArrayList<>();
    source.sequence(
        nir(),
        2,
        frame ->
            messages.add(
                assertThrows(SkinSpectraException.class, () -> source.snap(rgb())).getMessage()),
        ProgressMonitor.NONE);
    assertTrue(messages.get(1).contains("A sequence of NIRCam runs"), messages.get(1));
  }

  @Test
  void theBufferIsEnlargedForLargeFramesOnly() {
    source.sequence(nir(), 2, taken::add, ProgressMonitor.NONE);
    assertFalse(MicroManagerStandIn.calls(source).toString().contains("MemoryFootprint"));
    RigStep large =
        plain(
            "NIRCam",
            new DeviceSetting("NIRCam", "OnCameraCCDXSize", "4096"),
            new DeviceSetting("NIRCam", "OnCameraCCDYSize", "1024"));
    CanceledException stopped =
        assertThrows(
            CanceledException.class, () -> source.sequence(large, 40, taken::add, canceled()));
    assertTrue(stopped.getMessage().contains("NIRCam takes a sequence of 40 frames"));
    // 40 frames of 8 MiB.
    assertTrue(MicroManagerStandIn.calls(source).contains("setCircularBufferMemoryFootprint 321"));
  }

  private static ProgressMonitor canceled() {
    return new ProgressMonitor() {
      @Override
      public void report(String step, long done, long total) {}

      @Override
      public boolean isCanceled() {
        return true;
      }
    };
  }

  private Consumer<Frame> slow(int ms) {
    return frame -> {
      taken.add(frame);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ms));
    };
  }

  private String refused(RigStep step, int count, Consumer<Frame> sink) {
    return assertThrows(
            SkinSpectraException.class,
            () -> source.sequence(step, count, sink, ProgressMonitor.NONE))
        .getMessage();
  }
}
