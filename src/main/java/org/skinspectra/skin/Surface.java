package org.skinspectra.skin;

/** What a part of a scene is made of. May keep values for reuse: one thread at a time. */
interface Surface {

  /**
   * Writes the reflectance of a pixel.
   *
   * @param column pixel column
   * @param row pixel row
   * @param x of the pixel in the scene
   * @param y of the pixel in the scene
   * @param into one value for each band
   * @return share of skin, 0 to 1
   */
  double reflectance(int column, int row, double x, double y, double[] into);
}
