package org.skinspectra.cube;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Pixels of one channel of an 8- or 16-bit image that are at the end of its scale: more light would
 * have given the same number, so their reflectance is at least what it seems to be.
 *
 * @param channel one of {@link Msi#CHANNEL_NAMES}
 * @param level from which on a pixel is saturated, DN: the largest number of the image's type, or
 *     of the bits that its camera has
 * @param saturated how many pixels are
 * @param pixels how many there are
 */
public record ChannelSaturation(String channel, int level, int saturated, int pixels) {

  /** As Micro-Manager (BitDepth), OME (SignificantBits) and Bio-Formats (BitsPerPixel) say it. */
  private static final Pattern STATED_BITS =
      Pattern.compile(
          "\\b(?:BitDepth|SignificantBits|BitsPerPixel)\"?\\s{0,9}[:=]\\s{0,9}\"?(\\d{1,2})\\b");

  /** Fewer are no camera's. */
  private static final int LEAST_BITS = 6;

  /**
   * The channels of an image that {@link ColourImages} takes, and of the image of 960 nm beside it.
   * Where an image's Info states the bits of its camera and no pixel exceeds them, those count.
   *
   * @return in the order of the channels; none of a 32-bit image, whose values have no end
   */
  public static List<ChannelSaturation> of(ImagePlus image, Optional<ImagePlus> infrared) {
    List<ChannelSaturation> channels = new ArrayList<>();
    if (image.getBitDepth() == 24) {
      ColorProcessor colours = (ColorProcessor) image.getProcessor();
      for (int channel = 0; channel < 3; channel++) {
        int shift = 16 - 8 * channel;
        channels.add(
            count(channel, 255, colours.getPixelCount(), i -> colours.get(i) >> shift & 255));
      }
    } else {
      channels.addAll(grey(image, 0));
    }
    infrared.ifPresent(grey -> channels.addAll(grey(grey, 3)));
    return List.copyOf(channels);
  }

  /** The slices of a grey image, the first of which is a given channel. */
  private static List<ChannelSaturation> grey(ImagePlus image, int first) {
    if (image.getBitDepth() != 8 && image.getBitDepth() != 16) {
      return List.of();
    }
    int level = level(image);
    return IntStream.range(0, image.getStackSize())
        .mapToObj(
            slice -> {
              ImageProcessor pixels = image.getStack().getProcessor(slice + 1);
              return count(first + slice, level, pixels.getPixelCount(), pixels::get);
            })
        .toList();
  }

  private static ChannelSaturation count(int channel, int level, int pixels, IntUnaryOperator at) {
    int saturated = (int) IntStream.range(0, pixels).filter(i -> at.applyAsInt(i) >= level).count();
    return new ChannelSaturation(Msi.CHANNEL_NAMES.get(channel), level, saturated, pixels);
  }

  private static int level(ImagePlus image) {
    int full = (1 << image.getBitDepth()) - 1;
    String info = image.getInfoProperty();
    Matcher stated = STATED_BITS.matcher(info == null ? "" : info);
    if (!stated.find()) {
      return full;
    }
    int bits = Integer.parseInt(stated.group(1));
    int level = (1 << Math.min(Math.max(bits, LEAST_BITS), image.getBitDepth())) - 1;
    return bits < LEAST_BITS || largest(image) > level ? full : level;
  }

  private static int largest(ImagePlus image) {
    return IntStream.rangeClosed(1, image.getStackSize())
        .map(
            slice -> {
              ImageProcessor pixels = image.getStack().getProcessor(slice);
              return IntStream.range(0, pixels.getPixelCount()).map(pixels::get).max().orElse(0);
            })
        .max()
        .orElse(0);
  }

  /** Such as {@code R: 12 of 160 pixels (7.5 %) at 255 DN}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %d of %d pixels (%.3g %%) at %d DN",
        channel,
        saturated,
        pixels,
        100.0 * saturated / pixels,
        level);
  }
}
