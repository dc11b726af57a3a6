package org.skinspectra.evaluation;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.measure.AngleMap;

/**
 * A map of spectral angles, small enough for a report.
 *
 * @param radians {@code [y][x]}, means of the angles of blocks of pixels; NaN where there is none
 * @param typical angle that few of the pixels inside the mask exceed (rad), for a scale
 */
public record AngleThumbnail(int width, int height, float[] radians, double typical) {

  /** Longest side in pixels. */
  public static final int LONGEST_SIDE = 256;

  /** Share of the pixels inside the mask that the typical angle is not below. */
  private static final double TYPICAL_SHARE = 0.98;

  /** Steps of a stored angle over 0 to π; 0 is kept for no angle. */
  private static final int STEPS = 65534;

  public AngleThumbnail {
    if (width < 1 || height < 1 || radians.length != width * height) {
      throw new IllegalArgumentException(
          "A map of %dx%d does not fit %d angles.".formatted(width, height, radians.length));
    }
  }

  /**
   * Makes a map smaller by a whole factor, if it is too large.
   *
   * @param map that is shown, with all pixels that its definition counts
   * @param inside the angles well inside the mask: at its edge they may be many times as large
   */
  public static AngleThumbnail of(AngleMap map, AngleMap inside) {
    int longest = Math.max(map.width(), map.height());
    int block = (longest + LONGEST_SIDE - 1) / LONGEST_SIDE;
    int width = (map.width() + block - 1) / block;
    int height = (map.height() + block - 1) / block;
    double[] sums = new double[width * height];
    int[] counts = new int[width * height];
    for (int i = 0; i < map.radians().length; i++) {
      float angle = map.radians()[i];
      if (!Float.isNaN(angle)) {
        int to = i / map.width() / block * width + i % map.width() / block;
        sums[to] += angle;
        counts[to]++;
      }
    }
    float[] radians = new float[sums.length];
    for (int i = 0; i < radians.length; i++) {
      radians[i] = counts[i] == 0 ? Float.NaN : (float) (sums[i] / counts[i]);
    }
    return new AngleThumbnail(width, height, radians, typical(inside.radians()));
  }

  private static double typical(float[] radians) {
    double[] finite = new double[radians.length];
    int count = 0;
    for (float angle : radians) {
      if (!Float.isNaN(angle)) {
        finite[count++] = angle;
      }
    }
    Arrays.sort(finite, 0, count);
    return finite[(int) (TYPICAL_SHARE * (count - 1))];
  }

  /** As a PNG of 16 bits in which 0 is no angle and 1 to 65535 are 0 to π. */
  byte[] png() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY);
    WritableRaster raster = image.getRaster();
    for (int i = 0; i < radians.length; i++) {
      int level = Float.isNaN(radians[i]) ? 0 : 1 + (int) Math.rint(radians[i] / Math.PI * STEPS);
      raster.setSample(i % width, i / width, 0, Math.min(Math.max(level, 0), STEPS + 1));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("A picture in memory cannot be written.", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads {@link #png}.
   *
   * @throws SkinSpectraIOException if it is none
   */
  static AngleThumbnail ofPng(byte[] png, double typical, String source) {
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    try {
      reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(png)), true, true);
      if (reader.getWidth(0) > LONGEST_SIDE || reader.getHeight(0) > LONGEST_SIDE) {
        throw new IOException("larger than any that is stored");
      }
      BufferedImage image = reader.read(0);
      if (image.getType() != BufferedImage.TYPE_USHORT_GRAY) {
        throw new IOException("not of 16 bits");
      }
      float[] radians = new float[image.getWidth() * image.getHeight()];
      for (int i = 0; i < radians.length; i++) {
        int level = image.getRaster().getSample(i % image.getWidth(), i / image.getWidth(), 0);
        radians[i] = level == 0 ? Float.NaN : (float) ((level - 1) * Math.PI / STEPS);
      }
      return new AngleThumbnail(image.getWidth(), image.getHeight(), radians, typical);
    } catch (IOException | RuntimeException e) {
      throw new SkinSpectraIOException(
          "The map in %s cannot be read: %s.".formatted(source, e.getMessage()), e);
    } finally {
      reader.dispose();
    }
  }
}
