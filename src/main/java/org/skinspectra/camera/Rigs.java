package org.skinspectra.camera;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.CameraProfiles;

/** The rigs that come with the program, to copy and change. */
public final class Rigs {

  /**
   * Of Micro-Manager, with the labels of its demo configuration where that has the devices, and of
   * the built-in demo camera.
   */
  private static final List<String> NAMES =
      List.of(
          "two-cameras",
          "filter-wheel",
          "switched-lamps",
          "prism",
          "demo-pair",
          "demo-bayer",
          "demo-two-cameras",
          "demo-filter-wheel",
          "demo-switched-lamps");

  private Rigs() {}

  public static List<String> names() {
    return NAMES;
  }

  /**
   * A rig that comes with the program.
   *
   * @throws SkinSpectraException if there is none of this name, with those there are
   */
  public static Rig named(String name) {
    if (!NAMES.contains(name)) {
      throw new SkinSpectraException(
          "There is no rig '%s'; use one of %s, or the path of a file.".formatted(name, NAMES));
    }
    return RigFiles.parse(RigFiles.resource("rigs/" + name + ".json"), "The rig " + name);
  }

  /**
   * A rig that comes with the program, else the file of this path.
   *
   * @throws SkinSpectraException if there is neither, or the file is no rig
   */
  public static Rig open(String nameOrPath) {
    if (NAMES.contains(nameOrPath)) {
      return named(nameOrPath);
    }
    try {
      return RigFiles.read(Path.of(nameOrPath));
    } catch (InvalidPathException e) {
      throw new SkinSpectraException(
          "'%s' is neither a rig, %s, nor the path of a file.".formatted(nameOrPath, NAMES), e);
    }
  }

  /**
   * The camera profile of a rig, whose path starts from the folder of the rig's file.
   *
   * @param nameOrPath that the rig was opened by
   * @throws SkinSpectraException if there is no such profile, or its file is none
   */
  public static CameraProfile profile(String nameOrPath, Rig rig) {
    Path folder =
        NAMES.contains(nameOrPath) ? Path.of("") : Path.of(nameOrPath).toAbsolutePath().getParent();
    return CameraProfiles.find(rig.profile(), folder);
  }
}
