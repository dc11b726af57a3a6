package org.skinspectra.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;

/**
 * A data set in the folders of Hyper-Skin (Ng et al., NeurIPS 2023), images paired by name:
 *
 * <pre>
 * Hyper-Skin(MSI, NIR)/{train,valid,test}/{MSI_CIE,NIR}/NAME.mat
 * Hyper-Skin(MSI, NIR)/mask/{train,valid,test}/NAME.jpg
 * Hyper-Skin(RGB, VIS)/{train,valid,test}/VIS/NAME.mat
 * </pre>
 *
 * Blanks and case in the names of the two top folders do not matter. A mask may also be PNG or
 * TIFF. Other files are ignored.
 *
 * @param images complete images, ordered by split and name
 * @param incomplete a line for each image that lacks a file, saying which
 */
public record HyperSkinDataset(List<HyperSkinImage> images, List<String> incomplete) {

  private static final String INFRARED = "Hyper-Skin(MSI, NIR)";
  private static final String VISIBLE = "Hyper-Skin(RGB, VIS)";

  /** The folders that images are split into. */
  public static final List<String> SPLITS = List.of("train", "valid", "test");

  private static final Set<String> CUBES = Set.of("mat");
  private static final Set<String> MASKS = Set.of("jpg", "jpeg", "png", "tif", "tiff");

  /**
   * Finds the images of a data set; reads none.
   *
   * @throws SkinSpectraException if the folder is no such data set or has no complete image
   */
  public static HyperSkinDataset open(Path root) {
    Path infrared = subfolder(root, INFRARED);
    Path visible = subfolder(root, VISIBLE);
    List<HyperSkinImage> images = new ArrayList<>();
    List<String> incomplete = new ArrayList<>();
    for (String split : SPLITS) {
      Map<String, Path> msi = files(infrared.resolve(split).resolve("MSI_CIE"), CUBES);
      Map<String, Path> nir = files(infrared.resolve(split).resolve("NIR"), CUBES);
      Map<String, Path> vis = files(visible.resolve(split).resolve("VIS"), CUBES);
      Map<String, Path> masks = files(infrared.resolve("mask").resolve(split), MASKS);
      Set<String> names = new TreeSet<>(msi.keySet());
      names.addAll(nir.keySet());
      names.addAll(vis.keySet());
      for (String name : names) {
        List<String> missing = new ArrayList<>();
        requireIn(msi, name, "MSI_CIE", missing);
        requireIn(nir, name, "NIR", missing);
        requireIn(vis, name, "VIS", missing);
        requireIn(masks, name, "mask", missing);
        if (missing.isEmpty()) {
          images.add(
              new HyperSkinImage(
                  name, split, msi.get(name), vis.get(name), nir.get(name), masks.get(name)));
        } else {
          incomplete.add(split + "/" + name + " has no " + String.join(", ", missing));
        }
      }
    }
    if (images.isEmpty()) {
      throw new SkinSpectraException(
          "There is no complete image in the data set %s; each needs a file of its name in MSI_CIE, NIR, VIS and mask.%s"
              .formatted(root, incomplete.isEmpty() ? "" : " The first: " + incomplete.get(0)));
    }
    return new HyperSkinDataset(List.copyOf(images), List.copyOf(incomplete));
  }

  /** The splits that have a complete image, in the order train, valid, test. */
  public List<String> splits() {
    return SPLITS.stream()
        .filter(split -> images.stream().anyMatch(image -> image.split().equals(split)))
        .toList();
  }

  /**
   * The images of one split.
   *
   * @param split {@code train}, {@code valid} or {@code test}
   * @throws SkinSpectraException if there is no complete image in it
   */
  public HyperSkinDataset split(String split) {
    List<HyperSkinImage> chosen =
        images.stream().filter(image -> image.split().equals(split)).toList();
    if (chosen.isEmpty()) {
      throw new SkinSpectraException(
          "The data set has no complete image in '%s', only in %s."
              .formatted(split, String.join(", ", splits())));
    }
    return new HyperSkinDataset(
        chosen, incomplete.stream().filter(line -> line.startsWith(split + "/")).toList());
  }

  /**
   * Whether a folder holds one of the two that a data set has.
   *
   * @throws SkinSpectraIOException if it cannot be listed
   */
  public static boolean isIn(Path root) {
    return find(root, INFRARED).or(() -> find(root, VISIBLE)).isPresent();
  }

  private static Optional<Path> find(Path root, String wanted) {
    return list(root).stream()
        .filter(Files::isDirectory)
        .filter(folder -> lenient(folder.getFileName().toString()).equals(lenient(wanted)))
        .findFirst();
  }

  private static Path subfolder(Path root, String wanted) {
    return find(root, wanted)
        .orElseThrow(
            () ->
                new SkinSpectraException(
                    "%s is no Hyper-Skin data set: it has no folder '%s'. Give the folder that holds it."
                        .formatted(root, wanted)));
  }

  private static String lenient(String name) {
    return name.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
  }

  /** Files of these endings by their name without it; none where the folder is missing. */
  private static Map<String, Path> files(Path folder, Set<String> endings) {
    Map<String, Path> files = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      for (Path file : list(folder)) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        // Names that begin with a dot are what file managers leave beside the true files.
        if (dot > 0
            && !name.startsWith(".")
            && endings.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))) {
          files.put(name.substring(0, dot), file);
        }
      }
    }
    return files;
  }

  private static List<Path> list(Path folder) {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot list the folder " + folder + "; check that it exists and may be read.", e);
    }
  }

  private static void requireIn(
      Map<String, Path> files, String name, String kind, List<String> missing) {
    if (!files.containsKey(name)) {
      missing.add(kind);
    }
  }
}
