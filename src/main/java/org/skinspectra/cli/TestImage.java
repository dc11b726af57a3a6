package org.skinspectra.cli;

import java.nio.file.Path;

/** The files of one rendered or captured image with its ground truth. */
record TestImage(Path msi, Path truth, Path mask) {

  static TestImage in(Path folder) {
    return new TestImage(
        folder.resolve("msi.tif"), folder.resolve("truth.hdr"), folder.resolve("mask.png"));
  }
}
