package org.skinspectra.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.skinspectra.SkinSpectraException;

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
      Path folder = ownFolder();
      requireOwn(folder);
      System.setProperty(PROPERTY, folder.resolve("javacpp").toString());
    }
  }

  /**
   * Makes a folder that is the user's alone: libraries that another user of the computer put where
   * everyone may write must not be loaded.
   *
   * @throws SkinSpectraException if it cannot be made, or belongs to someone else
   */
  static void requireOwn(Path folder) {
    try {
      Files.createDirectories(folder);
      Path probe = Files.createTempFile(folder, OWN, null);
      UserPrincipal user = Files.getOwner(probe);
      Files.delete(probe);
      if (!Files.isSymbolicLink(folder) && Files.getOwner(folder).equals(user)) {
        onlyForOwner(folder);
        return;
      }
    } catch (IOException | SecurityException e) {
      throw notOwn(folder, e);
    }
    throw notOwn(folder, null);
  }

  private static void onlyForOwner(Path folder) throws IOException {
    var permissions = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
    if (permissions != null) {
      permissions.setPermissions(PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static SkinSpectraException notOwn(Path folder, Exception e) {
    return new SkinSpectraException(
        "TensorFlow's libraries have to be unpacked, but neither the home "
            + home()
            + " can be written nor is "
            + folder
            + " a folder of yours alone. Name one with -D"
            + PROPERTY
            + "=FOLDER.",
        e);
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
