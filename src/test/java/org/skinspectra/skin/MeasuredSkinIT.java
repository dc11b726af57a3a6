package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.spectra.Resampling;
import org.skinspectra.spectra.SpectralCsv;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/** Holds 20,000 simulated spectra against measured ones, where those are at hand. */
class MeasuredSkinIT {

  private static final Path SETS = Path.of("..", "shared", "data", "skin");

  private static final double[][] SIMULATED =
      new SkinSampler(1).spectra(20_000, new SkinReflectance(Wavelengths.VIS_NIR));

  /** A tenth of the Xiao set falls off above 700 nm by an artefact of the instrument. */
  @ParameterizedTest(name = "{0} {1} nm")
  @CsvSource({
    "nist_forearm_S001-S070.csv, 400:10:1000, 0.95",
    "hyspex_cheek_47faces.csv, 420:10:950, 0.95",
    "xiao2016_500_400_740.csv, 400:10:700, 0.95",
    "xiao2016_500_400_740.csv, 400:10:740, 0.85",
  })
  void measuredSpectraHaveSimulatedNeighbours(String file, String grid, double share) {
    assumeTrue(Files.exists(SETS.resolve(file)), "skipped: no " + SETS.resolve(file));
    Wavelengths wavelengths = Wavelengths.parse(grid);
    int[] bands =
        IntStream.range(0, wavelengths.size())
            .map(i -> Wavelengths.VIS_NIR.indexOf(wavelengths.get(i)))
            .toArray();
    double[][] simulated =
        Arrays.stream(SIMULATED)
            .map(s -> unit(IntStream.of(bands).mapToDouble(b -> s[b]).toArray()))
            .toArray(double[][]::new);
    double[] nearest =
        measured(file, wavelengths)
            .parallel()
            .mapToDouble(spectrum -> nearestAngle(unit(spectrum), simulated))
            .toArray();
    double within = Arrays.stream(nearest).filter(angle -> angle <= 0.03).count();
    within /= nearest.length;
    System.out.printf(
        Locale.ROOT,
        "%s %s: %.1f %% within 0.03 rad; median %.4f, 95 %% %.4f rad%n",
        file,
        grid,
        100 * within,
        StatUtils.percentile(nearest, 50),
        StatUtils.percentile(nearest, 95));
    assertTrue(within >= share, within + " of " + file + " within 0.03 rad");
  }

  private static double nearestAngle(double[] unit, double[][] simulated) {
    double best = -1;
    for (double[] other : simulated) {
      double cosine = 0;
      for (int i = 0; i < unit.length; i++) {
        cosine += unit[i] * other[i];
      }
      best = Math.max(best, cosine);
    }
    return Math.acos(Math.min(1, best));
  }

  private static double[] unit(double[] spectrum) {
    double norm = Math.sqrt(StatUtils.sumSq(spectrum));
    return Arrays.stream(spectrum).map(v -> v / norm).toArray();
  }

  private static Stream<double[]> measured(String file, Wavelengths grid) {
    SpectralTable table = Resampling.linear(SpectralCsv.read(SETS.resolve(file)), grid);
    return table.names().stream().map(table::column);
  }
}
