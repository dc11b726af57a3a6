package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.spectra.SpectralCsv;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/** Holds 20,000 simulated spectra against measured ones, where those are at hand. */
class MeasuredSkinIT {

  private static final Path SETS = Path.of("..", "shared", "data", "skin");
  private static final String NIST = "nist_forearm_S001-S070.csv";
  private static final String HYSPEX = "hyspex_cheek_47faces.csv";
  private static final String XIAO = "xiao2016_500_400_740.csv";

  /** Of the Xiao set, which ends at 740 nm, some fall off above this by an artefact. */
  private static final String SOUND = "400:10:700";

  private static final SpectralCoverage COVERAGE =
      new SpectralCoverage(SpectrumCompletion.DEFAULT_SKINS, 1);

  @ParameterizedTest(name = "{0} {1} nm")
  @CsvSource({
    NIST + ", 400:10:1000, 0.95",
    HYSPEX + ", 400:10:1000, 0.95",
    XIAO + ", " + SOUND + ", 0.95",
    XIAO + ", 400:10:1000, 0.85",
  })
  void measuredSpectraHaveSimulatedNeighbours(String file, String range, double share) {
    SpectralCoverage.Result result = compare(file, range);
    double within = result.within() / (double) result.names().size();
    System.out.printf(
        Locale.ROOT,
        "%s %s: %.1f %% within 0.03 rad; median %.4f, 95 %% %.4f rad%n",
        file,
        result.bands(),
        100 * within,
        result.percentile(50),
        result.percentile(95));
    assertTrue(within >= share, within + " of " + file + " within 0.03 rad");
  }

  @Test
  void allSetsTogetherAreCoveredWhereTheirInstrumentsAreSound() {
    int within = 0;
    int all = 0;
    for (SpectralCoverage.Result result :
        List.of(
            compare(NIST, "400:10:1000"), compare(HYSPEX, "400:10:1000"), compare(XIAO, SOUND))) {
      within += result.within();
      all += result.names().size();
    }
    assertTrue(within >= 0.95 * all, within + " of " + all + " within 0.03 rad");
  }

  /**
   * Why 700 nm: some spectra of the Xiao set lose up to nine tenths from 700 to 740 nm, more than
   * any skin of the other sets, and none of those is near a simulated skin. They are of all tones,
   * and all from one stretch of the set's numbers, X1816 to X3140.
   */
  @Test
  void spectraThatFallSteeplyAbove700NmAreOfOneSetOnly() {
    assertEquals(0, falling(NIST));
    assertEquals(0, falling(HYSPEX));
    assertEquals(42, falling(XIAO));
  }

  private static long falling(String file) {
    SpectralTable table = read(file);
    Wavelengths grid = table.wavelengths();
    int at700 = grid.nearestIndex(700);
    int at740 = grid.nearestIndex(740);
    return table.names().stream()
        .map(table::column)
        .filter(spectrum -> spectrum[at740] < 0.95 * spectrum[at700])
        .count();
  }

  /**
   * Medians agree within half a band for haemoglobin. The dip of water is at 966 nm where forearms
   * have it at 976 nm: within one band, and no better.
   */
  @Test
  void dipsOfHaemoglobinAndWaterLieWhereThoseOfMeasuredSkinDo() {
    List<SpectrumFeatures> simulated = COVERAGE.features();
    for (String file : List.of(NIST, HYSPEX, XIAO)) {
      List<SpectrumFeatures> measured = compare(file, "400:10:1000").features();
      assertMedians(measured, simulated, SpectrumFeatures::betaNm, 5);
      assertMedians(measured, simulated, SpectrumFeatures::alphaNm, 5);
    }
    List<SpectrumFeatures> forearms = compare(NIST, "400:10:1000").features();
    assertMedians(forearms, simulated, SpectrumFeatures::waterNm, 10);
    assertMedians(forearms, simulated, SpectrumFeatures::infraredRatio, 0.06);
  }

  private static void assertMedians(
      List<SpectrumFeatures> measured,
      List<SpectrumFeatures> simulated,
      ToDoubleFunction<SpectrumFeatures> feature,
      double tolerance) {
    assertEquals(median(measured, feature), median(simulated, feature), tolerance);
  }

  private static double median(
      List<SpectrumFeatures> features, ToDoubleFunction<SpectrumFeatures> feature) {
    double[] found = features.stream().mapToDouble(feature).filter(Double::isFinite).toArray();
    assertTrue(found.length >= 0.9 * features.size(), Arrays.toString(found));
    return StatUtils.percentile(found, 50);
  }

  private static SpectralCoverage.Result compare(String file, String range) {
    return COVERAGE.compare(read(file), Wavelengths.parse(range), ProgressMonitor.NONE);
  }

  private static SpectralTable read(String file) {
    assumeTrue(Files.exists(SETS.resolve(file)), "skipped: no " + SETS.resolve(file));
    return SpectralCsv.read(SETS.resolve(file));
  }
}
