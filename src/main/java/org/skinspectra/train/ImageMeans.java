package org.skinspectra.train;

import org.skinspectra.measure.CubeErrors;

/**
 * What remains of an {@link ImageScore} where many images are scored: its means, without the angle
 * of every pixel.
 *
 * @param challenge mean spectral angle as the challenge defines it (rad)
 * @param clamped mean spectral angle with the cosine clamped and the mask thresholded (rad)
 */
public record ImageMeans(String image, double challenge, double clamped, CubeErrors errors) {}
