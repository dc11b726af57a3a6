package org.skinspectra.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skinspectra.SkinSpectraIOException;

/**
 * The two files of ENVI: the header {@code cube.hdr} or {@code cube.img.hdr}, and the data beside
 * it, {@code cube.img}. Whatever a header says, its data never lie elsewhere.
 *
 * @param header the text
 * @param data the values
 */
record EnviFiles(Path header, Path data) {

  static final String HEADER = ".hdr";

  /** Of cubes. */
  static final String IMAGE = ".img";

  /** Of spectral libraries. */
  static final String LIBRARY = ".sli";

  private static final List<String> DATA = List.of(IMAGE, ".dat", ".raw", ".bsq", ".bil", ".bip");

  /** Whether a file is a header, or one lies beside it. */
  static boolean are(Path file, byte[] head) throws IOException {
    return EnviHeader.startsOne(head) || headerOf(file).isPresent();
  }

  /**
   * Both files, found by either.
   *
   * @param library whether the data are a spectral library
   * @throws SkinSpectraIOException if the other is missing
   */
  static EnviFiles of(Path file, boolean library) throws IOException {
    if (isHeader(file)) {
      return new EnviFiles(file, dataOf(file, library));
    }
    return new EnviFiles(
        headerOf(file)
            .orElseThrow(() -> new SkinSpectraIOException(file + " has no ENVI header beside it.")),
        file);
  }

  /** The header: the file itself, or the one beside it. */
  static Optional<Path> header(Path file) throws IOException {
    return isHeader(file) ? Optional.of(file) : headerOf(file);
  }

  private static boolean isHeader(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return EnviHeader.startsOne(in.readNBytes(16));
    }
  }

  private static Optional<Path> headerOf(Path data) throws IOException {
    for (String candidate : headerNames(String.valueOf(data.getFileName()))) {
      Optional<Path> header = sibling(data, candidate);
      if (header.isPresent() && isHeader(header.get())) {
        return header;
      }
    }
    return Optional.empty();
  }

  private static Path dataOf(Path header, boolean library) {
    List<String> candidates = dataNames(String.valueOf(header.getFileName()), library);
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

  /** Names under which the header of a data file is looked for. */
  static List<String> headerNames(String data) {
    return List.of(withoutEnding(data) + HEADER, data + HEADER);
  }

  /** Names under which the data of a header are looked for. */
  static List<String> dataNames(String header, boolean library) {
    String stem = withoutEnding(header);
    List<String> names = new ArrayList<>();
    if (library) {
      names.add(stem + LIBRARY);
    }
    DATA.forEach(ending -> names.add(stem + ending));
    names.add(isData(stem) ? 0 : names.size(), stem);
    return names;
  }

  /**
   * Both files, to be written.
   *
   * @param header its name, or that of the data
   * @param ending of the data, where the name has none
   */
  static EnviFiles toWrite(Path header, String ending) {
    String name = header.getFileName().toString();
    String stem = withoutEnding(name);
    if (!name.toLowerCase(Locale.ROOT).endsWith(HEADER)) {
      return new EnviFiles(header.resolveSibling(stem + HEADER), header);
    }
    return new EnviFiles(header, header.resolveSibling(isData(stem) ? stem : stem + ending));
  }

  /** Whether a name is one of data, so that its header is {@code cube.img.hdr}. */
  private static boolean isData(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(LIBRARY) || DATA.stream().anyMatch(lower::endsWith);
  }

  /** A name, its ending as it is and in upper case. */
  static List<String> spellings(String name) {
    String stem = withoutEnding(name);
    return List.of(name, stem + name.substring(stem.length()).toUpperCase(Locale.ROOT));
  }

  private static Optional<Path> sibling(Path file, String name) {
    return spellings(name).stream()
        .map(file::resolveSibling)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static String withoutEnding(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
