package org.skinspectra.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where native libraries are unpacked before they are loaded: JavaCPP's folder in the home, or one
 * for temporary files where the home cannot be written, as for users of a shared computer.
 */
final class NativeCache {

  /** Read by JavaCPP when its first class is loaded. */
  static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

  private static final String OWN = ".skin-spectra";

  private NativeCache() {}

  /** Names JavaCPP another folder where it cannot use its own, unless the user named one. */
  static void prepare() {
    if (System.getProperty(PROPERTY) == null && !isWritable(home())) {
      System.setProperty(PROPERTY, ownFolder().resolve("javacpp").toString());
    }
  }

  /** A folder for our own files: in the home, or among the temporary files. */
  static Path ownFolder() {
    return ownFolder(home(), temporaryFiles(), user());
  }

  static Path ownFolder(Path home, Path temporaryFiles, String user) {
    return isWritable(home) ? home.resolve(OWN) : temporaryFiles.resolve(OWN + "-" + user);
  }

  /** Tried out: permissions alone do not tell of file systems that are read-only. */
  static boolean isWritable(Path folder) {
    // Java calls a home that it does not know "?", which would be a folder below the current one.
    if (!folder.isAbsolute()) {
      return false;
    }
    try {
      Files.delete(Files.createTempFile(folder, OWN, null));
      return true;
    } catch (IOException | SecurityException e) {
      return false;
    }
  }

  private static Path home() {
    return Path.of(System.getProperty("user.home", ""));
  }

  private static Path temporaryFiles() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static String user() {
    return System.getProperty("user.name");
  }
}
