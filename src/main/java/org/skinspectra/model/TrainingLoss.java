package org.skinspectra.model;

/**
 * The loss of a batch before its step.
 *
 * @param total L1 + angle weight × angle
 * @param l1 mean absolute error, reflectance factor
 * @param angle mean spectral angle, rad
 */
public record TrainingLoss(double total, double l1, double angle) {}
