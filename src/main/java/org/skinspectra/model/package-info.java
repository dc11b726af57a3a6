/**
 * The published networks MST++ and mask-guided MST, their weights, classical Wiener estimation, and
 * the {@link org.skinspectra.model.Reconstructor} that turns a multispectral image into a
 * reflectance cube. TensorFlow, which computes the networks, is behind {@link
 * org.skinspectra.model.Engine}.
 */
package org.skinspectra.model;
