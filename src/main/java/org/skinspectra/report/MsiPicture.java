package org.skinspectra.report;

import ij.process.ColorProcessor;
import java.nio.file.Path;
import org.skinspectra.cube.Msi;
import org.skinspectra.spectra.Srgb;

/**
 * A canonical multispectral image to look at: true colours on the left, 960 nm in grey on the
 * right.
 */
public final class MsiPicture {

  /** Its name beside an image in a session. */
  public static final String FILE = "quick-look.png";

  private MsiPicture() {}

  /** Writes it as a PNG of twice the image's width. */
  public static void write(Msi msi, Path file) {
    double[][] toSrgb = Srgb.fromEqualEnergy();
    int width = msi.width();
    ColorProcessor picture = new ColorProcessor(2 * width, msi.height());
    for (int y = 0; y < msi.height(); y++) {
      for (int x = 0; x < width; x++) {
        double r = msi.get(x, y, 0);
        double g = msi.get(x, y, 1);
        double b = msi.get(x, y, 2);
        picture.set(
            x,
            y,
            Srgb.pack(
                toSrgb[0][0] * r + toSrgb[0][1] * g + toSrgb[0][2] * b,
                toSrgb[1][0] * r + toSrgb[1][1] * g + toSrgb[1][2] * b,
                toSrgb[2][0] * r + toSrgb[2][1] * g + toSrgb[2][2] * b));
        double infrared = msi.channels() > 3 ? msi.get(x, y, 3) : 0;
        picture.set(width + x, y, Srgb.pack(infrared, infrared, infrared));
      }
    }
    Png.write(file, picture);
  }
}
