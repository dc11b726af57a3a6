package org.skinspectra.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.scijava.plugin.Plugin;
import org.skinspectra.spectra.Wavelengths;

/**
 * Redness of skin: the area below the absorbance curve of haemoglobin from 510 to 610 nm (J. B.
 * Dawson et al., Phys. Med. Biol. 25:695, 1980).
 */
@Plugin(type = SkinIndex.class, priority = 90)
public final class ErythemaIndex implements SkinIndex {

  @Override
  public Description description() {
    return new Description(
        "erythema",
        "Erythema index",
        "100·log10",
        "100·[A560 + 1.5·(A540 + A580) − 2·(A510 + A610)]",
        "Dawson et al. 1980",
        List.of(
            BandWindow.at(510),
            BandWindow.at(540),
            BandWindow.at(560),
            BandWindow.at(580),
            BandWindow.at(610)));
  }

  @Override
  public ToDoubleFunction<double[]> on(Wavelengths grid) {
    List<int[]> bands = requireBands(grid);
    return reflectance -> {
      double[] a = new double[bands.size()];
      for (int i = 0; i < a.length; i++) {
        a[i] = Absorbance.mean(reflectance, bands.get(i));
      }
      return 100 * (a[2] + 1.5 * (a[1] + a[3]) - 2 * (a[0] + a[4]));
    };
  }
}
