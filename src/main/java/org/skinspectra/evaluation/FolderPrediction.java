package org.skinspectra.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.Sha256;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.format.FileErrors;
import org.skinspectra.format.ReadOptions;
import org.skinspectra.model.ModelDescription;
import org.skinspectra.train.HyperSkinImage;

/**
 * Cubes that lie in a folder, each called like its image with the ending of its format ({@code
 * p001_smile_left.mat}, {@code .hdr}, {@code .tif} …) or as a batch calls it ({@code
 * p001_smile_left-spectra.tif}), or in a folder of the split within it.
 */
public final class FolderPrediction implements Prediction {

  /** What may lie beside a cube under its name: the pixels of an ENVI header, notes, pictures. */
  private static final Set<String> BESIDE =
      Set.of("txt", "csv", "json", "xml", "md", "html", "png", "jpg", "jpeg", "log", "enp");

  /** What a batch calls the cube of an image, after the image's name. */
  private static final String BATCH = "-spectra";

  private final String name;
  private final Path folder;
  private final ReadOptions options;

  /**
   * @param options what the files do not say themselves, such as wavelengths
   * @throws SkinSpectraException if there is no such folder
   */
  public FolderPrediction(String name, Path folder, ReadOptions options) {
    this.name = name;
    this.folder = folder;
    this.options = options;
    if (!Files.isDirectory(folder)) {
      throw new SkinSpectraException(
          "There is no folder %s of the predictions '%s'.".formatted(folder, name));
    }
  }

  @Override
  public ModelDescription model() {
    return new ModelDescription(name, "", "ready-made cubes");
  }

  @Override
  public boolean has(HyperSkinImage image) {
    return !candidates(image).isEmpty();
  }

  @Override
  public Optional<String> identity(HyperSkinImage image) {
    StringBuilder identity = new StringBuilder("cube");
    for (Path file : withPixels(file(image))) {
      identity.append(' ').append(FileErrors.reading(file, "prediction", () -> Sha256.of(file)));
    }
    options.wavelengths().ifPresent(nm -> identity.append(" at ").append(nm));
    return Optional.of(identity.toString());
  }

  @Override
  public SpectralCube of(HyperSkinImage image, ProgressMonitor progress) {
    return CubeFiles.readCube(file(image), options);
  }

  /** Wherever a header's pixels lie, they are called like it. */
  private List<Path> withPixels(Path file) {
    if (!ending(file).equals("hdr")) {
      return Files.isRegularFile(file) ? List.of(file) : filesIn(file);
    }
    String stem = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    return list(file.getParent()).stream()
        .filter(Files::isRegularFile)
        .filter(other -> isCalled(other, stem) || other.getFileName().toString().equals(stem))
        .filter(other -> !BESIDE.contains(ending(other)))
        .toList();
  }

  /** A format may keep a cube in a folder. */
  private static List<Path> filesIn(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new SkinSpectraIOException("Cannot list the folder " + folder + ".", e);
    }
  }

  private Path file(HyperSkinImage image) {
    List<Path> found = candidates(image);
    if (found.isEmpty()) {
      throw new SkinSpectraException(
          "The predictions '%s' have no file of the image %s in %s."
              .formatted(name, image.name(), folder));
    }
    if (found.size() > 1) {
      throw new SkinSpectraException(
          "The predictions '%s' have several files of the image %s: %s. Leave one."
              .formatted(
                  name,
                  image.name(),
                  found.stream().map(Path::toString).collect(Collectors.joining(", "))));
    }
    return found.get(0);
  }

  private List<Path> candidates(HyperSkinImage image) {
    List<Path> found = new ArrayList<>();
    Path ofSplit = folder.resolve(image.split());
    for (Path place : List.of(ofSplit, folder)) {
      if (found.isEmpty() && Files.isDirectory(place)) {
        list(place).stream()
            .filter(file -> isCalled(file, image.name()) && !BESIDE.contains(ending(file)))
            .forEach(found::add);
      }
    }
    List<Path> headers = found.stream().filter(file -> ending(file).equals("hdr")).toList();
    return headers.size() == 1 ? headers : found;
  }

  private static boolean isCalled(Path file, String name) {
    String called = file.getFileName().toString();
    return called.startsWith(name + ".") || called.startsWith(name + BATCH + ".");
  }

  private static String ending(Path file) {
    String called = file.getFileName().toString();
    return called.substring(called.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static List<Path> list(Path folder) {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot list the folder " + folder + "; check that it may be read.", e);
    }
  }

  @Override
  public void close() {
    // Holds no file open.
  }
}
