package org.skinspectra.measure;

import java.util.function.ToDoubleFunction;
import org.scijava.plugin.Plugin;
import org.skinspectra.spectra.Wavelengths;

/** Melanin, as the way of light through the interior of melanosomes. */
@Plugin(type = SkinIndex.class, priority = 62)
public final class Melanosomes implements SkinIndex {

  @Override
  public Description description() {
    return new Description(
        "melanosomes",
        "Melanin of the chromophore fit",
        "µm of melanosome",
        "d of melanosomes: " + ChromophoreFit.FORMULA,
        ChromophoreFit.SOURCE,
        ChromophoreFit.NEEDED);
  }

  @Override
  public ToDoubleFunction<double[]> on(Wavelengths grid) {
    ChromophoreFit fit = new ChromophoreFit(grid, requireBands(grid).get(0));
    return reflectance -> fit.ways(reflectance)[2];
  }
}
