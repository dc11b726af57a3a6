package org.skinspectra.format;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;

/** What the files are called that many files are converted to. */
public final class ConversionTargets {

  private ConversionTargets() {}

  /**
   * For each file its result in a folder, of the same name with another ending, in the order given.
   *
   * @param format ending with its dot, or the name of a format that can be written
   * @throws SkinSpectraException if there is no such format, or two results have one name
   */
  public static Map<Path, Path> in(Path folder, List<Path> files, String format) {
    String ending = format.startsWith(".") ? format : ending(format);
    Map<Path, Path> targets = new LinkedHashMap<>();
    Map<String, Path> names = new LinkedHashMap<>();
    for (Path file : files) {
      String name = stem(file) + ending;
      // Names that differ in case only are one on many disks.
      Path other = names.putIfAbsent(name.toLowerCase(Locale.ROOT), file);
      if (other != null) {
        throw new SkinSpectraIOException(
            "%s and %s would both become %s. Convert them into different folders."
                .formatted(other, file, folder.resolve(name)));
      }
      targets.put(file, folder.resolve(name));
    }
    return targets;
  }

  private static String ending(String format) {
    return CubeFiles.formats().stream()
        .filter(candidate -> candidate.name().equalsIgnoreCase(format))
        .findFirst()
        .orElseThrow(
            () ->
                new SkinSpectraException(
                    "There is no format '%s'; choose one of %s."
                        .formatted(
                            JsonText.printable(format),
                            String.join(
                                ", ",
                                CubeFiles.formats().stream().map(CubeFormat::name).toList()))))
        .endings()
        .get(0);
  }

  /** The name without the longest ending of any format, else without its last ending. */
  private static String stem(Path file) {
    String name = String.valueOf(file.toAbsolutePath().normalize().getFileName());
    String lower = name.toLowerCase(Locale.ROOT);
    int cut =
        CubeFiles.formats().stream()
            .map(CubeFormat::endings)
            .flatMap(Collection::stream)
            .filter(ending -> lower.endsWith(ending) && lower.length() > ending.length())
            .max(Comparator.comparingInt(String::length))
            .map(String::length)
            .orElseGet(() -> Math.max(0, name.length() - Math.max(0, name.lastIndexOf('.'))));
    String stem = name.substring(0, name.length() - cut);
    return stem.isEmpty() ? name : stem;
  }
}
