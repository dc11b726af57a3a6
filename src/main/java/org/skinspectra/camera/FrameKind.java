package org.skinspectra.camera;

/** What a frame is taken of. */
public enum FrameKind {
  /** What is to be measured. */
  IMAGE,
  /** The lid: what the camera counts without light. */
  DARK,
  /** The white reference under the light of the images. */
  WHITE
}
