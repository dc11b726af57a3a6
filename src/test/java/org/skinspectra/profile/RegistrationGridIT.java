package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.SkinSpectraException;

/** Registers rendered scenes with known maps between R and 960 nm; 40 dB, 12 bits. */
class RegistrationGridIT {

  private static final double SNR_DB = 40;
  private static final int BITS = 12;
  private static final int PLACES = 9;

  @ParameterizedTest
  @CsvSource({"128, 128, 6", "256, 192, 3", "512, 512, 2", "1024, 1024, 1"})
  void theMapIsFoundToThreeTenthsOfAPixel(int width, int height, int scenes) {
    DescriptiveStatistics residuals = new DescriptiveStatistics();
    DescriptiveStatistics all = new DescriptiveStatistics();
    for (int seed = 0; seed < scenes; seed++) {
      RenderedPair pair = new RenderedPair(seed, width, height);
      float[] red = pair.channel(0, Homography.IDENTITY, SNR_DB, BITS, 1);
      DescriptiveStatistics errors = new DescriptiveStatistics();
      DescriptiveStatistics corners = new DescriptiveStatistics();
      DescriptiveStatistics times = new DescriptiveStatistics();
      for (double shift : new double[] {0, 3.3, 12, 20}) {
        // All of the grid where that takes seconds, its corners where it takes minutes.
        boolean large = width > 500;
        for (double degrees : large ? new double[] {0, 1} : new double[] {0, 0.5, 1}) {
          for (double scale : large ? new double[] {0.98, 1.02} : new double[] {0.98, 1, 1.02}) {
            Homography truth =
                Homography.of(shift, -shift, degrees, scale, (width - 1) / 2.0, (height - 1) / 2.0);
            float[] infrared = pair.channel(3, truth, SNR_DB, BITS, 2);
            long start = System.nanoTime();
            Registration found =
                RegistrationFit.ofImages(red, width, height, infrared, width, height);
            times.addValue((System.nanoTime() - start) / 1e6);
            double error = rootMeanSquare(found.homography().after(truth), width, height);
            errors.addValue(error);
            all.addValue(error * error);
            residuals.addValue(found.residual() * found.residual());
            corners.addValue(
                found.homography().after(truth).cornerDistance(Homography.IDENTITY, width, height));
          }
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%4dx%-4d scene %d: rms error mean %.3f, max %.3f px; farthest corner mean %.3f, max %.3f"
              + " px; median %.0f ms%n",
          width,
          height,
          seed,
          errors.getMean(),
          errors.getMax(),
          corners.getMean(),
          corners.getMax(),
          times.getPercentile(50));
      assertTrue(errors.getMax() <= 0.3, "scene " + seed + ": " + errors.getMax());
    }
    double told = Math.sqrt(residuals.getMean());
    double truth = Math.sqrt(all.getMean());
    System.out.printf(
        Locale.ROOT, "%4dx%-4d error %.3f, reported %.3f px%n", width, height, truth, told);
    assertTrue(truth < 2 * told && told < 4 * truth, "error " + truth + ", reported " + told);
  }

  @Test
  void imagesOfDifferentScenesAreRefused() {
    for (int seed = 0; seed < 6; seed++) {
      float[] red =
          new RenderedPair(seed, 128, 128).channel(0, Homography.IDENTITY, SNR_DB, BITS, 1);
      float[] infrared =
          new RenderedPair(seed + 1, 128, 128).channel(3, Homography.IDENTITY, SNR_DB, BITS, 2);
      var error =
          assertThrows(
              SkinSpectraException.class,
              () -> RegistrationFit.ofImages(red, 128, 128, infrared, 128, 128),
              "scene " + seed);
      assertTrue(error.getMessage().contains("do not match"), error.getMessage());
    }
  }

  /** How far the map, which should be the identity, moves the pixels of the image. */
  private static double rootMeanSquare(Homography map, int width, int height) {
    double sum = 0;
    for (int i = 0; i < PLACES * PLACES; i++) {
      double x = (i % PLACES + 0.5) * width / PLACES;
      double y = (i / PLACES + 0.5) * height / PLACES;
      double[] moved = map.apply(x, y);
      sum += Math.pow(moved[0] - x, 2) + Math.pow(moved[1] - y, 2);
    }
    return Math.sqrt(sum / (PLACES * PLACES));
  }
}
