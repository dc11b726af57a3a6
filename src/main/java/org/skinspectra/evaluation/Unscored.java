package org.skinspectra.evaluation;

/**
 * An image that a prediction has no score of.
 *
 * @param image place in the data set, such as {@code test/p001_smile_left}
 * @param reason why not, and what to do
 * @param failed whether something went wrong; else there is no prediction of the image
 */
public record Unscored(String image, String reason, boolean failed) {}
