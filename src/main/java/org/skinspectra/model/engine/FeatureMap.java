package org.skinspectra.model.engine;

import org.tensorflow.types.family.TType;

/**
 * A map of features [y][x][channel] between one pass over its tiles and the next, outside the Java
 * heap. Threads may read it together, or write windows that do not overlap.
 */
interface FeatureMap extends TileTarget, AutoCloseable {

  /** Copies a window into a tensor [1, y, x, channel] of its size. */
  void read(Window window, TType target);

  @Override
  void close();
}
