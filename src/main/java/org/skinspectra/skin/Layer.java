package org.skinspectra.skin;

import java.util.function.DoubleBinaryOperator;

/**
 * One thing in a scene, as fields over scene coordinates.
 *
 * @param outline signed distance from its edge, positive inside, in scene lengths
 * @param softness width of its edge in scene lengths; never sharper than a pixel
 * @param height towards the viewer, in scene lengths
 * @param openness share of the light that reaches it, 0 to 1
 * @param gloss of its surface, as a multiple of the scene's
 * @param surface what it is made of
 */
record Layer(
    DoubleBinaryOperator outline,
    double softness,
    DoubleBinaryOperator height,
    DoubleBinaryOperator openness,
    double gloss,
    Surface surface) {

  private static final DoubleBinaryOperator ONE = (x, y) -> 1;

  /** A flat thing with a sharp edge in full light. */
  static Layer flat(DoubleBinaryOperator outline, Surface surface) {
    return new Layer(outline, 0, (x, y) -> 0, ONE, 0.3, surface);
  }

  Layer soft(double width) {
    return new Layer(outline, width, height, openness, gloss, surface);
  }

  Layer raised(DoubleBinaryOperator relief) {
    return new Layer(outline, softness, relief, openness, gloss, surface);
  }

  Layer shaded(DoubleBinaryOperator share) {
    return new Layer(outline, softness, height, share, gloss, surface);
  }

  Layer glossy(double factor) {
    return new Layer(outline, softness, height, openness, factor, surface);
  }
}
