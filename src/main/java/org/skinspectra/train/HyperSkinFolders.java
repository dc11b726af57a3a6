package org.skinspectra.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;

/**
 * The folders of a Hyper-Skin data set. Blanks and case in their names do not matter, and the
 * folder of a split may hold those of the kinds of files, as in the challenge ({@code test/NIR}),
 * or lie in them, as in the release of 2023 ({@code HSI_NIR/test}).
 */
final class HyperSkinFolders {

  private static final String INFRARED = "Hyper-Skin(MSI, NIR)";
  private static final String VISIBLE = "Hyper-Skin(RGB, VIS)";

  /** The folders that images are split into. */
  static final List<String> SPLITS = List.of("train", "valid", "test");

  private final Path root;
  private final Path infrared;
  private final Path visible;

  /**
   * @throws SkinSpectraException if the two folders of such a data set are not there
   */
  HyperSkinFolders(Path root) {
    this.root = root;
    infrared = top(root, INFRARED);
    visible = top(root, VISIBLE);
  }

  /** Whether a folder holds one of the two that a data set has. */
  static boolean isIn(Path root) {
    return find(root, INFRARED).or(() -> find(root, VISIBLE)).isPresent();
  }

  private static Path top(Path root, String wanted) {
    return find(root, wanted)
        .orElseThrow(
            () ->
                new SkinSpectraException(
                    "%s is no Hyper-Skin data set: it has no folder '%s'. Give the folder that holds it."
                        .formatted(root, wanted)));
  }

  Path root() {
    return root;
  }

  /** Names of folders of a kind, such as those of cameras, in order. */
  Set<String> kinds(Predicate<String> wanted) {
    Set<String> kinds = new TreeSet<>();
    for (Path top : List.of(infrared, visible)) {
      addFolders(top, wanted, kinds);
      for (String split : SPLITS) {
        find(top, split).ifPresent(folder -> addFolders(folder, wanted, kinds));
      }
    }
    return kinds;
  }

  private static void addFolders(Path parent, Predicate<String> wanted, Set<String> names) {
    list(parent).stream()
        .filter(Files::isDirectory)
        .map(folder -> folder.getFileName().toString())
        .filter(wanted)
        .forEach(names::add);
  }

  /**
   * The files of a kind in a split by their name without ending; none where there is no folder.
   *
   * @param kinds names that the folder may have
   * @param endings in lower case without the dot
   * @throws SkinSpectraException if two files differ only in their ending
   */
  Map<String, Path> files(String split, List<String> kinds, Set<String> endings) {
    for (Path top : List.of(infrared, visible)) {
      for (String kind : kinds) {
        Optional<Path> folder =
            find(top, split)
                .flatMap(in -> find(in, kind))
                .or(() -> find(top, kind).flatMap(in -> find(in, split)));
        if (folder.isPresent()) {
          return files(folder.get(), endings);
        }
      }
    }
    return Map.of();
  }

  private static Map<String, Path> files(Path folder, Set<String> endings) {
    Map<String, Path> files = new TreeMap<>();
    for (Path file : list(folder)) {
      String name = file.getFileName().toString();
      int dot = name.lastIndexOf('.');
      // Names that begin with a dot are what file managers leave beside the true files.
      if (dot > 0
          && !name.startsWith(".")
          && endings.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))) {
        Path other = files.put(name.substring(0, dot), file);
        if (other != null) {
          throw new SkinSpectraException(
              "%s and %s are both of the image '%s', and which counts is not known. Move one of them away."
                  .formatted(other, file.getFileName(), name.substring(0, dot)));
        }
      }
    }
    return files;
  }

  private static Optional<Path> find(Path parent, String wanted) {
    return list(parent).stream()
        .filter(Files::isDirectory)
        .filter(folder -> lenient(folder.getFileName().toString()).equals(lenient(wanted)))
        .findFirst();
  }

  private static String lenient(String name) {
    return name.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
  }

  private static List<Path> list(Path folder) {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot list the folder " + folder + "; check that it exists and may be read.", e);
    }
  }
}
