package org.skinspectra.format;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.ColourEncoding;
import org.skinspectra.cube.ColourImages;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.MsiImages;

/**
 * Files of red, green and blue, with the image of 960 nm in a file of its own or none: pictures, or
 * three bands in any format there is. The same as Fiji's command does with open images.
 */
final class ColourFiles {

  private ColourFiles() {}

  /**
   * Reads a multispectral image, all of it.
   *
   * @throws SkinSpectraIOException if nobody said what the colours of a picture of whole numbers
   *     mean
   * @throws org.skinspectra.SkinSpectraException as {@link ColourImages#toMsi}, or if a file cannot
   *     be read
   */
  static CubeSource open(Path file, ReadOptions options) throws IOException {
    Optional<Pictures.Header> picture = picture(file);
    if (picture.isPresent() && picture.get().integers() && options.encoding().isEmpty()) {
      throw encodingNeeded(file);
    }
    if (picture.isPresent()) {
      options.chooseImage(file, List.of("picture"));
    }
    ColourEncoding encoding = options.encoding().orElse(ColourEncoding.LINEAR);
    Map<String, String> provenance = new LinkedHashMap<>();
    ImagePlus image =
        picture.isPresent()
            ? Pictures.read(file)
            : bands(file, options.withEncoding(null).withInfrared(null), true, provenance);
    Optional<ImagePlus> infrared = Optional.empty();
    provenance.put("colours", encoding.key() + " of " + file.getFileName());
    if (options.infrared().isPresent()) {
      Path other = options.infrared().get();
      infrared = Optional.of(infrared(other));
      provenance.put("960 nm", "of " + other.getFileName());
    }
    Msi msi = ColourImages.toMsi(image, infrared, encoding);
    return new PlanesInMemory(
        msi.width(),
        msi.height(),
        MsiImages.planes(msi),
        Optional.empty(),
        msi.channelNames(),
        provenance);
  }

  static SkinSpectraIOException encodingNeeded(Path file) {
    return new SkinSpectraIOException(
        "%s is a picture, which does not say what its red, green and blue mean. Say --encoding srgb for a photograph as it is looked at, or --encoding linear for reflectance times 255 or 65535; in Fiji, open it and choose there."
            .formatted(file));
  }

  /** A TIFF is a picture if it has colours; otherwise it may be a stack, which others read. */
  private static Optional<Pictures.Header> picture(Path file) throws IOException {
    if (CubeFiles.formatOf(file) instanceof PictureFormat) {
      return Pictures.header(file);
    }
    return TiffGlance.of(file).filter(glance -> glance.samples() >= 3).isPresent()
        ? Pictures.header(file)
        : Optional.empty();
  }

  /**
   * @param named whether names of channels tell which are red, green and blue
   */
  private static ImagePlus bands(
      Path file, ReadOptions options, boolean named, Map<String, String> provenance)
      throws IOException {
    try (CubeSource source = CubeFiles.open(file, options)) {
      FileErrors.requireMemory(file, source.width(), source.height(), 3L * source.bands());
      provenance.putAll(source.provenance());
      ImageStack stack = new ImageStack(source.width(), source.height());
      int[] order = IntStream.range(0, source.bands()).toArray();
      for (int band : named ? source.msiBands().orElse(order) : order) {
        float[][] plane = new float[1][source.width() * source.height()];
        source.readBands(band, plane);
        stack.addSlice(source.bandNames().get(band), plane[0]);
      }
      return new ImagePlus(file.toString(), stack);
    }
  }

  private static ImagePlus infrared(Path file) {
    return FileErrors.readingFileOrFolder(
        file,
        "image of 960 nm",
        () -> {
          boolean isPicture =
              CubeFiles.formatOf(file) instanceof PictureFormat
                  || TiffGlance.of(file).filter(glance -> !glance.isFloat()).isPresent();
          return isPicture
              ? grey(Pictures.read(file))
              : bands(file, ReadOptions.DEFAULT, false, new LinkedHashMap<>());
        });
  }

  /** A grey image that was saved in colours, as many cameras do, is grey. */
  private static ImagePlus grey(ImagePlus image) {
    if (image.getBitDepth() == 24) {
      int[] pixels = (int[]) ((ColorProcessor) image.getProcessor()).getPixels();
      ByteProcessor grey = new ByteProcessor(image.getWidth(), image.getHeight());
      for (int i = 0; i < pixels.length; i++) {
        int blue = pixels[i] & 0xff;
        if ((pixels[i] & 0xffffff) != blue * 0x10101) {
          return image;
        }
        grey.set(i, blue);
      }
      return new ImagePlus(image.getTitle(), grey);
    }
    if (image.getStackSize() == 3 && image.getBitDepth() == 16) {
      short[] first = (short[]) image.getStack().getPixels(1);
      boolean equal =
          Arrays.equals(first, (short[]) image.getStack().getPixels(2))
              && Arrays.equals(first, (short[]) image.getStack().getPixels(3));
      return equal ? new ImagePlus(image.getTitle(), image.getStack().getProcessor(1)) : image;
    }
    return image;
  }
}
