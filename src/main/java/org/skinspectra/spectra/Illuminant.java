package org.skinspectra.spectra;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skinspectra.SkinSpectraException;

/** A light by its relative spectral power. CIE illuminants and black bodies are 100 at 560 nm. */
public final class Illuminant {

  private static final SpectralTable D65_TABLE = SpectralCsv.resource(SpectralCsv.class, "d65.csv");
  private static final Pattern TEMPERATURE = Pattern.compile("(\\d{1,7}(?:\\.\\d+)?)\\s*K");
  private static final double REFERENCE_NM = 560;

  /** Second radiation constant hc/k (nm·K), CODATA 2018. */
  private static final double C2 = 1.438776877e7;

  /** The same in the definition of illuminant A, which fixes 2848 K and this value together. */
  private static final double C2_OF_A = 1.435e7;

  private final String name;
  private final double firstNm;
  private final double lastNm;
  private final DoubleUnaryOperator power;

  private Illuminant(String name, double firstNm, double lastNm, DoubleUnaryOperator power) {
    this.name = name;
    this.firstNm = firstNm;
    this.lastNm = lastNm;
    this.power = power;
  }

  /**
   * Standard illuminant D65 (CIE 15:2018). It is defined from 300 to 830 nm and refuses other
   * wavelengths: daylight at 960 nm depends on the water in the air.
   */
  public static Illuminant d65() {
    return measured("D65", D65_TABLE, "D65");
  }

  /** Standard illuminant A, incandescent light (CIE 15:2018, by its formula). */
  public static Illuminant a() {
    double atReference = planck(REFERENCE_NM, 2848, C2_OF_A);
    return unlimited("A", nm -> 100 * planck(nm, 2848, C2_OF_A) / atReference);
  }

  /** The equal energy illuminant E: 100 everywhere. */
  public static Illuminant e() {
    return unlimited("E", nm -> 100);
  }

  /**
   * A black body (Planck 1901).
   *
   * @param kelvin temperature, 500 to 100000 K
   * @throws IllegalArgumentException if the temperature is outside that range
   */
  public static Illuminant planck(double kelvin) {
    if (!(kelvin >= 500 && kelvin <= 100_000)) {
      throw new IllegalArgumentException(
          "A black body of " + kelvin + " K is no light source; use 500 to 100000 K.");
    }
    double atReference = planck(REFERENCE_NM, kelvin, C2);
    return unlimited(
        Wavelengths.format(kelvin) + "K", nm -> 100 * planck(nm, kelvin, C2) / atReference);
  }

  /**
   * A measured light, linear between the wavelengths of its table and refused beyond them.
   *
   * @param column name of the column that holds the spectral power
   * @throws IllegalArgumentException if there is no such column
   * @throws SkinSpectraException if a value is negative or not finite, or all are zero
   */
  public static Illuminant measured(String name, SpectralTable table, String column) {
    double[] values = table.column(column);
    Wavelengths grid = table.wavelengths();
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] >= 0 && values[i] < Double.POSITIVE_INFINITY)) {
        throw new SkinSpectraException(
            "Light %s has the power %s at %s; power is a number from 0. Correct its table."
                .formatted(name, values[i], grid.label(i)));
      }
      sum += values[i];
    }
    if (!(sum > 0)) {
      throw new SkinSpectraException(
          "Light " + name + " is zero at every wavelength; check its table.");
    }
    return new Illuminant(
        name,
        grid.first(),
        grid.last(),
        nm -> Resampling.linear(grid, values, Wavelengths.of(nm))[0]);
  }

  /**
   * An illuminant as people write it: {@code D65}, {@code A}, {@code E} or a colour temperature
   * such as {@code 3200K}.
   *
   * @throws SkinSpectraException if the name means none of these
   */
  public static Illuminant named(String name) {
    String upper = name.strip().toUpperCase(Locale.ROOT);
    Matcher temperature = TEMPERATURE.matcher(upper);
    try {
      return switch (upper) {
        case "D65" -> d65();
        case "A" -> a();
        case "E" -> e();
        default -> {
          if (!temperature.matches()) {
            throw new SkinSpectraException(
                "There is no illuminant '" + name + "'; use D65, A, E or a temperature as 3200K.");
          }
          yield planck(Double.parseDouble(temperature.group(1)));
        }
      };
    } catch (IllegalArgumentException e) {
      throw new SkinSpectraException(e.getMessage(), e);
    }
  }

  public String name() {
    return name;
  }

  /** Whether the power at this wavelength is known. */
  public boolean knows(double nm) {
    return nm >= firstNm - Wavelengths.TOLERANCE_NM && nm <= lastNm + Wavelengths.TOLERANCE_NM;
  }

  /**
   * Relative spectral power at each wavelength.
   *
   * @throws SkinSpectraException if the light is not known at all of them
   */
  public double[] on(Wavelengths grid) {
    if (!knows(grid.first()) || !knows(grid.last())) {
      throw new SkinSpectraException(
          "Illuminant "
              + name
              + " is known from "
              + Wavelengths.format(firstNm)
              + " to "
              + Wavelengths.format(lastNm)
              + " nm, but "
              + Wavelengths.format(grid.first())
              + " to "
              + Wavelengths.format(grid.last())
              + " nm are asked for. Use fewer bands or another light.");
    }
    double[] result = new double[grid.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = power.applyAsDouble(grid.get(i));
    }
    return result;
  }

  private static Illuminant unlimited(String name, DoubleUnaryOperator power) {
    return new Illuminant(name, 0, Double.POSITIVE_INFINITY, power);
  }

  private static double planck(double nm, double kelvin, double c2) {
    return Math.pow(REFERENCE_NM / nm, 5) / Math.expm1(c2 / (nm * kelvin));
  }

  @Override
  public String toString() {
    return name;
  }
}
