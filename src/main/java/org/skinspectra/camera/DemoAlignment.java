package org.skinspectra.camera;

import org.apache.commons.math3.util.FastMath;

/**
 * Where the 960 nm camera looks beside the colour camera. Turning, scaling and tilting are about
 * the middle of the image.
 *
 * @param shiftX by how many pixels of the colour image the middle of the 960 nm image lies to the
 *     right, -100 to 100
 * @param shiftY the same downwards
 * @param degrees by which the 960 nm camera is turned, -10 to 10
 * @param scale pixels of the colour image across one of the 960 nm image, 0.9 to 1.1
 * @param tiltX change of the scale along x, per pixel, -0.0005 to 0.0005
 * @param tiltY the same along y
 */
public record DemoAlignment(
    double shiftX, double shiftY, double degrees, double scale, double tiltX, double tiltY) {

  /** Both see the same, as behind one prism. */
  public static final DemoAlignment SAME = of(0, 0, 0, 1);

  /** Two cameras at a beam splitter that nobody adjusted to the pixel. */
  public static final DemoAlignment SPLITTER = of(7.3, -4.6, 0.6, 1.012);

  /**
   * @throws IllegalArgumentException if a value is not in the range stated for it
   */
  public DemoAlignment {
    require("shift", shiftX, -100, 100, "pixels");
    require("shift", shiftY, -100, 100, "pixels");
    require("turn", degrees, -10, 10, "degrees");
    require("scale", scale, 0.9, 1.1, "");
    require("tilt", tiltX, -0.0005, 0.0005, "a pixel");
    require("tilt", tiltY, -0.0005, 0.0005, "a pixel");
  }

  /** An alignment without a tilt. */
  public static DemoAlignment of(double shiftX, double shiftY, double degrees, double scale) {
    return new DemoAlignment(shiftX, shiftY, degrees, scale, 0, 0);
  }

  /**
   * The homography from pixels of the 960 nm image to those of the colour image, whose middles have
   * whole numbers: 3×3 row by row, the last value not always 1.
   */
  public double[] toColour(int width, int height) {
    double cx = (width - 1) / 2.0;
    double cy = (height - 1) / 2.0;
    double cos = scale * FastMath.cos(FastMath.toRadians(degrees));
    double sin = scale * FastMath.sin(FastMath.toRadians(degrees));
    // Rows of T(c + shift) · [cos -sin 0; sin cos 0; tiltX tiltY 1] · T(-c).
    double w = 1 - tiltX * cx - tiltY * cy;
    double tx = cx + shiftX;
    double ty = cy + shiftY;
    return new double[] {
      cos + tx * tiltX,
      -sin + tx * tiltY,
      -cos * cx + sin * cy + tx * w,
      sin + ty * tiltX,
      cos + ty * tiltY,
      -sin * cx - cos * cy + ty * w,
      tiltX,
      tiltY,
      w
    };
  }

  /** By how many pixels a corner or an edge of the 960 nm image leaves the colour image. */
  int margin(int width, int height) {
    double[] h = toColour(width, height);
    double out = 0;
    for (int i = 0; i < 4; i++) {
      double x = i % 2 == 0 ? 0 : width - 1;
      double y = i < 2 ? 0 : height - 1;
      double w = h[6] * x + h[7] * y + h[8];
      double u = (h[0] * x + h[1] * y + h[2]) / w;
      double v = (h[3] * x + h[4] * y + h[5]) / w;
      out = Math.max(out, Math.max(Math.max(-u, u - width), Math.max(-v, v - height)));
    }
    return (int) Math.ceil(out);
  }

  private static void require(String what, double value, double min, double max, String unit) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          "Two cameras cannot have the %s %s; it is a number from %s to %s %s."
              .formatted(what, value, Text.number(min), Text.number(max), unit)
              .replace(" .", "."));
    }
  }
}
