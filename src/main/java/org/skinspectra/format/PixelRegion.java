package org.skinspectra.format;

import java.util.Arrays;
import org.skinspectra.SkinSpectraException;

/**
 * A rectangle of an image.
 *
 * @param x column of its left edge, from 0
 * @param y row of its upper edge, from 0
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
public record PixelRegion(int x, int y, int width, int height) {

  /**
   * Checks the numbers, not yet against an image.
   *
   * @throws SkinSpectraException if it begins before the image or is empty
   */
  public PixelRegion {
    if (x < 0 || y < 0 || width < 1 || height < 1) {
      throw new SkinSpectraException(
          "A region of %dx%d pixels at (%d, %d) is none; give a corner from (0, 0) and at least 1x1 pixels."
              .formatted(width, height, x, y));
    }
  }

  /**
   * Reads {@code x,y,width,height}.
   *
   * @throws SkinSpectraException if the text is no such region
   */
  public static PixelRegion parse(String text) {
    String[] numbers = text.trim().split(",", -1);
    try {
      if (numbers.length == 4) {
        int[] of = Arrays.stream(numbers).map(String::trim).mapToInt(Integer::parseInt).toArray();
        return new PixelRegion(of[0], of[1], of[2], of[3]);
      }
    } catch (NumberFormatException e) {
      // Reported below, with the whole text.
    }
    throw new SkinSpectraException(
        "'%s' is no region; write x,y,width,height in pixels, such as 0,0,256,256."
            .formatted(text));
  }

  /** A whole image. */
  public static PixelRegion whole(int width, int height) {
    return new PixelRegion(0, 0, width, height);
  }

  /** How many pixels it has. */
  public long pixels() {
    return (long) width * height;
  }

  /**
   * Makes sure that the region lies within an image.
   *
   * @throws SkinSpectraException if it does not
   */
  public void requireWithin(int imageWidth, int imageHeight) {
    if (width > imageWidth - x || height > imageHeight - y) {
      throw new SkinSpectraException(
          "A region of %dx%d pixels at (%d, %d) does not lie within the image of %dx%d pixels."
              .formatted(width, height, x, y, imageWidth, imageHeight));
    }
  }

  /**
   * Copies the region out of a plane.
   *
   * @param plane of the whole image, {@code [y][x]}
   * @param into {@code [y][x]} of the region
   */
  void crop(float[] plane, int imageWidth, float[] into) {
    for (int row = 0; row < height; row++) {
      System.arraycopy(plane, (y + row) * imageWidth + x, into, row * width, width);
    }
  }
}
