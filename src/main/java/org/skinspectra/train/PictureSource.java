package org.skinspectra.train;

/** An endless, numbered supply of pictures. May be asked by several threads at once. */
interface PictureSource {

  /** The picture of this number, from 0; always the same one. */
  Picture picture(long number);
}
