package org.skinspectra.cube;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import java.util.Optional;
import java.util.stream.IntStream;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Srgb;

/**
 * Images that users already have as multispectral images: an RGB colour image or a stack of R, G
 * and B, with the image of 960 nm beside it; or a stack of all four.
 *
 * <p>Perfect white is 255 in colour and 8-bit images, 65535 in 16-bit ones and 1.0 in 32-bit ones.
 * 960 nm is a measured channel that no display shows, so it is linear whatever R, G and B are.
 */
public final class ColourImages {

  private ColourImages() {}

  /**
   * Copies the pixels of an image, so that it may change or be closed afterwards.
   *
   * @param image RGB colour, or 8-, 16- or 32-bit with 3 (R, G, B) or 4 (R, G, B, 960 nm) slices
   * @param infrared the image of 960 nm, grey, one slice of the same size
   * @param encoding of R, G and B
   * @return three or four channels; values that are not finite are kept
   * @throws SkinSpectraException if an image has another number of slices, its labels name the
   *     channels in another order, the sizes differ, there are two images of 960 nm, or a 32-bit
   *     value of an sRGB image is not within 0 to 1
   */
  public static Msi toMsi(ImagePlus image, Optional<ImagePlus> infrared, ColourEncoding encoding) {
    float[][] planes = planes(image);
    if (encoding == ColourEncoding.SRGB) {
      decode(image, planes);
    }
    if (infrared.isPresent()) {
      planes = with(planes, image, infrared.get());
    }
    return MsiImages.ofPlanes(image.getWidth(), image.getHeight(), planes);
  }

  private static float[][] planes(ImagePlus image) {
    int slices = image.getStackSize();
    if (image.getBitDepth() == 24 && slices == 1) {
      ColorProcessor colours = (ColorProcessor) image.getProcessor();
      return IntStream.of(16, 8, 0)
          .mapToObj(shift -> plane(colours, i -> colours.get(i) >> shift & 0xff, 255))
          .toArray(float[][]::new);
    }
    boolean oneAxis =
        slices == Math.max(image.getNChannels(), Math.max(image.getNSlices(), image.getNFrames()));
    if (image.getBitDepth() == 24 || slices != 3 && slices != 4 || !oneAxis) {
      throw new SkinSpectraException(
          "Image '%s' has %d channels, %d slices and %d frames (%s). Take an RGB colour image, or a stack of 3 (R, G, B) or 4 (R, G, B, 960 nm) slices.%s"
              .formatted(
                  image.getTitle(),
                  image.getNChannels(),
                  image.getNSlices(),
                  image.getNFrames(),
                  type(image),
                  hint(image, oneAxis)));
    }
    MsiImages.requireOrder(image);
    return IntStream.rangeClosed(1, slices)
        .mapToObj(slice -> plane(image.getStack().getProcessor(slice), white(image)))
        .toArray(float[][]::new);
  }

  private static String hint(ImagePlus image, boolean oneAxis) {
    if (!oneAxis) {
      return " Of several time points or depths take one: Image > Duplicate...";
    }
    boolean cube = image.getStackSize() > 9 && image.getBitDepth() == 32;
    return cube ? " It seems to be a spectral cube already." : "";
  }

  private static String type(ImagePlus image) {
    return image.getBitDepth() == 24 ? "RGB colour" : image.getBitDepth() + "-bit";
  }

  private static double white(ImagePlus image) {
    return switch (image.getBitDepth()) {
      case 8 -> 255;
      case 16 -> 65535;
      default -> 1;
    };
  }

  private interface Value {
    float of(int pixel);
  }

  private static float[] plane(ImageProcessor pixels, double white) {
    return plane(pixels, pixels::getf, white);
  }

  private static float[] plane(ImageProcessor pixels, Value value, double white) {
    float[] plane = new float[pixels.getPixelCount()];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = (float) (value.of(i) / white);
    }
    return plane;
  }

  /** Undoes the gamma and the colours of a display in the first three planes. */
  private static void decode(ImagePlus image, float[][] planes) {
    for (int channel = 0; channel < 3; channel++) {
      requireDisplayable(image, planes[channel], channel);
    }
    double[][] toCanonical = Srgb.toEqualEnergy();
    for (int i = 0; i < planes[0].length; i++) {
      double r = Srgb.decode(planes[0][i]);
      double g = Srgb.decode(planes[1][i]);
      double b = Srgb.decode(planes[2][i]);
      for (int channel = 0; channel < 3; channel++) {
        double[] row = toCanonical[channel];
        planes[channel][i] = (float) (row[0] * r + row[1] * g + row[2] * b);
      }
    }
  }

  private static void requireDisplayable(ImagePlus image, float[] plane, int channel) {
    for (int i = 0; i < plane.length; i++) {
      if (plane[i] < 0 || plane[i] > 1) {
        throw new SkinSpectraException(
            "Image '%s' is %s at pixel x=%d, y=%d, channel %s; as an sRGB picture it holds 0 to 1. Scale it, or call it linear."
                .formatted(
                    image.getTitle(),
                    plane[i],
                    i % image.getWidth(),
                    i / image.getWidth(),
                    Msi.CHANNEL_NAMES.get(channel)));
      }
    }
  }

  private static float[][] with(float[][] planes, ImagePlus image, ImagePlus infrared) {
    if (planes.length == 4) {
      throw new SkinSpectraException(
          "Image '%s' has a channel of 960 nm, and '%s' is another. Take one of them."
              .formatted(image.getTitle(), infrared.getTitle()));
    }
    if (infrared.getStackSize() != 1 || infrared.getBitDepth() == 24) {
      throw new SkinSpectraException(
          "Image '%s' of 960 nm has %d slices (%s); it must be one grey slice."
              .formatted(infrared.getTitle(), infrared.getStackSize(), type(infrared)));
    }
    if (infrared.getWidth() != image.getWidth() || infrared.getHeight() != image.getHeight()) {
      throw new SkinSpectraException(
          "Image '%s' of 960 nm is %dx%d pixels, but '%s' is %dx%d; both must show the same, pixel by pixel."
              .formatted(
                  infrared.getTitle(),
                  infrared.getWidth(),
                  infrared.getHeight(),
                  image.getTitle(),
                  image.getWidth(),
                  image.getHeight()));
    }
    return new float[][] {
      planes[0], planes[1], planes[2], plane(infrared.getProcessor(), white(infrared))
    };
  }
}
