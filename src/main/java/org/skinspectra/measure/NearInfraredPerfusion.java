package org.skinspectra.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.scijava.plugin.Plugin;
import org.skinspectra.spectra.Wavelengths;

/** Perfusion of deeper layers in the near infrared, in the form of open TIVITA. */
@Plugin(type = SkinIndex.class, priority = 50)
public final class NearInfraredPerfusion implements SkinIndex {

  private static final double OFFSET = 0;
  private static final double SPAN = 1.9;

  @Override
  public Description description() {
    return new Description(
        "nir",
        "NIR perfusion index",
        "relative",
        "(mean A(825–925) / mean A(655–735)) / 1.9",
        AbsorbanceRatio.SOURCE,
        List.of(new BandWindow(825, 925), new BandWindow(655, 735)));
  }

  @Override
  public ToDoubleFunction<double[]> on(Wavelengths grid) {
    List<int[]> bands = requireBands(grid);
    return new AbsorbanceRatio(bands.get(0), bands.get(1), OFFSET, SPAN);
  }
}
