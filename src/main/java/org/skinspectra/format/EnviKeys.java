package org.skinspectra.format;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.skinspectra.SkinSpectraException;

/** Which of a header's keys are read, which are only carried along. */
final class EnviKeys {

  /** Of the file itself, or stated anew from what was read. */
  private static final Set<String> READ =
      Set.of(
          "description",
          "samples",
          "lines",
          "bands",
          "header offset",
          "file type",
          "data type",
          "interleave",
          "byte order",
          "file compression",
          "major frame offsets",
          "minor frame offsets",
          "data ignore value",
          "reflectance scale factor",
          "wavelength units",
          "wavelength",
          "fwhm",
          "bbl",
          "band names",
          "default bands",
          // Where other programs look for it, the data need not lie.
          "data file");

  /** In the numbers that are stored, and wrong once others are. */
  private static final Set<String> OF_STORED_VALUES =
      Set.of(
          "data gain values",
          "data offset values",
          "data reflectance gain values",
          "data reflectance offset values",
          "default stretch",
          "z plot range");

  private EnviKeys() {}

  /**
   * What a header states beyond the cube, key and value as they are written, for the header of the
   * same cube in another file. Its {@code description} is what no provenance is.
   *
   * @param altered whether the values of the cube are others than those stored
   */
  static Map<String, String> kept(EnviHeader header, int bands, boolean altered) {
    Map<String, String> kept = new LinkedHashMap<>();
    if (!header.remarks().isEmpty()) {
      kept.put("description", String.join("\n", header.remarks()));
    }
    if (namesOf(header, bands)) {
      kept.put("band names", "{" + header.get("band names").orElseThrow() + "}");
    }
    if (bandsOf(header, bands)) {
      kept.put("default bands", "{" + header.get("default bands").orElseThrow() + "}");
    }
    header
        .others(READ)
        .forEach(
            (key, text) -> {
              if (!altered || !isOfStoredValues(key)) {
                kept.put(key, text);
              }
            });
    return kept;
  }

  static boolean isOfStoredValues(String key) {
    return OF_STORED_VALUES.contains(EnviHeader.normal(key));
  }

  private static boolean namesOf(EnviHeader header, int bands) {
    try {
      return header.list("band names").filter(names -> names.size() == bands).isPresent();
    } catch (SkinSpectraException e) {
      return false;
    }
  }

  private static boolean bandsOf(EnviHeader header, int bands) {
    try {
      return header
          .numbers("default bands")
          .filter(numbers -> numbers.length == 1 || numbers.length == 3)
          .filter(
              numbers ->
                  Arrays.stream(numbers).allMatch(n -> n >= 1 && n <= bands && n == Math.rint(n)))
          .isPresent();
    } catch (SkinSpectraException e) {
      // It says only what a viewer shows first.
      return false;
    }
  }
}
