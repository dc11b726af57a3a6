package org.skinspectra.format;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.skinspectra.spectra.Wavelengths;

/** What an ENVI header says of its bands: wavelengths, widths, which are bad. */
final class EnviBands {

  private static final String REMEDY =
      "mend the header, or give the wavelengths with --wavelengths on the command line";
  private static final double LIGHT_NM_GHZ = 299_792_458;
  private static final double MOST_NM = 1e6;

  /** Below this (in no stated unit) wavelengths are micrometres, as ENVI takes them. */
  private static final double LEAST_NM = 100;

  /** How a unit becomes nm. */
  private enum Unit {
    NANOMETRES(1),
    MICROMETRES(1e3),
    MILLIMETRES(1e6),
    CENTIMETRES(1e7),
    METRES(1e9),
    ANGSTROMS(0.1),
    WAVENUMBERS(1e7),
    GIGAHERTZ(LIGHT_NM_GHZ),
    MEGAHERTZ(LIGHT_NM_GHZ * 1e3),
    INDEX(0),
    UNKNOWN(0);

    private final double factor;

    Unit(double factor) {
      this.factor = factor;
    }

    boolean isLength() {
      return ordinal() <= ANGSTROMS.ordinal();
    }

    double toNm(double value) {
      if (this == NANOMETRES) {
        return value;
      }
      // Whole picometres, so that 0.415 µm is the band at 415 nm.
      return isLength() ? Math.rint(value * factor * 1000) / 1000 : factor / value;
    }
  }

  private final EnviHeader header;

  EnviBands(EnviHeader header) {
    this.header = header;
  }

  /**
   * The wavelengths, which must increase.
   *
   * @throws org.skinspectra.SkinSpectraException if they cannot be used
   */
  Optional<Wavelengths> wavelengths() {
    return nanometres()
        .map(
            nm -> {
              try {
                return Wavelengths.of(nm);
              } catch (IllegalArgumentException e) {
                throw header.error(
                    "the wavelengths cannot be used. %s So " + REMEDY, e.getMessage());
              }
            });
  }

  /** The wavelengths in nm, in the order of the header. */
  Optional<double[]> nanometres() {
    Optional<Unit> unit = unit();
    if (unit.equals(Optional.of(Unit.UNKNOWN)) && header.has("wavelength")) {
      throw header.error(
          "the wavelength unit '%s' is not known; " + REMEDY,
          header.get("wavelength units").orElseThrow());
    }
    if (unit.isEmpty() || unit.get() == Unit.INDEX) {
      return Optional.empty();
    }
    return header
        .numbers("wavelength")
        .map(values -> Arrays.stream(values).map(unit.get()::toNm).toArray());
  }

  /** Width of each band in nm; a width in another scale than length, such as GHz, is left out. */
  Optional<double[]> fwhm() {
    Optional<Unit> unit = unit();
    if (unit.isEmpty() || !unit.get().isLength()) {
      return Optional.empty();
    }
    Optional<double[]> widths =
        header.numbers("fwhm").map(list -> Arrays.stream(list).map(unit.get()::toNm).toArray());
    for (double width : widths.orElse(new double[0])) {
      if (!(width >= 0 && width <= MOST_NM)) {
        throw header.error("'fwhm' holds %s nm, which is no width of a band", width + "");
      }
    }
    return widths;
  }

  /** Which bands are bad: marked 0, where 1 is good. */
  Optional<boolean[]> bad() {
    return header
        .numbers("bbl")
        .map(
            marks -> {
              boolean[] bad = new boolean[marks.length];
              for (int i = 0; i < bad.length; i++) {
                if (marks[i] != 0 && marks[i] != 1) {
                  throw header.error(
                      "'bbl' holds %s; a band is marked 1 or, bad, 0", marks[i] + "");
                }
                bad[i] = marks[i] == 0;
              }
              return bad;
            });
  }

  /** What had to be guessed of the unit, in words. */
  Optional<String> guess() {
    if (statedUnit().isPresent() || firstWavelength().isEmpty()) {
      return Optional.empty();
    }
    return unit()
        .map(
            unit ->
                "not stated, taken as "
                    + (unit == Unit.MICROMETRES
                        ? "micrometres since values are below 100"
                        : "nanometres"));
  }

  private Optional<Unit> unit() {
    Optional<Unit> stated = statedUnit();
    if (stated.isPresent()) {
      return stated;
    }
    OptionalDouble first = firstWavelength();
    return first.isEmpty()
        ? Optional.empty()
        : Optional.of(first.getAsDouble() < LEAST_NM ? Unit.MICROMETRES : Unit.NANOMETRES);
  }

  private OptionalDouble firstWavelength() {
    List<String> list = header.list("wavelength").orElse(List.of());
    try {
      return list.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(Double.parseDouble(list.get(0)));
    } catch (NumberFormatException e) {
      // Who asks for the wavelengths is told.
      return OptionalDouble.of(LEAST_NM);
    }
  }

  private Optional<Unit> statedUnit() {
    String unit = header.get("wavelength units").orElse("").toLowerCase(Locale.ROOT);
    if (unit.matches("|unknown|none|<unspecified>")) {
      return Optional.empty();
    }
    if (unit.matches("nano.*|nm")) {
      return Optional.of(Unit.NANOMETRES);
    }
    if (unit.matches("micro.*|[µμu]m")) {
      return Optional.of(Unit.MICROMETRES);
    }
    if (unit.matches("[aå]ngstr.*|å|a")) {
      return Optional.of(Unit.ANGSTROMS);
    }
    return switch (unit) {
      case "millimeters", "millimetres", "mm" -> Optional.of(Unit.MILLIMETRES);
      case "centimeters", "centimetres", "cm" -> Optional.of(Unit.CENTIMETRES);
      case "meters", "metres", "m" -> Optional.of(Unit.METRES);
      case "wavenumber", "wavenumbers", "1/cm", "cm-1", "cm^-1" -> Optional.of(Unit.WAVENUMBERS);
      case "ghz" -> Optional.of(Unit.GIGAHERTZ);
      case "mhz" -> Optional.of(Unit.MEGAHERTZ);
      case "index" -> Optional.of(Unit.INDEX);
      default -> Optional.of(Unit.UNKNOWN);
    };
  }
}
