package org.skinspectra.skin;

import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Paints scenes of skin and other materials, to train on: no two alike, none of a real person. The
 * same seed, kind and size give the same values on every platform. Immutable and thread-safe; a
 * scene is painted on the calling thread alone.
 */
public final class SceneGenerator {

  /** Shortest side of an image in pixels. */
  public static final int MIN_SIDE = 8;

  /** Longest side of an image in pixels. */
  public static final int MAX_SIDE = 4096;

  private final SkinSource skins;

  /** Scenes with people from this source. */
  public SceneGenerator(SkinSource skins) {
    this.skins = skins;
  }

  /**
   * A scene of a kind drawn from the seed: of ten, about five faces, two hands and three patches.
   *
   * @throws IllegalArgumentException if a side is not within 8 to 4096 pixels
   */
  public RenderedScene scene(long seed, int width, int height) {
    // A stream of its own, apart from that of the scene.
    double kind = new Well19937c(~seed).nextDouble();
    return scene(
        kind < 0.5 ? SceneKind.FACE : kind < 0.7 ? SceneKind.HAND : SceneKind.PATCHES,
        seed,
        width,
        height);
  }

  /**
   * A scene of one kind.
   *
   * @return apparent reflectance on 400:10:1000 nm and where skin is; without a camera or noise
   * @throws IllegalArgumentException if a side is not within 8 to 4096 pixels
   */
  public RenderedScene scene(SceneKind kind, long seed, int width, int height) {
    if (Math.min(width, height) < MIN_SIDE || Math.max(width, height) > MAX_SIDE) {
      throw new IllegalArgumentException(
          "A scene has sides of "
              + MIN_SIDE
              + " to "
              + MAX_SIDE
              + " pixels, not "
              + width
              + "x"
              + height
              + ".");
    }
    RandomGenerator random = new Well19937c(seed);
    return switch (kind) {
      case FACE -> FaceScene.paint(skins, random, width, height);
      case HAND -> HandScene.paint(skins, random, width, height);
      case PATCHES -> PatchScene.paint(skins, random, width, height);
    };
  }
}
