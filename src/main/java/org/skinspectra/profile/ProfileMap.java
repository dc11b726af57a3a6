package org.skinspectra.profile;

import java.time.LocalDate;

/**
 * The map to canonical channels that a profile carries.
 *
 * @param map from the calibrated channels
 * @param fittedOver the spectra it was fitted to, for people
 * @param date day of the fit
 */
public record ProfileMap(ChannelMap map, String fittedOver, LocalDate date) {

  /** Beyond it two channels are as good as one. */
  private static final double MAX_CONDITION_NUMBER = 1e6;

  /**
   * @throws org.skinspectra.SkinSpectraException if the map is as good as singular, or the text is
   *     blank or too long
   */
  public ProfileMap {
    Ranges.requireText("canonicalMap.fittedOver", fittedOver, ProfileOrigin.LONG_TEXT);
    Ranges.require(
        "canonicalMap.conditionNumber", map.conditionNumber(), 1 - 1e-9, MAX_CONDITION_NUMBER);
  }
}
