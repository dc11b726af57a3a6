package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skinspectra.camera.DemoSteps.step;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.PixelType;
import org.skinspectra.profile.AutoExposure;
import org.skinspectra.profile.CameraProfiles;
import org.skinspectra.session.CapturedFrame;
import org.skinspectra.session.FrameKind;

class CaptureTest {

  private final DemoCameraSource source = DemoSteps.open();

  @AfterEach
  void close() {
    source.close();
  }

  private static Rig rig(RigStep... steps) {
    return new Rig("test", "demo", "demo-camera", List.of(steps));
  }

  @Test
  void picturesHaveAllStepsAndRepetitionsInOrder() {
    Capture capture = new Capture(source, Rigs.named("demo-two-cameras"));
    List<CapturedFrame> frames = new ArrayList<>();
    List<Long> done = new ArrayList<>();
    capture.pictures(2, frames::add, (step, d, total) -> done.add(d * 100 + total));
    List<String> order = new ArrayList<>();
    for (int time = 0; time < 2; time++) {
      for (String channel : List.of("RGB", "N960")) {
        for (int i = 0; i < 4; i++) {
          order.add(channel + " " + time + " " + i);
        }
      }
    }
    assertEquals(
        order,
        frames.stream()
            .map(f -> f.frame().tags().channel() + " " + f.timePoint() + " " + f.repetition())
            .toList());
    assertTrue(frames.stream().allMatch(f -> f.kind() == FrameKind.IMAGE));
    assertEquals(16, done.size());
    assertEquals(1616, done.get(15));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo-pair",
        "demo-bayer",
        "demo-two-cameras",
        "demo-filter-wheel",
        "demo-switched-lamps"
      })
  void everyDemoRigTakesAPictureAndReferencesWellExposed(String name) {
    Capture capture = new Capture(source, Rigs.named(name));
    List<CapturedFrame> frames = new ArrayList<>();
    capture.references(2, source.technician(), frames::add, ProgressMonitor.NONE);
    capture.picture(frames::add, ProgressMonitor.NONE);
    assertEquals(2 * 2 * 2 + 2 * 4, frames.size());
    for (CapturedFrame frame : frames) {
      String target = frame.frame().tags().all().get("Scene/Target");
      assertEquals(
          switch (frame.kind()) {
            case DARK -> "dark";
            case WHITE -> "white";
            default -> "scene";
          },
          target);
      if (frame.kind() == FrameKind.WHITE) {
        double level = mean(frame.frame()) / frame.frame().fullScale();
        assertTrue(level > 0.3 && level < 0.95, frame.frame().tags().channel() + " " + level);
      }
    }
  }

  @Test
  void referencesAreAskedForInWordsBeforeTheyAreTaken() {
    List<String> story = new ArrayList<>();
    new Capture(source, rig(step("RGB", "RGB", 5), step("N960", "N960", 7)))
        .references(
            1,
            (kind, instruction) -> {
              assertTrue(instruction.length() > 30, instruction);
              story.add("ask " + kind);
            },
            frame ->
                story.add(
                    frame.kind()
                        + " "
                        + frame.frame().tags().channel()
                        + " "
                        + frame.frame().tags().exposureMs()),
            ProgressMonitor.NONE);
    assertEquals(
        List.of(
            "ask DARK",
            "DARK RGB 5.0",
            "DARK N960 7.0",
            "ask WHITE",
            "WHITE RGB 5.0",
            "WHITE N960 7.0",
            "ask IMAGE"),
        story);
  }

  @Test
  void aLinearitySeriesRisesAndFallsAndHasADarkOfEveryExposure() {
    List<String> story = new ArrayList<>();
    Map<FrameKind, List<Double>> exposures = new EnumMap<>(FrameKind.class);
    new Capture(source, rig(step("RGB", "RGB", 10)))
        .linearity(
            1,
            (kind, instruction) -> {
              source.technician().ask(kind, instruction);
              story.add("ask " + kind);
            },
            frame -> {
              FrameTags tags = frame.frame().tags();
              story.add(
                  frame.kind() + " " + frame.repetition() + " " + tags.all().get("Scene/Target"));
              exposures
                  .computeIfAbsent(frame.kind(), k -> new ArrayList<>())
                  .add(tags.exposureMs());
            },
            ProgressMonitor.NONE);
    List<String> expected = new ArrayList<>(List.of("ask DARK"));
    expected.addAll(Collections.nCopies(10, "DARK 0 dark"));
    expected.add("ask LINEARITY");
    expected.addAll(Collections.nCopies(10, "LINEARITY 0 white"));
    expected.addAll(Collections.nCopies(10, "LINEARITY 1 white"));
    assertEquals(expected, story);
    List<Double> dark = exposures.get(FrameKind.DARK);
    assertEquals(1.2, dark.get(0), 1e-9);
    assertEquals(12, dark.get(9), 1e-9);
    assertFalse(dark.contains(10.0), "a dark of the step's own exposure would be a reference");
    List<Double> both = new ArrayList<>(dark);
    Collections.reverse(dark);
    both.addAll(dark);
    assertEquals(both, exposures.get(FrameKind.LINEARITY));
  }

  @Test
  void aLinearitySeriesOfNoFramesIsRefused() {
    Capture capture = new Capture(source, rig(step("RGB", "RGB", 10)));
    String message =
        assertThrows(
                SkinSpectraException.class,
                () -> capture.linearity(0, source.technician(), f -> {}, ProgressMonitor.NONE))
            .getMessage();
    assertTrue(message.contains("not 0"), message);
  }

  @Test
  void aPersonWhoDoesNotWantToEndsTheReferences() {
    List<CapturedFrame> frames = new ArrayList<>();
    assertThrows(
        CanceledException.class,
        () ->
            new Capture(source, rig(step("RGB", "RGB", 5)))
                .references(
                    3,
                    (kind, instruction) -> {
                      if (kind == FrameKind.WHITE) {
                        throw new CanceledException("References");
                      }
                    },
                    frames::add,
                    ProgressMonitor.NONE));
    assertEquals(3, frames.size());
  }

  @Test
  void aCaptureStopsWhenItIsAskedTo() {
    List<CapturedFrame> frames = new ArrayList<>();
    ProgressMonitor impatient =
        new ProgressMonitor() {
          @Override
          public void report(String step, long done, long total) {}

          @Override
          public boolean isCanceled() {
            return frames.size() == 2;
          }
        };
    Capture capture = new Capture(source, rig(step("RGB", "RGB", 5)));
    assertThrows(CanceledException.class, () -> capture.pictures(5, frames::add, impatient));
    assertEquals(2, frames.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -3})
  void countsBelowOneAreRefused(int count) {
    Capture capture = new Capture(source, rig(step("RGB", "RGB", 5)));
    assertThrows(
        SkinSpectraException.class,
        () -> capture.pictures(count, frame -> {}, ProgressMonitor.NONE));
    assertThrows(
        SkinSpectraException.class,
        () -> capture.references(count, (k, i) -> {}, frame -> {}, ProgressMonitor.NONE));
  }

  // -- Exposure --

  @ParameterizedTest
  @CsvSource({
    "RGB, 64bitRGB, 0.05",
    "RGB, 64bitRGB, 12",
    "RGB, 64bitRGB, 3000",
    "RGB, 32bitRGB, 1",
    "RGB, 16bit, 0.5",
    "RGB, 16bit, 500",
    "RGB, 8bit, 100",
    "N960, 16bit, 0.1",
    "N960, 8bit, 900"
  })
  void theExposureIsFoundFromWhereverItBegins(String camera, String type, double ms) {
    source.place(DemoTarget.WHITE);
    RigStep begin = step("X", camera, ms, camera + "/PixelType=" + type);
    Capture capture = new Capture(source, rig(begin));
    List<FoundExposure> found = capture.exposures(AutoExposure.WHITE, ProgressMonitor.NONE);
    FoundExposure exposure = found.get(0);
    assertTrue(exposure.reached(), exposure.message());
    assertEquals(0.75, exposure.level(), 0.03);
    // The brightest colour decides, so that no channel clips.
    double rate = camera.equals("RGB") ? 833 : 400;
    assertEquals(0.73 * 15_000 / 0.99 / rate, exposure.step().exposureMs(), 1.5);
    assertEquals(exposure.step(), capture.withExposures(found).rig().steps().get(0));
  }

  @Test
  void anExposureThatCannotBeReachedIsToldWithWhatToDo() {
    source.place(DemoTarget.WHITE);
    Capture capture = new Capture(source, rig(step("RGB", "RGB", 5)));
    FoundExposure dark =
        capture.exposures(AutoExposure.WHITE.between(0.1, 2), ProgressMonitor.NONE).get(0);
    assertFalse(dark.reached());
    assertEquals(2, dark.step().exposureMs());
    assertTrue(dark.message().contains("too dark"), dark.message());
    FoundExposure bright =
        capture.exposures(AutoExposure.WHITE.between(50, 100), ProgressMonitor.NONE).get(0);
    assertFalse(bright.reached());
    assertEquals(50, bright.step().exposureMs());
    assertTrue(bright.message().contains("another light"), bright.message());
    source.place(DemoTarget.DARK);
    FoundExposure none = capture.exposures(AutoExposure.WHITE, ProgressMonitor.NONE).get(0);
    assertFalse(none.reached());
    assertTrue(none.frames() <= 12, none.frames() + " frames");
  }

  @Test
  void floatingPointFramesHaveNoExposureToFind() {
    Capture capture = new Capture(source, rig(step("RGB", "RGB", 5, "RGB/PixelType=32bit")));
    String told =
        assertThrows(
                SkinSpectraException.class,
                () -> capture.exposures(AutoExposure.WHITE, ProgressMonitor.NONE))
            .getMessage();
    assertTrue(told.contains("without a full scale"), told);
  }

  @Test
  void limitsOfTheExposureInTheWrongOrderAreRefused() {
    assertThrows(SkinSpectraException.class, () -> AutoExposure.WHITE.between(10, 5));
  }

  /** Green fills the mosaic to 0.75; were it one channel, the 60th percentile would be red. */
  @Test
  void theBrightestColourOfAMosaicSetsTheExposure() {
    byte[] counts = new byte[20 * 20];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (byte) ((i / 20 + i % 20) % 2 == 1 && i / 20 < 16 ? 191 : 40);
    }
    AutoExposure rule = new AutoExposure(0.75, 0.5, 0.001, 0.03, 10, 10, 0);
    RigStep step = step("RGB", "RGB", 10);
    Frame frame = frame("RGB", 20, 20, counts);
    FoundExposure mosaic =
        new Capture(new Delivering(frame), rig(step))
            .exposures(rule, CameraProfiles.named("demo-camera"), ProgressMonitor.NONE)
            .get(0);
    assertTrue(mosaic.reached(), mosaic.message());
    FoundExposure unknown =
        new Capture(new Delivering(frame), rig(step)).exposures(rule, ProgressMonitor.NONE).get(0);
    assertEquals(AutoExposure.Outcome.TOO_DARK, unknown.outcome());
  }

  // -- Wrong frames --

  @Test
  void aFrameOfAnotherCameraIsRefused() {
    assertTold("got a frame of step RGB, camera Other", frame("Other", 2, 2, new byte[4]));
  }

  @Test
  void framesOfOnePictureThatDifferInSizeAreRefused() {
    assertTold(
        "delivered 1x2 pixels 8bit of 8 bits after 2x2 pixels",
        frame("RGB", 2, 2, new byte[4]),
        frame("RGB", 1, 2, new byte[2]));
  }

  private static void assertTold(String text, Frame... frames) {
    RigStep s = step("RGB", "RGB", 10);
    RigStep twice =
        new RigStep(
            s.channel(), s.preset(), s.settings(), s.camera(), 10, 1, 2, 0, s.region(), 1, 100);
    Capture capture = new Capture(new Delivering(frames), rig(twice));
    String told =
        assertThrows(
                SkinSpectraException.class,
                () -> capture.picture(frame -> {}, ProgressMonitor.NONE))
            .getMessage();
    assertTrue(told.contains(text), told);
  }

  private static Frame frame(String camera, int width, int height, byte[] counts) {
    return Frame.of(
        width,
        height,
        PixelType.GRAY8,
        8,
        counts,
        new FrameTags("RGB", camera, 10, 1, Instant.EPOCH, Map.of()));
  }

  private static double mean(Frame frame) {
    double sum = 0;
    float[] plane = frame.plane(0);
    for (float value : plane) {
      sum += value;
    }
    return sum / plane.length;
  }

  /** Gives the frames it was made with. */
  private static final class Delivering implements FrameSource {

    private final Deque<Frame> frames;

    Delivering(Frame... frames) {
      this.frames = new ArrayDeque<>(List.of(frames));
    }

    @Override
    public SourceDescription describe() {
      return new SourceDescription("test", List.of("RGB"), Map.of());
    }

    @Override
    public Frame snap(RigStep step) {
      return frames.remove();
    }

    @Override
    public void sequence(RigStep step, int count, Consumer<Frame> sink, ProgressMonitor progress) {
      throw new UnsupportedOperationException();
    }

    @Override
    public LiveView live(RigStep step) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
