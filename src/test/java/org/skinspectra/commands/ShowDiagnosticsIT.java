package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The text of Diagnostics, which loads TensorFlow. */
class ShowDiagnosticsIT {

  @Test
  void theTextNamesEverythingThatHelpsAndWhatFailsIsPartOfIt() {
    try (CommandRunner fiji = new CommandRunner()) {
      String text =
          fiji.output(
              "diagnostics",
              String.class,
              ShowDiagnostics.class,
              Map.of("mm_folder", new File("/no/such/micromanager")));
      System.out.println(text);
      for (String part :
          List.of(
              "Skin Spectra ",
              "Java ",
              "vector instructions: ",
              "Java heap: ",
              "TensorFlow 2.18.0",
              "a convolution ran there",
              "GPU libraries",
              "Micro-Manager",
              "There is no folder " + new File("/no/such/micromanager").getAbsolutePath(),
              "default",
              "wiener")) {
        assertTrue(text.contains(part), part + " is missing in\n" + text);
      }
    }
  }
}
