package org.skinspectra.model.engine;

import org.tensorflow.types.family.TType;

/** Takes the tiles that a pass computes. */
interface TileTarget {

  /**
   * Stores one tile. Threads may call this together for windows that do not overlap.
   *
   * @param tile tensor [1, y, x, channel] of the window's size
   */
  void write(Window window, TType tile);
}
