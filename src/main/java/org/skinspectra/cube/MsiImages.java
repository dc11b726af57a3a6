package org.skinspectra.cube;

import ij.ImagePlus;
import ij.ImageStack;
import java.util.List;
import org.skinspectra.SkinSpectraException;

/**
 * Multispectral images as ImageJ images and back: one 32-bit channel each for R, G, B and, with
 * four channels, 960 nm. The pixels are copied, since {@link Msi} keeps the channels together.
 */
public final class MsiImages {

  private MsiImages() {}

  /** A 32-bit image with one labelled channel per channel of {@code msi}. */
  public static ImagePlus toImage(String title, Msi msi) {
    float[][] planes = planes(msi);
    ImageStack stack = new ImageStack(msi.width(), msi.height());
    for (int channel = 0; channel < planes.length; channel++) {
      stack.addSlice(msi.channelNames().get(channel), planes[channel]);
    }
    return CubeImages.hyperstack(title, stack, DisplayRange.of(planes));
  }

  /**
   * The multispectral image that a 32-bit stack of 3 or 4 slices holds.
   *
   * @throws SkinSpectraException if the image has another number of slices or another type, or its
   *     slice labels name the channels in another order
   */
  public static Msi toMsi(ImagePlus image) {
    if (image.getBitDepth() != 32) {
      throw new SkinSpectraException(
          "Image '%s' is %s; a multispectral image is 32-bit linear reflectance, 1.0 = perfect white."
              .formatted(
                  image.getTitle(),
                  image.getBitDepth() == 24 ? "RGB colour" : image.getBitDepth() + "-bit"));
    }
    int channels = image.getStackSize();
    if (channels != 3 && channels != 4) {
      throw new SkinSpectraException(
          "Image '%s' has %d slices; a multispectral image has 3 (R, G, B) or 4 (R, G, B, 960 nm)."
              .formatted(image.getTitle(), channels));
    }
    requireOrder(image);
    return ofPlanes(image.getWidth(), image.getHeight(), CubeImages.planes(image.getStack()));
  }

  /** Refuses slices whose labels name channels in another order. */
  static void requireOrder(ImagePlus image) {
    List<String> names = Msi.CHANNEL_NAMES.subList(0, image.getStackSize());
    for (int i = 0; i < names.size(); i++) {
      String label = image.getStack().getSliceLabel(i + 1);
      int named = label == null ? -1 : names.indexOf(label.trim());
      if (named >= 0 && named != i) {
        throw new SkinSpectraException(
            "Slice %d of image '%s' is labelled '%s', but must be %s; the order is %s."
                .formatted(
                    i + 1, image.getTitle(), label.trim(), names.get(i), String.join(", ", names)));
      }
    }
  }

  /**
   * Channel-last pixels from one plane {@code [y][x]} per channel.
   *
   * @throws IllegalArgumentException if a plane has another length than {@code width * height}
   * @throws SkinSpectraException if the pixels do not fit into one array
   */
  public static Msi ofPlanes(int width, int height, float[]... planes) {
    int channels = planes.length;
    long size = (long) width * height * channels;
    if (size > Integer.MAX_VALUE - 8) {
      throw new SkinSpectraException(
          "An image of %dx%d with %d channels is too large: at most %d values."
              .formatted(width, height, channels, Integer.MAX_VALUE - 8));
    }
    float[] pixels = new float[(int) size];
    for (int channel = 0; channel < channels; channel++) {
      float[] plane = planes[channel];
      if ((long) plane.length * channels != size) {
        throw new IllegalArgumentException(
            "Channel %d has %d values, not %dx%d."
                .formatted(channel + 1, plane.length, width, height));
      }
      for (int i = 0, j = channel; i < plane.length; i++, j += channels) {
        pixels[j] = plane[i];
      }
    }
    return new Msi(width, height, channels, pixels);
  }

  /** One plane {@code [y][x]} per channel. */
  public static float[][] planes(Msi msi) {
    int channels = msi.channels();
    float[][] planes = new float[channels][msi.width() * msi.height()];
    for (int channel = 0; channel < channels; channel++) {
      float[] plane = planes[channel];
      for (int i = 0, j = channel; i < plane.length; i++, j += channels) {
        plane[i] = msi.pixels()[j];
      }
    }
    return planes;
  }
}
