package org.skinspectra.measure;

import java.util.function.ToDoubleFunction;
import org.scijava.plugin.Plugin;
import org.skinspectra.spectra.Wavelengths;

/** Deoxygenated haemoglobin, as the way of light through blood of 150 g/L. */
@Plugin(type = SkinIndex.class, priority = 64)
public final class DeoxygenatedBlood implements SkinIndex {

  @Override
  public Description description() {
    return new Description(
        "hb",
        "Deoxygenated haemoglobin",
        "µm of whole blood",
        "d of Hb: " + ChromophoreFit.FORMULA,
        ChromophoreFit.SOURCE,
        ChromophoreFit.NEEDED);
  }

  @Override
  public ToDoubleFunction<double[]> on(Wavelengths grid) {
    ChromophoreFit fit = new ChromophoreFit(grid, requireBands(grid).get(0));
    return reflectance -> fit.ways(reflectance)[1];
  }
}
