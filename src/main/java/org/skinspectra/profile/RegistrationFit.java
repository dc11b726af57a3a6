package org.skinspectra.profile;

import java.util.List;
import org.skinspectra.SkinSpectraException;

/**
 * Estimates how the image at 960 nm lies on the RGB image, from the two images themselves or from
 * points of a target in both. What is found holds at the distance of the scene or the target; see
 * {@link Homography}.
 */
public final class RegistrationFit {

  /** Shortest side of an image to register by itself, in pixels. */
  public static final int MIN_SIDE = 64;

  /** Most pixels of an image to register by itself. */
  private static final long MAX_PIXELS = 1L << 28;

  private RegistrationFit() {}

  /**
   * Registers images of about the same view, laid edge to edge to begin with: up to a quarter of a
   * side apart, and a few degrees and hundredths of scale.
   *
   * <p>Edges are compared by place and direction, not by strength or by which side is the brighter,
   * so that skin, veins, hair and cloth may look otherwise at 960 nm. Tiles of the image on which
   * the two do not agree have no say. The residual is the standard error of the map (root mean
   * square over the image), estimated by leaving out groups of tiles; the agreement is the
   * correlation of the edges. The same images give the same registration on every platform.
   *
   * @param rgb one channel of the RGB image or its luminance, float32 {@code [y][x]}; R is most
   *     like 960 nm
   * @param infrared the 960 nm image, float32 {@code [y][x]}
   * @throws SkinSpectraException if a plane does not fit its size, is smaller than 64 pixels a
   *     side, or holds a value that is not finite; or if the images have no edges or do not match
   */
  public static Registration ofImages(
      float[] rgb, int width, int height, float[] infrared, int infraredWidth, int infraredHeight) {
    requirePlane("RGB", rgb, width, height);
    requirePlane("960 nm", infrared, infraredWidth, infraredHeight);
    return ofImages(
        rgb,
        width,
        height,
        infrared,
        infraredWidth,
        infraredHeight,
        Homography.ofSizes(infraredWidth, infraredHeight, width, height));
  }

  /**
   * As {@link #ofImages(float[], int, int, float[], int, int)}, from a map that is roughly known,
   * for cameras that are turned, mirrored or of other fields of view.
   *
   * @param start from pixels of the 960 nm image to pixels of the RGB image
   * @throws SkinSpectraException as there
   */
  public static Registration ofImages(
      float[] rgb,
      int width,
      int height,
      float[] infrared,
      int infraredWidth,
      int infraredHeight,
      Homography start) {
    requirePlane("RGB", rgb, width, height);
    requirePlane("960 nm", infrared, infraredWidth, infraredHeight);
    Plane fixed = Plane.of(width, height, rgb);
    Plane moving = Plane.of(infraredWidth, infraredHeight, infrared);
    return new ImageMatch(fixed, moving).register(start);
  }

  /**
   * Registers by points of a flat target, such as the corners of a checkerboard or the centres of
   * dots. Pairs that were mistaken are found by random sample consensus (Fischler &amp; Bolles
   * 1981) and have no say. The residual is the root mean square distance of each of the other pairs
   * from a fit that did not know it, in pixels of the RGB image; the agreement is their share.
   *
   * @param pairs at least six, better dozens, over all of the image
   * @throws SkinSpectraException if there are fewer than six pairs, they lie on a line, or fewer
   *     than six or than half of them agree on a homography
   */
  public static Registration ofPoints(
      List<PointPair> pairs, int infraredWidth, int infraredHeight, int width, int height) {
    return new PointMatch(pairs, width, height).register(infraredWidth, infraredHeight);
  }

  private static void requirePlane(String name, float[] plane, int width, int height) {
    if ((long) width * height != plane.length) {
      throw new SkinSpectraException(
          "The %s image of %dx%d pixels does not fit a plane of %d values."
              .formatted(name, width, height, plane.length));
    }
    if (Math.min(width, height) < MIN_SIDE || plane.length > MAX_PIXELS) {
      throw new SkinSpectraException(
          "The %s image is %dx%d; images of at least %d pixels a side can be registered, of up to %d in all."
              .formatted(name, width, height, MIN_SIDE, MAX_PIXELS));
    }
    for (int i = 0; i < plane.length; i++) {
      if (!Float.isFinite(plane[i])) {
        throw new SkinSpectraException(
            "The %s image is %s at (%d, %d); replace bad pixels before registering."
                .formatted(name, plane[i], i % width, i / width));
      }
    }
  }
}
