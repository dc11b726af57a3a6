package org.skinspectra.profile;

/** What a small correction of a homography may be, in coordinates of size 1. */
enum MotionModel {
  SIMILARITY(4) {
    @Override
    double[] matrix(double[] p) {
      return new double[] {1 + p[2], -p[3], p[0], p[3], 1 + p[2], p[1], 0, 0, 1};
    }
  },
  AFFINE(6) {
    @Override
    double[] matrix(double[] p) {
      return new double[] {1 + p[2], p[3], p[0], p[4], 1 + p[5], p[1], 0, 0, 1};
    }
  },
  HOMOGRAPHY(8) {
    @Override
    double[] matrix(double[] p) {
      return new double[] {1 + p[2], p[3], p[0], p[4], 1 + p[5], p[1], p[6], p[7], 1};
    }
  };

  private final int parameters;

  MotionModel(int parameters) {
    this.parameters = parameters;
  }

  int parameters() {
    return parameters;
  }

  /** The nine coefficients; the identity for parameters of 0. */
  abstract double[] matrix(double[] p);
}
