package org.skinspectra.format;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.IntToDoubleFunction;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Masks;

/** Masks on disk: PNG, JPEG, TIFF, GIF and BMP images, as Java's Image I/O reads them. */
public final class MaskFiles {

  private MaskFiles() {}

  /**
   * Reads the first channel of the first image as weights: 8-bit values / 255, 16-bit values /
   * 65535, float values as they are. Of a palette the red of the colour counts, except that a
   * reversed grey palette is an inverting look-up table of ImageJ, which alters no value.
   *
   * @throws SkinSpectraException if the file is no such image, is damaged, or holds other values
   */
  public static Mask read(Path file) {
    return FileErrors.reading(
        file,
        "mask",
        () -> {
          try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
              throw new SkinSpectraIOException(
                  file + " is no image that a mask can be read from: PNG, JPEG, TIFF, GIF or BMP.");
            }
            ImageReader reader = readers.next();
            try {
              reader.setInput(in, true, true);
              return read(file, reader);
            } finally {
              reader.dispose();
            }
          }
        });
  }

  private static Mask read(Path file, ImageReader reader) throws IOException {
    FileErrors.requireMemory(file, reader.getWidth(0), reader.getHeight(0), 4);
    BufferedImage image = reader.read(0);
    Raster raster = image.getRaster();
    int width = image.getWidth();
    return Masks.ofValues(
        "Mask " + file,
        width,
        image.getHeight(),
        values(image, raster, width),
        white(image, raster));
  }

  private static IntToDoubleFunction values(BufferedImage image, Raster raster, int width) {
    IntToDoubleFunction sample = i -> raster.getSampleFloat(i % width, i / width, 0);
    if (image.getColorModel() instanceof IndexColorModel palette && !isReversedGrey(palette)) {
      return i -> palette.getRed((int) sample.applyAsDouble(i));
    }
    return sample;
  }

  private static double white(BufferedImage image, Raster raster) {
    if (image.getColorModel() instanceof IndexColorModel) {
      return 255;
    }
    int type = raster.getDataBuffer().getDataType();
    if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
      return 1;
    }
    return (1L << raster.getSampleModel().getSampleSize(0)) - 1;
  }

  private static boolean isReversedGrey(IndexColorModel palette) {
    if (palette.getMapSize() != 256) {
      return false;
    }
    for (int i = 0; i < 256; i++) {
      // Image I/O makes such a table for white-is-zero files and is off by one in places.
      int grey = palette.getRed(i);
      boolean coloured = grey != palette.getGreen(i) || grey != palette.getBlue(i);
      if (coloured || Math.abs(255 - i - grey) > 1) {
        return false;
      }
    }
    return true;
  }
}
