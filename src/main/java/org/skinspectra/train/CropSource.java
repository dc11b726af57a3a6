package org.skinspectra.train;

/**
 * An endless, numbered supply of crops. Implementations may be asked by several threads at once.
 */
interface CropSource {

  /**
   * The crop of this number, from 0; the same number gives the same crop whatever was asked before.
   */
  Crop crop(long number);
}
