package org.skinspectra.commands;

import ij.ImagePlus;
import ij.macro.Interpreter;
import java.util.ArrayList;
import java.util.List;

/** Makes images known by their titles without windows, as a macro's batch mode does. */
final class BatchModeImages implements AutoCloseable {

  private final List<ImagePlus> images = new ArrayList<>();
  private final boolean before = Interpreter.batchMode;

  void add(ImagePlus image) {
    Interpreter.batchMode = true;
    Interpreter.addBatchModeImage(image);
    images.add(image);
  }

  @Override
  public void close() {
    images.forEach(Interpreter::removeBatchModeImage);
    Interpreter.batchMode = before;
  }
}
