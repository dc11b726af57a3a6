package org.skinspectra.report;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.skinspectra.skin.CoverageComparison;
import org.skinspectra.skin.PrincipalComponents;

/**
 * Measured and simulated spectra side by side, and their principal components.
 *
 * @param files name of each file of measured spectra, in the order of the comparison's sets
 */
public record CoverageFigures(List<String> files, CoverageComparison comparison) {

  /** Points of the simulated cloud that a figure can show apart. */
  private static final int MOST_POINTS = 5_000;

  /**
   * Writes {@code components.png}, {@code scores-1-2.png}, {@code scores-2-3.png} and {@code
   * spectra.png}.
   *
   * @throws org.skinspectra.SkinSpectraIOException if one cannot be written
   */
  public void save(Path folder) {
    SpectrumFigure loadings =
        SpectrumFigure.titled("Principal components of measured and simulated skin")
            .withYLabel("loading");
    for (int k = 0; k < CoverageComparison.COMPONENTS; k++) {
      loadings =
          loadings
              .with(curve(k, comparison.measured(), "measured"))
              .with(curve(k, comparison.simulated(), "simulated"));
    }
    loadings.save(folder.resolve("components.png"));
    scatter(0, 1).save(folder.resolve("scores-1-2.png"));
    scatter(1, 2).save(folder.resolve("scores-2-3.png"));
    SpectrumFigure spectra =
        SpectrumFigure.titled(
                "Measured skin, and %,d simulated".formatted(comparison.skins().length))
            .withBandNote("median, band 5 – 95 %")
            .with(spread("simulated", comparison.skins()));
    for (int i = 0; i < comparison.sets().size(); i++) {
      spectra = spectra.with(spread(name(i), comparison.sets().get(i)));
    }
    spectra.save(folder.resolve("spectra.png"));
  }

  private Curve curve(int k, PrincipalComponents components, String whose) {
    String label = "PC%d %s, %.1f %%".formatted(k + 1, whose, 100 * components.shares()[k]);
    return Curve.of(label, comparison.bands(), components.loadings()[k]);
  }

  private ScatterFigure scatter(int x, int y) {
    double[][] skins = comparison.skins();
    ScatterFigure figure =
        ScatterFigure.titled(
                "Principal scores of measured and simulated skin",
                "score on PC%d of the simulated".formatted(x + 1),
                "score on PC%d".formatted(y + 1))
            .with(
                cloud(
                    "simulated", Arrays.copyOf(skins, Math.min(skins.length, MOST_POINTS)), x, y));
    for (int i = 0; i < comparison.sets().size(); i++) {
      figure = figure.with(cloud(name(i), comparison.sets().get(i), x, y));
    }
    return figure;
  }

  private String name(int set) {
    return files.get(set).replaceFirst("(?i)\\.csv$", "");
  }

  private PointCloud cloud(String label, double[][] spectra, int x, int y) {
    return new PointCloud(
        label,
        Arrays.stream(spectra)
            .map(comparison.simulated()::scores)
            .map(scores -> new double[] {scores[x], scores[y]})
            .toArray(double[][]::new));
  }

  private Curve spread(String label, double[][] spectra) {
    return new Curve(
        label,
        comparison.bands(),
        percentiles(spectra, 50),
        percentiles(spectra, 5),
        percentiles(spectra, 95));
  }

  private static double[] percentiles(double[][] spectra, double percent) {
    return IntStream.range(0, spectra[0].length)
        .mapToDouble(
            b ->
                StatUtils.percentile(
                    Arrays.stream(spectra).mapToDouble(s -> s[b]).toArray(), percent))
        .toArray();
  }
}
