package org.skinspectra.profile;

/**
 * What one place of an image says about the correction of a map: what should lie at (x, y) was
 * found at (x + dx, y + dy).
 *
 * @param xx of the inverse covariance matrix of (dx, dy), 1/pixels²; may be of rank 1, where an
 *     edge tells nothing about the shift along it
 * @param xy of the inverse covariance matrix
 * @param yy of the inverse covariance matrix
 */
record Offset(double x, double y, double dx, double dy, double xx, double xy, double yy) {

  /** A point that was found as well in x as in y. */
  static Offset ofPoint(double x, double y, double foundX, double foundY) {
    return new Offset(x, y, foundX - x, foundY - y, 1, 0, 1);
  }
}
