package org.skinspectra.measure;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.skinspectra.spectra.Wavelengths;

/** The bands that cubes are compared in. */
public enum SpectralRange {
  /** All bands, as the challenge scores them. */
  JOINT("joint", Wavelengths.VIS_NIR),
  VIS("VIS", Wavelengths.VIS),
  /** 700 nm, which VIS has too, is the first. */
  NIR("NIR", Wavelengths.NIR);

  private final String key;
  private final Wavelengths wavelengths;

  SpectralRange(String key, Wavelengths wavelengths) {
    this.key = key;
    this.wavelengths = wavelengths;
  }

  /** The name as it is shown. */
  public String key() {
    return key;
  }

  public Wavelengths wavelengths() {
    return wavelengths;
  }

  /** {@code joint (400–1000 nm)}. */
  public String label() {
    return key + " (" + new BandWindow(wavelengths.first(), wavelengths.last()) + ")";
  }

  /** The ranges all of whose bands a grid has, the widest first. */
  public static List<SpectralRange> in(Wavelengths grid) {
    return Arrays.stream(values())
        .filter(
            range ->
                IntStream.range(0, range.wavelengths.size())
                    .mapToDouble(range.wavelengths::get)
                    .allMatch(
                        nm ->
                            Math.abs(grid.get(grid.nearestIndex(nm)) - nm)
                                <= Wavelengths.TOLERANCE_NM))
        .toList();
  }
}
