package org.skinspectra.profile;

/**
 * One channel of a frame in numbers.
 *
 * @param name of it
 * @param mean digital number; NaN where the region has no pixel of the channel
 * @param saturated fraction of pixels at full scale; 0 where there is no full scale
 * @param focus how sharp it is: mean squared Sobel gradient (counts per pixel) over the squared
 *     mean above the black level (Tenengrad, the operator GRA6 of Pertuz et al. 2013, normalised so
 *     that exposure does not count); between pixels of one colour in a mosaic. Larger is sharper,
 *     for the same view only; 0 where nothing is lit
 * @param histogram of the digital numbers
 */
public record ChannelStatistics(
    String name, double mean, double saturated, double focus, CountHistogram histogram) {}
