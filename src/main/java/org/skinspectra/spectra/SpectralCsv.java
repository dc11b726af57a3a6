package org.skinspectra.spectra;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.WholeFile;

/**
 * Spectral tables as CSV text: the first column is the wavelength, every other a named column.
 *
 * <p>The first column is headed {@code nm}, {@code wavelength}, {@code lambda} or one of these with
 * a unit, {@code wavelength (nm)}; with {@code um} or {@code µm} the wavelengths are converted to
 * nm. Lines before the header that begin with {@code #} are comments; {@code # unit: reflectance
 * factor} states the unit of the values. A byte order mark, either line ending, blank lines and
 * commas, semicolons or tabs between cells are understood.
 */
public final class SpectralCsv {

  /** Unit of a table whose file does not state one. */
  public static final String UNIT_UNSTATED = "unstated";

  private static final long MAX_BYTES = 64L << 20;
  private static final Pattern UNIT = Pattern.compile("#\\s*unit\\s*:\\s*(.+)");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern WAVELENGTH_HEADER =
      Pattern.compile(
          "(?=.)(wavelengths?|lambda|λ|wl)?[\\s_(\\[/,]*"
              + "(?:(nm|nanomet(?:er|re)s?)|([uµμ]m|micromet(?:er|re)s?|microns?))?[\\s)\\]]*");

  private SpectralCsv() {}

  /**
   * Reads every column.
   *
   * @throws SkinSpectraIOException if the file is no such table: a cell that is missing or not a
   *     finite number, a column without a name or named twice, wavelengths that do not increase;
   *     the message names file, line and column
   */
  public static SpectralTable read(Path file) {
    return new Text(file.toString(), load(file)).table(null);
  }

  /**
   * Reads some columns by name, in the order asked for; gaps in the others do not matter.
   *
   * @throws SkinSpectraIOException as {@link #read(Path)}, or if there is no such column
   */
  public static SpectralTable read(Path file, List<String> columns) {
    return new Text(file.toString(), load(file)).table(columns);
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
      return new Text(name, new String(in.readAllBytes(), StandardCharsets.UTF_8)).table(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the table whole or not at all, with its unit as a comment and every digit it takes to
   * read the same values again. What is not finite, such as the spread of a single value, is
   * written as it is called in Java ({@code NaN}); {@link #read(Path)} refuses it.
   *
   * @throws IllegalArgumentException if the unit or a name cannot stand on one line of its own
   * @throws SkinSpectraIOException if the file cannot be written
   */
  public static void write(Path file, SpectralTable table) {
    requireOneLine("unit", table.unit());
    table.names().forEach(name -> requireOneLine("column name", name));
    WholeFile.write(file, temporary -> print(temporary, table));
  }

  private static void requireOneLine(String what, String text) {
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
      out.write("# unit: " + table.unit() + "\n");
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

  private static String load(Path file) {
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new SkinSpectraIOException(
            file + " has " + size + " bytes; a spectral table has at most " + MAX_BYTES + ".");
      }
      return decode(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new SkinSpectraIOException("There is no file " + file + ".", e);
    } catch (IOException e) {
      throw new SkinSpectraIOException("Cannot read " + file + ": " + e.getMessage() + ".", e);
    }
  }

  /** Instruments still write Latin-1, if only for the µ of their units. */
  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  /** One file's text on its way to a table; remembers where it is for messages. */
  private static final class Text {

    private final String source;
    private final String body;
    private final int commentLines;
    private final String unit;

    Text(String source, String text) {
      this.source = source;
      String rest = text.startsWith("\uFEFF") ? text.substring(1) : text;
      String foundUnit = UNIT_UNSTATED;
      int skipped = 0;
      while (!rest.isEmpty()) {
        int end = rest.indexOf('\n');
        String line = (end < 0 ? rest : rest.substring(0, end)).strip();
        if (!line.isEmpty() && !line.startsWith("#")) {
          break;
        }
        Matcher matcher = UNIT.matcher(line);
        if (matcher.matches()) {
          foundUnit = matcher.group(1).strip();
        }
        skipped++;
        rest = end < 0 ? "" : rest.substring(end + 1);
      }
      this.body = rest;
      this.commentLines = skipped;
      this.unit = foundUnit;
      if (rest.isEmpty()) {
        throw new SkinSpectraIOException(
            source + " is empty; a spectral table needs a header and at least one row.");
      }
    }

    SpectralTable table(List<String> wanted) {
      try (CSVParser parser = format().parse(new StringReader(body))) {
        var records = parser.iterator();
        List<String> header = header(records.next());
        double toNm = nanometresPerUnit(header.get(0));
        List<String> names = header.subList(1, header.size());
        List<String> chosen = wanted == null ? names : wanted;
        int[] indices = chosen.stream().mapToInt(name -> index(names, name)).toArray();
        List<Double> nm = new ArrayList<>();
        List<double[]> rows = new ArrayList<>();
        while (records.hasNext()) {
          CSVRecord cells = records.next();
          if (cells.stream().allMatch(String::isBlank)) {
            continue;
          }
          long line = parser.getCurrentLineNumber() + commentLines;
          requireWidth(cells, header.size(), line);
          nm.add(wavelength(cells, header.get(0), toNm, nm, line));
          double[] row = new double[indices.length];
          for (int c = 0; c < row.length; c++) {
            row[c] = number(cells, indices[c], chosen.get(c), line);
          }
          rows.add(row);
        }
        return build(nm, chosen, rows);
      } catch (IOException | UncheckedIOException e) {
        throw new SkinSpectraIOException(source + " is no CSV text: " + e.getMessage(), e);
      }
    }

    private CSVFormat format() {
      String first = body.lines().findFirst().orElseThrow();
      char delimiter = first.indexOf(',') >= 0 ? ',' : first.indexOf(';') >= 0 ? ';' : '\t';
      return CSVFormat.DEFAULT.builder().setDelimiter(delimiter).setTrim(true).get();
    }

    /** The header without the nameless columns that spreadsheets leave at its end. */
    private List<String> header(CSVRecord record) {
      List<String> header = new ArrayList<>(record.toList());
      while (!header.isEmpty() && header.get(header.size() - 1).isBlank()) {
        header.remove(header.size() - 1);
      }
      for (int i = 1; i < header.size(); i++) {
        if (header.get(i).isBlank()) {
          throw at(1 + commentLines, "column " + (i + 1), "has no name");
        }
        if (header.subList(1, i).contains(header.get(i))) {
          throw at(1 + commentLines, "column '" + header.get(i) + "'", "occurs twice");
        }
      }
      if (header.size() < 2) {
        throw at(
            1 + commentLines,
            "header",
            "needs a wavelength column and at least one other, separated by commas");
      }
      return header;
    }

    private double nanometresPerUnit(String header) {
      Matcher matcher = WAVELENGTH_HEADER.matcher(header.toLowerCase(java.util.Locale.ROOT));
      if (!matcher.matches()) {
        throw at(
            1 + commentLines,
            "first column '" + header + "'",
            "is no wavelength; head it 'nm', 'wavelength (nm)' or 'um'");
      }
      return matcher.group(3) == null ? 1 : 1000;
    }

    private int index(List<String> names, String name) {
      int index = names.indexOf(name);
      if (index < 0) {
        throw new SkinSpectraIOException(
            source + " has no column '" + name + "'; there are " + names + ".");
      }
      return index + 1;
    }

    private void requireWidth(CSVRecord cells, int width, long line) {
      for (int i = width; i < cells.size(); i++) {
        if (!cells.get(i).isBlank()) {
          throw at(line, "column " + (i + 1), "has the value '" + cells.get(i) + "' but no header");
        }
      }
    }

    private double wavelength(
        CSVRecord cells, String name, double toNm, List<Double> before, long line) {
      double value = number(cells, 0, name, line);
      // Whole picometres, so that 0.415 µm is the band at 415 nm.
      double nm = toNm == 1 ? value : Math.rint(value * toNm * 1000) / 1000;
      if (!(nm > 0)) {
        throw at(line, "column '" + name + "'", "is " + nm + " nm, which is no wavelength");
      }
      if (!before.isEmpty() && nm <= before.get(before.size() - 1)) {
        throw at(
            line,
            "column '" + name + "'",
            nm
                + " nm follows "
                + before.get(before.size() - 1)
                + " nm; sort the rows by wavelength, each once");
      }
      return nm;
    }

    private double number(CSVRecord cells, int index, String name, long line) {
      String cell = index < cells.size() ? cells.get(index) : "";
      if (cell.isEmpty()) {
        throw at(line, "column '" + name + "'", "is empty; fill it or leave the column out");
      }
      double value = NUMBER.matcher(cell).matches() ? Double.parseDouble(cell) : Double.NaN;
      if (!Double.isFinite(value)) {
        throw at(line, "column '" + name + "'", "'" + cell + "' is no finite number");
      }
      return value;
    }

    private SpectralTable build(List<Double> nm, List<String> names, List<double[]> rows) {
      if (rows.isEmpty()) {
        throw new SkinSpectraIOException(source + " has a header but no rows.");
      }
      Map<String, double[]> columns = new LinkedHashMap<>();
      for (int c = 0; c < names.size(); c++) {
        int column = c;
        columns.put(names.get(c), rows.stream().mapToDouble(row -> row[column]).toArray());
      }
      try {
        var grid = Wavelengths.of(nm.stream().mapToDouble(Double::doubleValue).toArray());
        return SpectralTable.of(grid, unit, columns);
      } catch (IllegalArgumentException e) {
        throw new SkinSpectraIOException(source + ": " + e.getMessage(), e);
      }
    }

    private SkinSpectraIOException at(long line, String where, String problem) {
      return new SkinSpectraIOException(
          source + ", line " + line + ", " + where + ": " + problem + ".");
    }
  }
}
