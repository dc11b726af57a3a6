package org.skinspectra.profile;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skinspectra.JsonFields;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.spectra.SpectralCsv;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * Camera sensitivities from files of other programs: CSV with a wavelength column ({@link
 * SpectralCsv}), the JSON of rawtoaces (ACES Central; {@code spectral_data.index.main} names the
 * channels, {@code spectral_data.data.main} has one list of values per wavelength in nm), and that
 * of dcamprof (Torger; {@code ssf_bands} in nm, {@code red_ssf}, {@code green_ssf}, {@code
 * blue_ssf}).
 */
public final class ResponseFiles {

  private static final long MAX_BYTES = 16L << 20;
  private static final int MAX_NAME = 200;
  private static final String WHAT = "rawtoaces or dcamprof file";
  private static final int RANGE = 3;

  private ResponseFiles() {}

  /**
   * Reads every channel. A name that ends in {@code .json} is rawtoaces or dcamprof, any other CSV.
   *
   * @throws SkinSpectraIOException if the file cannot be read or is no such table: a value that is
   *     missing or not finite, wavelengths that do not increase, a row of another length than there
   *     are channels; the message names the file
   */
  public static SpectralTable read(Path file) {
    return document(file).table();
  }

  /** The same with what the file says of itself. */
  static ResponseDocument document(Path file) {
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".json")) {
      return new ResponseDocument(
          "CSV",
          SpectralCsv.read(file),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
    JsonObject json = JsonText.read(file, WHAT, MAX_BYTES);
    JsonFields fields = JsonFields.ofForeign(json, file.toString());
    if (fields.has("ssf_bands")) {
      return dcamprof(file, fields);
    }
    if (fields.has("spectral_data")) {
      return rawtoaces(file, fields);
    }
    throw bad(
        file,
        "has neither spectral_data, as rawtoaces has, nor ssf_bands, as dcamprof has; its keys are %s",
        JsonText.printable(fields.keys().toString()));
  }

  // -- rawtoaces --

  private static ResponseDocument rawtoaces(Path file, JsonFields fields) {
    JsonFields spectral = fields.foreignObject("spectral_data");
    Optional<JsonFields> header =
        fields.isObject("header") ? Optional.of(fields.foreignObject("header")) : Optional.empty();
    String camera =
        Stream.of("manufacturer", "model")
            .flatMap(key -> header.flatMap(h -> h.plainText(key, MAX_NAME)).stream())
            .collect(Collectors.joining(" "));
    return new ResponseDocument(
        "rawtoaces JSON",
        rawtoacesTable(file, spectral),
        camera.isBlank() ? Optional.empty() : Optional.of(camera),
        header.flatMap(h -> h.plainText("document_creator", MAX_NAME)),
        header.flatMap(h -> h.plainText("license", MAX_NAME)),
        header.flatMap(h -> h.plainText("measurement_equipment", MAX_NAME)),
        header.flatMap(h -> h.plainText("document_creation_date", MAX_NAME)));
  }

  private static SpectralTable rawtoacesTable(Path file, JsonFields spectral) {
    List<String> names = spectral.foreignObject("index").texts("main", MAX_NAME);
    if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
      throw bad(file, "names its channels %s; every channel needs a name of its own", names);
    }
    JsonFields rows = spectral.foreignObject("data").foreignObject("main");
    List<String> keys = rows.keys();
    double[] nm = new double[keys.size()];
    double[][] values = new double[names.size()][nm.length];
    for (int i = 0; i < nm.length; i++) {
      nm[i] = wavelength(file, keys.get(i));
      double[] cells = rows.numbers(keys.get(i));
      if (cells.length != names.size()) {
        throw bad(
            file,
            "has %s at %s nm, not one value for each of %s",
            Arrays.toString(cells),
            keys.get(i),
            names);
      }
      for (int c = 0; c < values.length; c++) {
        values[c][i] = cells[c];
      }
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int c = 0; c < values.length; c++) {
      columns.put(names.get(c), values[c]);
    }
    String unit = spectral.plainText("units", MAX_NAME).orElse(SpectralCsv.UNIT_UNSTATED);
    return table(file, nm, unit, columns);
  }

  private static double wavelength(Path file, String key) {
    try {
      return Double.parseDouble(key);
    } catch (NumberFormatException e) {
      throw bad(file, "has the wavelength '%s', which is no number of nm", JsonText.printable(key));
    }
  }

  // -- dcamprof --

  private static ResponseDocument dcamprof(Path file, JsonFields fields) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("R", fields.numbers("red_ssf"));
    columns.put("G", fields.numbers("green_ssf"));
    columns.put("B", fields.numbers("blue_ssf"));
    double[] nm = bands(fields.numbers("ssf_bands"), columns.get("R").length);
    return new ResponseDocument(
        "dcamprof JSON",
        table(file, nm, SpectralCsv.UNIT_UNSTATED, columns),
        fields.plainText("camera_name", MAX_NAME),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Every wavelength, or first, last and step of as many as there are values. */
  private static double[] bands(double[] bands, int values) {
    boolean range =
        bands.length == RANGE
            && values > RANGE
            && bands[2] > 0
            && Math.abs((bands[1] - bands[0]) / bands[2] - (values - 1)) < 1e-6;
    return range ? Wavelengths.range(bands[0], bands[2], bands[1]).toArray() : bands;
  }

  private static SpectralTable table(
      Path file, double[] nm, String unit, Map<String, double[]> columns) {
    try {
      return SpectralTable.of(Wavelengths.of(nm), unit, columns);
    } catch (IllegalArgumentException e) {
      throw new SkinSpectraIOException(file + ": " + e.getMessage(), e);
    }
  }

  private static SkinSpectraIOException bad(Path file, String what, Object... values) {
    return new SkinSpectraIOException(file + " " + what.formatted(values) + ". Correct the file.");
  }
}
