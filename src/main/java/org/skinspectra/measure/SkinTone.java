package org.skinspectra.measure;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.CieLab;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.Wavelengths;

/**
 * Classes of constitutive skin colour by the individual typology angle (Chardon, Cretois and
 * Hourseau, Int. J. Cosmet. Sci. 13:191, 1991), {@code ITA = atan((L* − 50)/b*)·180/π} with D65 and
 * the 2° observer.
 */
public enum SkinTone {
  VERY_LIGHT("very light", 55),
  LIGHT("light", 41),
  INTERMEDIATE("intermediate", 28),
  TAN("tan", 10),
  BROWN("brown", -30),
  DARK("dark", Double.NEGATIVE_INFINITY),
  /** b* is not positive, so that the angle means nothing. */
  UNDEFINED("undefined", Double.NaN);

  /** Share of the skin's pixels, the brightest, that an image's tone is told from. */
  private static final double FACING_SHARE = 0.1;

  private final String label;
  private final double above;

  SkinTone(String label, double above) {
    this.label = label;
    this.above = above;
  }

  /** The name of the class for people. */
  public String label() {
    return label;
  }

  /**
   * The angle of a reflectance spectrum in degrees; empty where b* is not positive.
   *
   * @throws org.skinspectra.SkinSpectraException if the grid does not cover the visible
   */
  public static OptionalDouble typologyAngle(Wavelengths grid, double[] reflectance) {
    return CieLab.of(grid, reflectance, Illuminant.d65()).typologyAngle();
  }

  /** The class of a reflectance spectrum. */
  public static SkinTone of(Wavelengths grid, double[] reflectance) {
    OptionalDouble angle = typologyAngle(grid, reflectance);
    if (angle.isEmpty()) {
      return UNDEFINED;
    }
    for (SkinTone tone : values()) {
      if (angle.getAsDouble() > tone.above) {
        return tone;
      }
    }
    return DARK;
  }

  /**
   * The class of the skin in an image, by the mean spectrum of the brightest tenth of its pixels.
   *
   * <p>The angle needs the reflectance of skin that faces the light as the white reference did;
   * shading takes from L* and would make a class darker. In rendered portraits under one lamp the
   * brightest tenth came within 7° of the known angle (8 portraits, shade on most of the face),
   * where the mean of all skin was 16 to 61° too low. Under light so low that no skin faces it,
   * this too is too dark.
   *
   * @param reflectance apparent reflectance factors
   * @param skin where skin is; the class is {@link #UNDEFINED} if it is nowhere
   * @throws org.skinspectra.SkinSpectraException if the cube does not cover the visible
   */
  public static SkinTone of(SpectralCube reflectance, Mask skin) {
    int[] pixels =
        IntStream.range(0, reflectance.width() * reflectance.height())
            .filter(skin::contains)
            .toArray();
    if (pixels.length == 0) {
      return UNDEFINED;
    }
    double[] brightness = brightness(reflectance, pixels);
    double[] sorted = brightness.clone();
    Arrays.sort(sorted);
    double threshold = sorted[sorted.length - (int) Math.ceil(FACING_SHARE * sorted.length)];
    int[] facing =
        IntStream.range(0, pixels.length)
            .filter(i -> brightness[i] >= threshold)
            .map(i -> pixels[i])
            .toArray();
    double[] mean = new double[reflectance.bands()];
    for (int band = 0; band < mean.length; band++) {
      float[] plane = reflectance.plane(band);
      mean[band] = Arrays.stream(facing).mapToDouble(i -> plane[i]).average().orElseThrow();
    }
    return of(reflectance.wavelengths(), mean);
  }

  /** Sum over the visible bands of each pixel. */
  private static double[] brightness(SpectralCube reflectance, int[] pixels) {
    double[] sum = new double[pixels.length];
    for (int band = 0; band < reflectance.bands(); band++) {
      if (Wavelengths.VIS.covers(reflectance.wavelengths().get(band))) {
        float[] plane = reflectance.plane(band);
        for (int i = 0; i < pixels.length; i++) {
          sum[i] += plane[pixels[i]];
        }
      }
    }
    return sum;
  }
}
