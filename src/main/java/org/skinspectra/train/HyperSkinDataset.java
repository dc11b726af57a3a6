package org.skinspectra.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
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
 * Blanks and case in the names of folders do not matter, and the split may come after the kind, as
 * in the release of 2023 ({@code HSI_NIR/test}). The input is a folder {@code MSI_CAMERA} of four
 * channels; where there is none, or when it is asked for, {@code RGB_CAMERA} of pictures or {@code
 * .mat} files with {@code IMG_960} beside it. Without {@code IMG_960} such an input has three
 * channels. A mask may also be PNG or TIFF. Other files are ignored.
 *
 * @param images complete images, ordered by split and name
 * @param missing images that lack a file, saying which
 * @param input what the input is, in words: its folder, and what is done to it
 */
public record HyperSkinDataset(
    List<HyperSkinImage> images, List<MissingFiles> missing, String input) {

  /** The folders that images are split into. */
  public static final List<String> SPLITS = HyperSkinFolders.SPLITS;

  /** What asks for {@link #CHALLENGE_SUBJECTS}. */
  public static final String CHALLENGE = "challenge";

  /** The test subjects of the ICASSP 2024 challenge, of which there are 54 images. */
  public static final List<String> CHALLENGE_SUBJECTS =
      List.of("p001", "p002", "p003", "p012", "p016", "p030", "p035", "p036", "p039");

  private static final String TRAIN = "train";
  private static final String VALID = "valid";
  private static final String TEST = "test";

  private static final List<String> NIR = List.of("NIR", "HSI_NIR");
  private static final List<String> VIS = List.of("VIS", "HSI_VIS");
  private static final List<String> NM_960 = List.of("IMG_960");
  private static final List<String> MASK = List.of("mask", "masks");

  private static final Set<String> CUBES = Set.of("mat");
  private static final Set<String> COLOURS = Set.of("mat", "jpg", "jpeg", "png");
  private static final Set<String> MASKS = Set.of("jpg", "jpeg", "png", "tif", "tiff");

  public HyperSkinDataset {
    images = List.copyOf(images);
    missing = List.copyOf(missing);
  }

  /** {@link #open(Path, DatasetInput)} of the one camera there is. */
  public static HyperSkinDataset open(Path root) {
    return open(root, DatasetInput.DETECT);
  }

  /**
   * Finds the images of a data set; reads none.
   *
   * @throws SkinSpectraException if the folder is no such data set or has no complete image, or
   *     which camera's input is meant is not known
   */
  public static HyperSkinDataset open(Path root, DatasetInput input) {
    HyperSkinFolders folders = new HyperSkinFolders(root);
    String camera = camera(folders, input);
    boolean colours = isRgb(camera);
    if (!colours && input.stretch() != RgbStretch.NONE) {
      throw new SkinSpectraException(
          "The input is taken from '%s', whose channels are reflectance; the stretch '%s' is for RGB pictures. Leave it out, or choose an RGB folder with --camera-folder."
              .formatted(camera, input.stretch().key()));
    }
    boolean withInfrared =
        colours && !folders.kinds(name -> NM_960.contains(name.toUpperCase(Locale.ROOT))).isEmpty();
    List<HyperSkinImage> images = new ArrayList<>();
    List<MissingFiles> missing = new ArrayList<>();
    for (String split : SPLITS) {
      Map<String, Path> msi = folders.files(split, List.of(camera), colours ? COLOURS : CUBES);
      Map<String, Path> nm960 = withInfrared ? folders.files(split, NM_960, COLOURS) : Map.of();
      Map<String, Path> nir = folders.files(split, NIR, CUBES);
      Map<String, Path> vis = folders.files(split, VIS, CUBES);
      Map<String, Path> masks = folders.files(split, MASK, MASKS);
      Set<String> names = new TreeSet<>();
      Stream.of(msi, nm960, nir, vis, masks).forEach(files -> names.addAll(files.keySet()));
      for (String name : names) {
        List<String> lacking = new ArrayList<>();
        requireIn(msi, name, camera, lacking);
        if (withInfrared) {
          requireIn(nm960, name, NM_960.get(0), lacking);
        }
        requireIn(nir, name, "NIR", lacking);
        requireIn(vis, name, "VIS", lacking);
        requireIn(masks, name, "mask", lacking);
        if (lacking.isEmpty()) {
          InputFiles files =
              new InputFiles(msi.get(name), Optional.ofNullable(nm960.get(name)), input.stretch());
          images.add(
              new HyperSkinImage(
                  name, split, files, vis.get(name), nir.get(name), masks.get(name)));
        } else {
          missing.add(new MissingFiles(split, name, lacking));
        }
      }
    }
    if (images.isEmpty()) {
      throw new SkinSpectraException(
          "There is no complete image in the data set %s; each needs a file of its name in %s, NIR, VIS and mask.%s"
              .formatted(
                  root,
                  withInfrared ? camera + ", " + NM_960.get(0) : camera,
                  missing.isEmpty() ? "" : " The first: " + missing.get(0).text()));
    }
    String words =
        camera
            + (withInfrared ? " with " + NM_960.get(0) : "")
            + (colours ? ", stretch " + input.stretch().key() : "");
    return new HyperSkinDataset(images, missing, words);
  }

  // -- Cameras --

  private static String camera(HyperSkinFolders folders, DatasetInput input) {
    Set<String> msi = folders.kinds(HyperSkinDataset::isMsi);
    Set<String> rgb = folders.kinds(HyperSkinDataset::isRgb);
    Set<String> all = new TreeSet<>(msi);
    all.addAll(rgb);
    if (input.cameraFolder().isPresent()) {
      String wanted = input.cameraFolder().get();
      return all.stream()
          .filter(wanted::equalsIgnoreCase)
          .findFirst()
          .orElseThrow(
              () ->
                  new SkinSpectraException(
                      "The data set %s has no input '%s'; it has %s."
                          .formatted(folders.root(), wanted, names(all))));
    }
    Set<String> candidates = msi.isEmpty() ? rgb : msi;
    if (candidates.size() > 1) {
      throw new SkinSpectraException(
          "The data set %s has the inputs of several cameras: %s. Choose one with --camera-folder."
              .formatted(folders.root(), names(candidates)));
    }
    return candidates.isEmpty() ? "MSI_CIE" : candidates.iterator().next();
  }

  private static String names(Set<String> folders) {
    return folders.isEmpty() ? "none, neither MSI_… nor RGB_…" : String.join(", ", folders);
  }

  private static boolean isMsi(String folder) {
    String name = folder.toUpperCase(Locale.ROOT);
    return name.equals("MSI") || name.startsWith("MSI_");
  }

  private static boolean isRgb(String folder) {
    String name = folder.toUpperCase(Locale.ROOT);
    return name.equals("RGB") || name.startsWith("RGB_");
  }

  // -- Parts --

  /** A line for each image that lacks a file, saying which. */
  public List<String> incomplete() {
    return missing.stream().map(MissingFiles::text).toList();
  }

  /** The splits that have a complete image, in the order train, valid, test. */
  public List<String> splits() {
    return SPLITS.stream()
        .filter(split -> images.stream().anyMatch(image -> image.split().equals(split)))
        .toList();
  }

  /** The subjects that have a complete image, in order. */
  public Set<String> subjects() {
    Set<String> subjects = new TreeSet<>();
    images.forEach(image -> subjects.add(image.subject()));
    return subjects;
  }

  /**
   * The images of one split.
   *
   * @param split {@code train}, {@code valid} or {@code test}
   * @throws SkinSpectraException if there is no complete image in it
   */
  public HyperSkinDataset split(String split) {
    HyperSkinDataset chosen =
        filtered(image -> image.split().equals(split), gap -> gap.split().equals(split));
    if (chosen.images.isEmpty()) {
      throw new SkinSpectraException(
          "The data set has no complete image in '%s', only in %s."
              .formatted(split, String.join(", ", splits())));
    }
    return chosen;
  }

  /**
   * The images of some subjects.
   *
   * @param list names separated by commas, or {@value #CHALLENGE}, of whose subjects those that
   *     have no image are listed as missing
   * @throws SkinSpectraException if there is no image of a named subject, or of any of the list
   */
  public HyperSkinDataset subjects(String list) {
    Set<String> wanted = named(list);
    Set<String> unknown = new TreeSet<>(wanted);
    unknown.removeAll(subjects());
    HyperSkinDataset chosen =
        filtered(image -> wanted.contains(image.subject()), gap -> wanted.contains(gap.subject()));
    List<MissingFiles> gaps = new ArrayList<>(chosen.missing);
    Collection<String> listed = gaps.stream().map(MissingFiles::subject).toList();
    unknown.stream()
        .filter(subject -> !listed.contains(subject))
        .forEach(subject -> gaps.add(new MissingFiles("", subject, List.of("image"))));
    return new HyperSkinDataset(chosen.images, gaps, input);
  }

  /**
   * The same images split by subject: those of some subjects are {@code valid}, the other ones of
   * {@code train} and {@code valid} are {@code train}. What lies in {@code test} stays there.
   *
   * @param list as for {@link #subjects(String)}
   * @throws SkinSpectraException as {@link #subjects(String)}
   */
  public HyperSkinDataset withValidSubjects(String list) {
    Set<String> valid = named(list);
    return new HyperSkinDataset(
        images.stream()
            .map(
                image ->
                    image.split().equals(TEST)
                        ? image
                        : image.withSplit(valid.contains(image.subject()) ? VALID : TRAIN))
            .toList(),
        missing,
        input);
  }

  /** The subjects that a list names, of which there are images. */
  private Set<String> named(String list) {
    boolean challenge = list.strip().equalsIgnoreCase(CHALLENGE);
    Set<String> wanted = challenge ? new TreeSet<>(CHALLENGE_SUBJECTS) : names(list);
    Set<String> unknown = new TreeSet<>(wanted);
    unknown.removeAll(subjects());
    if (unknown.size() == wanted.size() || !challenge && !unknown.isEmpty()) {
      throw new SkinSpectraException(
          "There is no complete image of %s here; there are images of %s."
              .formatted(
                  unknown.isEmpty() ? "a subject that is not named" : String.join(", ", unknown),
                  String.join(", ", subjects())));
    }
    return wanted;
  }

  private static Set<String> names(String list) {
    Set<String> names = new TreeSet<>();
    for (String name : list.split(",")) {
      if (!name.isBlank()) {
        names.add(name.strip());
      }
    }
    return names;
  }

  private HyperSkinDataset filtered(
      Predicate<HyperSkinImage> wanted, Predicate<MissingFiles> missed) {
    return new HyperSkinDataset(
        images.stream().filter(wanted).toList(), missing.stream().filter(missed).toList(), input);
  }

  /**
   * Whether a folder holds one of the two that a data set has.
   *
   * @throws SkinSpectraIOException if it cannot be listed
   */
  public static boolean isIn(Path root) {
    return HyperSkinFolders.isIn(root);
  }

  private static void requireIn(
      Map<String, Path> files, String name, String kind, List<String> missing) {
    if (!files.containsKey(name)) {
      missing.add(kind);
    }
  }
}
