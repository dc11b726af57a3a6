package org.skinspectra.cube;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Roi;
import ij.measure.Calibration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Wavelengths;

/**
 * Reflectance cubes as ImageJ images and back, without a copy: slice {@code i + 1} of the image and
 * plane {@code i} of the cube are the same array. Bands are channels; their wavelengths stand in
 * the slice labels and, with the provenance, in the image's Info (see {@link CubeInfo}).
 */
public final class CubeImages {

  private static final String INFO = "Info";

  private CubeImages() {}

  /** An image of the cube's own planes, with a display range at which something is seen. */
  public static ImagePlus toImage(String title, SpectralCube cube) {
    ImageStack stack = new ImageStack(cube.width(), cube.height());
    for (int band = 0; band < cube.bands(); band++) {
      stack.addSlice(cube.wavelengths().label(band), cube.plane(band));
    }
    ImagePlus image = hyperstack(title, stack, DisplayRange.of(cube.planes()));
    image.setProperty(INFO, CubeInfo.text(cube.wavelengths(), cube.provenance()));
    return image;
  }

  static ImagePlus hyperstack(String title, ImageStack stack, DisplayRange range) {
    ImagePlus image = new ImagePlus(title, stack);
    image.setDimensions(stack.getSize(), 1, 1);
    image.setOpenAsHyperStack(stack.getSize() > 1);
    image.setDisplayRange(range.min(), range.max());
    return image;
  }

  /**
   * The cube that an image shows, sharing its planes. Wavelengths come from the slice labels, else
   * from the Info.
   *
   * @throws SkinSpectraException if the image is not 32-bit, has more than one of channels, slices
   *     and frames, or does not say one wavelength per slice
   */
  public static SpectralCube toCube(ImagePlus image) {
    requireCube(image);
    return toCube(image, wavelengths(image));
  }

  /**
   * The cube that an image shows, at wavelengths the user gives.
   *
   * @throws SkinSpectraException as above, or if there are more or fewer wavelengths than slices
   */
  public static SpectralCube toCube(ImagePlus image, Wavelengths wavelengths) {
    requireCube(image);
    if (wavelengths.size() != image.getStackSize()) {
      throw new SkinSpectraException(
          "Image '%s' has %d slices, but there are %d wavelengths (%s); give one for each slice."
              .formatted(image.getTitle(), image.getStackSize(), wavelengths.size(), wavelengths));
    }
    return SpectralCube.ofPlanes(
            image.getWidth(), image.getHeight(), wavelengths, planes(image.getStack()))
        .withProvenance(CubeInfo.provenance(image.getInfoProperty()));
  }

  static float[][] planes(ImageStack stack) {
    return IntStream.rangeClosed(1, stack.getSize())
        .mapToObj(slice -> (float[]) stack.getPixels(slice))
        .toArray(float[][]::new);
  }

  private static void requireCube(ImagePlus image) {
    if (image.getBitDepth() != 32) {
      throw new SkinSpectraException(
          "Image '%s' is %s; reflectance is 32-bit. Convert it with Image>Type>32-bit and scale it so that 1.0 is perfect white."
              .formatted(
                  image.getTitle(),
                  image.getBitDepth() == 24 ? "RGB colour" : image.getBitDepth() + "-bit"));
    }
    long axes =
        IntStream.of(image.getNChannels(), image.getNSlices(), image.getNFrames())
            .filter(size -> size > 1)
            .count();
    if (axes > 1) {
      throw new SkinSpectraException(
          "Image '%s' has %d channels, %d slices and %d frames; the bands of a cube are one of them and the others 1. Duplicate the part you mean."
              .formatted(
                  image.getTitle(), image.getNChannels(), image.getNSlices(), image.getNFrames()));
    }
  }

  /** The wavelengths of an image's slices, where it says one for each. */
  public static Optional<Wavelengths> wavelengthsOf(ImagePlus image) {
    try {
      return statedWavelengths(image).filter(grid -> grid.size() == image.getStackSize());
    } catch (SkinSpectraException e) {
      return Optional.empty();
    }
  }

  private static Optional<Wavelengths> statedWavelengths(ImagePlus image) {
    List<String> labels =
        IntStream.rangeClosed(1, image.getStackSize())
            .mapToObj(image.getStack()::getSliceLabel)
            .toList();
    // Labels follow their slices when a user takes some of them; the Info stays that of the whole.
    return CubeInfo.wavelengths(labels).or(() -> CubeInfo.wavelengths(image.getInfoProperty()));
  }

  private static Wavelengths wavelengths(ImagePlus image) {
    return statedWavelengths(image)
        .orElseThrow(
            () ->
                new SkinSpectraException(
                    "Image '%s' does not say its wavelengths. Label every slice like '550 nm', or put a line such as 'wavelengths (nm): 400:10:1000' into its Info."
                        .formatted(image.getTitle())));
  }

  /**
   * Gives {@code target} what a user has set on the {@code source} it was computed from: the size
   * of a pixel, the overlay and the ROI, shown on every slice. The source's Info follows the
   * target's own.
   *
   * @throws IllegalArgumentException if the images are not equally large
   */
  public static void copyDecorations(ImagePlus source, ImagePlus target) {
    copyPlace(source, target);
    if (source.getOverlay() != null) {
      target.setOverlay(source.getOverlay().duplicate());
      Arrays.stream(target.getOverlay().toArray()).forEach(CubeImages::showEverywhere);
    }
    if (source.getRoi() != null) {
      Roi roi = (Roi) source.getRoi().clone();
      showEverywhere(roi);
      target.setRoi(roi);
    }
    if (source.getInfoProperty() != null) {
      String own = target.getInfoProperty() == null ? "" : target.getInfoProperty();
      target.setProperty(
          INFO, own.isEmpty() ? source.getInfoProperty() : own + "\n" + source.getInfoProperty());
    }
  }

  /**
   * Gives {@code target} the size of a pixel and the origin of the {@code source} it was computed
   * from.
   *
   * @throws IllegalArgumentException if the images are not equally large
   */
  public static void copyPlace(ImagePlus source, ImagePlus target) {
    if (source.getWidth() != target.getWidth() || source.getHeight() != target.getHeight()) {
      throw new IllegalArgumentException(
          "Decorations of '%s' do not fit '%s', which has another size."
              .formatted(source.getTitle(), target.getTitle()));
    }
    Calibration from = source.getCalibration();
    Calibration calibration = target.getCalibration().copy();
    calibration.pixelWidth = from.pixelWidth;
    calibration.pixelHeight = from.pixelHeight;
    calibration.xOrigin = from.xOrigin;
    calibration.yOrigin = from.yOrigin;
    calibration.setXUnit(from.getXUnit());
    calibration.setYUnit(from.getYUnit());
    target.setCalibration(calibration);
  }

  private static void showEverywhere(Roi roi) {
    roi.setPosition(0);
  }
}
