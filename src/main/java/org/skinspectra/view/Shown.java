package org.skinspectra.view;

import ij.IJ;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;

/** What is shown on top of a command's outputs, where there is somebody to see it. */
public final class Shown {

  private Shown() {}

  /** Shows a table in a window of its own if ImageJ's main window is there. */
  public static void table(ResultsTable table, String title) {
    if (IJ.getInstance() != null && !Interpreter.isBatchMode()) {
      table.show(title);
    }
  }
}
