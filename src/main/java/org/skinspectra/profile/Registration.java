package org.skinspectra.profile;

import java.util.Objects;
import org.skinspectra.SkinSpectraException;

/**
 * How the image at 960 nm lies on the RGB image. It holds for parts of the scene at the distance of
 * those that it was found from; see {@link Homography}. The RGB image's own chromatic shift is not
 * part of it.
 *
 * @param homography from pixels of the 960 nm image to pixels of the RGB image
 * @param residual estimated error of the map, root mean square over the RGB image, in its pixels
 * @param method what it was found from
 * @param matches how many tiles of the images or pairs of points agreed on it
 * @param agreement from 0 to 1: of images, the correlation of their edges; of points, the share of
 *     the pairs that agreed
 * @param fromWidth of the 960 nm image in pixels
 * @param fromHeight of the 960 nm image in pixels
 * @param toWidth of the RGB image in pixels
 * @param toHeight of the RGB image in pixels
 */
public record Registration(
    Homography homography,
    double residual,
    Method method,
    int matches,
    double agreement,
    int fromWidth,
    int fromHeight,
    int toWidth,
    int toHeight) {

  /** Longest side of an image in pixels. */
  public static final int MAX_SIDE = 1 << 16;

  /** What a registration was found from. */
  public enum Method {
    /** One pair of images. */
    IMAGES,
    /** Points of a target. */
    POINTS
  }

  /**
   * @throws SkinSpectraException if a number is out of range
   */
  public Registration {
    Objects.requireNonNull(homography, "homography");
    Objects.requireNonNull(method, "method");
    requireIn("residual", residual, 0, MAX_SIDE);
    requireIn("number of matches", matches, 1, Integer.MAX_VALUE);
    requireIn("agreement", agreement, 0, 1);
    requireIn("width of the 960 nm image", fromWidth, 1, MAX_SIDE);
    requireIn("height of the 960 nm image", fromHeight, 1, MAX_SIDE);
    requireIn("width of the RGB image", toWidth, 1, MAX_SIDE);
    requireIn("height of the RGB image", toHeight, 1, MAX_SIDE);
  }

  /**
   * The resampling of 960 nm planes onto the pixels of the RGB image.
   *
   * @throws SkinSpectraException if the homography cannot be reversed
   */
  public Warp warp() {
    return new Warp(homography, fromWidth, fromHeight, toWidth, toHeight);
  }

  private static void requireIn(String what, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new SkinSpectraException(
          "The %s of a registration is %s, not from %s to %s; register the images again."
              .formatted(what, value, least, most));
    }
  }
}
