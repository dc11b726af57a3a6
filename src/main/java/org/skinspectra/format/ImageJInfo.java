package org.skinspectra.format;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.CubeInfo;
import org.skinspectra.spectra.Wavelengths;

/**
 * What the Info of an ImageJ TIFF says of a cube: the block of {@link CubeInfo}, in which two lines
 * more have the widths of the bands and the numbers of bad ones, from 1.
 *
 * @param wavelengths of the bands
 * @param fwhm of the bands, in nm
 * @param badBands which bands are not to be used
 * @param provenance all other lines
 */
record ImageJInfo(
    Optional<Wavelengths> wavelengths,
    Optional<double[]> fwhm,
    Optional<boolean[]> badBands,
    Map<String, String> provenance) {

  private static final String FWHM = "fwhm (nm)";
  private static final String BAD = "bad bands";
  private static final String NONE = "none";

  /** The text for a source; null if there is nothing to say. */
  static String text(CubeSource source) {
    Map<String, String> lines = new LinkedHashMap<>(source.provenance());
    source
        .fwhm()
        .ifPresent(
            widths ->
                lines.put(
                    FWHM,
                    Arrays.stream(widths)
                        .mapToObj(Double::toString)
                        .collect(Collectors.joining(", "))));
    source.badBands().ifPresent(bad -> lines.put(BAD, numbers(bad)));
    return lines.isEmpty() && source.wavelengths().isEmpty()
        ? null
        : CubeInfo.text(source.wavelengths(), lines);
  }

  private static String numbers(boolean[] bad) {
    String numbers =
        IntStream.range(0, bad.length)
            .filter(band -> bad[band])
            .mapToObj(band -> String.valueOf(band + 1))
            .collect(Collectors.joining(", "));
    return numbers.isEmpty() ? NONE : numbers;
  }

  /**
   * Reads the Info.
   *
   * @param info may be null
   * @throws SkinSpectraIOException if the lines on bands are damaged
   */
  static ImageJInfo of(String info, int bands) {
    Map<String, String> lines = new LinkedHashMap<>(CubeInfo.provenance(info));
    Optional<double[]> fwhm = Optional.ofNullable(lines.remove(FWHM)).map(ImageJInfo::widths);
    Optional<boolean[]> bad =
        Optional.ofNullable(lines.remove(BAD)).map(text -> marks(text, bands));
    return new ImageJInfo(CubeInfo.wavelengths(info), fwhm, bad, lines);
  }

  private static double[] widths(String text) {
    try {
      return Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
    } catch (NumberFormatException e) {
      throw damaged(FWHM, text, e);
    }
  }

  private static boolean[] marks(String text, int bands) {
    boolean[] bad = new boolean[bands];
    if (text.equals(NONE)) {
      return bad;
    }
    try {
      for (String number : text.split(",")) {
        bad[Integer.parseInt(number.trim()) - 1] = true;
      }
      return bad;
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw damaged(BAD, text, e);
    }
  }

  private static SkinSpectraIOException damaged(String key, String text, RuntimeException e) {
    return new SkinSpectraIOException(
        "The image's Info has a line '%s' with '%s', which is no such list. Correct or remove it."
            .formatted(key, JsonText.printable(text)),
        e);
  }
}
