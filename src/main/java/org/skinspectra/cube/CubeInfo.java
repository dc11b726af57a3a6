package org.skinspectra.cube;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Wavelengths;

/**
 * What an image says of its bands in text: slice labels such as {@code 550 nm}, and a block in the
 * image's Info that people can read and edit:
 *
 * <pre>
 * wavelengths (nm): 400:10:1000
 * model: mstpp
 * device: CPU
 * </pre>
 *
 * The block starts at the wavelengths and ends at an empty line; its other lines are the cube's
 * provenance. Text before and after it belongs to others and is ignored.
 */
public final class CubeInfo {

  private static final String KEY = "wavelengths (nm)";
  private static final String NONE = "none";
  private static final Pattern WAVELENGTHS =
      Pattern.compile("(?im)^[ \\t]*wavelengths?[ \\t]*\\(nm\\)[ \\t]*[:=](.*)$");
  private static final Pattern LABEL =
      Pattern.compile("(?<![\\w.])(\\d{1,7}(?:\\.\\d{1,9})?)\\s*nm\\b");

  private CubeInfo() {}

  /** The block of a cube, ending with a line break. */
  public static String text(Wavelengths wavelengths, Map<String, String> provenance) {
    return text(Optional.of(wavelengths), provenance);
  }

  /** The block of a cube or of another image with a provenance, ending with a line break. */
  public static String text(Optional<Wavelengths> wavelengths, Map<String, String> provenance) {
    StringBuilder text = new StringBuilder(KEY + ": ");
    text.append(wavelengths.map(Wavelengths::toString).orElse(NONE)).append('\n');
    provenance.forEach(
        (key, value) ->
            text.append(oneLine(key).replace(':', ' '))
                .append(": ")
                .append(oneLine(value))
                .append('\n'));
    return text.toString();
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\s]+", " ").trim();
  }

  /**
   * The wavelengths that the Info text states.
   *
   * @param info may be null
   * @throws SkinSpectraException if there is such a line but it is no wavelength grid
   */
  public static Optional<Wavelengths> wavelengths(String info) {
    Matcher line = WAVELENGTHS.matcher(info == null ? "" : info);
    if (!line.find() || line.group(1).trim().equals(NONE)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Wavelengths.parse(line.group(1)));
    } catch (IllegalArgumentException e) {
      throw new SkinSpectraException(
          "The image's Info has a line '" + KEY + "', but " + e.getMessage(), e);
    }
  }

  /**
   * The provenance lines of the block, in order.
   *
   * @param info may be null
   */
  public static Map<String, String> provenance(String info) {
    Map<String, String> provenance = new LinkedHashMap<>();
    Matcher line = WAVELENGTHS.matcher(info == null ? "" : info);
    if (line.find()) {
      info.substring(line.end())
          .lines()
          .skip(1)
          .takeWhile(text -> !text.isBlank())
          .forEach(
              text -> {
                int colon = text.indexOf(':');
                if (colon > 0) {
                  provenance.put(text.substring(0, colon).trim(), text.substring(colon + 1).trim());
                }
              });
    }
    return provenance;
  }

  /**
   * The wavelengths in slice labels, if every label's first line names one in nm.
   *
   * @param labels one per slice; entries may be null
   * @throws SkinSpectraException if they all do, but do not increase
   */
  public static Optional<Wavelengths> wavelengths(List<String> labels) {
    double[] nm = labels.stream().mapToDouble(CubeInfo::wavelength).toArray();
    if (nm.length == 0 || Arrays.stream(nm).anyMatch(Double::isNaN)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Wavelengths.of(nm));
    } catch (IllegalArgumentException e) {
      throw new SkinSpectraException("The slice labels are no wavelength grid: " + e.getMessage());
    }
  }

  private static double wavelength(String label) {
    if (label != null) {
      Matcher number = LABEL.matcher(label.lines().findFirst().orElse(""));
      if (number.find()) {
        return Double.parseDouble(number.group(1));
      }
    }
    return Double.NaN;
  }
}
