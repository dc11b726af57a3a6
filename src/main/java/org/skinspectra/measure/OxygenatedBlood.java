package org.skinspectra.measure;

import java.util.function.ToDoubleFunction;
import org.scijava.plugin.Plugin;
import org.skinspectra.spectra.Wavelengths;

/** Oxygenated haemoglobin, as the way of light through blood of 150 g/L. */
@Plugin(type = SkinIndex.class, priority = 66)
public final class OxygenatedBlood implements SkinIndex {

  @Override
  public Description description() {
    return new Description(
        "hbo2",
        "Oxygenated haemoglobin",
        "µm of whole blood",
        "d of HbO2: " + ChromophoreFit.FORMULA,
        ChromophoreFit.SOURCE,
        ChromophoreFit.NEEDED);
  }

  @Override
  public ToDoubleFunction<double[]> on(Wavelengths grid) {
    ChromophoreFit fit = new ChromophoreFit(grid, requireBands(grid).get(0));
    return reflectance -> fit.ways(reflectance)[0];
  }
}
