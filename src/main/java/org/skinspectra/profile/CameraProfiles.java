package org.skinspectra.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;

/** Camera profiles by their names: those that are shipped, and files. */
public final class CameraProfiles {

  private static final List<String> NAMES =
      List.of("cie-1931-960-ideal", "demo-camera", "generic-silicon-rgb-960");

  private CameraProfiles() {}

  /** Names of the shipped profiles. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * A shipped profile.
   *
   * @throws SkinSpectraException if there is none of that name, naming those there are
   */
  public static CameraProfile named(String name) {
    if (!NAMES.contains(name)) {
      throw new SkinSpectraException(
          "There is no camera profile '%s'; there are %s, and files that end in .json."
              .formatted(name, NAMES));
    }
    String resource = "camera-profiles/" + name + ".json";
    try (InputStream in = CameraProfiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new SkinSpectraIOException(
            "This copy of the program lacks " + resource + ". Build or install it again.");
      }
      return CameraProfileFiles.parse(
          new String(in.readAllBytes(), StandardCharsets.UTF_8), resource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A profile as a rig or a person names it: a shipped one by its name, any other by the path of
   * its file.
   *
   * @param folder that a relative path starts from
   * @throws SkinSpectraException if there is neither such a name nor such a file, or the file is no
   *     profile
   */
  public static CameraProfile find(String nameOrPath, Path folder) {
    if (NAMES.contains(nameOrPath)) {
      return named(nameOrPath);
    }
    try {
      Path file = folder.resolve(nameOrPath);
      if (Files.exists(file)) {
        return CameraProfileFiles.read(file);
      }
      throw new SkinSpectraException(
          "There is neither a camera profile '%s' (there are %s) nor a file %s."
              .formatted(nameOrPath, NAMES, file));
    } catch (InvalidPathException e) {
      throw new SkinSpectraException("'" + nameOrPath + "' cannot be the name of a file.", e);
    }
  }
}
