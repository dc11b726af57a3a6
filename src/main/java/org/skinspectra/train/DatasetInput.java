package org.skinspectra.train;

import java.util.Optional;

/**
 * Which folder of a data set the input is taken from, and how it is read.
 *
 * @param cameraFolder such as {@code MSI_CIE}, {@code MSI_Nikon_D810} or {@code RGB_CIE}; without,
 *     the one there is
 * @param stretch of RGB pictures
 */
public record DatasetInput(Optional<String> cameraFolder, RgbStretch stretch) {

  /** The one folder there is, its values as they are stored. */
  public static final DatasetInput DETECT = new DatasetInput(Optional.empty(), RgbStretch.NONE);
}
