package org.skinspectra.profile;

import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.skinspectra.skin.CanonicalCamera;
import org.skinspectra.skin.OpticalSkin;
import org.skinspectra.skin.RenderedScene;
import org.skinspectra.skin.SceneGenerator;
import org.skinspectra.spectra.Wavelengths;

/**
 * What a rig sees of a rendered scene: R, G, B of one view and 960 nm of another, through the
 * canonical channels, blurred as by a lens, with noise and digital numbers. The scene is painted
 * beyond the image's edge, so that both views are full, and finer than the image where that is
 * small.
 */
final class RenderedPair {

  private static final double BLUR = 0.6;
  private static final double INFRARED_BLUR = 0.9;

  private final int width;
  private final int height;
  private final int margin;
  private final int fine;
  private final float[][] channels = new float[4][];

  RenderedPair(long seed, int width, int height) {
    this.width = width;
    this.height = height;
    margin = 24 + (int) Math.ceil(0.03 * Math.max(width, height));
    fine = Math.max(width, height) <= 300 ? 2 : 1;
    int fineWidth = (width + 2 * margin) * fine;
    int fineHeight = (height + 2 * margin) * fine;
    SceneGenerator generator = new SceneGenerator(new OpticalSkin());
    RenderedScene scene = generator.scene(seed, fineWidth, fineHeight);
    float[] pixels = new CanonicalCamera(Wavelengths.VIS_NIR).capture(scene.truth()).pixels();
    for (int c = 0; c < 4; c++) {
      float[] plane = new float[fineWidth * fineHeight];
      for (int i = 0; i < plane.length; i++) {
        plane[i] = pixels[4 * i + c];
      }
      double[] blur = Filters.gaussian((c == 3 ? INFRARED_BLUR : BLUR) * fine);
      channels[c] =
          Filters.alongY(
              Filters.alongX(plane, fineWidth, fineHeight, blur), fineWidth, fineHeight, blur);
    }
  }

  /**
   * One channel as a camera sees it whose pixels lie at {@code toImage} of the scene's.
   *
   * @param toImage from pixels of the view to pixels of the image
   */
  float[] channel(int channel, Homography toImage, double snrDb, int bits, long seed) {
    Homography toView =
        Homography.of(
            1.0 / fine,
            0,
            (0.5 - 0.5 * fine) / fine - margin,
            0,
            1.0 / fine,
            (0.5 - 0.5 * fine) / fine - margin,
            0,
            0,
            1);
    float[] plane =
        new Warp(
                toImage.after(toView),
                (width + 2 * margin) * fine,
                (height + 2 * margin) * fine,
                width,
                height)
            .apply(channels[channel]);
    double squares = 0;
    for (float value : plane) {
      squares += value * value;
    }
    double deviation = Math.sqrt(squares / plane.length) * Math.pow(10, -snrDb / 20);
    double levels = (1 << bits) - 1;
    RandomGenerator random = new Well19937c(seed);
    for (int i = 0; i < plane.length; i++) {
      double value = plane[i] + deviation * random.nextGaussian();
      plane[i] = (float) (Math.rint(Math.max(0, Math.min(1.2, value)) * levels) / levels);
    }
    return plane;
  }
}
