package org.skinspectra.commands;

import ij.ImagePlus;
import ij.WindowManager;
import java.util.Arrays;
import java.util.Optional;
import org.skinspectra.SkinSpectraException;

/** Images that are open in ImageJ, in a window or in a macro's batch mode. */
final class OpenImages {

  private OpenImages() {}

  /**
   * The image of a title.
   *
   * @param title null or blank for none
   * @param what it is to be, for the message
   * @throws SkinSpectraException if none is called so, naming those that are open
   */
  static Optional<ImagePlus> titled(String title, String what) {
    if (title == null || title.isBlank()) {
      return Optional.empty();
    }
    ImagePlus image = WindowManager.getImage(title.strip());
    if (image == null) {
      throw new SkinSpectraException(
          "There is no open image '%s' to be %s; open are %s."
              .formatted(title, what, Arrays.toString(WindowManager.getImageTitles())));
    }
    return Optional.of(image);
  }
}
