package org.skinspectra.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stops whole programs in the middle, without a word, at every step that they do to the disk. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class HaltedSessionIT {

  private static final int HALTED = 9;

  @TempDir Path temporary;

  @Test
  void aProgramHaltedAtAnyStepLeavesEveryCompletedFrame() throws Exception {
    int exit = HALTED;
    int last = 0;
    for (; exit == HALTED; last++) {
      Path folder = temporary.resolve("halted-" + last);
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xshare:auto",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  KilledWriter.class.getName(),
                  folder.toString(),
                  Integer.toString(last))
              .inheritIO()
              .start();
      assertTrue(process.waitFor(1, TimeUnit.MINUTES));
      exit = process.exitValue();
      KilledSessionIT.requireEveryCompletedFrame(
          folder, KilledWriter.wholeFrames(folder).size(), "halted after step " + last);
    }
    assertEquals(0, exit);
    assertTrue(last > 60, "only " + last + " steps");
  }
}
