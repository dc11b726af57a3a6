/**
 * The published networks MST++ and mask-guided MST as TensorFlow graphs, their weights, classical
 * Wiener estimation, and the {@link org.skinspectra.model.Reconstructor} that turns a multispectral
 * image into a reflectance cube. The only package, with {@code train}, that sees TensorFlow.
 */
package org.skinspectra.model;
