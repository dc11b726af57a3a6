package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.PixelType;

class LinearityFitTest {

  private static final double[] EXPOSURES = {0.1, 3, 5, 10, 15, 20, 25, 30, 35, 39.9, 60};

  @Test
  void aLinearCameraHasNoErrorAndKeepsItsNumbers() {
    LinearityFit fit = LinearityFit.of(points(0), 4095);
    assertEquals(0, fit.error(), 1e-12);
    for (double dn : new double[] {64, 500, 3000}) {
      assertEquals(dn, fit.curve().apply(dn), 1e-9);
    }
  }

  @Test
  void lightAfterTheCurveIsProportionalToTheExposure() {
    LinearityFit fit = LinearityFit.of(points(0.1), 4095);
    double first = fit.curve().apply(bent(5, 0.1)) - 64;
    for (double exposure : new double[] {3, 10, 20, 35}) {
      double light = fit.curve().apply(bent(exposure, 0.1)) - 64;
      assertEquals(exposure / 5, light / first, 1e-9);
    }
  }

  @Test
  void theErrorIsTheMeanDeviationFromTheLine() {
    // On the line 100·x, but for the middle one, 3 % above it: the weighted line rises by its part.
    List<LinearityFit.Point> points = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      points.add(new LinearityFit.Point(i, 100 * i * (i == 15 ? 1.03 : 1), 0));
    }
    double error = LinearityFit.of(points, 4000).error();
    assertTrue(error > 0.03 / 30 && error < 2 * 0.03 / 30, "error " + error);
    assertTrue(LinearityFit.of(points(0.1), 4095).error() > 0.01);
  }

  @Test
  void exposuresNearTheDarkAndNearSaturationAreLeftOut() {
    assertEquals(8, LinearityFit.of(points(0), 4095).points());
  }

  @Test
  void theBrightestChannelOfFramesIsFitted() {
    List<FrameMean> frames = new ArrayList<>();
    for (double exposure : new double[] {5, 10, 20, 30}) {
      frames.add(mosaic(exposure));
    }
    LinearityFit fit =
        LinearityFit.of(
            frames,
            List.of(dark(5)),
            Optional.of(BayerPattern.RGGB),
            Mask.all(4, 4),
            Optional.empty());
    assertEquals(4, fit.points());
    double[] dn = fit.curve().digitalNumbers();
    assertEquals(64, dn[0]);
    assertEquals(Math.rint(bent(5, 0.1)), dn[1]);
    assertEquals(
        2, (fit.curve().apply(bent(20, 0.1)) - 64) / (fit.curve().apply(bent(10, 0.1)) - 64), 2e-3);
  }

  @Test
  void refusesTooFewExposuresAndFallingNumbers() {
    refuses(points(0).subList(0, 3), "2 of 3 exposures");
    List<LinearityFit.Point> falling =
        List.of(
            new LinearityFit.Point(1, 1000, 0),
            new LinearityFit.Point(2, 900, 0),
            new LinearityFit.Point(3, 2000, 0));
    var error = assertThrows(SkinSpectraException.class, () -> LinearityFit.of(falling, 4095));
    assertTrue(error.getMessage().contains("from 1000.0 to 900.0"), error.getMessage());
    List<LinearityFit.Point> same =
        List.of(
            new LinearityFit.Point(1, 1000, 0),
            new LinearityFit.Point(1, 1000, 0),
            new LinearityFit.Point(1, 1000, 0));
    assertThrows(SkinSpectraException.class, () -> LinearityFit.of(same, 4095));
    assertThrows(SkinSpectraException.class, () -> new LinearityFit.Point(0, 1, 0));
    assertThrows(SkinSpectraException.class, () -> new LinearityFit.Point(1, Double.NaN, 0));
  }

  @Test
  void refusesFramesOfAnotherGainOrWithoutFullScale() {
    FrameMean gained = FrameMean.of(Frames.gray16(4, 4, 12, Frames.tags(10, 2), (c, x, y) -> 1000));
    var error =
        assertThrows(
            SkinSpectraException.class,
            () ->
                LinearityFit.of(
                    List.of(mosaic(5), gained),
                    List.of(dark(5)),
                    Optional.empty(),
                    Mask.all(4, 4),
                    Optional.empty()));
    assertTrue(error.getMessage().contains("gain 2.0, not 1.0"), error.getMessage());
    FrameMean floats =
        FrameMean.of(Frames.of(4, 4, PixelType.GRAY32, 0, Frames.tags(10, 1), (c, x, y) -> 1000));
    assertThrows(
        SkinSpectraException.class,
        () ->
            LinearityFit.of(
                List.of(floats),
                List.of(floats),
                Optional.empty(),
                Mask.all(4, 4),
                Optional.empty()));
    assertThrows(
        SkinSpectraException.class,
        () ->
            LinearityFit.of(
                List.of(), List.of(), Optional.empty(), Mask.all(4, 4), Optional.empty()));
  }

  private static void refuses(List<LinearityFit.Point> points, String reason) {
    var error = assertThrows(SkinSpectraException.class, () -> LinearityFit.of(points, 4095));
    assertTrue(error.getMessage().contains(reason), error.getMessage());
  }

  private static List<LinearityFit.Point> points(double bend) {
    List<LinearityFit.Point> points = new ArrayList<>();
    for (double exposure : EXPOSURES) {
      points.add(new LinearityFit.Point(exposure, Math.min(4095, bent(exposure, bend)), 64));
    }
    return points;
  }

  /** 100 counts a millisecond, of which a part is lost towards full scale. */
  private static double bent(double exposure, double bend) {
    double light = 100 * exposure;
    return 64 + light * (1 - bend * light / 4000);
  }

  private static FrameMean mosaic(double exposure) {
    return FrameMean.of(
        Frames.gray16(
            4,
            4,
            12,
            Frames.tags(exposure, 1),
            (c, x, y) -> bent(exposure * (BayerPattern.RGGB.channel(x, y) == 1 ? 1 : 0.5), 0.1)));
  }

  private static FrameMean dark(double exposure) {
    return FrameMean.of(Frames.gray16(4, 4, 12, Frames.tags(exposure, 1), (c, x, y) -> 64));
  }
}
