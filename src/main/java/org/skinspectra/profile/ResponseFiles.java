package org.skinspectra.profile;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.annotations.SerializedName;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.spectra.SpectralCsv;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * Camera sensitivities from files: CSV with a wavelength column ({@link SpectralCsv}), and the JSON
 * of rawtoaces (ACES Central; {@code spectral_data.index.main} names the channels, {@code
 * spectral_data.data.main} has one list of values per wavelength in nm).
 */
public final class ResponseFiles {

  private static final long MAX_BYTES = 16L << 20;
  private static final TypeAdapter<Document> DOCUMENT = new Gson().getAdapter(Document.class);

  private ResponseFiles() {}

  private record Document(@SerializedName("spectral_data") Spectral spectral) {}

  private record Spectral(String units, Index index, Data data) {}

  private record Index(List<String> main) {}

  private record Data(Map<String, List<Double>> main) {}

  /**
   * Reads every channel. A name that ends in {@code .json} is rawtoaces, any other CSV.
   *
   * @throws SkinSpectraIOException if the file cannot be read or is no such table: a value that is
   *     missing or not finite, wavelengths that do not increase, a row of another length than there
   *     are channels; the message names the file
   */
  public static SpectralTable read(Path file) {
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".json")) {
      return SpectralCsv.read(file);
    }
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw bad(file, "has %d bytes; a response file has at most %d", size, MAX_BYTES);
      }
      // Without Gson.fromJson, which would be lenient and take NaN for a number.
      try (JsonReader json = new JsonReader(Files.newBufferedReader(file))) {
        Document document = DOCUMENT.read(json);
        if (json.peek() != JsonToken.END_DOCUMENT) {
          throw bad(file, "goes on after its end");
        }
        return table(file, document);
      }
    } catch (NoSuchFileException e) {
      throw new SkinSpectraIOException("There is no file " + file + ".", e);
    } catch (MalformedJsonException
        | EOFException
        | JsonParseException
        | IllegalStateException
        | NumberFormatException e) {
      throw new SkinSpectraIOException(
          file + " is no rawtoaces JSON" + where(e.getMessage()) + ". Export it again.", e);
    } catch (CharacterCodingException e) {
      throw new SkinSpectraIOException(
          file + " is no text in UTF-8, as JSON must be. Export it again.", e);
    } catch (IOException e) {
      throw new SkinSpectraIOException("Cannot read " + file + ": " + e.getMessage() + ".", e);
    }
  }

  private static SpectralTable table(Path file, Document document) {
    Spectral spectral = document == null ? null : document.spectral();
    if (spectral == null
        || spectral.index() == null
        || spectral.index().main() == null
        || spectral.data() == null
        || spectral.data().main() == null) {
      throw bad(file, "lacks spectral_data.index.main or spectral_data.data.main of rawtoaces");
    }
    List<String> names = spectral.index().main();
    if (names.isEmpty()
        || names.contains(null)
        || new HashSet<>(names).size() < names.size()
        || names.stream().anyMatch(String::isBlank)) {
      throw bad(file, "names its channels %s; every channel needs a name of its own", names);
    }
    Map<String, List<Double>> rows = spectral.data().main();
    double[] nm = new double[rows.size()];
    double[][] values = new double[names.size()][rows.size()];
    int i = 0;
    for (Map.Entry<String, List<Double>> row : rows.entrySet()) {
      nm[i] = wavelength(file, row.getKey());
      List<Double> cells = row.getValue();
      if (cells == null || cells.size() != names.size()) {
        throw bad(
            file, "has %s at %s nm, not one value for each of %s", cells, row.getKey(), names);
      }
      for (int c = 0; c < values.length; c++) {
        Double value = cells.get(c);
        if (value == null || !Double.isFinite(value)) {
          throw bad(file, "has %s for %s at %s nm", value, names.get(c), row.getKey());
        }
        values[c][i] = value;
      }
      i++;
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int c = 0; c < values.length; c++) {
      columns.put(names.get(c), values[c]);
    }
    String unit =
        spectral.units() == null || spectral.units().isBlank()
            ? SpectralCsv.UNIT_UNSTATED
            : spectral.units().strip();
    try {
      return SpectralTable.of(Wavelengths.of(nm), unit, columns);
    } catch (IllegalArgumentException e) {
      throw new SkinSpectraIOException(file + ": " + e.getMessage(), e);
    }
  }

  /** Gson's words without its advice to programmers, which stands before the place. */
  private static String where(String message) {
    int place = message == null ? -1 : message.indexOf(" at line ");
    boolean advice = place >= 0 && message.contains("setLenient");
    return advice ? message.substring(place) : ": " + message;
  }

  private static double wavelength(Path file, String key) {
    try {
      return Double.parseDouble(key);
    } catch (NumberFormatException e) {
      throw bad(file, "has the wavelength '%s', which is no number of nm", key);
    }
  }

  private static SkinSpectraIOException bad(Path file, String what, Object... values) {
    return new SkinSpectraIOException(file + " " + what.formatted(values) + ". Correct the file.");
  }
}
