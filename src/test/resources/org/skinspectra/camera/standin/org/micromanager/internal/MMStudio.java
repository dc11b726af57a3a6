package org.micromanager.internal;

import mmcorej.CMMCore;

/** A stand-in for Micro-Manager Studio, with what is used of it. */
public class MMStudio {

  public static MMStudio instance;
  public static CMMCore coreOfInstance;

  public final Live live = new Live();

  public static MMStudio getInstance() {
    return instance;
  }

  public CMMCore core() {
    return coreOfInstance;
  }

  public Live live() {
    return live;
  }

  public static class Live {
    public boolean suspended;

    public void setSuspended(boolean value) {
      suspended = value;
    }
  }
}
