package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The text of Diagnostics, which loads TensorFlow. */
class ShowDiagnosticsIT {

  @Test
  void aCancelDoesNotWaitForTheDevices() {
    try (CommandRunner fiji = new CommandRunner()) {
      long[] begin = new long[1];
      TaskSteps.onEach(
          fiji,
          (task, step) -> {
            if (!task.isCanceled()) {
              begin[0] = System.nanoTime();
              task.cancel("enough");
            }
          });
      String message = fiji.failure(ShowDiagnostics.class, Map.of());
      double seconds = (System.nanoTime() - begin[0]) * 1e-9;
      assertTrue(message.contains("canceled"), message);
      assertTrue(seconds < 2, seconds + " s");
    }
  }

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
              "TensorFlow 2.18.0 from ",
              "tensorflow-core-api-1.1.0.jar",
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
