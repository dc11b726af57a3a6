package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ShortProcessor;
import java.awt.EventQueue;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.PixelType;
import org.skinspectra.session.CapturedFrame;
import org.skinspectra.session.FrameKind;
import org.skinspectra.session.SessionSetup;
import org.skinspectra.session.SessionWriter;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ReplaySourceTest {

  private static final int TIME_POINTS = 4;

  @TempDir Path folder;

  private static RigStep step(String channel, double exposureMs, DeviceSetting... settings) {
    return new RigStep(
        channel,
        Optional.of(new ConfigPreset("Channel", channel)),
        List.of(settings),
        channel + "Cam",
        exposureMs,
        1,
        1,
        0,
        Optional.empty(),
        1,
        1000);
  }

  /** Frames whose first count says which they are; later ones are stored first. */
  private Path session() {
    Path session = folder.resolve("session");
    try (SessionWriter writer = SessionWriter.create(session, SessionSetup.EMPTY)) {
      writer.write(List.of(captured(FrameKind.DARK, "RGB", 0, 77)));
      for (int t = TIME_POINTS - 1; t >= 0; t--) {
        writer.write(
            List.of(
                captured(FrameKind.IMAGE, "RGB", t, 10 + t),
                captured(FrameKind.IMAGE, "N960", t, 20 + t)));
      }
    }
    return session;
  }

  private static CapturedFrame captured(FrameKind kind, String channel, int t, int count) {
    FrameTags tags =
        new FrameTags(
            channel, channel + "Cam", 10, 1, Instant.ofEpochSecond(1000 + t), Map.of("t", "" + t));
    short[] samples = {(short) count, 0, 0, 0};
    return new CapturedFrame(kind, t, 0, Frame.of(2, 2, PixelType.GRAY16, 12, samples, tags));
  }

  private static int count(Frame frame) {
    return (int) frame.plane(0)[0];
  }

  private static String message(Executable call) {
    return assertThrows(SkinSpectraException.class, call).getMessage();
  }

  @Test
  void framesOfAChannelComeInTheOrderInWhichTheyWereTaken() {
    try (ReplaySource source = ReplaySource.ofSession(session(), false)) {
      assertEquals(List.of("RGBCam", "N960Cam"), source.describe().cameras());
      for (int t = 0; t < TIME_POINTS; t++) {
        assertEquals(10 + t, count(source.snap(step("RGB", 10))));
        Frame infrared = source.snap(step("N960", 10));
        assertEquals(20 + t, count(infrared));
        assertEquals("N960Cam", infrared.tags().camera());
        assertEquals("N960", infrared.tags().channel());
        assertEquals(Map.of("t", "" + t), infrared.tags().all());
        assertEquals(12, infrared.bits());
      }
      String message = message(() -> source.snap(step("RGB", 10)));
      assertTrue(message.contains("at its end") && message.contains("all 4 frames"), message);
    }
  }

  @Test
  void aLoopBeginsAgain() {
    try (ReplaySource source = ReplaySource.ofSession(session(), true)) {
      for (int i = 0; i < 2 * TIME_POINTS; i++) {
        assertEquals(10 + i % TIME_POINTS, count(source.snap(step("RGB", 10))));
      }
    }
  }

  @Test
  void referencesAreChosenByASetting() {
    try (ReplaySource source = ReplaySource.ofSession(session(), false)) {
      assertEquals(
          77, count(source.snap(step("RGB", 10, new DeviceSetting("Replay", "Kind", "dark")))));
      assertEquals(10, count(source.snap(step("RGB", 10))));
      for (DeviceSetting wrong :
          List.of(
              new DeviceSetting("Replay", "Kind", "grey"),
              new DeviceSetting("Replay", "Speed", "2"))) {
        assertTrue(message(() -> source.snap(step("RGB", 10, wrong))).contains("linearity"));
      }
      String message =
          message(
              () -> source.snap(step("N960", 10, new DeviceSetting("Replay", "Kind", "white"))));
      assertTrue(message.contains("white") && message.contains("there is: image"), message);
    }
  }

  @Test
  void aStepThatWasNotStoredIsRefusedWithWhatThereIs() {
    try (ReplaySource source = ReplaySource.ofSession(session(), false)) {
      assertTrue(message(() -> source.snap(step("UV", 10))).contains("RGB, N960"));
      assertTrue(message(() -> source.snap(step("RGB", 20))).contains("10.0 ms at gain 1.0"));
      RigStep other =
          new RigStep(
              "RGB", Optional.empty(), List.of(), "OtherCam", 10, 1, 1, 0, Optional.empty(), 1, 9);
      assertTrue(message(() -> source.snap(other)).contains("RGBCam"));
      RigStep region =
          new RigStep(
              "RGB",
              Optional.empty(),
              List.of(),
              "RGBCam",
              10,
              1,
              1,
              0,
              Optional.of(new SensorRegion(0, 0, 1, 2)),
              1,
              9);
      assertTrue(message(() -> source.snap(region)).contains("1x2"));
    }
  }

  @Test
  void itsStepsReplayIt() {
    try (ReplaySource source = ReplaySource.ofSession(session(), false)) {
      assertEquals(2, source.steps().size());
      for (RigStep step : source.steps()) {
        assertEquals(step.channel(), source.snap(step).tags().channel());
      }
    }
  }

  @Test
  void aSequenceGivesExactlyAsManyFramesInOrder() {
    try (ReplaySource source = ReplaySource.ofSession(session(), false)) {
      List<Integer> counts = new ArrayList<>();
      Consumer<Frame> sink = frame -> counts.add(count(frame));
      source.sequence(step("RGB", 10), 3, sink, ProgressMonitor.NONE);
      assertEquals(List.of(10, 11, 12), counts);
      String message =
          message(() -> source.sequence(step("RGB", 10), 2, sink, ProgressMonitor.NONE));
      assertTrue(message.contains("1 frames") && message.contains("not the 2"), message);
      assertEquals(3, counts.size());
    }
  }

  @Test
  void aSequenceCanBeCanceled() {
    try (ReplaySource source = ReplaySource.ofSession(session(), true)) {
      List<Frame> frames = new ArrayList<>();
      ProgressMonitor cancelAfterTwo =
          new ProgressMonitor() {
            @Override
            public void report(String step, long done, long total) {}

            @Override
            public boolean isCanceled() {
              return frames.size() == 2;
            }
          };
      assertThrows(
          CanceledException.class,
          () -> source.sequence(step("RGB", 10), 1000, frames::add, cancelAfterTwo));
      assertEquals(2, frames.size());
    }
  }

  @Test
  void fourThreadsGetTheirOwnCamerasFrames() throws Exception {
    try (ReplaySource source = ReplaySource.ofSession(session(), true)) {
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        String channel = i % 2 == 0 ? "RGB" : "N960";
        int first = i % 2 == 0 ? 10 : 20;
        futures.add(
            threads.submit(
                () -> {
                  for (int k = 0; k < 50; k++) {
                    int count = count(source.snap(step(channel, 10)));
                    assertTrue(count >= first && count < first + TIME_POINTS);
                  }
                }));
      }
      for (Future<?> future : futures) {
        future.get();
      }
      threads.shutdown();
    }
  }

  @Test
  void aLiveViewShowsTheNewestFrameAndKeepsEveryoneElseOut() throws InterruptedException {
    try (ReplaySource source = ReplaySource.ofSession(session(), false)) {
      try (LiveView live = source.live(step("RGB", 10))) {
        while (live.delivered() < TIME_POINTS + 2) {
          Thread.sleep(1);
        }
        assertTrue(live.newest().isPresent());
        assertTrue(message(() -> source.snap(step("RGB", 10))).contains("live"));
        assertTrue(message(() -> source.live(step("RGB", 10))).contains("live"));
      }
      assertEquals(10, count(source.snap(step("RGB", 10))));
    }
  }

  @Test
  void aDamagedFrameEndsALiveViewWithAMessage() throws IOException, InterruptedException {
    Path session = session();
    try (ReplaySource source = ReplaySource.ofSession(session, false)) {
      try (var files = Files.list(session.resolve("frames"))) {
        for (Path file : files.toList()) {
          Files.writeString(file, "damaged");
        }
      }
      try (LiveView live = source.live(step("RGB", 10))) {
        for (int i = 0; i < 5000; i++) {
          try {
            live.newest();
          } catch (SkinSpectraException e) {
            assertTrue(e.getMessage().contains("image-RGB"), e.getMessage());
            return;
          }
          Thread.sleep(1);
        }
        fail("the live view said nothing");
      }
    }
  }

  @Test
  void afterClosingEveryCallIsRefused() {
    ReplaySource source = ReplaySource.ofSession(session(), false);
    LiveView live = source.live(step("RGB", 10));
    source.close();
    source.close();
    live.close();
    assertTrue(message(() -> source.snap(step("RGB", 10))).contains("closed"));
    assertTrue(message(() -> source.live(step("RGB", 10))).contains("closed"));
    assertTrue(
        message(() -> source.sequence(step("RGB", 10), 1, frame -> {}, ProgressMonitor.NONE))
            .contains("closed"));
  }

  @Test
  void onTheEventThreadNothingIsTaken() throws Exception {
    try (ReplaySource source = ReplaySource.ofSession(session(), false)) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      EventQueue.invokeAndWait(
          () -> {
            try {
              source.snap(step("RGB", 10));
            } catch (SkinSpectraException e) {
              thrown.set(e);
            }
          });
      assertTrue(thrown.get().getMessage().contains("event thread"));
    }
  }

  // -- Images of a folder --

  private static RigStep imageStep(String channel) {
    return new RigStep(
        channel, Optional.empty(), List.of(), channel, 7, 2, 1, 0, Optional.empty(), 1, 1000);
  }

  private void writeTiff(String name, int count) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ShortProcessor pixels = new ShortProcessor(2, 2, new short[] {(short) count, 0, 0, 0}, null);
    new FileSaver(new ImagePlus("", pixels)).saveAsTiff(file.toString());
  }

  @Test
  void imagesOfAFolderAreReplayedByChannelAndNumber() throws IOException {
    writeTiff("RGB/b10.tif", 110);
    writeTiff("RGB/b9.tif", 65000);
    writeTiff("N960_2.tif", 202);
    writeTiff("N960_10.tif", 210);
    Files.writeString(folder.resolve("notes.txt"), "x");
    try (ReplaySource source = ReplaySource.ofImages(folder, false)) {
      assertEquals(65000, count(source.snap(imageStep("RGB"))));
      assertEquals(110, count(source.snap(imageStep("RGB"))));
      assertEquals(202, count(source.snap(imageStep("N960"))));
      Frame last = source.snap(imageStep("N960"));
      assertEquals(210, count(last));
      assertEquals(7, last.tags().exposureMs());
      assertEquals(2, last.tags().gain());
      assertEquals("N960_10.tif", last.tags().all().get("File"));
      assertTrue(message(() -> source.snap(imageStep("N960"))).contains("at its end"));
    }
  }

  @Test
  void pngImagesKeepTheirColoursAndBits() throws IOException {
    BufferedImage colour = new BufferedImage(3, 2, BufferedImage.TYPE_3BYTE_BGR);
    colour.setRGB(2, 1, 0x102030);
    ImageIO.write(colour, "png", folder.resolve("RGB.png").toFile());
    BufferedImage grey = new BufferedImage(3, 2, BufferedImage.TYPE_USHORT_GRAY);
    grey.getRaster().setSample(2, 1, 0, 54321);
    ImageIO.write(grey, "png", folder.resolve("N960.png").toFile());
    try (ReplaySource source = ReplaySource.ofImages(folder, false)) {
      Frame rgb = source.snap(imageStep("RGB"));
      assertEquals(PixelType.BGRA32, rgb.type());
      assertEquals(0x10, rgb.plane(0)[5]);
      assertEquals(0x20, rgb.plane(1)[5]);
      assertEquals(0x30, rgb.plane(2)[5]);
      Frame infrared = source.snap(imageStep("N960"));
      assertEquals(PixelType.GRAY16, infrared.type());
      assertEquals(54321, infrared.plane(0)[5]);
    }
  }

  @Test
  void imagesThatAreNoFramesAreRefusedByName() throws IOException {
    assertTrue(message(() -> ReplaySource.ofImages(folder, false)).contains("no TIFF or PNG"));
    ImageIO.write(
        new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB),
        "png",
        folder.resolve("RGB.png").toFile());
    Files.writeString(folder.resolve("N960.tif"), "no TIFF");
    try (ReplaySource source = ReplaySource.ofImages(folder, false)) {
      assertTrue(message(() -> source.snap(imageStep("RGB"))).contains("RGB.png"));
      assertTrue(message(() -> source.snap(imageStep("N960"))).contains("N960.tif"));
    }
  }

  @Test
  void aFolderWithoutASessionIsRefused() {
    assertTrue(message(() -> ReplaySource.ofSession(folder, false)).contains("holds no session"));
  }
}
