package org.skinspectra.format;

import ij.measure.Calibration;
import ij.measure.CurveFitter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.CubeInfo;
import org.skinspectra.spectra.Wavelengths;

/**
 * TIFF stacks as ImageJ writes them (one directory, the planes one after the other), or with one
 * directory per plane, or with the bands as samples of a pixel. Values are floating point, or
 * integers that ImageJ's calibration function makes reflectance.
 */
final class ImageJStack {

  private static final int MOST_COEFFICIENTS = 10;

  private ImageJStack() {}

  static CubeSource open(Path file, ReadOptions options) throws IOException {
    try (TiffFile tiff = TiffFile.open(file)) {
      List<TiffImage> images = tiff.images();
      ImageJMetadata metadata = ImageJMetadata.of(tiff, images.get(0));
      List<TiffBand> planes =
          images.size() == 1 && metadata.count("images") > 1
              ? stack(tiff, images.get(0), metadata)
              : separate(tiff, images, metadata);
      TiffSource.Scale scale = scale(file, images, metadata);
      List<TiffBand> bands = image(file, planes, metadata, options);
      Optional<Wavelengths> labelled =
          bands.stream().allMatch(band -> band.name().isBlank())
              ? Optional.empty()
              : CubeInfo.wavelengths(bands.stream().map(TiffBand::name).toList());
      ImageJInfo info = ImageJInfo.of(metadata.info(), bands.size());
      return TiffSource.of(file, bands, scale, info.provenance())
          .withMarks(info.fwhm(), info.badBands())
          .with(labelled.or(info::wavelengths));
    }
  }

  private static List<TiffBand> stack(TiffFile file, TiffImage first, ImageJMetadata metadata)
      throws IOException {
    int count = metadata.count("images");
    double need = (double) first.width() * first.height() * first.kind().bytes() * count;
    if (need > file.length()) {
      throw new SkinSpectraIOException(
          "%s has %d bytes, too few for the %d images of %dx%d pixels it announces; it is cut off or damaged."
              .formatted(file.path(), file.length(), count, first.width(), first.height()));
    }
    List<TiffBand> planes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      planes.add(band(file, first.inStack(i, 0), 0, metadata.label(i)));
    }
    return planes;
  }

  private static List<TiffBand> separate(
      TiffFile file, List<TiffImage> images, ImageJMetadata metadata) {
    List<TiffBand> planes = new ArrayList<>();
    for (TiffImage image : images) {
      for (int sample = 0; sample < image.samples(); sample++) {
        planes.add(band(file, image, sample, metadata.label(planes.size())));
      }
    }
    return planes;
  }

  private static TiffBand band(TiffFile file, TiffImage image, int sample, String label) {
    return new TiffBand(file.path(), image, sample, label, OptionalDouble.empty());
  }

  /** Where there are channels, slices and times are images of their own. */
  private static List<TiffBand> image(
      Path file, List<TiffBand> planes, ImageJMetadata metadata, ReadOptions options)
      throws IOException {
    int channels = metadata.count("channels");
    int slices = metadata.count("slices");
    int frames = metadata.count("frames");
    if (channels == 1 || (long) channels * slices * frames != planes.size()) {
      options.chooseImage(file, List.of("stack"));
      return planes;
    }
    List<String> names =
        IntStream.range(0, slices * frames)
            .mapToObj(i -> "slice %d, time %d".formatted(i % slices + 1, i / slices + 1))
            .toList();
    int image = options.chooseImage(file, names);
    return planes.subList(image * channels, (image + 1) * channels);
  }

  // -- Values --

  private static TiffSource.Scale scale(Path file, List<TiffImage> images, ImageJMetadata metadata)
      throws IOException {
    for (TiffImage image : images) {
      if (!image.kind().isFloat()) {
        return calibrated(file, images, metadata);
      }
    }
    return TiffSource.Scale.NONE;
  }

  private static TiffSource.Scale calibrated(
      Path file, List<TiffImage> images, ImageJMetadata metadata) throws IOException {
    TiffImage.Kind kind = images.get(0).kind();
    int function = (int) metadata.number("cf").orElse(Calibration.NONE);
    double[] coefficients =
        IntStream.range(0, MOST_COEFFICIENTS)
            .mapToObj(i -> metadata.number("c" + i))
            .takeWhile(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
    boolean alike = true;
    for (TiffImage image : images) {
      alike &= image.kind() == kind && image.samples() == 1;
    }
    if (!alike
        || kind != TiffImage.Kind.UINT8 && kind != TiffImage.Kind.UINT16
        || function < Calibration.STRAIGHT_LINE
        || function >= Calibration.NONE
        || coefficients.length < 2
        || isSignOnly(function, coefficients)) {
      throw new SkinSpectraIOException(
          "%s is no 32-bit float TIFF (%s pixels without a calibration); 32-bit reflectance is needed. In Fiji, convert it with Image>Type>32-bit and scale it so that 1.0 is perfect white."
              .formatted(file, kind.text().strip()));
    }
    float[] values = new float[1 << 8 * kind.bytes()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          (float)
              (function == Calibration.STRAIGHT_LINE
                  ? coefficients[0] + coefficients[1] * i
                  : CurveFitter.f(function, coefficients, i));
    }
    return stored -> values[(int) stored];
  }

  /** Signed 16 bits, as ImageJ has them: counts still, not reflectance. */
  private static boolean isSignOnly(int function, double[] coefficients) {
    return function == Calibration.STRAIGHT_LINE
        && coefficients[0] == -32768
        && coefficients[1] == 1;
  }
}
