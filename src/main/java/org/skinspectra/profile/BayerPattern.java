package org.skinspectra.profile;

/**
 * Which of red (0), green (1) and blue (2) the pixels of a colour sensor see (Bayer 1976), named by
 * the first two pixels of the first two rows.
 */
public enum BayerPattern {
  RGGB,
  BGGR,
  GRBG,
  GBRG;

  private final int[] channels = new int[4];

  BayerPattern() {
    for (int i = 0; i < 4; i++) {
      channels[i] = "RGB".indexOf(name().charAt(i));
    }
  }

  /** Red 0, green 1 or blue 2: what the pixel in column x and row y sees. */
  public int channel(int x, int y) {
    return channels[(y & 1) << 1 | x & 1];
  }

  /** The pattern of a region of the sensor whose first pixel is in column x and row y. */
  public BayerPattern startingAt(int x, int y) {
    for (BayerPattern pattern : values()) {
      if (pattern.channel(0, 0) == channel(x, y) && pattern.channel(1, 0) == channel(x + 1, y)) {
        return pattern;
      }
    }
    throw new AssertionError(this);
  }
}
