package org.skinspectra.spectra;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.TextFile;
import org.skinspectra.WholeFile;

/**
 * Spectral tables as CSV text: the first column is the wavelength, every other a named column.
 *
 * <p>The first column is headed {@code nm}, {@code wavelength}, {@code lambda} or one of these with
 * a unit, {@code wavelength (nm)}; with {@code um} or {@code µm} the wavelengths are converted to
 * nm. Lines before the header that begin with {@code #} are comments; {@code # unit: reflectance
 * factor} states the unit of the values, other lines {@code # key: value} what made them. A byte
 * order mark, either line ending, blank lines and commas, semicolons or tabs between cells are
 * understood.
 */
public final class SpectralCsv {

  /** Unit of a table whose file does not state one. */
  public static final String UNIT_UNSTATED = "unstated";

  private static final long MAX_BYTES = 64L << 20;

  private SpectralCsv() {}

  /**
   * Reads every column.
   *
   * @throws SkinSpectraIOException if the file is no such table: a cell that is missing or not a
   *     finite number, a column without a name or named twice, wavelengths that do not increase;
   *     the message names file, line and column
   */
  public static SpectralTable read(Path file) {
    return new CsvText(file.toString(), load(file)).table(null);
  }

  /**
   * Reads some columns by name, in the order asked for; gaps in the others do not matter.
   *
   * @throws SkinSpectraIOException as {@link #read(Path)}, or if there is no such column
   */
  public static SpectralTable read(Path file, List<String> columns) {
    return new CsvText(file.toString(), load(file)).table(columns);
  }

  /**
   * Reads every column, in which {@code NaN} may stand where there is no value.
   *
   * @throws SkinSpectraIOException as {@link #read(Path)}
   */
  public static SpectralTable readWithGaps(Path file) {
    return new CsvText(file.toString(), load(file), true).table(null);
  }

  /**
   * Reads every column of a table that is part of the program.
   *
   * @param owner a class of the package that the resource {@code name} lies in
   */
  public static SpectralTable resource(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The program lacks its own resource " + name + ".");
      }
      return new CsvText(name, new String(in.readAllBytes(), StandardCharsets.UTF_8)).table(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the table whole or not at all, with its unit as a comment and every digit it takes to
   * read the same values again. What is not finite, such as the spread of a single value, is
   * written as it is called in Java ({@code NaN}); {@link #read(Path)} refuses it, {@link
   * #readWithGaps} does not.
   *
   * @throws IllegalArgumentException if the unit or a name cannot stand on one line of its own
   * @throws SkinSpectraIOException if the file cannot be written
   */
  public static void write(Path file, SpectralTable table) {
    requireOneLine("unit", table.unit());
    table.names().forEach(name -> requireOneLine("column name", name));
    WholeFile.write(file, temporary -> print(temporary, table));
  }

  static void requireOneLine(String what, String text) {
    if (text.isBlank() || !text.equals(text.strip()) || text.lines().count() != 1) {
      throw new IllegalArgumentException(
          "The " + what + " '" + text + "' is blank, padded or has several lines.");
    }
  }

  private static void print(Path file, SpectralTable table) throws IOException {
    List<String> names = table.names();
    List<double[]> columns = names.stream().map(table::column).toList();
    CSVFormat format = CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();
    try (BufferedWriter out = Files.newBufferedWriter(file);
        CSVPrinter csv = new CSVPrinter(out, format)) {
      out.write(comments(table));
      csv.print("nm");
      csv.printRecord(names);
      for (int i = 0; i < table.wavelengths().size(); i++) {
        csv.print(table.wavelengths().get(i));
        for (double[] column : columns) {
          csv.print(column[i]);
        }
        csv.println();
      }
    }
  }

  /** The unit, then what made the values, a line each. */
  static String comments(SpectralTable table) {
    StringBuilder text = new StringBuilder("# unit: " + table.unit() + "\n");
    table
        .provenance()
        .forEach(
            (key, value) -> {
              String line = "%s: %s".formatted(key.replace(':', ' '), value);
              if (!key.strip().equals("unit")) {
                text.append("# ").append(line.replaceAll("[\\p{Cntrl}\\s]+", " ")).append('\n');
              }
            });
    return text.toString();
  }

  static String load(Path file) {
    return TextFile.read(file, "a spectral table", MAX_BYTES);
  }
}
