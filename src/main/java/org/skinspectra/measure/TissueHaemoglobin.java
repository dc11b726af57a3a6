package org.skinspectra.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.scijava.plugin.Plugin;
import org.skinspectra.spectra.Wavelengths;

/** Haemoglobin in the tissue, in the form of open TIVITA. */
@Plugin(type = SkinIndex.class, priority = 40)
public final class TissueHaemoglobin implements SkinIndex {

  private static final double OFFSET = 1.3;
  private static final double SPAN = 1.7;

  @Override
  public Description description() {
    return new Description(
        "thi",
        "Tissue haemoglobin index",
        "relative",
        "(mean A(530–590) / mean A(785–825) − 1.3) / 1.7",
        AbsorbanceRatio.SOURCE,
        List.of(new BandWindow(530, 590), new BandWindow(785, 825)));
  }

  @Override
  public ToDoubleFunction<double[]> on(Wavelengths grid) {
    List<int[]> bands = requireBands(grid);
    return new AbsorbanceRatio(bands.get(0), bands.get(1), OFFSET, SPAN);
  }
}
