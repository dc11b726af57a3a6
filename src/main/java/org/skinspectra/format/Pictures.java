package org.skinspectra.format;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;

/**
 * Pictures as cameras and programs for photographs write them, PNG, JPEG, BMP and TIFF, read by
 * Java's Image I/O as images that {@link org.skinspectra.cube.ColourImages} takes.
 */
final class Pictures {

  /** More than any of these formats packs, so that a small file cannot ask for all memory. */
  private static final long MOST_PIXELS_PER_BYTE = 2048;

  private static final int HEAD_BYTES = 8;

  /** A kind of file, by the name that Image I/O has for it. */
  private enum Kind {
    PNG("png"),
    JPEG("jpeg"),
    BMP("bmp"),
    TIFF("tiff");

    private final String reader;

    Kind(String reader) {
      this.reader = reader;
    }

    static Optional<Kind> of(byte[] head) {
      if (starts(head, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
        return Optional.of(PNG);
      }
      if (starts(head, 0xff, 0xd8, 0xff)) {
        return Optional.of(JPEG);
      }
      if (starts(head, 'B', 'M')) {
        return Optional.of(BMP);
      }
      return TiffBounds.startsOne(head) ? Optional.of(TIFF) : Optional.empty();
    }

    private static boolean starts(byte[] head, int... bytes) {
      return head.length >= bytes.length
          && IntStream.range(0, bytes.length).allMatch(i -> (head[i] & 0xff) == bytes[i]);
    }
  }

  /**
   * What a picture is, without its pixels.
   *
   * @param colour whether it has red, green and blue; otherwise it is grey
   * @param integers whether its values are whole numbers, of which the highest is white
   */
  record Header(int width, int height, boolean colour, boolean integers) {}

  private Pictures() {}

  /** Whether a file that begins so is a PNG, JPEG or BMP. */
  static boolean startsOne(byte[] head) {
    return Kind.of(head).filter(kind -> kind != Kind.TIFF).isPresent();
  }

  /** The picture's header, if the file is a picture of a kind that is read here. */
  static Optional<Header> header(Path file) throws IOException {
    Optional<Kind> kind = kind(file);
    return kind.isEmpty()
        ? Optional.empty()
        : Optional.of(with(file, kind.get(), reader -> header(file, reader)));
  }

  /**
   * Reads a picture.
   *
   * @return grey, or RGB colour: 8-bit in one slice, 16- and 32-bit as three
   * @throws SkinSpectraIOException if it is neither, holds several images, is to be turned, is
   *     transparent somewhere, or is damaged
   */
  static ImagePlus read(Path file) throws IOException {
    Kind kind =
        kind(file)
            .orElseThrow(
                () ->
                    new SkinSpectraIOException(
                        file + " is no picture that is read: PNG, JPEG, BMP or TIFF."));
    int orientation = ExifOrientation.of(file);
    if (orientation != ExifOrientation.UPRIGHT) {
      // Turning it here would not turn an image of 960 nm that says nothing of the kind.
      throw new SkinSpectraIOException(
          "%s says that it is to be turned before it is shown (Exif orientation %d). Save it upright, so that it lies on the image of 960 nm pixel by pixel."
              .formatted(file, orientation));
    }
    return with(file, kind, reader -> read(file, reader));
  }

  private static Optional<Kind> kind(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Kind.of(in.readNBytes(HEAD_BYTES));
    }
  }

  private interface Reading<T> {
    T from(ImageReader reader) throws IOException;
  }

  private static <T> T with(Path file, Kind kind, Reading<T> reading) throws IOException {
    if (kind == Kind.TIFF) {
      requireOneImage(file);
    }
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(kind.reader);
    if (!readers.hasNext()) {
      throw new SkinSpectraIOException("This Java cannot read " + kind + ": " + file + ".");
    }
    ImageReader reader = readers.next();
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      reader.setInput(in, false, true);
      return reading.from(reader);
    } finally {
      reader.dispose();
    }
  }

  private static void requireOneImage(Path file) throws IOException {
    TiffGlance glance =
        TiffGlance.of(file)
            .orElseThrow(
                () ->
                    new SkinSpectraIOException(
                        file + " is no picture: a BigTIFF, or a TIFF that breaks off."));
    if (glance.several()) {
      throw new SkinSpectraIOException(
          file + " holds several images; a picture is one. Save it alone in a file.");
    }
  }

  private static Header header(Path file, ImageReader reader) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if ((double) width * height > (double) MOST_PIXELS_PER_BYTE * Files.size(file)) {
      throw new SkinSpectraIOException(
          "%s has %d bytes, too few for the %dx%d pixels it announces; it is damaged."
              .formatted(file, Files.size(file), width, height));
    }
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    if (!types.hasNext()) {
      throw notReadable(file, "a colour model of its own");
    }
    ImageTypeSpecifier type = types.next();
    int data = type.getSampleModel().getDataType();
    return new Header(
        width,
        height,
        type.getColorModel().getNumColorComponents() != 1 && !isGrey(type.getColorModel()),
        data != DataBuffer.TYPE_FLOAT && data != DataBuffer.TYPE_DOUBLE);
  }

  private static ImagePlus read(Path file, ImageReader reader) throws IOException {
    Header header = header(file, reader);
    // What Image I/O makes, what is made of it, and the channels of that.
    FileErrors.requireMemory(file, header.width(), header.height(), header.colour() ? 8 : 3);
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    BufferedImage picture = reader.read(0);
    if (!warnings.isEmpty()) {
      // Image I/O fills what is missing of a JPEG with grey and only warns.
      throw new SkinSpectraIOException(
          "%s is damaged: %s. Copy it again."
              .formatted(file, JsonText.printable(String.join("; ", warnings))));
    }
    requireOpaque(file, picture);
    return new ImagePlus(file.toString(), stack(file, picture));
  }

  private static void requireOpaque(Path file, BufferedImage picture) {
    if (!picture.getColorModel().hasAlpha()) {
      return;
    }
    Raster alpha = picture.getAlphaRaster();
    int width = picture.getWidth();
    long transparent = 0;
    if (alpha == null) {
      for (int y = 0; y < picture.getHeight(); y++) {
        int[] row = picture.getRGB(0, y, width, 1, null, 0, width);
        transparent += Arrays.stream(row).filter(pixel -> pixel >>> 24 != 0xff).count();
      }
    } else {
      int opaque = (1 << alpha.getSampleModel().getSampleSize(0)) - 1;
      for (int y = 0; y < picture.getHeight(); y++) {
        int[] row = alpha.getSamples(0, y, width, 1, 0, (int[]) null);
        transparent += Arrays.stream(row).filter(value -> value != opaque).count();
      }
    }
    if (transparent > 0) {
      throw new SkinSpectraIOException(
          "%s is transparent at %d pixels, which have no colour of their own. Save it without alpha channel."
              .formatted(file, transparent));
    }
  }

  private static ImageStack stack(Path file, BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    ColorModel model = picture.getColorModel();
    ImageStack stack = new ImageStack(width, height);
    if (model instanceof IndexColorModel) {
      stack.addSlice(palette(picture));
      return stack;
    }
    Raster raster = picture.getRaster();
    int channels = model.getNumColorComponents();
    if (channels != 1 && channels != 3) {
      throw notReadable(file, channels + " colours");
    }
    int bits = raster.getSampleModel().getSampleSize(0);
    int type = raster.getSampleModel().getDataType();
    boolean floats = type == DataBuffer.TYPE_FLOAT;
    if (!floats && bits != 8 && bits != 16) {
      throw notReadable(file, bits + " bits for each colour");
    }
    if (channels == 3 && bits == 8) {
      int[] pixels = new int[width * height];
      for (int c = 0; c < 3; c++) {
        int[] plane = raster.getSamples(0, 0, width, height, c, (int[]) null);
        for (int i = 0; i < pixels.length; i++) {
          pixels[i] |= plane[i] << 8 * (2 - c);
        }
      }
      stack.addSlice(new ColorProcessor(width, height, pixels));
      return stack;
    }
    for (int c = 0; c < channels; c++) {
      float[] plane = raster.getSamples(0, 0, width, height, c, (float[]) null);
      stack.addSlice(plane(width, height, plane, floats ? 32 : bits));
    }
    return stack;
  }

  /** The values of an integer type are exact in float. */
  private static ImageProcessor plane(int width, int height, float[] values, int bits) {
    if (bits == 32) {
      return new FloatProcessor(width, height, values);
    }
    ImageProcessor plane =
        bits == 8 ? new ByteProcessor(width, height) : new ShortProcessor(width, height);
    for (int i = 0; i < values.length; i++) {
      plane.set(i, (int) values[i]);
    }
    return plane;
  }

  private static ImageProcessor palette(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
    if (!isGrey(picture.getColorModel())) {
      return new ColorProcessor(width, height, pixels);
    }
    ByteProcessor grey = new ByteProcessor(width, height);
    for (int i = 0; i < pixels.length; i++) {
      grey.set(i, pixels[i] & 0xff);
    }
    return grey;
  }

  /** A palette of greys only, as many programs give grey images. */
  private static boolean isGrey(ColorModel model) {
    if (!(model instanceof IndexColorModel palette)) {
      return false;
    }
    for (int i = 0; i < palette.getMapSize(); i++) {
      if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
        return false;
      }
    }
    return true;
  }

  private static SkinSpectraIOException notReadable(Path file, String what) {
    return new SkinSpectraIOException(
        "%s has %s; pictures are read that are grey, or red, green and blue, of 8 or 16 bits or 32-bit float. Save it so."
            .formatted(file, what));
  }
}
