package org.skinspectra.spark;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/** Files anywhere that Hadoop reaches: of this computer, HDFS, S3 and others, by their URI. */
final class HadoopFiles implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final String UNFINISHED = ".writing-";

  private final SerializableConfiguration configuration;

  HadoopFiles(Configuration configuration) {
    Configuration own = new Configuration(configuration);
    // Hadoop's usual one leaves a file of checksums beside every file.
    own.set("fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem");
    own.setBoolean("fs.file.impl.disable.cache", true);
    this.configuration = new SerializableConfiguration(own);
  }

  /** A file or folder below another. */
  static URI below(URI folder, String name) {
    return new Path(new Path(folder), name).toUri();
  }

  /** A file or folder beside another. */
  static URI beside(URI file, String name) {
    return new Path(new Path(file).getParent(), name).toUri();
  }

  static String name(URI file) {
    return new Path(file).getName();
  }

  private FileSystem system(URI uri) throws IOException {
    return FileSystem.get(uri, configuration.value());
  }

  boolean exists(URI file) throws IOException {
    return system(file).exists(new Path(file));
  }

  boolean isFolder(URI file) throws IOException {
    try {
      return system(file).getFileStatus(new Path(file)).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** What lies in a folder, by name; nothing where there is no such folder. */
  List<FileStatus> in(URI folder) throws IOException {
    try {
      FileStatus[] found = system(folder).listStatus(new Path(folder));
      return Arrays.stream(found).sorted(Comparator.comparing(f -> f.getPath().getName())).toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** All files in a folder and below, in no order. */
  List<FileStatus> allIn(URI folder) throws IOException {
    List<FileStatus> all = new ArrayList<>();
    var files = system(folder).listFiles(new Path(folder), true);
    while (files.hasNext()) {
      all.add(files.next());
    }
    return all;
  }

  /** Bytes of a file. */
  long length(URI file) throws IOException {
    return system(file).getFileStatus(new Path(file)).getLen();
  }

  /** Copies a file to this computer, where there is none yet. */
  void fetch(URI file, java.nio.file.Path target) throws IOException {
    Files.createDirectories(target.getParent());
    try (InputStream in = system(file).open(new Path(file), BUFFER_BYTES)) {
      Files.copy(in, target);
    }
  }

  /**
   * Copies a file from this computer to a name that must be free, or hold the same already because
   * an executor was lost after it had done that: first under another name, so that it is never seen
   * before it is whole.
   */
  void store(java.nio.file.Path file, URI target) throws IOException {
    store(file, target, false);
  }

  /** As {@link #store(java.nio.file.Path, URI)}, in place of a file that is ours. */
  void replace(java.nio.file.Path file, URI target) throws IOException {
    store(file, target, true);
  }

  private void store(java.nio.file.Path file, URI target, boolean ours) throws IOException {
    FileSystem system = system(target);
    Path temporary = new Path(beside(target, UNFINISHED + UUID.randomUUID() + ".tmp"));
    boolean renamed = false;
    try {
      system.mkdirs(temporary.getParent());
      try (OutputStream out = system.create(temporary, false)) {
        Files.copy(file, out);
      }
      if (ours) {
        system.delete(new Path(target), false);
      } else if (system.exists(new Path(target)) && isSame(file, target)) {
        return;
      }
      renamed = !system.exists(new Path(target)) && system.rename(temporary, new Path(target));
      if (!renamed) {
        throw new IOException("the file " + target + " is there already, and is another");
      }
    } finally {
      if (!renamed) {
        system.delete(temporary, false);
      }
    }
  }

  private boolean isSame(java.nio.file.Path file, URI other) throws IOException {
    if (length(other) != Files.size(file)) {
      return false;
    }
    try (InputStream a = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        InputStream b =
            new BufferedInputStream(system(other).open(new Path(other)), BUFFER_BYTES)) {
      int next = a.read();
      while (next >= 0 && next == b.read()) {
        next = a.read();
      }
      return next < 0;
    }
  }

  /** Gives a file another name, which must be free. */
  void rename(URI from, URI to) throws IOException {
    FileSystem system = system(from);
    if (system.exists(new Path(to)) || !system.rename(new Path(from), new Path(to))) {
      throw new IOException("the file " + from + " cannot be renamed to " + to);
    }
  }

  /** Makes a file that must not be there; who makes it has it. */
  boolean make(URI file) throws IOException {
    FileSystem system = system(file);
    system.mkdirs(new Path(file).getParent());
    try (OutputStream out = system.create(new Path(file), false)) {
      return true;
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException
        | java.nio.file.FileAlreadyExistsException e) {
      return false;
    }
  }

  void delete(URI file) throws IOException {
    system(file).delete(new Path(file), false);
  }
}
