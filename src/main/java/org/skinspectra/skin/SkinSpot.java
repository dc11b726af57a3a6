package org.skinspectra.skin;

/**
 * A place on a person's skin: values of smooth maps, each standard normal over the scene, and how
 * strongly each feature is present.
 *
 * @param maps at least {@value #MAPS} values
 * @param features one strength for each {@link SkinFeature}, 0 none to 1 full
 */
public record SkinSpot(double[] maps, double[] features) {

  /** Number of smooth maps. */
  public static final int MAPS = 8;

  private static final int FEATURES = SkinFeature.values().length;

  /**
   * @throws IllegalArgumentException if there are too few values
   */
  public SkinSpot {
    if (maps.length < MAPS || features.length != FEATURES) {
      throw new IllegalArgumentException(
          "A spot of skin has "
              + MAPS
              + " maps and "
              + FEATURES
              + " features, not "
              + maps.length
              + " and "
              + features.length
              + ".");
    }
  }

  /** Skin without features. */
  public static SkinSpot bare(double[] maps) {
    return new SkinSpot(maps, new double[FEATURES]);
  }

  /** The person's average skin with one feature. */
  public static SkinSpot average(SkinFeature feature, double strength) {
    SkinSpot spot = bare(new double[MAPS]);
    spot.features[feature.ordinal()] = strength;
    return spot;
  }

  /** Value of one smooth map. */
  public double map(int number) {
    return maps[number];
  }

  /** Strength of one feature. */
  public double feature(SkinFeature feature) {
    return features[feature.ordinal()];
  }
}
