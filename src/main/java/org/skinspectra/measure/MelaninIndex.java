package org.skinspectra.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.scijava.plugin.Plugin;
import org.skinspectra.spectra.Wavelengths;

/**
 * Pigmentation of skin: the fall of absorbance in the red, where blood absorbs little (J. B. Dawson
 * et al., Phys. Med. Biol. 25:695, 1980).
 */
@Plugin(type = SkinIndex.class, priority = 80)
public final class MelaninIndex implements SkinIndex {

  private static final double OFFSET = 0.015;

  @Override
  public Description description() {
    return new Description(
        "melanin",
        "Melanin index",
        "100·log10",
        "100·[mean A(640–650) − mean A(690–710) + 0.015]",
        "Dawson et al. 1980",
        List.of(new BandWindow(640, 650), new BandWindow(690, 710)));
  }

  @Override
  public ToDoubleFunction<double[]> on(Wavelengths grid) {
    List<int[]> bands = requireBands(grid);
    int[] shorter = bands.get(0);
    int[] longer = bands.get(1);
    return reflectance ->
        100
            * (Absorbance.mean(reflectance, shorter)
                - Absorbance.mean(reflectance, longer)
                + OFFSET);
  }
}
