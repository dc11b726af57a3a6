package org.skinspectra.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.spectra.Wavelengths;

/**
 * What the other variables of a MATLAB file say of its cube: {@code wavelengths} (nm, also {@code
 * wavelength} or {@code wl}; below 30 they are µm), {@code fwhm} (nm), {@code bad_bands} (1 = bad),
 * {@code band_names} (one row each), {@code scale} of integers (value = stored / scale) and {@code
 * provenance} (text in JSON). Variables of these names that do not fit the cube are not heeded.
 */
record MatlabNotes(
    Path file,
    Optional<double[]> nm,
    Optional<double[]> fwhm,
    Optional<boolean[]> badBands,
    Optional<List<String>> bandNames,
    Map<String, String> provenance) {

  private static final String WAVELENGTHS = "wavelengths";
  private static final String FWHM = "fwhm";
  private static final String BAD_BANDS = "bad_bands";
  private static final String BAND_NAMES = "band_names";
  private static final String SCALE = "scale";
  private static final String PROVENANCE = "provenance";

  /** Names of the variables that stand beside a cube. */
  static final List<String> NAMES =
      List.of(WAVELENGTHS, FWHM, BAD_BANDS, BAND_NAMES, SCALE, PROVENANCE);

  private static final int MOST_CHARACTERS = 1 << 20;

  /** No image is taken at 30 nm, nor at 30 µm by a camera that sees 30 nm. */
  private static final double LEAST_NM = 30;

  // -- Reading --

  static MatlabNotes read(MatlabVariables variables, int bands) throws IOException {
    Optional<double[]> nm = variables.numbers(bands, WAVELENGTHS, "wavelength", "wl");
    return new MatlabNotes(
        variables.file(),
        nm.map(MatlabNotes::inNanometres),
        variables.numbers(bands, FWHM),
        variables.numbers(bands, BAD_BANDS).map(MatlabNotes::marks),
        variables
            .text(BAND_NAMES, MOST_CHARACTERS)
            .filter(names -> names.length == bands)
            .map(List::of),
        variables.text(PROVENANCE, MOST_CHARACTERS).map(MatlabNotes::parsed).orElse(Map.of()));
  }

  /**
   * What the integers of a cube are divided by; 1 for floating point.
   *
   * @throws SkinSpectraIOException if the file states it as no number above 0
   */
  static double scale(MatlabVariables variables, MatlabVariable cube) throws IOException {
    if (!cube.isInteger()) {
      return 1;
    }
    double scale =
        cube.scale().isPresent()
            ? cube.scale().get()
            : variables.numbers(1, SCALE).map(values -> values[0]).orElse(1.0);
    if (!(scale > 0 && scale <= Double.MAX_VALUE)) {
      throw new SkinSpectraIOException(
          "%s states the scale %s for '%s'; it must be a number above 0."
              .formatted(variables.file(), scale, JsonText.printable(cube.name())));
    }
    return scale;
  }

  /**
   * The wavelengths of the bands.
   *
   * @throws SkinSpectraIOException if the file states some that cannot be
   */
  Optional<Wavelengths> wavelengths() {
    try {
      return nm.map(Wavelengths::of);
    } catch (IllegalArgumentException e) {
      throw new SkinSpectraIOException(
          "%s states impossible wavelengths: %s Give others with --wavelengths on the command line."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static double[] inNanometres(double[] values) {
    double most = Arrays.stream(values).max().orElse(0);
    return most < LEAST_NM
        ? Arrays.stream(values).map(micrometres -> Math.rint(micrometres * 1e9) / 1e6).toArray()
        : values;
  }

  private static boolean[] marks(double[] values) {
    boolean[] marks = new boolean[values.length];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = values[i] != 0;
    }
    return marks;
  }

  /** Key by key, or nothing where others use the name for something else. */
  private static Map<String, String> parsed(String[] lines) {
    try {
      JsonObject object = JsonText.parse(String.join("\n", lines), PROVENANCE, PROVENANCE);
      Map<String, String> provenance = new LinkedHashMap<>();
      for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
        if (entry.getValue() instanceof JsonPrimitive value) {
          provenance.put(entry.getKey(), value.getAsString());
        }
      }
      return provenance;
    } catch (SkinSpectraException e) {
      return Map.of();
    }
  }

  // -- Writing --

  /**
   * A variable that stands beside a cube: a column of numbers, or text, one row each.
   *
   * @param numbers empty for text
   * @param lines of one length; empty for numbers
   */
  record Note(String name, double[] numbers, List<String> lines) {}

  /** What is written beside a cube. */
  static List<Note> of(CubeSource source, WriteOptions options) {
    List<Note> notes = new ArrayList<>();
    source.wavelengths().ifPresent(nm -> notes.add(numbers(WAVELENGTHS, nm.toArray())));
    source.fwhm().ifPresent(widths -> notes.add(numbers(FWHM, widths)));
    source
        .badBands()
        .ifPresent(
            bad ->
                notes.add(
                    numbers(
                        BAD_BANDS,
                        IntStream.range(0, bad.length)
                            .mapToDouble(band -> bad[band] ? 1 : 0)
                            .toArray())));
    notes.add(text(BAND_NAMES, source.bandNames()));
    if (options.sample().isInteger()) {
      notes.add(numbers(SCALE, options.scaleOrUsual()));
    }
    if (!source.provenance().isEmpty()) {
      JsonObject object = new JsonObject();
      source.provenance().forEach(object::addProperty);
      notes.add(text(PROVENANCE, List.of(JsonText.writeAscii(object).strip())));
    }
    return notes;
  }

  private static Note numbers(String name, double... values) {
    return new Note(name, values, List.of());
  }

  /** Rows of one length, since a MATLAB matrix has no others. */
  private static Note text(String name, List<String> lines) {
    int length = Math.max(1, lines.stream().mapToInt(String::length).max().orElse(0));
    return new Note(
        name,
        new double[0],
        lines.stream().map(line -> line + " ".repeat(length - line.length())).toList());
  }

  /**
   * The name of the cube's variable that was asked for, or {@code cube}.
   *
   * @throws SkinSpectraIOException if MATLAB does not take it, or it is that of a note
   */
  static String variableName(WriteOptions options, Path target) {
    String name = options.variable().orElse("cube");
    if (!name.matches("[A-Za-z][A-Za-z0-9_]{0,62}") || NAMES.contains(name)) {
      throw new SkinSpectraIOException(
          "Cannot write %s: '%s' cannot be the name of the cube. Give a letter, then letters, digits and _, 63 at most; %s stand beside it."
              .formatted(target, JsonText.printable(name), String.join(", ", NAMES)));
    }
    return name;
  }
}
