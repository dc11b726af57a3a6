package org.skinspectra.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.scijava.plugin.Plugin;
import org.skinspectra.spectra.Wavelengths;

/**
 * Depth of the water band at 970 nm below the straight line from 900 to 1000 nm (band depth: R. N.
 * Clark and T. L. Roush, J. Geophys. Res. 89:6329, 1984).
 */
@Plugin(type = SkinIndex.class, priority = 20)
public final class WaterDepth implements SkinIndex {

  @Override
  public Description description() {
    return new Description(
        "water970",
        "Water band depth",
        "relative",
        "1 − R970 / C, where C is the line from R900 to R1000 at 970 nm",
        "Clark and Roush 1984",
        List.of(BandWindow.at(900), BandWindow.at(970), BandWindow.at(1000)));
  }

  @Override
  public ToDoubleFunction<double[]> on(Wavelengths grid) {
    List<int[]> bands = requireBands(grid);
    int left = bands.get(0)[0];
    int centre = bands.get(1)[0];
    int right = bands.get(2)[0];
    double share = (grid.get(centre) - grid.get(left)) / (grid.get(right) - grid.get(left));
    return reflectance -> {
      double continuum = (1 - share) * reflectance[left] + share * reflectance[right];
      double depth = 1 - reflectance[centre] / continuum;
      return continuum > 0 && Double.isFinite(depth) ? depth : Double.NaN;
    };
  }
}
