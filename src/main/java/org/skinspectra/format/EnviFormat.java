package org.skinspectra.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.scijava.Priority;
import org.scijava.plugin.Plugin;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.WholeFile;
import org.skinspectra.spectra.Wavelengths;

/**
 * ENVI files: a text header {@code .hdr} and raw data beside it. Either of the two may be named for
 * reading. Written are all types of samples, band sequential, little-endian, the data as {@code
 * .img}.
 */
@Plugin(type = CubeFormat.class, priority = Priority.LOW)
public final class EnviFormat implements CubeFormat {

  private static final String HEADER = ".hdr";
  private static final String DATA = ".img";
  private static final List<String> DATA_ENDINGS =
      List.of(DATA, ".dat", ".raw", ".bsq", ".bil", ".bip", "");

  @Override
  public String name() {
    return "ENVI";
  }

  @Override
  public List<String> endings() {
    return List.of(HEADER);
  }

  @Override
  public boolean recognizes(Path file, byte[] head) throws IOException {
    return EnviHeader.startsOne(head) || headerOf(file).isPresent();
  }

  @Override
  public CubeSource open(Path file, ReadOptions options) throws IOException {
    options.chooseImage(file, List.of("cube"));
    Optional<Path> header = isHeader(file) ? Optional.of(file) : headerOf(file);
    if (header.isEmpty()) {
      throw new SkinSpectraIOException(file + " has no ENVI header beside it.");
    }
    return EnviSource.open(header.get(), isHeader(file) ? dataOf(file) : file);
  }

  private static boolean isHeader(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return EnviHeader.startsOne(in.readNBytes(16));
    }
  }

  /** The header of a data file: {@code cube.hdr} or {@code cube.img.hdr} for {@code cube.img}. */
  private static Optional<Path> headerOf(Path data) throws IOException {
    String name = String.valueOf(data.getFileName());
    for (String candidate : List.of(withoutEnding(name) + HEADER, name + HEADER)) {
      Optional<Path> header = sibling(data, candidate);
      if (header.isPresent() && isHeader(header.get())) {
        return header;
      }
    }
    return Optional.empty();
  }

  private static Path dataOf(Path header) {
    String stem = withoutEnding(String.valueOf(header.getFileName()));
    List<String> candidates = DATA_ENDINGS.stream().map(ending -> stem + ending).toList();
    for (String candidate : candidates) {
      Optional<Path> data = sibling(header, candidate);
      if (data.isPresent() && !data.get().getFileName().equals(header.getFileName())) {
        return data.get();
      }
    }
    throw new SkinSpectraIOException(
        "There are no data beside the ENVI header "
            + header
            + "; looked for "
            + String.join(", ", candidates)
            + ".");
  }

  /** A file beside another, its ending in lower or in upper case. */
  private static Optional<Path> sibling(Path file, String name) {
    String stem = withoutEnding(name);
    String upper = stem + name.substring(stem.length()).toUpperCase(Locale.ROOT);
    return List.of(name, upper).stream()
        .map(file::resolveSibling)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static String withoutEnding(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  // -- Writing --

  @Override
  public Optional<WriteSupport> writing() {
    return Optional.of(WriteSupport.PLAIN.withAllSamples());
  }

  @Override
  public long write(CubeSource source, Path target, WriteOptions options) throws IOException {
    Path data = target.resolveSibling(withoutEnding(target.getFileName().toString()) + DATA);
    for (Path file : List.of(target, data)) {
      if (Files.isDirectory(file)) {
        throw new SkinSpectraIOException("Cannot write " + file + ": a folder has this name.");
      }
    }
    // The header is complete on the disk before the data take their name, and takes its own last:
    // a header is never there without its data, and a full disk leaves neither.
    SampleQuantizer samples = new SampleQuantizer(options, target);
    WholeFile.write(
        target,
        temporary -> {
          Files.writeString(temporary, header(source, options));
          WholeFile.write(data, content -> writeData(source, content, options.sample(), samples));
        });
    return samples.clipped();
  }

  private static void writeData(
      CubeSource source, Path file, SampleType type, SampleQuantizer samples) throws IOException {
    BandReader reader = new BandReader(source);
    ByteBuffer row = ByteBuffer.allocate(source.width() * type.bytes());
    row.order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      for (int band = 0; band < source.bands(); band++) {
        float[] plane = reader.plane(band);
        for (int y = 0; y < source.height(); y++) {
          samples.put(plane, y * source.width(), source.width(), row.clear());
          out.write(row.array());
        }
      }
    }
  }

  private static String header(CubeSource source, WriteOptions options) {
    List<String> lines = new ArrayList<>();
    lines.add("ENVI");
    lines.add("description = {");
    lines.add("Written by Skin Spectra");
    source
        .provenance()
        .forEach((key, value) -> lines.add(clean(key).replace(':', ' ') + ": " + clean(value)));
    lines.add("}");
    lines.add("samples = " + source.width());
    lines.add("lines = " + source.height());
    lines.add("bands = " + source.bands());
    lines.add("header offset = 0");
    lines.add("file type = ENVI Standard");
    lines.add("data type = " + dataType(options.sample()));
    lines.add("interleave = bsq");
    lines.add("byte order = 0");
    lines.add("reflectance scale factor = " + number(options.scaleOrUsual()));
    lines.add("default bands = {" + defaultBands(source) + "}");
    lines.add("band names = {" + listed(source.bandNames()) + "}");
    source
        .wavelengths()
        .ifPresent(
            wavelengths -> {
              lines.add("wavelength units = Nanometers");
              lines.add(
                  "wavelength = {"
                      + listed(
                          Arrays.stream(wavelengths.toArray()).mapToObj(Double::toString).toList())
                      + "}");
            });
    return String.join("\n", lines) + "\n";
  }

  private static int dataType(SampleType type) {
    return switch (type) {
      case UINT8 -> 1;
      case FLOAT32 -> 4;
      case FLOAT64 -> 5;
      case UINT16 -> 12;
    };
  }

  /** A number without a decimal point where it is whole. */
  private static String number(double value) {
    return value == Math.rint(value) && value < 1L << 53
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /** What a viewer shows first as red, green and blue, counted from 1. */
  private static String defaultBands(CubeSource source) {
    Optional<Wavelengths> wavelengths = source.wavelengths();
    if (wavelengths.isPresent()) {
      return Arrays.stream(new double[] {650, 550, 450})
          .mapToObj(nm -> String.valueOf(wavelengths.get().nearestIndex(nm) + 1))
          .collect(Collectors.joining(", "));
    }
    return source.bands() < 3 ? "1" : "1, 2, 3";
  }

  private static String listed(List<String> values) {
    return values.stream()
        .map(value -> clean(value).replace(',', ' '))
        .collect(Collectors.joining(", "));
  }

  /** Text that does not end a list or a line of the header. */
  private static String clean(String text) {
    return text.replaceAll("[\\p{Cntrl}\\s]+", " ").replace('{', '(').replace('}', ')').trim();
  }
}
