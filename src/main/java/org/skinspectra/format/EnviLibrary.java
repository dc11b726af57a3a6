package org.skinspectra.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.spectra.SpectralCsv;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * ENVI spectral libraries: an ENVI file of one band whose every line is a spectrum, {@code .sli},
 * and its header. The unit of the values is the second of the {@code z plot titles}.
 */
final class EnviLibrary {

  private static final String FILE_TYPE = "ENVI Spectral Library";
  private static final int MOST_VALUES = 10_000_000;

  private EnviLibrary() {}

  /** Whether a header is that of a spectral library. */
  static boolean isStatedIn(EnviHeader header) {
    return header.get("file type").orElse("").equalsIgnoreCase(FILE_TYPE);
  }

  /** Whether a file is a spectral library or its header. */
  static boolean recognizes(Path file) throws IOException {
    Optional<Path> header = EnviFiles.header(file);
    return header.isPresent() && isStatedIn(EnviHeader.read(header.get()));
  }

  /**
   * Reads a library by its header or its data. Falling wavelengths are turned round.
   *
   * @throws SkinSpectraIOException if it is damaged or does not state its wavelengths
   */
  static SpectralTable read(Path file) throws IOException {
    EnviFiles files = EnviFiles.of(file, true);
    EnviHeader header = EnviHeader.read(files.header());
    if (header.whole("bands", 1, Integer.MAX_VALUE, 1) != 1) {
      throw header.error("a spectral library has one band");
    }
    try (EnviSource source = EnviSource.open(header, files.data(), false)) {
      if ((long) source.width() * source.height() > MOST_VALUES) {
        throw header.error(
            "it holds more than " + MOST_VALUES + " values, which no table takes; divide it");
      }
      double[] nm =
          new EnviBands(header)
              .nanometres()
              .orElseThrow(() -> header.error("lacks the wavelengths of the spectra"));
      if (nm.length != source.width()) {
        throw header.error(
            "there are %s wavelengths for spectra of %s values",
            Integer.toString(nm.length), Integer.toString(source.width()));
      }
      boolean falling = nm[0] > nm[nm.length - 1];
      Map<String, double[]> columns = new LinkedHashMap<>();
      List<String> names = names(header, source.height());
      for (int line = 0; line < source.height(); line++) {
        double[] values = source.readLine(line);
        columns.put(names.get(line), falling ? reversed(values) : values);
      }
      return SpectralTable.of(grid(header, falling ? reversed(nm) : nm), unit(header), columns)
          .withProvenance(source.provenance());
    }
  }

  private static Wavelengths grid(EnviHeader header, double[] nm) {
    try {
      return Wavelengths.of(nm);
    } catch (IllegalArgumentException e) {
      throw header.error(
          "the wavelengths cannot be used. %s", e.getMessage().replaceAll("\\.$", ""));
    }
  }

  private static List<String> names(EnviHeader header, int count) {
    List<String> names =
        header
            .list("spectra names")
            .orElseGet(
                () -> IntStream.rangeClosed(1, count).mapToObj(i -> "Spectrum " + i).toList());
    if (names.size() != count) {
      throw header.error(
          "there are %s spectra names for %s spectra",
          Integer.toString(names.size()), Integer.toString(count));
    }
    return SpectralTable.distinctNames(
        IntStream.range(0, count)
            .mapToObj(i -> names.get(i).isEmpty() ? "Spectrum " + (i + 1) : names.get(i))
            .toList());
  }

  private static String unit(EnviHeader header) {
    List<String> titles = header.list("z plot titles").orElse(List.of());
    return titles.size() == 2 && !titles.get(1).isEmpty()
        ? titles.get(1)
        : SpectralCsv.UNIT_UNSTATED;
  }

  private static double[] reversed(double[] values) {
    double[] reversed = new double[values.length];
    Arrays.setAll(reversed, i -> values[values.length - 1 - i]);
    return reversed;
  }

  // -- Writing --

  /**
   * Writes both files or neither, as float32 where that holds every value and else as float64.
   *
   * @param target the header or the data
   */
  static void write(SpectralTable table, Path target) {
    List<double[]> columns = table.names().stream().map(table::column).toList();
    boolean floats =
        columns.stream()
            .flatMapToDouble(Arrays::stream)
            .allMatch(value -> Double.compare((float) value, value) == 0);
    SampleType type = floats ? SampleType.FLOAT32 : SampleType.FLOAT64;
    EnviFormat.write(
        EnviFiles.toWrite(target, EnviFiles.LIBRARY),
        header(table, type),
        content -> {
          try (OutputStream out = Files.newOutputStream(content)) {
            for (double[] column : columns) {
              out.write(bytes(column, type));
            }
          }
        });
  }

  private static byte[] bytes(double[] values, SampleType type) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * type.bytes());
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      if (type == SampleType.FLOAT32) {
        bytes.putFloat((float) value);
      } else {
        bytes.putDouble(value);
      }
    }
    return bytes.array();
  }

  private static String header(SpectralTable table, SampleType type) {
    List<String> names =
        SpectralTable.distinctNames(table.names().stream().map(EnviText::entry).toList());
    return new EnviText()
        .describe(List.of(), table.provenance())
        .put("samples", table.wavelengths().size())
        .put("lines", table.size())
        .put("bands", 1)
        .put("header offset", 0)
        .put("file type", FILE_TYPE)
        .put("data type", EnviDataType.of(type).number())
        .put("interleave", Interleave.BSQ.key())
        .put("byte order", 0)
        .put("reflectance scale factor", "1")
        .put("band names", List.of("Spectral Library"))
        .put("z plot titles", List.of("Wavelength (nm)", table.unit()))
        .put(table.wavelengths())
        .put("spectra names", names)
        .toString();
  }
}
