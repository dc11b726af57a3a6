package org.skinspectra.spectra;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.skinspectra.JsonText;

/** An immutable, strictly increasing list of wavelengths in nanometres. */
public final class Wavelengths {

  /** Two wavelengths closer than this (nm) are the same band. */
  public static final double TOLERANCE_NM = 0.01;

  /** The grid of the challenge: 400 to 1000 nm in steps of 10 nm, 61 bands. */
  public static final Wavelengths VIS_NIR = range(400, 10, 1000);

  /** The visible half of Hyper-Skin: 400 to 700 nm in steps of 10 nm, 31 bands. */
  public static final Wavelengths VIS = range(400, 10, 700);

  /** The near-infrared half of Hyper-Skin: 700 to 1000 nm in steps of 10 nm, 31 bands. */
  public static final Wavelengths NIR = range(700, 10, 1000);

  private static final double MAX_NM = 1e6;
  private static final int MAX_BANDS = 100_000;

  private final double[] nm;

  private Wavelengths(double[] nm) {
    this.nm = nm;
  }

  /**
   * The given wavelengths (nm).
   *
   * @throws IllegalArgumentException if there are none, or they are not finite, positive and
   *     strictly increasing
   */
  public static Wavelengths of(double... nm) {
    if (nm.length == 0) {
      throw new IllegalArgumentException("A wavelength grid needs at least one wavelength.");
    }
    for (int i = 0; i < nm.length; i++) {
      if (!(nm[i] > 0 && nm[i] <= MAX_NM)) {
        throw new IllegalArgumentException("Wavelength " + nm[i] + " is not a positive nm value.");
      }
      if (i > 0 && nm[i] <= nm[i - 1]) {
        throw new IllegalArgumentException(
            "Wavelengths must increase, but " + nm[i] + " nm follows " + nm[i - 1] + " nm.");
      }
    }
    return new Wavelengths(nm.clone());
  }

  /**
   * Wavelengths from {@code first} to {@code last} (both included, nm) in steps of {@code step}.
   *
   * @throws IllegalArgumentException if the steps do not lead from one to the other, or to a
   *     wavelength that is not positive
   */
  public static Wavelengths range(double first, double step, double last) {
    if (!(step > 0) || !(last >= first)) {
      throw new IllegalArgumentException(
          "A wavelength range is first:step:last with step > 0 and last >= first, not "
              + (first + ":" + step + ":" + last));
    }
    double steps = (last - first) / step;
    if (!(steps < MAX_BANDS) || Math.abs(steps - Math.rint(steps)) > 1e-6) {
      throw new IllegalArgumentException(
          "The range "
              + first
              + ":"
              + step
              + ":"
              + last
              + " does not hold a whole number of bands.");
    }
    double[] nm = new double[(int) Math.rint(steps) + 1];
    Arrays.setAll(nm, i -> first + i * step);
    return of(nm);
  }

  /**
   * Reads {@code first:step:last} (nm), or a comma-separated list of wavelengths.
   *
   * @throws IllegalArgumentException if the text is neither, or as {@link #of} and {@link #range}
   */
  public static Wavelengths parse(String text) {
    try {
      String[] range = text.trim().split(":");
      if (range.length == 3) {
        return range(number(range[0]), number(range[1]), number(range[2]));
      }
      if (range.length == 1) {
        return of(
            Arrays.stream(text.trim().split("\\s*,\\s*"))
                .mapToDouble(Wavelengths::number)
                .toArray());
      }
    } catch (NumberFormatException e) {
      // Reported below, with the whole text.
    }
    throw new IllegalArgumentException(
        "'"
            + JsonText.printable(text)
            + "' is no wavelength grid; write first:step:last such as 400:10:1000, or a list such as 450,550,650.");
  }

  private static double number(String text) {
    return Double.parseDouble(text.trim());
  }

  /** Number of wavelengths. */
  public int size() {
    return nm.length;
  }

  /** Wavelength number {@code index} (nm). */
  public double get(int index) {
    return nm[index];
  }

  public double first() {
    return nm[0];
  }

  public double last() {
    return nm[nm.length - 1];
  }

  /** A copy of the wavelengths (nm). */
  public double[] toArray() {
    return nm.clone();
  }

  /** Index of the wavelength nearest to {@code wavelength} (nm). */
  public int nearestIndex(double wavelength) {
    int found = Arrays.binarySearch(nm, wavelength);
    if (found >= 0) {
      return found;
    }
    int above = Math.min(-found - 1, nm.length - 1);
    int below = Math.max(above - 1, 0);
    return wavelength - nm[below] <= nm[above] - wavelength ? below : above;
  }

  /**
   * Index of exactly this wavelength (nm).
   *
   * @throws IllegalArgumentException if the grid does not hold it
   */
  public int indexOf(double wavelength) {
    int nearest = nearestIndex(wavelength);
    if (Math.abs(nm[nearest] - wavelength) > TOLERANCE_NM) {
      throw new IllegalArgumentException("No band at " + wavelength + " nm in " + this + ".");
    }
    return nearest;
  }

  /** Whether {@code wavelength} (nm) lies between the first and the last of this grid. */
  public boolean covers(double wavelength) {
    return wavelength >= first() - TOLERANCE_NM && wavelength <= last() + TOLERANCE_NM;
  }

  /** Whether every wavelength of {@code other} lies within this grid's range. */
  public boolean covers(Wavelengths other) {
    return covers(other.first()) && covers(other.last());
  }

  /** Whether the bands are those of {@code other}, within {@link #TOLERANCE_NM}. */
  public boolean matches(Wavelengths other) {
    if (nm.length != other.nm.length) {
      return false;
    }
    for (int i = 0; i < nm.length; i++) {
      if (Math.abs(nm[i] - other.nm[i]) > TOLERANCE_NM) {
        return false;
      }
    }
    return true;
  }

  /** One wavelength as people write it: {@code 550 nm}, {@code 550.5 nm}. */
  public String label(int index) {
    return format(nm[index]) + " nm";
  }

  static String format(double value) {
    String text = String.format(Locale.ROOT, "%.4f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Wavelengths w && Arrays.equals(nm, w.nm);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(nm);
  }

  /** {@code 400:10:1000} for an even grid, else the list; {@link #parse} reads both. */
  @Override
  public String toString() {
    if (nm.length > 2) {
      // A step that the text would round, such as a seventh, would not lead to the last wavelength.
      double step = Double.parseDouble(format((last() - first()) / (nm.length - 1)));
      boolean even = step > 0;
      for (int i = 1; i < nm.length && even; i++) {
        even = Math.abs(nm[0] + i * step - nm[i]) < 1e-6;
      }
      if (even) {
        return format(first()) + ":" + format(step) + ":" + format(last());
      }
    }
    return Arrays.stream(nm).mapToObj(Wavelengths::format).collect(Collectors.joining(","));
  }
}
