package org.skinspectra.spark;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.session.CaptureSession;

/**
 * Folders of a cluster as the driver sees them on its own disk: names, and of sessions the manifest
 * and what says where results come from. Images are there by their names only, so that the search
 * for pictures is the same as in local folders and moves no pixels.
 */
final class RemoteTree {

  private static final int DEPTH = 8;
  private static final int MOST_FILES = 1_000_000;
  private static final long LONGEST_MANIFEST = 1L << 30;

  private final HadoopFiles files;
  private final Path top;
  private final URI out;
  private final Set<String> endings = CubeFiles.endings();
  private final List<Path> roots = new ArrayList<>();
  private final List<URI> remote = new ArrayList<>();
  private int count;

  /**
   * @param top empty folder on this computer
   * @param out folder of the results, which is passed by
   */
  RemoteTree(HadoopFiles files, Path top, URI out) {
    this.files = files;
    this.top = top;
    this.out = out;
  }

  /**
   * Looks through a file or folder.
   *
   * @return where it is on this computer
   * @throws SkinSpectraException if it is not there, or the results would lie in it
   */
  Path add(URI input) throws IOException {
    if (!files.exists(input)) {
      throw new SkinSpectraIOException(
          "There is no file or folder %s. Give the folder that the sessions or images lie in."
              .formatted(input));
    }
    Path root = top.resolve(Integer.toString(roots.size())).resolve(plain(HadoopFiles.name(input)));
    roots.add(root);
    remote.add(input);
    if (files.isFolder(input)) {
      if (isSame(input, out)) {
        throw new SkinSpectraException(
            "The results would lie among the images in %s, and be taken for images by the next run. Choose another folder."
                .formatted(input));
      }
      addFolder(input, root, 0);
    } else {
      Files.createDirectories(root.getParent());
      Files.createFile(root);
    }
    return root;
  }

  /** Where something on this computer is on the cluster. */
  URI remote(URI local) {
    Path path = Path.of(local);
    for (int i = 0; i < roots.size(); i++) {
      if (path.equals(roots.get(i))) {
        return remote.get(i);
      }
      if (path.startsWith(roots.get(i))) {
        URI uri = remote.get(i);
        for (Path name : roots.get(i).relativize(path)) {
          uri = HadoopFiles.below(uri, name.toString());
        }
        return uri;
      }
    }
    throw new IllegalArgumentException(path + " was not looked through.");
  }

  private void addFolder(URI folder, Path local, int depth) throws IOException {
    Files.createDirectories(local);
    List<FileStatus> entries = files.in(folder);
    boolean session = false;
    for (FileStatus entry : entries) {
      String name = plain(entry.getPath().getName());
      if (++count > MOST_FILES) {
        throw new SkinSpectraIOException(
            "%s holds more than %d files. Give folders that are nearer to the images."
                .formatted(remote.get(remote.size() - 1), MOST_FILES));
      }
      if (name.equals(String.valueOf(CaptureSession.manifestIn(local).getFileName()))) {
        fetchSmall(entry, local.resolve(name));
      }
      session |= entry.isDirectory() && name.equals("frames");
    }
    if (session) {
      Files.createDirectories(local.resolve("frames"));
    }
    if (CaptureSession.remainsIn(local) || CubeFiles.isImageFolder(local)) {
      requireOutside(folder);
      fetchProvenance(HadoopFiles.below(folder, "derived"), local.resolve("derived"));
      return;
    }
    for (FileStatus entry : entries) {
      String name = entry.getPath().getName();
      if (entry.isDirectory()) {
        URI inner = HadoopFiles.below(folder, name);
        if (depth < DEPTH && !name.startsWith(".") && !isSame(inner, out)) {
          addFolder(inner, local.resolve(name), depth + 1);
        }
      } else if (isImage(name)) {
        Files.createFile(local.resolve(name));
      }
    }
  }

  private boolean isImage(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && endings.stream().anyMatch(lower::endsWith);
  }

  private void fetchProvenance(URI derived, Path local) throws IOException {
    for (FileStatus result : files.in(derived)) {
      if (result.isDirectory()) {
        String name = plain(result.getPath().getName());
        for (FileStatus file : files.in(HadoopFiles.below(derived, name))) {
          if (file.getPath().getName().equals("provenance.json")) {
            fetchSmall(file, local.resolve(name).resolve("provenance.json"));
          }
        }
      }
    }
  }

  private void fetchSmall(FileStatus file, Path target) throws IOException {
    if (file.getLen() > LONGEST_MANIFEST) {
      throw new SkinSpectraIOException(
          "%s has %d bytes, as no file of a session has that says what is in it."
              .formatted(file.getPath(), file.getLen()));
    }
    files.fetch(file.getPath().toUri(), target);
  }

  private void requireOutside(URI folder) {
    if (isSame(folder, out) || withSlash(out).startsWith(withSlash(folder))) {
      throw new SkinSpectraException(
          "The results would lie in the session or image %s, which holds its own files only. Choose a folder outside it."
              .formatted(folder));
    }
  }

  private static boolean isSame(URI a, URI b) {
    return withSlash(a).equals(withSlash(b));
  }

  private static String withSlash(URI folder) {
    String authority = folder.getAuthority() == null ? "" : folder.getAuthority();
    return folder.getScheme() + "://" + authority + folder.getPath().replaceFirst("/*$", "/");
  }

  /** A name that is one also on this computer. */
  private static String plain(String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.matches(".*[/\\\\].*")) {
      throw new SkinSpectraIOException("A file cannot be called '%s'.".formatted(name));
    }
    return name;
  }
}
