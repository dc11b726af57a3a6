package org.skinspectra.spectra;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ordinates of a JCAMP-DX table {@code (X++(Y..Y))}, line by line, in AFFN or in the compressed
 * ASDF forms PAC, SQZ, DIF and DUP (McDonald and Wilks, Applied Spectroscopy 42, 1988, 151:
 * JCAMP-DX 4.24). Each line begins with the abscissa of its first ordinate; behind a difference,
 * that ordinate repeats the last one as a check.
 */
final class AsdfOrdinates {

  /** An exponent has a sign, since E alone is the digit 5 of the form SQZ. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]\\d{1,3})?");

  private static final Pattern DIGITS = Pattern.compile("\\d*\\.?\\d*");
  private static final String SQUEEZED = "@ABCDEFGHI";
  private static final String SQUEEZED_NEGATIVE = "@abcdefghi";
  private static final String DIFFERENCE = "%JKLMNOPQR";
  private static final String DIFFERENCE_NEGATIVE = "%jklmnopqr";
  private static final String DUPLICATE = "?STUVWXYZs";

  /** Relative difference of a check from what it repeats, for ordinates with decimals. */
  private static final double CHECK = 1e-9;

  private final double[] values;
  private final double firstX;
  private final double step;
  private final double tolerance;
  private final double factorX;
  private int count;

  /** Whether the last ordinate was stated as a difference, and which. */
  private boolean isDifference;

  private double difference;

  /**
   * @param firstX abscissa of the first of {@code count} ordinates, {@code step} the next
   * @param factorX of the abscissas that lines begin with
   */
  AsdfOrdinates(int count, double firstX, double step, double factorX) {
    this.values = new double[count];
    this.firstX = firstX;
    this.step = step;
    this.factorX = factorX;
    // Abscissas of lines may be rounded to whole ones.
    tolerance = 1.001 * Math.max(Math.abs(step) / 2, Math.abs(factorX));
  }

  /**
   * Adds the ordinates of a line.
   *
   * @throws IllegalArgumentException if it is none, with the reason
   */
  void add(String line) {
    Matcher number = NUMBER.matcher(line);
    int at = skipBlanks(line, 0);
    if (at == line.length()) {
      return;
    }
    if (!number.region(at, line.length()).lookingAt()) {
      throw error("it does not begin with an abscissa", line);
    }
    boolean check = isDifference;
    requireAbscissa(Double.parseDouble(number.group()) * factorX, check ? count - 1 : count, line);
    at = skipBlanks(line, number.end());
    boolean last = false;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (number.region(at, line.length()).lookingAt()) {
        last = put(Double.parseDouble(number.group()), check, line);
        at = number.end();
      } else if (c == '?') {
        last = put(Double.NaN, check, line);
        at++;
      } else {
        int end = endOfDigits(line, at + 1);
        last = item(c, line.substring(at + 1, end), check, line);
        at = end;
      }
      check = check && !last;
      at = skipBlanks(line, at);
    }
    if (check) {
      throw error("it lacks the ordinate that checks the differences of the line before", line);
    }
  }

  private static int skipBlanks(String line, int start) {
    int at = start;
    while (at < line.length() && (line.charAt(at) <= ' ' || line.charAt(at) == ',')) {
      at++;
    }
    return at;
  }

  private static int endOfDigits(String line, int start) {
    Matcher digits = DIGITS.matcher(line).region(start, line.length());
    return digits.lookingAt() ? digits.end() : start;
  }

  /** An item that begins with a letter, which is its first digit and tells its form. */
  private boolean item(char c, String digits, boolean check, String line) {
    for (String[] form :
        new String[][] {{SQUEEZED, SQUEEZED_NEGATIVE}, {DIFFERENCE, DIFFERENCE_NEGATIVE}}) {
      for (int sign = 0; sign < 2; sign++) {
        int digit = form[sign].indexOf(c);
        if (digit >= 0) {
          double value = Double.parseDouble(digit + digits) * (sign == 0 ? 1 : -1);
          return form[0].equals(SQUEEZED)
              ? put(value, check, line)
              : putDifference(value, check, line);
        }
      }
    }
    int digit = DUPLICATE.indexOf(c);
    if (digit < 1 || digits.indexOf('.') >= 0 || digits.length() > 8) {
      throw error("'" + c + digits + "' is no ordinate", line);
    }
    if (count == 0 || check) {
      throw error("'" + c + digits + "' repeats nothing", line);
    }
    for (int i = Integer.parseInt(digit + digits); i > 1; i--) {
      append(isDifference ? values[count - 1] + difference : values[count - 1], line);
    }
    return true;
  }

  private boolean put(double value, boolean check, String line) {
    if (check) {
      double before = values[count - 1];
      if (!(Math.abs(value - before) <= CHECK * Math.abs(before))) {
        throw error(
            "its first ordinate is %s, but the differences before lead to %s"
                .formatted(value, before),
            line);
      }
      isDifference = false;
      return true;
    }
    append(value, line);
    isDifference = false;
    return true;
  }

  private boolean putDifference(double value, boolean check, String line) {
    if (count == 0 || check) {
      throw error("it begins with a difference", line);
    }
    if (Double.isNaN(values[count - 1])) {
      throw error("a difference follows a missing value", line);
    }
    append(values[count - 1] + value, line);
    isDifference = true;
    difference = value;
    return true;
  }

  private void append(double value, String line) {
    if (count == values.length) {
      throw error("it goes beyond the " + values.length + " points announced", line);
    }
    values[count++] = value;
  }

  private void requireAbscissa(double x, int index, String line) {
    double expected = firstX + index * step;
    if (!(Math.abs(x - expected) <= tolerance)) {
      throw error(
          "it begins at %s, but point %d is at %s; a line is missing or damaged"
              .formatted(x, index + 1, expected),
          line);
    }
  }

  /**
   * All ordinates.
   *
   * @throws IllegalArgumentException if there are fewer than announced
   */
  double[] values() {
    if (count < values.length) {
      throw new IllegalArgumentException(
          "of %d points announced only %d are there".formatted(values.length, count));
    }
    return Arrays.copyOf(values, count);
  }

  private static IllegalArgumentException error(String problem, String line) {
    String start = line.strip();
    return new IllegalArgumentException(
        "line '%s': %s"
            .formatted(start.length() <= 40 ? start : start.substring(0, 40) + "…", problem));
  }
}
