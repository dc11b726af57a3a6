package org.skinspectra.skin;

import org.apache.commons.math3.util.FastMath;

/**
 * The lower half of a face above a neck and a collar, as fields over the image plane. Lengths are
 * in image heights; x is 0 in the middle and grows to the right, y is 0 at the top and grows
 * downwards. Outlines are signed distances, roughly: positive inside.
 */
final class FaceGeometry {

  private static final double MOUTH_Y = 0.43;
  private static final double MOUTH_HALF_WIDTH = 0.15;

  private FaceGeometry() {}

  /** Outline of the face. */
  static double face(double x, double y) {
    return 0.36 * (1 - faceRadius(x, y));
  }

  /** Outline of the neck, which the face hides where both are. */
  static double neck(double x, double y) {
    double halfWidth = 0.225 + 0.9 * square(Math.max(0, y - 0.78));
    return Math.min(halfWidth - Math.abs(x), y - 0.5);
  }

  /** Outline of the clothes, which lie on the neck. */
  static double cloth(double x, double y) {
    double shoulder = 0.845 + 0.28 * Math.max(0, Math.abs(x) - 0.24);
    double neckline = 0.845 + 0.115 * (1 - square(x / 0.24));
    return y - (Math.abs(x) < 0.24 ? neckline : shoulder);
  }

  /** Outline of the lips. */
  static double lips(double x, double y) {
    double across = 1 - square(x / MOUTH_HALF_WIDTH);
    if (across <= 0) {
      return -1;
    }
    double line = mouthLine(x);
    double bow = 1 - 0.28 * bump(x / 0.028);
    double upper = line - 0.046 * FastMath.pow(across, 0.8) * bow;
    double lower = line + 0.062 * FastMath.pow(across, 0.7);
    return Math.min(y - upper, lower - y);
  }

  /** Share of light that reaches the bottom of creases: mouth, nostrils, under the lower lip. */
  static double openness(double x, double y) {
    double mouth = bump((y - mouthLine(x)) / 0.0075) * bump(FastMath.pow(x / 0.15, 4));
    double nostrils = bump((Math.abs(x) - 0.04) / 0.017) * bump((y - 0.258) / 0.011);
    double wings = bump((Math.abs(x) - 0.102) / 0.012) * bump((y - 0.225) / 0.035);
    return (1 - 0.65 * mouth) * (1 - 0.7 * nostrils) * (1 - 0.25 * wings);
  }

  /** Share of light that the chin leaves to the neck. */
  static double chinShadow(double x, double y) {
    return 1 - 0.6 * bump(Math.max(0, -face(x + 0.03, y - 0.02)) / 0.11);
  }

  /** Height of the face towards the viewer. */
  static double faceHeight(double x, double y) {
    double head = 0.34 * dome(faceRadius(x, y));
    double bridge = 0.07 * bump(x / 0.055) * (1 - step((y - 0.16) / 0.1));
    double tip = 0.085 * bump(FastMath.hypot(x / 0.068, (y - 0.19) / 0.075));
    double wings = 0.032 * bump(FastMath.hypot((Math.abs(x) - 0.066) / 0.036, (y - 0.225) / 0.034));
    double chin = 0.03 * bump(FastMath.hypot(x / 0.1, (y - 0.665) / 0.07));
    double cheeks = 0.03 * bump(FastMath.hypot((Math.abs(x) - 0.22) / 0.12, (y - 0.1) / 0.14));
    double folds =
        -0.006 * bump((Math.abs(x) - 0.1 - 0.22 * (y - 0.22)) / 0.024) * bump((y - 0.31) / 0.085);
    double philtrum = -0.004 * bump(x / 0.014) * bump((y - 0.33) / 0.04);
    return head + bridge + tip + wings + chin + cheeks + folds + philtrum + lipHeight(x, y);
  }

  /** Height of the neck or of the clothes on it. */
  static double bodyHeight(double x, double y) {
    double width = 0.28 + 0.35 * step((y - 0.93) / 0.16);
    double neck = 0.26 * dome(Math.abs(x) / width);
    double tendon = 0.007 * bump((Math.abs(x) - 0.15 + 0.4 * (y - 0.7)) / 0.025);
    return neck + tendon;
  }

  /** 1 at 0, falling to 0 beyond about 2. */
  static double bump(double t) {
    return FastMath.exp(-t * t);
  }

  /** 0 below -1, 1 above 1, smooth between. */
  static double step(double t) {
    double s = Math.min(Math.max((t + 1) / 2, 0), 1);
    return s * s * (3 - 2 * s);
  }

  /** A half circle over radius 0 to 1, continued by its steep slope so that outlines stay dark. */
  private static double dome(double radius) {
    double inside = Math.min(radius, 0.97);
    double height = Math.sqrt(1 - square(inside));
    return height - (radius - inside) * inside / height;
  }

  private static double lipHeight(double x, double y) {
    double across = bump(x / 0.1);
    double upper = 0.016 * bump((y - mouthLine(x) + 0.022) / 0.02);
    double lower = 0.024 * bump((y - mouthLine(x) - 0.03) / 0.024);
    double below = -0.014 * bump((y - mouthLine(x) - 0.09) / 0.025);
    return across * (upper + lower + below);
  }

  private static double mouthLine(double x) {
    return MOUTH_Y + 0.006 * bump(x / 0.05) - 0.3 * x * x;
  }

  /** 0 in the middle of the face, 1 on its outline. */
  private static double faceRadius(double x, double y) {
    double below = Math.max(0, y - 0.12) / 0.64;
    double halfWidth = 0.385 - 0.055 * step((y - 0.38) / 0.34);
    return FastMath.pow(
        FastMath.pow(Math.abs(x) / halfWidth, 2.4) + FastMath.pow(below, 2.4), 1 / 2.4);
  }

  private static double square(double x) {
    return x * x;
  }
}
