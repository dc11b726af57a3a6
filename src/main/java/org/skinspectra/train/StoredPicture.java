package org.skinspectra.train;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.format.ImageSize;

/**
 * A JPEG or PNG picture of 8 or 16 bits, its samples as they are stored.
 *
 * @param samples of each channel, {@code [y][x]}: one (grey), or red, green and blue
 * @param white greatest sample that there can be
 */
record StoredPicture(ImageSize size, double[][] samples, double white) {

  /** Endings of such files, in lower case without the dot. */
  static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png");

  /** Whether a file is called like one. */
  static boolean isOne(Path file) {
    String name = file.getFileName().toString();
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  private interface Use<T> {
    T of(ImageReader reader) throws IOException;
  }

  /**
   * Reads a picture.
   *
   * @throws SkinSpectraException if the file is no such picture, is damaged or too large
   */
  static StoredPicture read(Path file) {
    return with(file, reader -> read(file, reader));
  }

  /** The size of a picture, none of whose pixels is read. */
  static ImageSize size(Path file) {
    return with(file, reader -> new ImageSize(reader.getWidth(0), reader.getHeight(0)));
  }

  private static <T> T with(Path file, Use<T> use) {
    if (!Files.isRegularFile(file)) {
      throw new SkinSpectraIOException("There is no file " + file + ".");
    }
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new SkinSpectraIOException(file + " is no picture: neither JPEG nor PNG.");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return use.of(reader);
      } finally {
        reader.dispose();
      }
    } catch (SkinSpectraException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new SkinSpectraIOException(
          "Cannot read the picture %s: %s. The file seems to be damaged; copy it again."
              .formatted(file, JsonText.printable(String.valueOf(e.getMessage()))),
          e);
    }
  }

  private static StoredPicture read(Path file, ImageReader reader) throws IOException {
    ImageSize size = new ImageSize(reader.getWidth(0), reader.getHeight(0));
    // The decoded picture, its samples as float64 and the planes made of them.
    double bytes = 3.0 * (1 + Double.BYTES + Float.BYTES) * size.width() * size.height();
    if (bytes > Runtime.getRuntime().maxMemory()
        || (long) size.width() * size.height() > Integer.MAX_VALUE - 8) {
      throw new SkinSpectraIOException(
          "%s says that it is %s pixels, more than Java's memory holds; raise it with -Xmx, or check that the file is not damaged."
              .formatted(file, size));
    }
    BufferedImage image = reader.read(0);
    Raster raster = image.getRaster();
    int type = raster.getDataBuffer().getDataType();
    boolean palette = image.getColorModel() instanceof IndexColorModel;
    int colours = palette ? 3 : image.getColorModel().getNumColorComponents();
    boolean whole = type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT;
    if (colours != 1 && colours != 3 || !whole && !palette) {
      throw new SkinSpectraIOException(
          "%s has %d colours in samples of %d bits; a picture here is grey or RGB, of 8 or 16 bits."
              .formatted(file, colours, raster.getSampleModel().getSampleSize(0)));
    }
    double[][] samples = new double[colours][size.width() * size.height()];
    for (int i = 0; i < samples[0].length; i++) {
      int x = i % size.width();
      int y = i / size.width();
      for (int channel = 0; channel < colours; channel++) {
        samples[channel][i] =
            palette
                ? image.getRGB(x, y) >> 8 * (2 - channel) & 0xff
                : raster.getSample(x, y, channel);
      }
    }
    double white = palette ? 255 : (1 << raster.getSampleModel().getSampleSize(0)) - 1;
    return new StoredPicture(size, samples, white);
  }
}
