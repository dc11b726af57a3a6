package org.skinspectra.measure;

import java.util.function.ToDoubleFunction;
import org.scijava.plugin.Plugin;
import org.skinspectra.spectra.Wavelengths;

/** Share of haemoglobin that carries oxygen; none where the fit finds no haemoglobin. */
@Plugin(type = SkinIndex.class, priority = 60)
public final class OxygenSaturation implements SkinIndex {

  @Override
  public Description description() {
    return new Description(
        "sto2",
        "Oxygen saturation StO2",
        "%",
        "100·HbO2/(HbO2 + Hb), from " + ChromophoreFit.FORMULA,
        ChromophoreFit.SOURCE,
        ChromophoreFit.NEEDED);
  }

  @Override
  public ToDoubleFunction<double[]> on(Wavelengths grid) {
    ChromophoreFit fit = new ChromophoreFit(grid, requireBands(grid).get(0));
    return reflectance -> {
      double[] ways = fit.ways(reflectance);
      double blood = ways[0] + ways[1];
      return blood > 0 ? 100 * ways[0] / blood : Double.NaN;
    };
  }
}
