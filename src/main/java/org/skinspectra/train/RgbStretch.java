package org.skinspectra.train;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.skinspectra.SkinSpectraException;

/**
 * What is done to the values of a data set's RGB pictures before a model sees them. A model must be
 * given what it was trained on, so the choice is named beside the results.
 */
public enum RgbStretch {

  /** Values as stored: 255 (8 bits) or 65535 (16 bits) is 1.0. */
  NONE("none", "values as stored, white is 1.0"),

  /**
   * What the loader of the Hyper-Skin authors does to RGB pictures, and to nothing else: (v - min)
   * / (max - min) with the least and the greatest value of all three channels of the picture.
   */
  MINMAX("minmax", "(v - min) / (max - min) over the three channels of each picture");

  private final String key;
  private final String description;

  RgbStretch(String key, String description) {
    this.key = key;
    this.description = description;
  }

  /** The name as it is typed and shown. */
  public String key() {
    return key;
  }

  /** One line for people that says what is computed. */
  public String description() {
    return description;
  }

  /**
   * The stretch with this key, in upper or lower case.
   *
   * @throws SkinSpectraException if there is none, naming those there are
   */
  public static RgbStretch of(String key) {
    return Arrays.stream(values())
        .filter(stretch -> stretch.key.equalsIgnoreCase(key))
        .findFirst()
        .orElseThrow(
            () ->
                new SkinSpectraException(
                    "There is no stretch '%s' of RGB pictures; choose one of %s."
                        .formatted(
                            key,
                            Arrays.stream(values())
                                .map(RgbStretch::key)
                                .collect(Collectors.joining(", ")))));
  }

  /**
   * The planes of a picture as float32.
   *
   * @param samples of each channel as they are stored
   * @param white the sample that is 1.0 without a stretch
   * @throws SkinSpectraException if there is nothing to stretch, as in a picture of one value
   */
  float[][] apply(String picture, double[][] samples, double white) {
    if (this == NONE) {
      return scaled(samples, 0, white);
    }
    double min = Arrays.stream(samples).flatMapToDouble(Arrays::stream).min().orElseThrow();
    double max = Arrays.stream(samples).flatMapToDouble(Arrays::stream).max().orElseThrow();
    if (!(max > min) || !Double.isFinite(max - min)) {
      throw new SkinSpectraException(
          "%s cannot be stretched: its least value is %s, its greatest %s. Mend it or leave the image out."
              .formatted(picture, min, max));
    }
    return scaled(samples, min, max - min);
  }

  private static float[][] scaled(double[][] samples, double zero, double range) {
    float[][] planes = new float[samples.length][];
    for (int channel = 0; channel < samples.length; channel++) {
      planes[channel] = new float[samples[channel].length];
      for (int i = 0; i < samples[channel].length; i++) {
        planes[channel][i] = (float) ((samples[channel][i] - zero) / range);
      }
    }
    return planes;
  }

  @Override
  public String toString() {
    return key;
  }
}
