package org.skinspectra.report;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.skinspectra.evaluation.AngleThumbnail;

/** Angles of pixels in the colours of {@link Viridis}, on a scale that several pictures share. */
final class AnglePicture {

  /** Where there is no angle, as in {@link CubeFigure}. */
  static final int NO_VALUE = 0xd5d5d5;

  private static final int LEVELS = 255;
  private static final IndexColorModel COLOURS = colours();

  private AnglePicture() {}

  private static IndexColorModel colours() {
    int[] palette = new int[LEVELS + 1];
    palette[0] = 0xff000000 | NO_VALUE;
    for (int level = 1; level <= LEVELS; level++) {
      palette[level] = 0xff000000 | Viridis.rgb((level - 1) / (double) (LEVELS - 1));
    }
    return new IndexColorModel(8, palette.length, palette, 0, false, -1, 0);
  }

  /**
   * The picture as a {@code data:} address of a PNG.
   *
   * @param highest angle of the brightest colour (rad); greater angles look the same
   */
  static String address(AngleThumbnail map, double highest) {
    BufferedImage image =
        new BufferedImage(map.width(), map.height(), BufferedImage.TYPE_BYTE_INDEXED, COLOURS);
    for (int i = 0; i < map.radians().length; i++) {
      float angle = map.radians()[i];
      double share = Math.min(Math.max(angle / highest, 0), 1);
      int level = Float.isNaN(angle) ? 0 : 1 + (int) Math.rint((LEVELS - 1) * share);
      image.getRaster().setSample(i % map.width(), i / map.width(), 0, level);
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException("A picture in memory cannot be written.", e);
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
  }
}
