package org.skinspectra.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.scijava.annotations.Index;
import org.scijava.annotations.IndexItem;
import org.scijava.plugin.Plugin;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;

/** The formats there are: every {@link CubeFormat} on the class path, highest priority first. */
public final class CubeFormats {

  /** How much of a file's start a format may look at to recognize it. */
  public static final int HEAD_BYTES = 4096;

  private final List<CubeFormat> formats;

  /** Formats to ask in this order. */
  CubeFormats(List<CubeFormat> formats) {
    this.formats = List.copyOf(formats);
  }

  /** Finds the formats by SciJava's annotation index, which needs no SciJava context. */
  public static CubeFormats discover() {
    record Found(CubeFormat format, double priority) {}
    ClassLoader loader = CubeFormat.class.getClassLoader();
    List<Found> found = new ArrayList<>();
    for (IndexItem<Plugin> item : Index.load(Plugin.class, loader)) {
      try {
        if (item.annotation().type() == CubeFormat.class) {
          Class<?> type = Class.forName(item.className(), true, loader);
          found.add(
              new Found(
                  (CubeFormat) type.getDeclaredConstructor().newInstance(),
                  item.annotation().priority()));
        }
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        // A plugin of others that cannot be loaded is not ours to report; its format is missing.
      }
    }
    found.sort(
        Comparator.comparingDouble(Found::priority)
            .reversed()
            .thenComparing(entry -> entry.format().name()));
    return new CubeFormats(found.stream().map(Found::format).toList());
  }

  /** All of them, in the order in which they are asked. */
  List<CubeFormat> all() {
    return formats;
  }

  /**
   * The format of an existing file or folder, by its content.
   *
   * @throws SkinSpectraIOException if none recognizes it
   */
  CubeFormat of(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      return ofFolder(file);
    }
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD_BYTES);
    }
    if (head.length == 0) {
      throw new SkinSpectraIOException("File " + file + " is empty.");
    }
    for (CubeFormat format : formats) {
      if (format.recognizes(file, head)) {
        return format;
      }
    }
    throw new SkinSpectraIOException(
        "File "
            + file
            + " is of no known format. Cubes can be read from "
            + names(
                formats.stream().filter(format -> !(format instanceof BioFormatsFormat)).toList())
            + "."
            + (BioFormats.isThere()
                ? " Bio-Formats does not know it either."
                : " " + BioFormats.HINT));
  }

  private CubeFormat ofFolder(Path folder) throws IOException {
    for (CubeFormat format : formats) {
      if (format.recognizesFolder(folder)) {
        return format;
      }
    }
    List<CubeFormat> folders = formats.stream().filter(CubeFormat::isFolder).toList();
    throw new SkinSpectraIOException(
        folder
            + " is a folder that holds no cube of a known format. "
            + (folders.isEmpty()
                ? "Give a file in it."
                : "Give a file in it, or a folder of " + names(folders) + "."));
  }

  /**
   * The format to write a file in: the one named, else that of the longest ending that fits.
   *
   * @throws SkinSpectraIOException if the ending belongs to none that can be written, or not to the
   *     named one, or the named one cannot be written
   */
  CubeFormat forWriting(Path file, WriteOptions options) {
    List<CubeFormat> writable =
        formats.stream().filter(format -> format.writing().isPresent()).toList();
    if (options.format().isPresent()) {
      String wanted = options.format().get();
      CubeFormat named =
          writable.stream()
              .filter(format -> format.name().equalsIgnoreCase(wanted))
              .findFirst()
              .orElseThrow(
                  () ->
                      new SkinSpectraIOException(
                          "Cannot write %s as '%s'; possible are %s."
                              .formatted(file, JsonText.printable(wanted), names(writable))));
      if (fittingEnding(named, file) == 0) {
        throw new SkinSpectraIOException(
            "%s does not end as files of %s do; end it in %s, by which other programs know them."
                .formatted(file, named.name(), String.join(" or ", named.endings())));
      }
      return named;
    }
    // The first of those with the longest ending: max would give the last.
    CubeFormat best = null;
    for (CubeFormat format : writable) {
      if (fittingEnding(format, file) > (best == null ? 0 : fittingEnding(best, file))) {
        best = format;
      }
    }
    if (best == null) {
      throw new SkinSpectraIOException(
          "Cannot tell the format to write "
              + file
              + " in. Give it one of these endings: "
              + names(writable)
              + ".");
    }
    return best;
  }

  /** Length of the longest ending that a name has of a format, 0 for none. */
  private static int fittingEnding(CubeFormat format, Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return format.endings().stream()
        .filter(name::endsWith)
        .mapToInt(String::length)
        .max()
        .orElse(0);
  }

  /** Whether a folder is a data set, sound or not. */
  boolean isFolder(Path folder) {
    for (CubeFormat format : formats) {
      try {
        if (format.isFolder() && fittingEnding(format, folder) > 0
            || format.recognizesFolder(folder)) {
          return true;
        }
      } catch (IOException e) {
        // Not one that can be read as this format.
        continue;
      }
    }
    return false;
  }

  /** Those of all formats, as {@link CubeFormat#companions}. */
  Set<String> companions(String name) {
    return formats.stream()
        .flatMap(format -> format.companions(name).stream())
        .filter(companion -> !companion.equals(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The endings of all formats of files. */
  Set<String> endings() {
    return formats.stream()
        .filter(format -> !format.isFolder())
        .flatMap(format -> format.endings().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String names(List<CubeFormat> formats) {
    return formats.stream()
        .map(format -> format.name() + " (" + String.join(", ", format.endings()) + ")")
        .collect(Collectors.joining(", "));
  }
}
