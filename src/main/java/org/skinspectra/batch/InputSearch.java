package org.skinspectra.batch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.format.FileErrors;
import org.skinspectra.session.CaptureSession;

/**
 * Looks for sessions and files of images: those that are named, and those in folders that are
 * named, however deep. What is hidden, links to folders and the folder of the results are passed
 * by; files are images by their endings, folders also by what lies in them.
 */
final class InputSearch {

  /** Below the folder given: patient, visit, session and more. */
  private static final int DEPTH = 8;

  private static final int MOST_FOLDERS = 100_000;
  private static final int MOST_ITEMS = 1_000_000;

  private final List<Path> inputs;
  private final Path out;
  private final Set<String> endings = CubeFiles.endings();

  /**
   * A session or an image.
   *
   * @param name below the folder given, with {@code /} between folders
   * @param session whether it is a folder with a session, sound or not, or one that may not be read
   * @param named whether it was named, and not found in a folder
   */
  record Item(Path path, String name, boolean session, boolean named) {}

  /**
   * @param inputs files and folders
   * @param out folder of the results
   */
  InputSearch(List<Path> inputs, Path out) {
    this.inputs = inputs.stream().map(input -> input.toAbsolutePath().normalize()).toList();
    this.out = out.toAbsolutePath().normalize();
  }

  /**
   * Everything there is at this moment, in the order of the inputs, then by name.
   *
   * @throws SkinSpectraException if an input is missing or cannot be read, holds too much, or would
   *     hold the results
   */
  List<Item> items() {
    List<Item> items = new ArrayList<>();
    for (Path input : inputs) {
      if (Files.isRegularFile(input)) {
        items.add(new Item(input, name(input, input), false, true));
      } else if (Files.isDirectory(input)) {
        items.addAll(in(input));
      } else {
        throw new SkinSpectraIOException(
            "There is no file or folder %s. Give the folder that the sessions or images lie in."
                .formatted(input));
      }
      if (items.size() > MOST_ITEMS) {
        throw new SkinSpectraIOException(
            "%s holds more than %d images. Give the folders in it one after the other."
                .formatted(input, MOST_ITEMS));
      }
    }
    items.stream()
        .map(InputSearch.Item::path)
        .filter(item -> out.startsWith(item) && isItem(item))
        .findFirst()
        .ifPresent(InputSearch::refuseOutput);
    return List.copyOf(items);
  }

  private static boolean isItem(Path folder) {
    return CaptureSession.remainsIn(folder) || CubeFiles.isImageFolder(folder);
  }

  private static void refuseOutput(Path item) {
    throw new SkinSpectraException(
        "The results would lie in the session or image %s, which holds its own files only. Choose a folder outside it."
            .formatted(item));
  }

  private List<Item> in(Path folder) {
    if (out.equals(folder) && !isItem(folder)) {
      throw new SkinSpectraException(
          "The results would lie among the images in %s, and be taken for images by the next run. Choose another folder, such as %s."
              .formatted(folder, folder.resolve("spectra")));
    }
    Search search = new Search(folder);
    try {
      Files.walkFileTree(folder, Set.of(), DEPTH, search);
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "The folder %s cannot be read: %s.".formatted(folder, FileErrors.reason(e)), e);
    }
    search.items.sort(Comparator.comparing(Item::path));
    return search.items;
  }

  private static String name(Path top, Path path) {
    StringBuilder name = new StringBuilder();
    if (top.equals(path)) {
      name.append(path.getFileName());
    } else {
      for (Path part : top.relativize(path)) {
        name.append(name.length() == 0 ? "" : "/").append(part);
      }
    }
    return name.toString();
  }

  private boolean isImage(Path file) {
    String name = String.valueOf(file.getFileName());
    String lower = name.toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && endings.stream().anyMatch(lower::endsWith)
        && Files.isRegularFile(file);
  }

  private final class Search extends SimpleFileVisitor<Path> {

    private final Path top;
    private final List<Item> items = new ArrayList<>();
    private int folders;

    Search(Path top) {
      this.top = top;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (++folders > MOST_FOLDERS) {
        throw new SkinSpectraIOException(
            "%s holds more than %d folders. Give one that is nearer to the sessions."
                .formatted(top, MOST_FOLDERS));
      }
      if (!folder.equals(top)
          && (folder.equals(out) || String.valueOf(folder.getFileName()).startsWith("."))) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      // A session whose manifest was lost still has its frames, and belongs into the list.
      if (CaptureSession.remainsIn(folder)) {
        items.add(new Item(folder, name(top, folder), true, folder.equals(top)));
        return FileVisitResult.SKIP_SUBTREE;
      }
      if (CubeFiles.isImageFolder(folder)) {
        items.add(new Item(folder, name(top, folder), false, folder.equals(top)));
        return FileVisitResult.SKIP_SUBTREE;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (isImage(file) && items.size() <= MOST_ITEMS) {
        items.add(new Item(file, name(top, file), false, false));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path entry, IOException e) throws IOException {
      if (entry.equals(top)) {
        throw e;
      }
      // A folder that may not be read may be a session; opening it will say why not.
      items.add(new Item(entry, name(top, entry), true, false));
      return FileVisitResult.CONTINUE;
    }
  }
}
