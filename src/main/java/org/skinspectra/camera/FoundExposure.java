package org.skinspectra.camera;

import org.skinspectra.profile.AutoExposure;

/**
 * What an automatic exposure came to.
 *
 * @param step with the exposure that was found, or the best that was possible
 * @param level share of full scale that the brightest channel reaches then
 * @param outcome where it stands; {@code ADJUST} where it was given up
 * @param frames how many were taken
 */
public record FoundExposure(RigStep step, double level, AutoExposure.Outcome outcome, int frames) {

  /** Whether the level is the target. */
  public boolean reached() {
    return outcome == AutoExposure.Outcome.DONE;
  }

  /** What was found and, where the target was not reached, what to do; for people. */
  public String message() {
    String found =
        "Step %s: %.4g ms bring the brightest channel to %.0f %% of full scale after %d frames."
            .formatted(step.channel(), step.exposureMs(), 100 * level, frames);
    if (reached()) {
      return found;
    }
    return found
        + (outcome == AutoExposure.Outcome.TOO_DARK
            ? " That is too dark: give more light or gain, or allow a longer exposure."
            : " That is not the target: give another light or gain, or allow other exposures.");
  }
}
