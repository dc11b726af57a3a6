package org.skinspectra.skin;

/** What a scene for training shows. */
public enum SceneKind {
  /** A head before a background, from far away to a close-up of the skin. */
  FACE,
  /** A hand or a forearm on a ground. */
  HAND,
  /** Regions of several people's skin and other materials side by side, or one skin alone. */
  PATCHES
}
