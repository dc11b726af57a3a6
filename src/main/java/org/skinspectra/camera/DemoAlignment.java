package org.skinspectra.camera;

import org.skinspectra.JsonText;
import org.skinspectra.profile.Homography;

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
   * The homography from pixels of the 960 nm image to those of the colour image.
   *
   * @throws org.skinspectra.SkinSpectraException if an image of that size is tilted beyond its
   *     horizon
   */
  public Homography toColour(int width, int height) {
    double cx = (width - 1) / 2.0;
    double cy = (height - 1) / 2.0;
    // Tilted about the middle, then turned and scaled about it, then shifted.
    Homography tilt = Homography.of(1, 0, 0, 0, 1, 0, tiltX, tiltY, 1);
    Homography centred = Homography.of(1, 0, -cx, 0, 1, -cy, 0, 0, 1);
    return Homography.of(cx + shiftX, cy + shiftY, degrees, scale, 0, 0).after(tilt).after(centred);
  }

  /** By how many pixels a corner or an edge of the 960 nm image leaves the colour image. */
  int margin(int width, int height) {
    Homography toColour = toColour(width, height);
    double out = 0;
    for (int i = 0; i < 4; i++) {
      double[] place = toColour.apply(i % 2 == 0 ? 0 : width - 1, i < 2 ? 0 : height - 1);
      out = Math.max(out, Math.max(-place[0], place[0] - width));
      out = Math.max(out, Math.max(-place[1], place[1] - height));
    }
    return (int) Math.ceil(out);
  }

  private static void require(String what, double value, double min, double max, String unit) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          "Two cameras cannot have the %s %s; it is a number from %s to %s %s."
              .formatted(what, value, JsonText.printable(min), JsonText.printable(max), unit)
              .replace(" .", "."));
    }
  }
}
