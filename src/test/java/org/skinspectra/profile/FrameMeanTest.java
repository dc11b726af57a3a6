package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.PixelType;

class FrameMeanTest {

  private static final FrameTags TAGS = Frames.tags(10, 1);

  @Test
  void meanAndVarianceAreThoseOfTheFramesPixelByPixel() {
    FrameMean mean =
        FrameMean.of(List.of(frame(TAGS, 100, 7), frame(TAGS, 104, 7), frame(TAGS, 99, 7)));
    assertArrayEquals(new float[] {101, 7}, mean.mean(0), 1e-5f);
    assertArrayEquals(new float[] {7, 0}, mean.variance(0).orElseThrow(), 1e-5f);
    assertEquals(3, mean.count());
  }

  /** Sums of squares would lose a variance of 1 over a level of 60,000 in single precision. */
  @Test
  void manyFramesKeepASmallVarianceOverAHighLevel() {
    FrameAverager averager = new FrameAverager();
    for (int i = 0; i < 1000; i++) {
      averager.add(frame(TAGS, 60000 + 2 * (i & 1), 0));
    }
    assertEquals(60001, averager.mean().mean(0)[0]);
    assertEquals(1000 / 999.0, averager.mean().variance(0).orElseThrow()[0], 1e-6);
  }

  @Test
  void aSingleFrameHasNoVariance() {
    FrameMean mean = FrameMean.of(frame(TAGS, 3, 4));
    assertArrayEquals(new float[] {3, 4}, mean.mean(0));
    assertTrue(mean.variance(0).isEmpty());
    FrameMean listed = FrameMean.of(List.of(frame(TAGS, 3, 65535)));
    assertArrayEquals(new float[] {3, 65535}, listed.mean(0));
    assertTrue(listed.variance(0).isEmpty());
    assertTrue(FrameMean.of(frame(TAGS, 3, 65535)).isSaturated(0, 1));
    assertEquals(TAGS, listed.tags());
  }

  @Test
  void aPixelThatWasSaturatedOnceStaysSaturatedInTheMean() {
    FrameMean mean = FrameMean.of(List.of(frame(TAGS, 65535, 65534), frame(TAGS, 5, 65534)));
    assertTrue(mean.isSaturated(0, 0));
    assertFalse(mean.isSaturated(0, 1));
  }

  @Test
  void aMeanIsNotChangedByFramesThatComeLater() {
    FrameAverager averager = new FrameAverager().add(frame(TAGS, 10, 20));
    FrameMean early = averager.mean();
    averager.add(frame(TAGS, 65535, 40));
    assertArrayEquals(new float[] {10, 20}, early.mean(0));
    assertFalse(early.isSaturated(0, 0));
  }

  @Test
  void coloursAreAveragedApart() {
    Frame frame = Frames.of(2, 1, PixelType.BGRA32, 8, TAGS, (channel, x, y) -> 10 * channel + x);
    FrameMean mean = FrameMean.of(List.of(frame, frame));
    assertEquals(3, mean.planes());
    assertArrayEquals(new float[] {0, 1}, mean.mean(0));
    assertArrayEquals(new float[] {20, 21}, mean.mean(2));
  }

  @Test
  void theMeanIsAsOldAsItsLastFrame() {
    FrameTags later =
        new FrameTags("RGB", "Camera", 10, 1, Frames.NOW.plusSeconds(5), Map.of("Binning", "1"));
    assertEquals(
        later.taken(), FrameMean.of(List.of(frame(TAGS, 1, 1), frame(later, 1, 1))).tags().taken());
  }

  @Test
  void refusesFramesThatWereTakenOtherwise() {
    refuses(Frames.gray16(2, 2, 16, TAGS, (c, x, y) -> 1), "2x2 pixels, not 2x1 pixels");
    refuses(Frames.gray16(2, 1, 12, TAGS, (c, x, y) -> 1), "bits 12, not 16");
    refuses(frame(Frames.tags(10.1, 1), 1, 1), "10.1 ms at gain 1.0, not 10.0 ms");
    refuses(frame(Frames.tags(10, 2), 1, 1), "gain 2.0");
    refuses(
        frame(new FrameTags("RGB", "Other", 10, 1, Frames.NOW, Map.of()), 1, 1),
        "camera Other, not Camera");
    refuses(
        frame(new FrameTags("N960", "Camera", 10, 1, Frames.NOW, Map.of()), 1, 1),
        "channel N960, not RGB");
    refuses(
        frame(new FrameTags("RGB", "Camera", 10, 1, Frames.NOW, Map.of("Binning", "2")), 1, 1),
        "binning 2, not 1");
  }

  @Test
  void refusesAMeanOfNothing() {
    assertThrows(SkinSpectraException.class, () -> FrameMean.of(List.of()));
  }

  private static void refuses(Frame second, String reason) {
    FrameAverager averager = new FrameAverager().add(frame(TAGS, 1, 1));
    var error = assertThrows(SkinSpectraException.class, () -> averager.add(second));
    assertTrue(error.getMessage().contains(reason), error.getMessage());
    assertTrue(error.getMessage().startsWith("Frame 2"), error.getMessage());
    assertEquals(1, averager.count());
  }

  private static Frame frame(FrameTags tags, int first, int second) {
    return Frames.gray16(2, 1, 16, tags, (c, x, y) -> x == 0 ? first : second);
  }
}
