package org.skinspectra.model;

import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;

/** Refuses images that a model cannot take, before any work is done. */
public final class ImageCheck {

  /** Gloss may exceed perfect white, but not in most of an image. */
  private static final float HIGHEST_LIKELY_REFLECTANCE = 2;

  private ImageCheck() {}

  /**
   * @throws SkinSpectraException if the image has too few channels, is too small, or holds a value
   *     that is not finite, naming pixel and channel
   */
  public static void check(Msi msi, ModelDescription model, int inputChannels) {
    if (msi.channels() < inputChannels) {
      throw new SkinSpectraException(
          "The model "
              + model.name()
              + " needs "
              + inputChannels
              + " channels "
              + Msi.CHANNEL_NAMES.subList(0, inputChannels)
              + ", but the image has "
              + msi.channels()
              + " "
              + msi.channelNames()
              + ".");
    }
    if (msi.width() < Reconstructor.SMALLEST_SIDE || msi.height() < Reconstructor.SMALLEST_SIDE) {
      throw new SkinSpectraException(
          "The image is "
              + msi.width()
              + "x"
              + msi.height()
              + " pixels; the smallest that can be reconstructed is 8x8.");
    }
    checkValues(msi, inputChannels);
  }

  private static void checkValues(Msi msi, int inputChannels) {
    float[] pixels = msi.pixels();
    int improbable = 0;
    int notZero = 0;
    int brightest = 0;
    for (int i = 0; i < pixels.length; i++) {
      if (i % msi.channels() >= inputChannels) {
        continue;
      }
      if (!Float.isFinite(pixels[i])) {
        throw new SkinSpectraException(
            "The image holds " + at(msi, i) + "; reflectances must be finite numbers.");
      }
      notZero += pixels[i] != 0 ? 1 : 0;
      improbable += pixels[i] > HIGHEST_LIKELY_REFLECTANCE ? 1 : 0;
      brightest = pixels[i] > pixels[brightest] ? i : brightest;
    }
    // A black background says nothing of the rest.
    if (improbable > notZero / 2) {
      throw new SkinSpectraException(
          "The image seems to hold a camera's digital numbers or percent, not reflectance factors:"
              + " more than half of its values other than 0 exceed "
              + HIGHEST_LIKELY_REFLECTANCE
              + ", up to "
              + at(msi, brightest)
              + ". Divide it by the white reference, so that 1.0 is perfect white.");
    }
  }

  private static String at(Msi msi, int i) {
    int pixel = i / msi.channels();
    return "%s at pixel x=%d, y=%d, channel %s"
        .formatted(
            msi.pixels()[i],
            pixel % msi.width(),
            pixel / msi.width(),
            msi.channelNames().get(i % msi.channels()));
  }
}
