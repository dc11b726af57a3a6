package org.skinspectra.camera;

import org.skinspectra.session.FrameKind;

/** Asks a person to put something in front of the camera. */
@FunctionalInterface
public interface ReferencePrompt {

  /**
   * Returns when it is done. Called on the thread that captures.
   *
   * @param kind of the frames that are taken next
   * @param instruction what to do, for people
   * @throws org.skinspectra.CanceledException if the person does not want to
   */
  void ask(FrameKind kind, String instruction);
}
