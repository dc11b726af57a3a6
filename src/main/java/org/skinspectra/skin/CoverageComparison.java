package org.skinspectra.skin;

import java.util.Arrays;
import java.util.List;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Resampling;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * Measured and simulated spectra on the bands that all measured tables have, and their principal
 * components. Immutable by convention: nothing writes to the arrays.
 *
 * @param bands those of 400:10:1000 nm that were compared in every table
 * @param sets spectra {@code [spectrum][band]} of each measured table
 * @param skins simulated spectra {@code [spectrum][band]}
 * @param measured components of all sets together, turned to agree in sign with the simulated
 * @param simulated components of the simulated skins
 */
public record CoverageComparison(
    Wavelengths bands,
    List<double[][]> sets,
    double[][] skins,
    PrincipalComponents measured,
    PrincipalComponents simulated) {

  /** Number of principal components. */
  public static final int COMPONENTS = 3;

  /**
   * Compares tables with simulated skins.
   *
   * @param results of the tables, in their order
   * @throws SkinSpectraException if the tables have fewer than three bands in common, or the
   *     measured spectra are fewer than two or all the same
   */
  public static CoverageComparison of(
      List<SpectralTable> tables, List<SpectralCoverage.Result> results, SpectralCoverage skins) {
    double[] common =
        Arrays.stream(Wavelengths.VIS_NIR.toArray())
            .filter(nm -> results.stream().allMatch(result -> result.bands().covers(nm)))
            .toArray();
    if (common.length < COMPONENTS) {
      throw new SkinSpectraException(
          "The files have %d bands in common, too few for %d principal components; compare them apart."
              .formatted(common.length, COMPONENTS));
    }
    Wavelengths bands = Wavelengths.of(common);
    List<double[][]> sets = tables.stream().map(table -> columns(table, bands)).toList();
    double[][] simulated = skins.spectra(bands);
    PrincipalComponents ofSkins = PrincipalComponents.of(simulated, COMPONENTS);
    double[][] all = sets.stream().flatMap(Arrays::stream).toArray(double[][]::new);
    PrincipalComponents ofMeasured = PrincipalComponents.of(all, COMPONENTS).alignedTo(ofSkins);
    return new CoverageComparison(bands, sets, simulated, ofMeasured, ofSkins);
  }

  private static double[][] columns(SpectralTable table, Wavelengths bands) {
    SpectralTable resampled = Resampling.linear(table, bands);
    return resampled.names().stream().map(resampled::column).toArray(double[][]::new);
  }

  /** Cosine between the measured and the simulated component of each rank. */
  public double[] cosines() {
    return measured.cosines(simulated);
  }
}
