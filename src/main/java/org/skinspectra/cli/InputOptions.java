package org.skinspectra.cli;

import java.util.Optional;
import org.skinspectra.train.DatasetInput;
import org.skinspectra.train.RgbStretch;
import picocli.CommandLine.Option;

/** Which input of a data set models are given: the same options for all verbs that read one. */
final class InputOptions {

  @Option(
      names = "--camera-folder",
      paramLabel = "NAME",
      description =
          "Folder of the input, such as MSI_CIE, MSI_Nikon_D810 or RGB_CIE (with IMG_960 beside it)"
              + " (default: the one MSI folder that there is, else the one RGB folder).")
  private String folder;

  @Option(
      names = "--rgb-stretch",
      paramLabel = "none|minmax",
      description =
          "What is done to the pictures of an RGB folder; minmax is what the data set's own loader"
              + " does (default: none).")
  private RgbStretch stretch = RgbStretch.NONE;

  DatasetInput input() {
    return new DatasetInput(Optional.ofNullable(folder), stretch);
  }
}
