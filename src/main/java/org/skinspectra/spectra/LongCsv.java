package org.skinspectra.spectra;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.WholeFile;

/**
 * Spectral tables as CSV text with one value to a row, as statistics programs have them: columns
 * {@code wavelength (nm)}, {@code name}, {@code value}, {@code sd} and {@code unit}, found by these
 * names in any order; the last two may be missing. Two columns {@code X mean} and {@code X SD} of a
 * table are one spectrum X with its standard deviation.
 */
public final class LongCsv {

  static final String NAME = "name";
  static final String VALUE = "value";
  static final String SD = "sd";
  static final String UNIT = "unit";
  static final String MEAN_COLUMN = " mean";
  static final String SD_COLUMN = " SD";

  private LongCsv() {}

  /** Whether a file's header is that of such a table. */
  public static boolean isLong(Path file) {
    return new CsvText(file.toString(), SpectralCsv.load(file)).isLong();
  }

  /**
   * Reads a table; its rows may come in any order. A value may be {@code NaN}.
   *
   * @throws SkinSpectraIOException if a cell is missing or no finite number, the units differ, or
   *     spectra do not have the same wavelengths
   */
  public static SpectralTable read(Path file) {
    return new CsvText(file.toString(), SpectralCsv.load(file), true).longTable();
  }

  /**
   * Writes a table whole or not at all, spectrum by spectrum, with every digit it takes to read the
   * same values again; a standard deviation that is not finite stays empty.
   *
   * @throws IllegalArgumentException if the unit or a name cannot stand on one line of its own
   * @throws SkinSpectraIOException if the file cannot be written
   */
  public static void write(Path file, SpectralTable table) {
    SpectralCsv.requireOneLine("unit", table.unit());
    table.names().forEach(name -> SpectralCsv.requireOneLine("column name", name));
    WholeFile.write(file, temporary -> print(temporary, table));
  }

  private static void print(Path file, SpectralTable table) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();
    List<String> names = table.names();
    try (BufferedWriter out = Files.newBufferedWriter(file);
        CSVPrinter csv = new CSVPrinter(out, format)) {
      out.write(SpectralCsv.comments(table));
      csv.printRecord("wavelength (nm)", NAME, VALUE, SD, UNIT);
      for (String name : names) {
        String stem = stem(name, names, MEAN_COLUMN);
        if (stem == null && stem(name, names, SD_COLUMN) != null) {
          continue;
        }
        double[] values = table.column(name);
        double[] sds = stem == null ? null : table.column(stem + SD_COLUMN);
        for (int i = 0; i < values.length; i++) {
          csv.printRecord(
              table.wavelengths().get(i),
              stem == null ? name : stem,
              values[i],
              sds == null || !Double.isFinite(sds[i]) ? "" : sds[i],
              table.unit());
        }
      }
    }
  }

  /** X of a column {@code X mean} or {@code X SD}, if both are there and no X is; else null. */
  private static String stem(String name, List<String> names, String ending) {
    if (!name.endsWith(ending)) {
      return null;
    }
    String stem = name.substring(0, name.length() - ending.length());
    return !stem.isBlank()
            && stem.equals(stem.strip())
            && names.contains(stem + MEAN_COLUMN)
            && names.contains(stem + SD_COLUMN)
            && !names.contains(stem)
        ? stem
        : null;
  }
}
