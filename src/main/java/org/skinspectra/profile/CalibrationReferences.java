package org.skinspectra.profile;

/**
 * The references of a picture.
 *
 * @param white the white target in the light of the picture
 * @param whiteDark no light, in the exposure and gain of the white
 * @param dark no light, in the exposure and gain of the picture
 */
public record CalibrationReferences(FrameMean white, FrameMean whiteDark, FrameMean dark) {

  /** One dark for both, where white and picture have the same exposure and gain. */
  public static CalibrationReferences of(FrameMean white, FrameMean dark) {
    return new CalibrationReferences(white, dark, dark);
  }
}
