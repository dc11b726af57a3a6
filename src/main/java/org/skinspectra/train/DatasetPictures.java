package org.skinspectra.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.random.RandomGenerator;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.skin.Seeds;

/**
 * Regions of the images of a data set, with the input that comes with them.
 *
 * @param side largest side of a region in pixels; a smaller image is taken whole
 */
record DatasetPictures(List<HyperSkinImage> images, int side, long seed) implements PictureSource {

  private static final double LARGEST_REFLECTANCE = 1.5;

  /** Noise takes an input below black and, where an image clips late, far above white. */
  private static final double SMALLEST_INPUT = -0.5;

  private static final double LARGEST_INPUT = 2;

  @Override
  public Picture picture(long number) {
    RandomGenerator random = Seeds.generator(seed, number);
    HyperSkinImage image = images.get(random.nextInt(images.size()));
    Picture whole = read(image);
    int width = Math.min(side, whole.width());
    int height = Math.min(side, whole.height());
    int left = random.nextInt(whole.width() - width + 1);
    int top = random.nextInt(whole.height() - height + 1);
    return region(whole, left, top, width, height);
  }

  /**
   * Reads an image whole.
   *
   * @throws SkinSpectraException if its parts do not fit together, a value of the truth is no
   *     reflectance factor (0 to 1.5) or one of the input is far from any (-0.5 to 2), or the mask
   *     marks no skin
   */
  static Picture read(HyperSkinImage image) {
    SpectralCube truth = image.truth();
    Msi input = image.msi();
    if (input.width() != truth.width() || input.height() != truth.height()) {
      throw new SkinSpectraException(
          "%s is %dx%d pixels, but its truth is %dx%d; they are not of one image."
              .formatted(
                  image.msiFile(), input.width(), input.height(), truth.width(), truth.height()));
    }
    for (int band = 0; band < truth.bands(); band++) {
      for (float value : truth.plane(band)) {
        if (!(value >= 0 && value <= LARGEST_REFLECTANCE)) {
          throw noReflectance(
              image.truthFile(band),
              value,
              truth.wavelengths().label(band),
              0,
              LARGEST_REFLECTANCE);
        }
      }
    }
    for (int i = 0; i < input.pixels().length; i++) {
      float value = input.pixels()[i];
      if (!(value >= SMALLEST_INPUT && value <= LARGEST_INPUT)) {
        throw noReflectance(
            image.msiFile(),
            value,
            input.channelNames().get(i % input.channels()),
            SMALLEST_INPUT,
            LARGEST_INPUT);
      }
    }
    Mask skin = image.mask(truth.width(), truth.height());
    if (skin.count() == 0) {
      throw new SkinSpectraException(
          "The mask %s marks no skin: none of its pixels is brighter than half of white. Mend it, or leave the image out."
              .formatted(image.maskFile()));
    }
    return new Picture(truth, skin, Optional.of(input));
  }

  private static SkinSpectraException noReflectance(
      Path file, float value, String band, double least, double most) {
    return new SkinSpectraException(
        "%s holds %s at %s; its reflectance factors lie between %s and %s (1.0 is white). If it is in percent or counts, divide by what white has; else mend it or leave the image out."
            .formatted(file, value, band, least, most));
  }

  static Picture region(Picture whole, int left, int top, int width, int height) {
    float[][] planes = new float[whole.truth().bands()][width * height];
    Msi input = whole.input().orElseThrow();
    int channels = input.channels();
    float[] pixels = new float[width * height * channels];
    float[] skin = new float[width * height];
    for (int y = 0; y < height; y++) {
      int from = (top + y) * whole.width() + left;
      int to = y * width;
      for (int band = 0; band < planes.length; band++) {
        System.arraycopy(whole.truth().plane(band), from, planes[band], to, width);
      }
      System.arraycopy(input.pixels(), from * channels, pixels, to * channels, width * channels);
      System.arraycopy(whole.skin().weights(), from, skin, to, width);
    }
    return new Picture(
        SpectralCube.ofPlanes(width, height, whole.truth().wavelengths(), planes),
        new Mask(width, height, skin),
        Optional.of(new Msi(width, height, channels, pixels)));
  }
}
