package org.skinspectra.spectra;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;

/** One file's text on its way to a table; remembers where it is for messages. */
final class CsvText {

  private static final int MOST_COMMENTS = 1000;
  private static final String GAP = "NaN";
  private static final Pattern UNIT = Pattern.compile("#\\s*unit\\s*:\\s*(.+)");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern WAVELENGTH_HEADER =
      Pattern.compile(
          "(?=.)(wavelengths?|lambda|λ|wl)?[\\s_(\\[/,]*"
              + "(?:(nm|nanomet(?:er|re)s?)|([uµμ]m|micromet(?:er|re)s?|microns?))?[\\s)\\]]*");

  private final String source;
  private final String body;
  private final int commentLines;
  private final String unit;
  private final Map<String, String> provenance = new LinkedHashMap<>();
  private final boolean gaps;

  CsvText(String source, String text) {
    this(source, text, false);
  }

  /**
   * @param gaps whether a value may be {@code NaN}
   */
  CsvText(String source, String text, boolean gaps) {
    this.source = source;
    this.gaps = gaps;
    String foundUnit = SpectralCsv.UNIT_UNSTATED;
    int skipped = 0;
    int start = text.startsWith("\uFEFF") ? 1 : 0;
    while (start < text.length()) {
      int lineBreak = text.indexOf('\n', start);
      int end = lineBreak < 0 ? text.length() : lineBreak;
      String line = text.substring(start, end).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        break;
      }
      Matcher matcher = UNIT.matcher(line);
      if (matcher.matches()) {
        foundUnit = matcher.group(1).strip();
      } else {
        addProvenance(line);
      }
      skipped++;
      start = end + 1;
    }
    if (start >= text.length()) {
      throw new SkinSpectraIOException(
          source + " is empty; a spectral table needs a header and at least one row.");
    }
    this.body = text.substring(start);
    this.commentLines = skipped;
    this.unit = foundUnit;
  }

  private void addProvenance(String line) {
    int colon = line.indexOf(": ");
    if (colon > 0 && provenance.size() < MOST_COMMENTS) {
      String key = line.substring(1, colon).strip();
      if (!key.isEmpty()) {
        provenance.putIfAbsent(key, line.substring(colon + 1).strip());
      }
    }
  }

  /** Whether each row is one value of one spectrum, by the names of the columns. */
  boolean isLong() {
    List<String> header = List.of(body.lines().findFirst().orElseThrow().split("[,;\t]", -1));
    List<String> names =
        header.stream()
            .map(name -> name.replace("\"", "").strip().toLowerCase(Locale.ROOT))
            .toList();
    return names.contains(LongCsv.NAME) && names.contains(LongCsv.VALUE);
  }

  /** A table whose rows are wavelength, name, value and, perhaps, sd and unit, in any order. */
  SpectralTable longTable() {
    try (CSVParser parser = format().parse(new StringReader(body))) {
      var records = parser.iterator();
      List<String> header =
          records.next().stream().map(cell -> cell.strip().toLowerCase(Locale.ROOT)).toList();
      int nm = wavelengthColumn(header);
      double toNm = nanometresPerUnit(header.get(nm));
      int name = header.indexOf(LongCsv.NAME);
      int value = header.indexOf(LongCsv.VALUE);
      int sd = header.indexOf(LongCsv.SD);
      int unitColumn = header.indexOf(LongCsv.UNIT);
      LongRows rows = new LongRows(unit);
      while (records.hasNext()) {
        CSVRecord cells = records.next();
        if (cells.stream().allMatch(String::isBlank)) {
          continue;
        }
        long line = parser.getCurrentLineNumber() + commentLines;
        String problem =
            rows.add(
                cell(cells, name),
                inNm(number(cells, nm, header.get(nm), line), toNm),
                value(cells, value, LongCsv.VALUE, line),
                cell(cells, sd).isEmpty() ? Double.NaN : number(cells, sd, LongCsv.SD, line),
                cell(cells, unitColumn));
        if (problem != null) {
          throw at(line, "spectrum '" + JsonText.printable(cell(cells, name)) + "'", problem);
        }
      }
      return rows.table(source).withProvenance(provenance);
    } catch (IOException | UncheckedIOException e) {
      throw new SkinSpectraIOException(source + " is no CSV text: " + e.getMessage(), e);
    }
  }

  private int wavelengthColumn(List<String> header) {
    for (int i = 0; i < header.size(); i++) {
      if (WAVELENGTH_HEADER.matcher(header.get(i)).matches()) {
        return i;
      }
    }
    throw at(1 + commentLines, "header", "has no wavelength column; head it 'wavelength (nm)'");
  }

  private static String cell(CSVRecord cells, int index) {
    return index >= 0 && index < cells.size() ? cells.get(index).strip() : "";
  }

  SpectralTable table(List<String> wanted) {
    try (CSVParser parser = format().parse(new StringReader(body))) {
      var records = parser.iterator();
      List<String> header = header(records.next());
      double toNm = nanometresPerUnit(header.get(0));
      List<String> names = header.subList(1, header.size());
      List<String> chosen = wanted == null ? names : wanted;
      int[] indices =
          wanted == null
              ? IntStream.rangeClosed(1, names.size()).toArray()
              : wanted.stream().mapToInt(name -> index(names, name)).toArray();
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
          row[c] = value(cells, indices[c], chosen.get(c), line);
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
    Set<String> before = new HashSet<>();
    for (int i = 1; i < header.size(); i++) {
      if (header.get(i).isBlank()) {
        throw at(1 + commentLines, "column " + (i + 1), "has no name");
      }
      if (!before.add(header.get(i))) {
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
    Matcher matcher = WAVELENGTH_HEADER.matcher(header.toLowerCase(Locale.ROOT));
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
    double nm = inNm(value, toNm);
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

  /** Whole picometres, so that 0.415 µm is the band at 415 nm. */
  private static double inNm(double value, double toNm) {
    return toNm == 1 ? value : Math.rint(value * toNm * 1000) / 1000;
  }

  private double value(CSVRecord cells, int index, String name, long line) {
    return gaps && cell(cells, index).equals(GAP) ? Double.NaN : number(cells, index, name, line);
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
      return SpectralTable.of(grid, unit, columns).withProvenance(provenance);
    } catch (IllegalArgumentException e) {
      throw new SkinSpectraIOException(source + ": " + e.getMessage(), e);
    }
  }

  private SkinSpectraIOException at(long line, String where, String problem) {
    return new SkinSpectraIOException(
        source + ", line " + line + ", " + where + ": " + problem + ".");
  }
}
