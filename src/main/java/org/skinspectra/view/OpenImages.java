package org.skinspectra.view;

import ij.ImagePlus;
import ij.WindowManager;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.CubeImages;
import org.skinspectra.cube.SpectralCube;

/** Images that are open in ImageJ, by their titles. */
public final class OpenImages {

  private static final String ALL = "all";

  private OpenImages() {}

  /**
   * The cubes that a user names besides one.
   *
   * @param titles separated by commas; {@code all} for every open image that is a cube; may be
   *     blank or null
   * @param besides never among the result
   * @throws SkinSpectraException if no image of such a title is open
   */
  public static List<ImagePlus> cubes(String titles, ImagePlus besides) {
    Set<ImagePlus> chosen = new LinkedHashSet<>();
    if (titles == null || titles.isBlank()) {
      return List.of();
    }
    if (titles.strip().equalsIgnoreCase(ALL)) {
      open().stream().filter(OpenImages::isCube).forEach(chosen::add);
    } else {
      Arrays.stream(titles.split(","))
          .map(String::strip)
          .filter(title -> !title.isEmpty())
          .map(OpenImages::titled)
          .forEach(chosen::add);
    }
    chosen.remove(besides);
    return List.copyOf(chosen);
  }

  /**
   * The cube of an image with planes of its own, which the user's edits meanwhile do not reach.
   *
   * @throws SkinSpectraException if the image is no cube
   */
  public static SpectralCube snapshot(ImagePlus image) {
    SpectralCube cube = CubeImages.toCube(image);
    float[][] planes = Arrays.stream(cube.planes()).map(float[]::clone).toArray(float[][]::new);
    return SpectralCube.ofPlanes(cube.width(), cube.height(), cube.wavelengths(), planes)
        .withProvenance(cube.provenance());
  }

  /**
   * The image that a user names for a purpose.
   *
   * @param title blank or null for none
   * @param purpose such as {@code the mask}, for the message
   * @throws SkinSpectraException if no image of this title is open
   */
  public static Optional<ImagePlus> named(String title, String purpose) {
    if (title == null || title.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(titled(title.strip()));
    } catch (SkinSpectraException e) {
      throw new SkinSpectraException(
          "There is nothing to be %s: %s".formatted(purpose, e.getMessage()), e);
    }
  }

  private static List<ImagePlus> open() {
    int[] ids = WindowManager.getIDList();
    return ids == null
        ? List.of()
        : IntStream.of(ids).mapToObj(WindowManager::getImage).filter(i -> i != null).toList();
  }

  private static ImagePlus titled(String title) {
    return open().stream()
        .filter(image -> image.getTitle().equals(title))
        .findFirst()
        .orElseThrow(
            () ->
                new SkinSpectraException(
                    "No open image has the title '%s'; %s.".formatted(title, titles())));
  }

  private static String titles() {
    String all = open().stream().map(ImagePlus::getTitle).collect(Collectors.joining(", "));
    return all.isEmpty() ? "no image is open" : "there are: " + all;
  }

  private static boolean isCube(ImagePlus image) {
    try {
      CubeImages.toCube(image);
      return true;
    } catch (SkinSpectraException e) {
      return false;
    }
  }
}
