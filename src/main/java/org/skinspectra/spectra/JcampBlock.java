package org.skinspectra.spectra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One block of a JCAMP-DX file, from its title to its end. */
final class JcampBlock {

  /** A spectrum in increasing nm. */
  record Spectrum(String title, double[] nm, double[] values, String unit) {}

  static final String XY_DATA = "XYDATA";
  static final String XY_POINTS = "XYPOINTS";

  /** As this program states what the standard has no word for. */
  static final String UNIT = "$UNIT";

  static final String PROVENANCE = "$PROVENANCE";

  private static final int MOST_POINTS = 1_000_000;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");
  private static final Pattern POINT = Pattern.compile("\\G[\\s,;]*(" + NUMBER.pattern() + "|\\?)");

  private final String title;
  private final Map<String, String> fields = new LinkedHashMap<>();

  JcampBlock(String title) {
    this.title = title.strip();
  }

  /** A label as it is compared: without regard to case, blanks, dashes, slashes, underlines. */
  static String normal(String label) {
    return label.replaceAll("[\\s/_-]", "").toUpperCase(Locale.ROOT);
  }

  String title() {
    return title;
  }

  /** Adds a field; the first of a label counts. */
  void put(String label, String value) {
    fields.putIfAbsent(label, value);
  }

  String get(String label) {
    return fields.getOrDefault(label, "").strip();
  }

  boolean isLink() {
    return get("DATATYPE").equalsIgnoreCase("LINK");
  }

  /**
   * The block's spectrum.
   *
   * @throws IllegalArgumentException if it cannot be used, with the reason
   */
  Spectrum spectrum() {
    double[][] points = fields.containsKey(XY_DATA) ? ordinates() : points(XY_POINTS);
    String unit = get(UNIT).isEmpty() ? unit(get("YUNITS")) : get(UNIT);
    double[] nm = toNm(points[0]);
    return nm.length > 1 && nm[0] > nm[nm.length - 1]
        ? new Spectrum(title, reversed(nm), reversed(points[1]), unit)
        : new Spectrum(title, nm, points[1], unit);
  }

  private double[][] ordinates() {
    String data = get(XY_DATA);
    if (list(data).equals("XY..XY")) {
      return points(XY_DATA);
    }
    if (!list(data).equals("X++Y..Y")) {
      throw new IllegalArgumentException("its data are no list (X++(Y..Y))");
    }
    int count = count(true);
    double first = number("FIRSTX");
    double last = number("LASTX");
    double step = count == 1 ? 0 : (last - first) / (count - 1);
    double factor = number("YFACTOR");
    AsdfOrdinates ordinates = new AsdfOrdinates(count, first, step, numberOr("XFACTOR", 1));
    data.lines().skip(1).forEach(ordinates::add);
    double[] x = new double[count];
    double[] y = ordinates.values();
    for (int i = 0; i < count; i++) {
      x[i] = i == count - 1 ? last : first + i * step;
      y[i] *= factor;
    }
    requireFirst(y[0], factor);
    return new double[][] {x, y};
  }

  private double[][] points(String label) {
    if (!fields.containsKey(label)) {
      throw new IllegalArgumentException("it holds no XYDATA or XYPOINTS, which alone are read");
    }
    String data = get(label);
    if (!list(data).equals("XY..XY")) {
      throw new IllegalArgumentException("its data are no list (XY..XY)");
    }
    List<Double> numbers = new ArrayList<>();
    String text = data.substring(data.indexOf('\n') < 0 ? data.length() : data.indexOf('\n'));
    Matcher number = POINT.matcher(text);
    int end = 0;
    while (number.find()) {
      if (numbers.size() == 2 * MOST_POINTS) {
        throw new IllegalArgumentException("it has more than " + MOST_POINTS + " points");
      }
      String value = number.group(1);
      numbers.add(value.equals("?") ? Double.NaN : Double.parseDouble(value));
      end = number.end();
    }
    if (!text.substring(end).matches("[\\s,;]*")) {
      String rest = text.substring(end).strip();
      throw new IllegalArgumentException("'" + shown(rest) + "' is no point");
    }
    int count = count(false);
    if (numbers.size() % 2 != 0 || numbers.isEmpty() || count >= 0 && numbers.size() != 2 * count) {
      throw new IllegalArgumentException(
          "it has %d numbers for %s points".formatted(numbers.size(), count < 0 ? "its" : count));
    }
    double[] x = new double[numbers.size() / 2];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = numbers.get(2 * i) * numberOr("XFACTOR", 1);
      y[i] = numbers.get(2 * i + 1) * numberOr("YFACTOR", 1);
    }
    return new double[][] {x, y};
  }

  /** The variables of a table, without their brackets. */
  private static String list(String data) {
    String line =
        data.lines().findFirst().orElse("").replaceAll("\\s", "").toUpperCase(Locale.ROOT);
    return line.matches("\\(.*\\)") ? line.replaceAll("[()]", "") : "";
  }

  private int count(boolean needed) {
    if (!needed && get("NPOINTS").isEmpty()) {
      return -1;
    }
    double count = number("NPOINTS");
    if (!(count >= 1 && count <= MOST_POINTS && count == Math.rint(count))) {
      throw new IllegalArgumentException(
          "##NPOINTS= %s is no number of points from 1 to %d"
              .formatted(shown(get("NPOINTS")), MOST_POINTS));
    }
    return (int) count;
  }

  /** The first ordinate is stated once more, which tells a wrong factor. */
  private void requireFirst(double first, double factor) {
    String stated = get("FIRSTY");
    if (stated.isEmpty() || stated.equals("?")) {
      return;
    }
    double expected = number("FIRSTY");
    // Some instruments state it as it is stored, before the factor.
    if (!isNear(first, expected, factor) && !isNear(first / factor, expected, 1)) {
      throw new IllegalArgumentException(
          "its first ordinate is %s, but ##FIRSTY= %s".formatted(first, expected));
    }
  }

  private static boolean isNear(double value, double expected, double step) {
    return Math.abs(value - expected) <= Math.max(Math.abs(step), 0.01 * Math.abs(expected));
  }

  private double numberOr(String label, double otherwise) {
    return get(label).isEmpty() ? otherwise : number(label);
  }

  private double number(String label) {
    String text = get(label);
    if (text.isEmpty()) {
      throw new IllegalArgumentException("it lacks ##" + label + "=");
    }
    double value = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("##" + label + "= " + shown(text) + " is no number");
    }
    return value;
  }

  private double[] toNm(double[] x) {
    String unit = get("XUNITS").toUpperCase(Locale.ROOT);
    double[] nm = new double[x.length];
    for (int i = 0; i < nm.length; i++) {
      nm[i] =
          switch (unit) {
            case "NANOMETERS", "NANOMETRES", "NANOMETER", "NM" -> x[i];
            // Whole picometres, so that 0.415 µm is the band at 415 nm.
            case "MICROMETERS", "MICROMETRES", "MICROMETER", "MICRONS", "UM", "µM", "ΜM" ->
                Math.rint(x[i] * 1e6) / 1000;
            case "ANGSTROMS" -> x[i] / 10;
            case "1/CM", "CM-1", "CM^-1", "WAVENUMBERS", "WAVENUMBER" -> 1e7 / x[i];
            default ->
                throw new IllegalArgumentException(
                    "##XUNITS= %s is no unit of wavelength; NANOMETERS, MICROMETERS and 1/CM are"
                        .formatted(shown(unit)));
          };
    }
    return nm;
  }

  private static String unit(String stated) {
    return stated.isEmpty() ? SpectralCsv.UNIT_UNSTATED : stated.toLowerCase(Locale.ROOT);
  }

  private static double[] reversed(double[] values) {
    double[] reversed = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      reversed[i] = values[values.length - 1 - i];
    }
    return reversed;
  }

  private static String shown(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
