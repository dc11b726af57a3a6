package org.skinspectra.profile;

/** References of one size and type, made ready to calibrate many pictures. */
final class PreparedReferences {

  private final CalibrationReferences references;
  private final ChannelLayout layout;
  private final float[][] dark;
  private final float[][] signal;
  private final BadPixels bad;
  private final double[] brightest;

  /**
   * @param layout of the pictures
   */
  PreparedReferences(
      CalibrationReferences references, LinearityCurve linearity, ChannelLayout layout) {
    this.references = references;
    this.layout = layout;
    FrameMean white = references.white();
    int width = white.width();
    int height = white.height();
    dark = new float[layout.planes()][];
    signal = new float[layout.planes()][];
    for (int p = 0; p < dark.length; p++) {
      dark[p] = linearity.apply(references.dark().mean(p), width, height);
      float[] lit = linearity.apply(white.mean(p), width, height);
      float[] unlit = linearity.apply(references.whiteDark().mean(p), width, height);
      signal[p] = new float[lit.length];
      for (int i = 0; i < lit.length; i++) {
        signal[p][i] = lit[i] - unlit[i];
      }
    }
    bad = BadPixels.find(references, signal, layout);
    brightest = new double[layout.channels()];
    for (int p = 0; p < signal.length; p++) {
      for (int i = 0; i < signal[p].length; i++) {
        if (!bad.contains(p, i)) {
          int c = layout.channel(p, i % width, i / width);
          brightest[c] = Math.max(brightest[c], signal[p][i]);
        }
      }
    }
  }

  CalibrationReferences references() {
    return references;
  }

  ChannelLayout layout() {
    return layout;
  }

  /** Linear dark of the picture. */
  float[] dark(int plane) {
    return dark[plane];
  }

  /** Linear white less its linear dark. */
  float[] signal(int plane) {
    return signal[plane];
  }

  BadPixels bad() {
    return bad;
  }

  /** Largest signal of a channel's good pixels. */
  double brightest(int channel) {
    return brightest[channel];
  }
}
