package org.skinspectra.measure;

import java.util.Optional;
import java.util.stream.IntStream;
import org.skinspectra.spectra.Wavelengths;

/**
 * The bands from one wavelength to another, both included, that a measure takes its mean over; a
 * single band where both are the same.
 *
 * @param firstNm shortest wavelength (nm)
 * @param lastNm longest wavelength (nm), not below the first
 */
public record BandWindow(double firstNm, double lastNm) {

  /** How far the nearest band may lie from a single wavelength (nm). */
  public static final double REACH_NM = 5;

  /** How far apart the bands inside a window may be, and how far from its ends (nm). */
  public static final double MAX_GAP_NM = 10;

  /** The nearest band to one wavelength. */
  public static BandWindow at(double nm) {
    return new BandWindow(nm, nm);
  }

  /**
   * The bands of a grid that belong to the window; empty where the grid lacks some: a single
   * wavelength needs a band within {@value #REACH_NM} nm, a window bands at most {@value
   * #MAX_GAP_NM} nm apart from end to end.
   */
  public Optional<int[]> in(Wavelengths grid) {
    if (firstNm == lastNm) {
      int nearest = grid.nearestIndex(firstNm);
      return Math.abs(grid.get(nearest) - firstNm) <= REACH_NM + Wavelengths.TOLERANCE_NM
          ? Optional.of(new int[] {nearest})
          : Optional.empty();
    }
    int[] bands =
        IntStream.range(0, grid.size())
            .filter(
                band ->
                    grid.get(band) >= firstNm - Wavelengths.TOLERANCE_NM
                        && grid.get(band) <= lastNm + Wavelengths.TOLERANCE_NM)
            .toArray();
    double before = firstNm;
    for (int band : bands) {
      if (grid.get(band) - before > MAX_GAP_NM + Wavelengths.TOLERANCE_NM) {
        return Optional.empty();
      }
      before = grid.get(band);
    }
    boolean complete = bands.length > 0 && lastNm - before <= MAX_GAP_NM + Wavelengths.TOLERANCE_NM;
    return complete ? Optional.of(bands) : Optional.empty();
  }

  /** As people write it: {@code 510 nm}, {@code 640–650 nm}. */
  @Override
  public String toString() {
    return firstNm == lastNm
        ? Wavelengths.of(firstNm).label(0)
        : Wavelengths.of(firstNm).label(0).replace(" nm", "")
            + "–"
            + Wavelengths.of(lastNm).label(0);
  }
}
