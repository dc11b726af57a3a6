package org.skinspectra.spectra;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.TextFile;
import org.skinspectra.WholeFile;

/**
 * Spectral tables as JCAMP-DX 4.24 (McDonald and Wilks, Applied Spectroscopy 42, 1988, 151): one
 * spectrum to a block, several in a block of type LINK. Read are {@code XYDATA=(X++(Y..Y))} in AFFN
 * and in the forms PAC, SQZ, DIF and DUP, and {@code (XY..XY)}; over nm, µm, Å or 1/cm, rising or
 * falling. Written are {@code XYPOINTS=(XY..XY)} over nm with every digit. A missing ordinate,
 * {@code ?}, is NaN.
 */
public final class JcampDx {

  private static final long MOST_BYTES = 32L << 20;
  private static final int MOST_VALUES = 10_000_000;
  private static final int DEEPEST = 10;
  private static final String ORIGIN = "Skin Spectra";
  private static final String NOT_STATED = "not stated";

  private JcampDx() {}

  /** Whether a file that starts like this is JCAMP-DX: its first field is the title. */
  public static boolean startsOne(byte[] head) {
    String text = TextFile.decode(head).replace("\ufeff", "");
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("$$"))
        .findFirst()
        .map(line -> line.matches("(?s)##\\s*(?i:title)\\s*=.*"))
        .orElse(false);
  }

  /**
   * Reads every spectrum; their titles name the columns, counted where one comes again.
   *
   * @throws SkinSpectraIOException if the file is damaged or cut off, its spectra have other units
   *     or wavelengths than the first, or its data are of another kind
   */
  public static SpectralTable read(Path file) {
    return new Reader(file).table(TextFile.read(file, "a JCAMP-DX file", MOST_BYTES));
  }

  /** Collects the spectra of one file. */
  private static final class Reader {

    private final Path file;
    private final Deque<JcampBlock> open = new ArrayDeque<>();
    private final List<String> titles = new ArrayList<>();
    private final List<double[]> columns = new ArrayList<>();
    private final Map<String, String> provenance = new LinkedHashMap<>();
    private Wavelengths wavelengths;
    private String unit;
    private long values;

    Reader(Path file) {
      this.file = file;
    }

    SpectralTable table(String text) {
      String label = "";
      StringBuilder value = new StringBuilder();
      for (String line : (Iterable<String>) text.lines()::iterator) {
        int comment = line.indexOf("$$");
        String content = comment < 0 ? line : line.substring(0, comment);
        int equals = content.indexOf('=');
        if (content.stripLeading().startsWith("##") && equals >= 0) {
          take(label, value.toString());
          label = JcampBlock.normal(content.substring(content.indexOf("##") + 2, equals));
          value.setLength(0);
          value.append(content, equals + 1, content.length());
        } else {
          value.append('\n').append(content);
        }
      }
      take(label, value.toString());
      if (!open.isEmpty()) {
        throw error("is never closed by ##END=; the file is cut off", open.peek().title());
      }
      if (columns.isEmpty()) {
        throw new SkinSpectraIOException(file + " holds no spectrum.");
      }
      Map<String, double[]> table = new LinkedHashMap<>();
      List<String> names = SpectralTable.distinctNames(titles);
      for (int i = 0; i < names.size(); i++) {
        table.put(names.get(i), columns.get(i));
      }
      return SpectralTable.of(wavelengths, unit, table).withProvenance(provenance);
    }

    private void take(String label, String value) {
      switch (label) {
        case "" -> {
          // Before the first field, or a comment field without a name.
        }
        case "TITLE" -> {
          if (!open.isEmpty() && !open.peek().isLink() || open.size() == DEEPEST) {
            throw error("is not closed by ##END= before the next begins", open.peek().title());
          }
          open.push(new JcampBlock(value));
        }
        case "END" -> {
          if (open.isEmpty()) {
            throw new SkinSpectraIOException(
                file + " closes a block with ##END= that never began.");
          }
          close(open.pop());
        }
        default -> {
          if (open.isEmpty()) {
            throw new SkinSpectraIOException(
                "%s has a field ##%s= outside of a block; a block begins with ##TITLE=."
                    .formatted(file, JsonText.printable(label)));
          }
          open.peek().put(label, value);
        }
      }
    }

    private void close(JcampBlock block) {
      addProvenance(block);
      if (block.isLink()) {
        return;
      }
      try {
        JcampBlock.Spectrum spectrum = block.spectrum();
        add(spectrum, Wavelengths.of(spectrum.nm()));
      } catch (IllegalArgumentException e) {
        throw new SkinSpectraIOException(
            "%s, spectrum '%s': %s."
                .formatted(
                    file,
                    JsonText.printable(block.title()),
                    e.getMessage().replaceAll("[\\p{Cntrl}]+", " ").replaceAll("\\.$", "")),
            e);
      }
    }

    private void add(JcampBlock.Spectrum spectrum, Wavelengths grid) {
      if (wavelengths == null) {
        wavelengths = grid;
        unit = spectrum.unit();
      }
      if (!wavelengths.matches(grid)) {
        throw new IllegalArgumentException(
            "its wavelengths are others than those of '%s' before it; keep spectra of the same wavelengths in a file"
                .formatted(titles.get(0)));
      }
      if (!unit.equals(spectrum.unit())) {
        throw new IllegalArgumentException(
            "its unit is '%s', that of '%s' before it '%s'; keep spectra of one unit in a file"
                .formatted(spectrum.unit(), titles.get(0), unit));
      }
      if (Arrays.stream(spectrum.values()).anyMatch(Double::isInfinite)) {
        throw new IllegalArgumentException("it holds a value that is too large for any spectrum");
      }
      values += grid.size();
      if (values > MOST_VALUES) {
        throw new IllegalArgumentException(
            "with it the file holds more than " + MOST_VALUES + " values; divide it");
      }
      titles.add(spectrum.title().isEmpty() ? "Spectrum " + (titles.size() + 1) : spectrum.title());
      columns.add(spectrum.values());
    }

    private void addProvenance(JcampBlock block) {
      for (String key : List.of("ORIGIN", "OWNER", "DATE", "SAMPLEDESCRIPTION")) {
        String value = JsonText.printable(block.get(key));
        if (!value.isEmpty() && !value.equals(NOT_STATED) && !value.equals(ORIGIN)) {
          provenance.putIfAbsent(key.toLowerCase(Locale.ROOT), value);
        }
      }
      block
          .get(JcampBlock.PROVENANCE)
          .lines()
          .forEach(
              line -> {
                int colon = line.indexOf(": ");
                if (colon > 0) {
                  provenance.putIfAbsent(
                      line.substring(0, colon).strip(), line.substring(colon + 1).strip());
                }
              });
    }

    private SkinSpectraIOException error(String problem, String title) {
      return new SkinSpectraIOException(
          "%s: the block '%s' %s.".formatted(file, JsonText.printable(title), problem));
    }
  }

  // -- Writing --

  /**
   * Writes a table whole or not at all.
   *
   * @throws SkinSpectraIOException if a value is infinite or the file cannot be written
   */
  public static void write(Path file, SpectralTable table) {
    for (String name : table.names()) {
      if (Arrays.stream(table.column(name)).anyMatch(Double::isInfinite)) {
        throw new SkinSpectraIOException(
            "Cannot write %s: '%s' holds an infinite value, which JCAMP-DX has no number for."
                .formatted(file, name));
      }
    }
    WholeFile.write(
        file,
        temporary -> {
          try (Writer out = Files.newBufferedWriter(temporary)) {
            print(out, table);
          }
        });
  }

  private static void print(Writer out, SpectralTable table) throws IOException {
    List<String> titles =
        SpectralTable.distinctNames(table.names().stream().map(JcampDx::oneLine).toList());
    boolean link = titles.size() > 1;
    if (link) {
      head(out, titles.size() + " spectra", "LINK");
      field(out, "BLOCKS", titles.size());
      origin(out, table);
    }
    for (int i = 0; i < titles.size(); i++) {
      head(out, titles.get(i), "UV/VIS SPECTRUM");
      if (!link) {
        origin(out, table);
      } else {
        field(out, "ORIGIN", table.provenance().getOrDefault("origin", ORIGIN));
        field(out, "OWNER", table.provenance().getOrDefault("owner", NOT_STATED));
      }
      spectrum(out, table, table.column(table.names().get(i)));
    }
    if (link) {
      field(out, "END", "");
    }
  }

  private static void head(Writer out, String title, String type) throws IOException {
    field(out, "TITLE", title);
    field(out, "JCAMP-DX", "4.24");
    field(out, "DATA TYPE", type);
  }

  private static void origin(Writer out, SpectralTable table) throws IOException {
    Map<String, String> rest = new LinkedHashMap<>(table.provenance());
    String origin = rest.remove("origin");
    String owner = rest.remove("owner");
    field(out, "ORIGIN", origin == null ? ORIGIN : origin);
    field(out, "OWNER", owner == null ? NOT_STATED : owner);
    if (!rest.isEmpty()) {
      out.write("##" + JcampBlock.PROVENANCE + "=\n");
      for (Map.Entry<String, String> entry : rest.entrySet()) {
        out.write(oneLine(entry.getKey().replace(':', ' ') + ": " + entry.getValue()) + "\n");
      }
    }
  }

  private static void spectrum(Writer out, SpectralTable table, double[] y) throws IOException {
    Wavelengths x = table.wavelengths();
    boolean reflectance = table.unit().toLowerCase(Locale.ROOT).contains("reflectance");
    double[] finite = Arrays.stream(y).filter(Double::isFinite).toArray();
    field(out, "XUNITS", "NANOMETERS");
    field(out, "YUNITS", reflectance ? "REFLECTANCE" : table.unit().toUpperCase(Locale.ROOT));
    field(out, JcampBlock.UNIT, table.unit());
    field(out, "FIRSTX", number(x.first()));
    field(out, "LASTX", number(x.last()));
    field(out, "MAXX", number(x.last()));
    field(out, "MINX", number(x.first()));
    field(out, "MAXY", number(Arrays.stream(finite).max().orElse(Double.NaN)));
    field(out, "MINY", number(Arrays.stream(finite).min().orElse(Double.NaN)));
    field(out, "XFACTOR", 1);
    field(out, "YFACTOR", 1);
    field(out, "NPOINTS", y.length);
    field(out, "FIRSTY", number(y[0]));
    field(out, "XYPOINTS", "(XY..XY)");
    for (int i = 0; i < y.length; i++) {
      out.write(number(x.get(i)) + ", " + number(y[i]) + "\n");
    }
    field(out, "END", "");
  }

  private static void field(Writer out, String label, Object value) throws IOException {
    out.write(("##" + label + "= " + oneLine(value.toString())).strip() + "\n");
  }

  /** Every digit; an exponent has its sign, as AFFN wants it. */
  private static String number(double value) {
    return Double.isNaN(value) ? "?" : Double.toString(value).replaceAll("E(?=\\d)", "E+");
  }

  /** Text that begins neither a field nor a comment, on one line. */
  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\s]+", " ")
        .replaceAll("##+", "#")
        .replaceAll("\\$\\$+", "\\$")
        .strip();
  }
}
