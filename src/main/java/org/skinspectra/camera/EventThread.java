package org.skinspectra.camera;

import org.skinspectra.SkinSpectraException;

/** Keeps cameras off the thread that draws windows. */
final class EventThread {

  private EventThread() {}

  /**
   * @throws SkinSpectraException on the event dispatch thread
   */
  static void refuse() {
    // By its name, as asking AWT would start it where there is no display.
    if (Thread.currentThread().getClass().getName().equals("java.awt.EventDispatchThread")) {
      throw new SkinSpectraException(
          "A camera was asked on the event thread, where its windows would freeze while it takes"
              + " a frame. Ask it on another thread.");
    }
  }
}
