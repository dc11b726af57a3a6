package org.skinspectra.spectra;

import org.skinspectra.SkinSpectraException;

/**
 * The CIE 1931 standard observer (2°): colour-matching functions x̄, ȳ and z̄ from 380 to 780 nm in
 * steps of 5 nm (CIE 2019, doi 10.25039/CIE.DS.xvudnb9b).
 */
public final class StandardObserver {

  private static final SpectralTable TABLE =
      SpectralCsv.resource(SpectralCsv.class, "cie1931-2deg.csv");
  private static final String[] FUNCTIONS = {"x", "y", "z"};

  private StandardObserver() {}

  /** The table, with columns {@code x}, {@code y} and {@code z}. */
  public static SpectralTable cie1931() {
    return TABLE;
  }

  /**
   * The functions on any grid, linear between the rows of the table and zero outside it.
   *
   * @return x̄, ȳ, z̄ by wavelength: {@code [3][grid.size()]}
   */
  public static double[][] on(Wavelengths grid) {
    double[][] functions = new double[3][grid.size()];
    for (int f = 0; f < 3; f++) {
      double[] column = TABLE.column(FUNCTIONS[f]);
      for (int i = 0; i < grid.size(); i++) {
        if (TABLE.wavelengths().covers(grid.get(i))) {
          functions[f][i] =
              Resampling.linear(TABLE.wavelengths(), column, Wavelengths.of(grid.get(i)))[0];
        }
      }
    }
    return functions;
  }

  /**
   * What makes the RGB channels of a canonical multispectral image ({@code MSI_CIE} of Hyper-Skin)
   * from a reflectance spectrum: channel c is the sum of weight × reflectance, with weights
   * proportional to the colour-matching function and of sum 1. The sum runs over all bands of the
   * grid at which the observer is not zero; on 400 to 1000 nm that includes 710 to 780 nm.
   *
   * @return weights of R (x̄), G (ȳ) and B (z̄) by band: {@code [3][grid.size()]}
   * @throws SkinSpectraException if the grid has no band where a channel sees anything
   */
  public static double[][] canonicalWeights(Wavelengths grid) {
    double[][] weights = on(grid);
    for (int c = 0; c < 3; c++) {
      double sum = 0;
      for (double weight : weights[c]) {
        sum += weight;
      }
      if (!(sum > 0)) {
        throw new SkinSpectraException(
            "The bands "
                + grid
                + " nm hold no light for the "
                + "RGB".charAt(c)
                + " channel of the standard observer; use bands from 400 to 700 nm.");
      }
      for (int i = 0; i < weights[c].length; i++) {
        weights[c][i] /= sum;
      }
    }
    return weights;
  }
}
