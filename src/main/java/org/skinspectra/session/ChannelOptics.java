package org.skinspectra.session;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of a channel's light and of the size of its pixels.
 *
 * @param wavelengthNm centre of the light that reaches the sensor; empty for a colour camera
 * @param pixelSizeUm side of a pixel at the object, micrometres
 */
public record ChannelOptics(Optional<Double> wavelengthNm, Optional<Double> pixelSizeUm) {

  private static final Pattern NAMED_BY_WAVELENGTH = Pattern.compile("N(\\d{3,4})");

  /**
   * @throws IllegalArgumentException if a number is not above 0
   */
  public ChannelOptics {
    for (Optional<Double> value : List.of(wavelengthNm, pixelSizeUm)) {
      if (value.isPresent() && !(value.get() > 0 && value.get() < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "A channel's wavelength and pixel size are above 0, not " + value.get() + ".");
      }
    }
  }

  /** What a channel's name says: {@code N960} is at 960 nm, any other name says nothing. */
  public static ChannelOptics ofName(String channel) {
    Matcher name = NAMED_BY_WAVELENGTH.matcher(channel);
    return new ChannelOptics(
        name.matches() ? Optional.of(Double.valueOf(name.group(1))) : Optional.empty(),
        Optional.empty());
  }
}
