package org.skinspectra.cube;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import java.awt.Point;
import java.awt.Rectangle;
import java.util.function.IntToDoubleFunction;
import org.skinspectra.SkinSpectraException;

/** Masks from images and from ROIs. */
public final class Masks {

  private Masks() {}

  /**
   * The first slice of an image as weights: 8-bit values / 255, 16-bit values / 65535, the red of a
   * colour image / 255, 32-bit values as they are. An inverting look-up table changes what is seen,
   * not what is read, as in ImageJ's own masks.
   *
   * @throws SkinSpectraException if a 32-bit value is not within 0 to 1, or an integer image holds
   *     only 0 and 1 and so would count nothing
   */
  public static Mask of(ImagePlus image) {
    double white =
        switch (image.getBitDepth()) {
          case 16 -> 65535;
          case 32 -> 1;
          default -> 255;
        };
    return of(image, white);
  }

  /**
   * The first slice of an image as weights, value / {@code white}.
   *
   * @throws SkinSpectraException if a weight is not within 0 to 1
   */
  public static Mask of(ImagePlus image, double white) {
    ImageProcessor pixels = image.getStack().getProcessor(1);
    IntToDoubleFunction value =
        pixels instanceof ColorProcessor ? i -> pixels.get(i) >> 16 & 0xff : pixels::getf;
    return ofValues(
        "Mask '" + image.getTitle() + "'", image.getWidth(), image.getHeight(), value, white);
  }

  /**
   * Weights from one value per pixel, row by row, divided by {@code white}.
   *
   * @param name what to call the mask in an error
   * @throws SkinSpectraException if a weight is not within 0 to 1, or {@code white} is more than 1
   *     and the values are only 0 and 1
   */
  public static Mask ofValues(
      String name, int width, int height, IntToDoubleFunction value, double white) {
    float[] weights = new float[width * height];
    double max = 0;
    for (int i = 0; i < weights.length; i++) {
      double v = value.applyAsDouble(i);
      if (!(v >= 0 && v <= white)) {
        throw new SkinSpectraException(
            "%s has the value %s at pixel (%d, %d), outside 0 to %s. Scale it so that %s means that a pixel counts fully."
                .formatted(name, number(v), i % width, i / width, number(white), number(white)));
      }
      max = Math.max(max, v);
      weights[i] = (float) (v / white);
    }
    if (max == 1 && white > 1) {
      throw new SkinSpectraException(
          "%s holds only the values 0 and 1, where %s means that a pixel counts. Multiply it by %s."
              .formatted(name, number(white), number(white)));
    }
    return new Mask(width, height, weights);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Float.toString((float) value);
  }

  /**
   * Weight 1 inside an area ROI (holes of composite ROIs left out), on the pixels of a point ROI or
   * along a line; 0 elsewhere. What lies outside the image is cut off.
   *
   * @throws SkinSpectraException if no pixel of the image is inside
   */
  public static Mask of(Roi roi, int width, int height) {
    float[] weights = new float[width * height];
    if (roi.isArea()) {
      fillArea(roi, width, height, weights);
    } else {
      for (Point p : roi) {
        if (p.x >= 0 && p.y >= 0 && p.x < width && p.y < height) {
          weights[p.y * width + p.x] = 1;
        }
      }
    }
    Mask mask = new Mask(width, height, weights);
    if (mask.count() == 0) {
      throw new SkinSpectraException(
          "The ROI%s covers no pixel of the %dx%d image. Draw it inside the image."
              .formatted(roi.getName() == null ? "" : " '" + roi.getName() + "'", width, height));
    }
    return mask;
  }

  private static void fillArea(Roi roi, int width, int height, float[] weights) {
    Rectangle bounds = roi.getBounds();
    // A rectangle has no mask of its own; everything within its bounds is inside.
    ImageProcessor inside = roi.getMask();
    int endX = (int) Math.min(width, (long) bounds.x + bounds.width);
    int endY = (int) Math.min(height, (long) bounds.y + bounds.height);
    for (int y = Math.max(0, bounds.y); y < endY; y++) {
      for (int x = Math.max(0, bounds.x); x < endX; x++) {
        if (inside == null || inside.get(x - bounds.x, y - bounds.y) != 0) {
          weights[y * width + x] = 1;
        }
      }
    }
  }

  /**
   * Checks that a mask fits an image.
   *
   * @throws SkinSpectraException naming both sizes if it does not
   */
  public static void requireSize(Mask mask, int width, int height) {
    if (mask.width() != width || mask.height() != height) {
      throw new SkinSpectraException(
          "The mask is %dx%d pixels, but the image is %dx%d; take the mask that belongs to this image."
              .formatted(mask.width(), mask.height(), width, height));
    }
  }
}
