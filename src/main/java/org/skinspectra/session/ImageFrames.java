package org.skinspectra.session;

import ij.io.FileInfo;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.PixelType;
import org.skinspectra.format.FileErrors;
import org.skinspectra.format.TiffDirectories;
import org.skinspectra.format.TiffPixels;

/**
 * Single images as frames: uncompressed TIFF (grey of 8, 16 or 32 bits, colour of 8 or 16 bits) and
 * PNG (grey or colour of 8 or 16 bits). Every bit of a sample counts as used.
 */
public final class ImageFrames {

  private ImageFrames() {}

  /** Whether a name is that of such an image. */
  public static boolean isOne(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*\\.(tiff?|png)");
  }

  /**
   * Reads an image.
   *
   * @param tags that the frame has, since the file does not say them
   * @throws SkinSpectraException if the file is no such image, is damaged or too large
   */
  public static Frame read(Path file, FrameTags tags) {
    return FileErrors.reading(
        file,
        "image",
        () ->
            file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".png")
                ? png(file, tags)
                : tiff(file, tags));
  }

  private static Frame tiff(Path file, FrameTags tags) throws IOException {
    FileInfo[] directories = TiffDirectories.decode(file);
    if (directories.length != 1 || directories[0].nImages > 1) {
      throw new SkinSpectraIOException(
          file + " is a stack; give a sequence as single images, one file each.");
    }
    return TiffPixels.read(file, directories[0], TiffPixels.type(directories[0]).maxBits(), tags);
  }

  private static Frame png(Path file, FrameTags tags) throws IOException {
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
      if (!readers.hasNext()) {
        throw new IOException("this Java reads no PNG");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        FileErrors.requireMemory(file, reader.getWidth(0), reader.getHeight(0), 4);
        return frame(reader.read(0), tags);
      } finally {
        reader.dispose();
      }
    }
  }

  private static Frame frame(BufferedImage image, FrameTags tags) throws IOException {
    Raster raster = image.getRaster();
    int channels = raster.getNumBands();
    int data = raster.getDataBuffer().getDataType();
    boolean wide = data == DataBuffer.TYPE_USHORT;
    if (image.getColorModel() instanceof IndexColorModel
        || channels != 1 && channels != 3
        || raster.getSampleModel().getSampleSize(0) != (wide ? 16 : 8)) {
      throw new IOException(
          "it is neither grey nor red, green and blue of 8 or 16 bits, or has transparency");
    }
    int width = image.getWidth();
    int height = image.getHeight();
    int stride = channels == 1 ? 1 : 4;
    byte[] bytes = new byte[wide ? 0 : width * height * stride];
    short[] shorts = new short[wide ? width * height * stride : 0];
    int[] row = new int[width * channels];
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int i = 0; i < row.length; i++) {
        int x = i / channels;
        int at = (y * width + x) * stride + (channels == 1 ? 0 : 2 - i % channels);
        if (wide) {
          shorts[at] = (short) row[i];
        } else {
          bytes[at] = (byte) row[i];
        }
      }
    }
    return wide
        ? Frame.of(
            width, height, channels == 1 ? PixelType.GRAY16 : PixelType.BGRA64, 16, shorts, tags)
        : Frame.of(
            width, height, channels == 1 ? PixelType.GRAY8 : PixelType.BGRA32, 8, bytes, tags);
  }
}
