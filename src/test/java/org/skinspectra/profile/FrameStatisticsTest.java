package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.util.FastMath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.PixelType;

class FrameStatisticsTest {

  private static final FrameTags TAGS = Frames.tags(10, 1);

  @Test
  void quantilesAreThoseOfTheSortedCounts() {
    ChannelStatistics gray =
        of(Frames.gray16(10, 10, 12, TAGS, (c, x, y) -> 10 * (y * 10 + x))).channels().get(0);
    assertEquals("RGB", gray.name());
    assertEquals(495, gray.mean());
    assertEquals(0, gray.histogram().quantile(0));
    assertEquals(490, gray.histogram().quantile(0.5));
    assertEquals(980, gray.histogram().quantile(0.99));
    assertEquals(990, gray.histogram().quantile(1));
    assertArrayEquals(new long[] {100, 0, 0, 0}, gray.histogram().counts(4));
    assertArrayEquals(new long[] {26, 26, 25, 23}, Arrays.copyOf(gray.histogram().counts(16), 4));
    assertThrows(IllegalArgumentException.class, () -> gray.histogram().quantile(1.1));
    assertThrows(IllegalArgumentException.class, () -> gray.histogram().counts(0));
  }

  @Test
  void everyColourOfAMosaicHasItsOwnNumbers() {
    BayerPattern pattern = BayerPattern.GRBG;
    Frame frame =
        Frames.of(
            7, 5, PixelType.GRAY8, 8, TAGS, (c, x, y) -> 50 + 100 * pattern.channel(x, y) % 255);
    FrameStatistics statistics = FrameStatistics.of(frame, Optional.of(pattern));
    assertEquals(3, statistics.channels().size());
    assertEquals(50, statistics.channels().get(0).mean());
    assertEquals(150, statistics.channels().get(1).mean());
    assertEquals("B", statistics.channels().get(2).name());
    assertEquals(35, statistics.channels().stream().mapToLong(c -> c.histogram().total()).sum());
    for (ChannelStatistics channel : statistics.channels()) {
      assertEquals(0, channel.focus(), "an even light has no edges in channel " + channel.name());
    }
  }

  @Test
  void interleavedColoursAreReadInTheirOrder() {
    FrameStatistics statistics =
        of(Frames.of(3, 3, PixelType.BGRA64, 10, TAGS, (c, x, y) -> 100 * (c + 1)));
    assertEquals(100, statistics.channels().get(0).mean());
    assertEquals(300, statistics.channels().get(2).mean());
    assertEquals(1023, statistics.fullScale());
  }

  @Test
  void saturationIsCountedAtTheBitsOfTheCamera() {
    FrameStatistics statistics =
        of(Frames.gray16(10, 10, 12, TAGS, (c, x, y) -> y == 0 ? 4095 : 4094));
    assertEquals(0.1, statistics.saturated());
  }

  @Test
  void onlyTheRegionCounts() {
    float[] weights = new float[100];
    weights[37] = 1;
    FrameStatistics statistics =
        FrameStatistics.of(
            Frames.gray16(10, 10, 12, TAGS, (c, x, y) -> x),
            Optional.empty(),
            new Mask(10, 10, weights),
            0);
    assertEquals(7, statistics.channels().get(0).mean());
    assertEquals(1, statistics.channels().get(0).histogram().total());
  }

  @Test
  void floatsHaveNoFullScaleAndTheirQuantilesAFineGrid() {
    FrameStatistics statistics =
        of(
            Frames.of(
                10,
                10,
                PixelType.GRAY32,
                0,
                TAGS,
                (c, x, y) -> x == 3 ? Double.NaN : -1 + y / 4.5));
    ChannelStatistics gray = statistics.channels().get(0);
    assertEquals(90, gray.histogram().total());
    assertEquals(-1, gray.histogram().quantile(0), 1e-9);
    assertEquals(1, gray.histogram().quantile(1), 1e-9);
    assertEquals(-1 + 4 / 4.5, gray.histogram().quantile(0.5), 2.0 / 65535);
    assertEquals(0, gray.saturated());
    assertTrue(Double.isNaN(statistics.fullScale()));
  }

  /** Of a ramp of s counts a pixel over a mean m, the gradient is s everywhere: s² / m². */
  @Test
  void focusOfARampIsItsSlopeOverItsMeanSquared() {
    Frame ramp = Frames.gray16(21, 9, 12, TAGS, (c, x, y) -> 500 + 8 * x);
    assertEquals(64 / (580.0 * 580), of(ramp).channels().get(0).focus(), 1e-12);
    FrameStatistics mosaic = FrameStatistics.of(ramp, Optional.of(BayerPattern.RGGB));
    for (ChannelStatistics channel : mosaic.channels()) {
      assertEquals(64 / (580.0 * 580), channel.focus(), 2e-6);
    }
    FrameStatistics overBlack = FrameStatistics.of(ramp, Optional.empty(), Mask.all(21, 9), 100);
    assertEquals(64 / (480.0 * 480), overBlack.channels().get(0).focus(), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theSharperOfTwoPicturesHasTheLargerFocusInEveryChannel(boolean mosaic) {
    double last = Double.POSITIVE_INFINITY;
    for (double blur : new double[] {1.5, 2, 3, 5}) {
      Frame edge =
          Frames.gray16(
              64, 64, 14, TAGS, (c, x, y) -> 4000 + 3000 * FastMath.tanh((x - 31.7) / blur));
      FrameStatistics statistics =
          FrameStatistics.of(edge, mosaic ? Optional.of(BayerPattern.BGGR) : Optional.empty());
      double best =
          statistics.channels().stream().mapToDouble(ChannelStatistics::focus).max().orElseThrow();
      assertTrue(best < last, blur + ": " + best + " after " + last);
      last =
          statistics.channels().stream().mapToDouble(ChannelStatistics::focus).min().orElseThrow();
    }
  }

  @Test
  void onePixelHasNumbersButNoFocus() {
    ChannelStatistics gray = of(Frames.gray16(1, 1, 8, TAGS, (c, x, y) -> 9)).channels().get(0);
    assertEquals(9, gray.mean());
    assertEquals(0, gray.focus());
  }

  @Test
  void refusesAMaskOfAnotherSizeAndAMosaicOfColours() {
    Frame frame = Frames.of(3, 3, PixelType.BGRA32, 8, TAGS, (c, x, y) -> 1);
    assertThrows(
        SkinSpectraException.class,
        () -> FrameStatistics.of(frame, Optional.empty(), Mask.all(2, 3), 0));
    var error =
        assertThrows(
            SkinSpectraException.class,
            () -> FrameStatistics.of(frame, Optional.of(BayerPattern.RGGB)));
    assertTrue(error.getMessage().contains("32bitRGB"), error.getMessage());
  }

  private static FrameStatistics of(Frame frame) {
    return FrameStatistics.of(frame, Optional.empty());
  }
}
