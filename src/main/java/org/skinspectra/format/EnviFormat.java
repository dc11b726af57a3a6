package org.skinspectra.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.scijava.Priority;
import org.scijava.plugin.Plugin;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.WholeFile;
import org.skinspectra.spectra.Wavelengths;

/**
 * ENVI files: a text header {@code .hdr} and raw data beside it. Either of the two may be named for
 * reading. Written are all types of samples in every order, little-endian, the data as {@code
 * .img}; what another ENVI header said beyond the cube is said again.
 */
@Plugin(type = CubeFormat.class, priority = Priority.LOW)
public final class EnviFormat implements CubeFormat {

  static final String NAME = "ENVI";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> endings() {
    return List.of(EnviFiles.HEADER);
  }

  @Override
  public boolean recognizes(Path file, byte[] head) throws IOException {
    return EnviFiles.are(file, head);
  }

  @Override
  public CubeSource open(Path file, ReadOptions options) throws IOException {
    options.chooseImage(file, List.of("cube"));
    Optional<Path> headerFile = EnviFiles.header(file);
    if (headerFile.isPresent()) {
      EnviHeader header = EnviHeader.read(headerFile.get());
      if (EnviLibrary.isStatedIn(header)) {
        throw new SkinSpectraIOException(
            file
                + " is a spectral library, a table of spectra, and no image. Read it as spectra, or convert it to .csv.");
      }
      return EnviSource.open(
          header, EnviFiles.of(file, false).data(), options.wavelengths().isPresent());
    }
    throw new SkinSpectraIOException(file + " has no ENVI header beside it.");
  }

  @Override
  public List<Path> files(Path file) throws IOException {
    EnviFiles both = EnviFiles.of(file, false);
    return List.of(both.header(), both.data());
  }

  @Override
  public List<String> companions(String name) {
    boolean header = name.toLowerCase(Locale.ROOT).endsWith(EnviFiles.HEADER);
    List<String> names = header ? EnviFiles.dataNames(name, false) : EnviFiles.headerNames(name);
    return names.stream().flatMap(other -> EnviFiles.spellings(other).stream()).distinct().toList();
  }

  // -- Writing --

  @Override
  public Optional<WriteSupport> writing() {
    return Optional.of(WriteSupport.PLAIN.withAllSamples().withAllInterleaves());
  }

  @Override
  public List<Path> written(Path target) {
    EnviFiles both = EnviFiles.toWrite(target, EnviFiles.IMAGE);
    return List.of(both.header(), both.data());
  }

  @Override
  public long write(CubeSource source, Path target, WriteOptions options) throws IOException {
    SampleQuantizer samples = new SampleQuantizer(options, target);
    write(
        EnviFiles.toWrite(target, EnviFiles.IMAGE),
        header(source, options),
        content -> new EnviWriter(source, options, samples).write(content));
    return samples.clipped();
  }

  /**
   * Writes both files or neither. The header is complete on the disk before the data take their
   * name, and takes its own last: a header is never there without its data, and a full disk leaves
   * neither.
   */
  static void write(EnviFiles files, String header, WholeFile.Content data) {
    for (Path file : List.of(files.header(), files.data())) {
      if (Files.isDirectory(file)) {
        throw new SkinSpectraIOException("Cannot write " + file + ": a folder has this name.");
      }
    }
    WholeFile.write(
        files.header(),
        temporary -> {
          Files.writeString(temporary, header);
          WholeFile.write(files.data(), data);
        });
  }

  private static String header(CubeSource source, WriteOptions options) {
    Map<String, String> attributes = source.attributes(NAME);
    List<String> remarks = attributes.getOrDefault("description", "").lines().toList();
    EnviText text =
        new EnviText()
            .describe(remarks, source.provenance())
            .put("samples", source.width())
            .put("lines", source.height())
            .put("bands", source.bands())
            .put("header offset", 0)
            .put("file type", "ENVI Standard")
            .put("byte order", 0)
            .put("reflectance scale factor", EnviText.number(options.scaleOrUsual()))
            // Last of those that values depend on: a header that breaks off before is refused.
            .put("data type", EnviDataType.of(options.sample()).number())
            .put("interleave", options.interleave().key());
    if (!attributes.containsKey("default bands")) {
      text.put("default bands", defaultBands(source));
    }
    if (!attributes.containsKey("band names")) {
      text.put("band names", source.bandNames());
    }
    source.wavelengths().ifPresent(text::put);
    source.fwhm().ifPresent(widths -> text.put("fwhm", widths));
    source.badBands().ifPresent(bad -> text.put("bbl", marks(bad)));
    attributes.forEach(
        (key, value) -> {
          boolean stale = options.scaleOrUsual() != 1 && EnviKeys.isOfStoredValues(key);
          if (!key.equals("description") && !stale) {
            text.copy(key, value);
          }
        });
    return text.toString();
  }

  /** In ENVI's bad-band list 1 is a good band. */
  private static List<String> marks(boolean[] bad) {
    String[] marks = new String[bad.length];
    Arrays.setAll(marks, band -> bad[band] ? "0" : "1");
    return List.of(marks);
  }

  /** What a viewer shows first as red, green and blue, counted from 1. */
  private static List<String> defaultBands(CubeSource source) {
    Optional<Wavelengths> wavelengths = source.wavelengths();
    if (wavelengths.isPresent()) {
      return Arrays.stream(new double[] {650, 550, 450})
          .mapToObj(nm -> String.valueOf(wavelengths.get().nearestIndex(nm) + 1))
          .toList();
    }
    return source.bands() < 3 ? List.of("1") : List.of("1", "2", "3");
  }
}
