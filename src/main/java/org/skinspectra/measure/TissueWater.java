package org.skinspectra.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.scijava.plugin.Plugin;
import org.skinspectra.spectra.Wavelengths;

/** Water in the tissue, in the form of open TIVITA. */
@Plugin(type = SkinIndex.class, priority = 30)
public final class TissueWater implements SkinIndex {

  private static final double OFFSET = 0.4;
  private static final double SPAN = 1.6;

  @Override
  public Description description() {
    return new Description(
        "twi",
        "Tissue water index",
        "relative",
        "(mean A(955–980) / mean A(880–900) − 0.4) / 1.6",
        AbsorbanceRatio.SOURCE,
        List.of(new BandWindow(955, 980), new BandWindow(880, 900)));
  }

  @Override
  public ToDoubleFunction<double[]> on(Wavelengths grid) {
    List<int[]> bands = requireBands(grid);
    return new AbsorbanceRatio(bands.get(0), bands.get(1), OFFSET, SPAN);
  }
}
