package org.skinspectra.train;

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
   * @throws SkinSpectraException if its parts do not fit together, or a value is no reflectance
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
    for (float[] plane : truth.planes()) {
      requireFinite(plane, image.name() + ", truth");
    }
    requireFinite(input.pixels(), image.msiFile().toString());
    Mask skin = image.mask(truth.width(), truth.height());
    return new Picture(truth, skin, Optional.of(input));
  }

  private static void requireFinite(float[] values, String where) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new SkinSpectraException(
            where + " holds " + value + "; a network cannot learn from that. Mend or remove it.");
      }
    }
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
