package org.skinspectra.report;

/**
 * The perceptually uniform colour map viridis (Smith and van der Walt 2015, CC0), linear between
 * nine of its colours.
 */
public final class Viridis {

  private static final int[] ANCHORS = {
    0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30, 0xfde725
  };

  private Viridis() {}

  /** The colour at {@code t}, clamped to 0 (dark) to 1 (bright), as opaque RGB. */
  public static int rgb(double t) {
    double position = Math.min(Math.max(t, 0), 1) * (ANCHORS.length - 1);
    int below = Math.min((int) position, ANCHORS.length - 2);
    double weight = position - below;
    int rgb = 0xff;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = ANCHORS[below] >> shift & 0xff;
      int to = ANCHORS[below + 1] >> shift & 0xff;
      rgb = rgb << 8 | (int) Math.round(from + weight * (to - from));
    }
    return rgb;
  }
}
