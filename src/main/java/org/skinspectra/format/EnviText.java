package org.skinspectra.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.skinspectra.spectra.Wavelengths;

/** The text of an ENVI header that is written, field by field. */
final class EnviText {

  private static final String BY = "Written by Skin Spectra";

  private final StringBuilder text = new StringBuilder("ENVI\n");

  /** What made the values: a line for each remark and each key. */
  EnviText describe(List<String> remarks, Map<String, String> provenance) {
    List<String> lines = new ArrayList<>(List.of("description = {", BY));
    remarks.stream().map(EnviText::clean).filter(line -> !line.equals(BY)).forEach(lines::add);
    provenance.forEach(
        (key, value) -> lines.add(clean(key).replace(':', ' ') + ": " + clean(value)));
    lines.add("}");
    lines.forEach(line -> text.append(line).append('\n'));
    return this;
  }

  EnviText put(String key, String value) {
    text.append(key).append(" = ").append(value).append('\n');
    return this;
  }

  EnviText put(String key, long value) {
    return put(key, Long.toString(value));
  }

  EnviText put(String key, List<String> values) {
    String list = values.stream().map(EnviText::entry).collect(Collectors.joining(", "));
    return put(key, "{" + list + "}");
  }

  EnviText put(String key, double[] values) {
    return put(key, Arrays.stream(values).mapToObj(Double::toString).toList());
  }

  EnviText put(Wavelengths wavelengths) {
    put("wavelength units", "Nanometers");
    return put("wavelength", wavelengths.toArray());
  }

  /** A field as another header had it, in braces or on one line. */
  EnviText copy(String key, String value) {
    boolean list = value.startsWith("{") && value.endsWith("}");
    return put(clean(key).replace('=', ' '), list ? value : clean(value));
  }

  /** A number without a decimal point where it is whole. */
  static String number(double value) {
    return value == Math.rint(value) && value < 1L << 53
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /** A name as a list holds it: many programs take every comma for the end of an entry. */
  static String entry(String name) {
    return clean(name.replace(',', ' '));
  }

  /** Text that does not end a list or a line of the header, and that UTF-8 can hold. */
  static String clean(String text) {
    return text.replaceAll("[\\p{Cntrl}\\s]+", " ")
        .replaceAll("\\p{Cs}", "\uFFFD")
        .replace('{', '(')
        .replace('}', ')')
        .trim();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
