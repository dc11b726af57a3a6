package org.skinspectra.model;

import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;

/** Refuses images that a model cannot take, before any work is done. */
final class ImageCheck {

  private ImageCheck() {}

  static void check(Msi msi, ModelDescription model, int inputChannels) {
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
    float[] pixels = msi.pixels();
    for (int i = 0; i < pixels.length; i++) {
      if (!Float.isFinite(pixels[i]) && i % msi.channels() < inputChannels) {
        int pixel = i / msi.channels();
        throw new SkinSpectraException(
            "The image holds "
                + pixels[i]
                + " at pixel ("
                + pixel % msi.width()
                + ", "
                + pixel / msi.width()
                + "), channel "
                + msi.channelNames().get(i % msi.channels())
                + "; reflectances must be finite numbers.");
      }
    }
  }
}
