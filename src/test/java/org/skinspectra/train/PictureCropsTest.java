package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.skin.CanonicalCamera;
import org.skinspectra.skin.CaptureSampler;
import org.skinspectra.skin.SimulatedCamera;
import org.skinspectra.spectra.Wavelengths;

class PictureCropsTest {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;
  private static final CanonicalCamera CAMERA = new CanonicalCamera(GRID);
  private static final int WIDTH = 41;
  private static final int HEIGHT = 37;
  private static final int CROPS = 40;
  private static final double BACKGROUND = 0.25;

  private static final CaptureSampler NOISELESS =
      new CaptureSampler(300, 300, 1, 1, 0, 0, 0, 0, 0, 0, List.of(0), 10);

  /** No two pixels alike; skin is what reflects more than one half at 400 nm. */
  private static Picture picture(Function<SpectralCube, Optional<Msi>> input) {
    Random random = new Random(5);
    float[][] planes = new float[GRID.size()][WIDTH * HEIGHT];
    for (float[] plane : planes) {
      for (int i = 0; i < plane.length; i++) {
        plane[i] = random.nextFloat();
      }
    }
    float[] skin = new float[WIDTH * HEIGHT];
    for (int i = 0; i < skin.length; i++) {
      skin[i] = planes[0][i] > 0.5f ? 1 : 0;
    }
    SpectralCube truth = SpectralCube.ofPlanes(WIDTH, HEIGHT, GRID, planes);
    return new Picture(truth, new Mask(WIDTH, HEIGHT, skin), input.apply(truth));
  }

  private static PictureCrops crops(Picture picture) {
    return new PictureCrops(
        number -> picture,
        new PictureCrops.Cameras(SimulatedCamera.canonical(GRID), List.of(), 0, NOISELESS),
        TrainingConfiguration.parse(
            "{\"cropSide\": 16, \"sceneSide\": 32, \"backgroundWeight\": %s}".formatted(BACKGROUND),
            "test"),
        3);
  }

  private static void assertInputIsOfTheTruth(PictureCrops crops) {
    for (int number = 0; number < CROPS; number++) {
      Crop crop = crops.crop(number);
      for (int pixel = 0; pixel < crop.side() * crop.side(); pixel++) {
        double[] spectrum = new double[GRID.size()];
        for (int band = 0; band < spectrum.length; band++) {
          spectrum[band] = crop.truth()[pixel * spectrum.length + band];
        }
        double[] seen = CAMERA.capture(spectrum);
        for (int channel = 0; channel < seen.length; channel++) {
          assertEquals(
              seen[channel],
              crop.input()[pixel * seen.length + channel],
              1e-5,
              "crop %d, pixel %d, channel %d".formatted(number, pixel, channel));
        }
      }
    }
  }

  @Test
  void whatIsPhotographedLiesOverItsTruthInEveryOrientation() {
    assertInputIsOfTheTruth(crops(picture(truth -> Optional.empty())));
  }

  @Test
  void anInputThatCameWithItsImageLiesOverTheTruthInEveryOrientation() {
    assertInputIsOfTheTruth(crops(picture(truth -> Optional.of(CAMERA.capture(truth)))));
  }

  @Test
  void skinCountsWhollyAndTheRestAsConfigured() {
    PictureCrops crops = crops(picture(truth -> Optional.empty()));
    int skin = 0;
    for (int number = 0; number < CROPS; number++) {
      Crop crop = crops.crop(number);
      double darkestSkin = Double.MAX_VALUE;
      double brightestRest = 0;
      for (int pixel = 0; pixel < crop.skin().length; pixel++) {
        double violet = crop.truth()[pixel * GRID.size()];
        assertEquals(crop.skin()[pixel] ? 1 : BACKGROUND, crop.weight()[pixel], 0);
        if (crop.skin()[pixel]) {
          skin++;
          darkestSkin = Math.min(darkestSkin, violet);
        } else {
          brightestRest = Math.max(brightestRest, violet);
        }
      }
      assertTrue(darkestSkin > brightestRest, "crop " + number);
    }
    assertTrue(skin > 0);
  }
}
