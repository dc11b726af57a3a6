package org.skinspectra.train;

/**
 * A square piece of an image to learn from.
 *
 * @param side pixels
 * @param input what the camera delivers, {@code [y][x][channel]}, reflectance factor
 * @param truth {@code [y][x][band]}, reflectance factor, 400:10:1000 nm
 * @param weight how much each pixel counts, {@code [y][x]}
 * @param skin which pixels are skin, {@code [y][x]}
 */
record Crop(int side, float[] input, float[] truth, float[] weight, boolean[] skin) {}
