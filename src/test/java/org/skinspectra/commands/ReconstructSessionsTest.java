package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.measure.ResultsTable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.command.CommandModule;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.session.FlatSessions;
import org.skinspectra.spectra.Wavelengths;

class ReconstructSessionsTest {

  private final CommandRunner fiji = new CommandRunner();

  @TempDir private Path temporary;

  @AfterEach
  void close() {
    fiji.close();
  }

  private Map<String, Object> inputs() {
    return Map.of(
        "input",
        temporary.resolve("in").toFile(),
        "output",
        temporary.resolve("out").toFile(),
        "model",
        "wiener");
  }

  private ResultsTable run() {
    return fiji.output("table", ResultsTable.class, ReconstructSessions.class, inputs());
  }

  @Test
  void aBadSessionIsListedAndASecondRunSkipsWhatIsDone() throws IOException {
    FlatSessions.write(temporary.resolve("in/arm"), 0.2, 0.6);
    FlatSessions.withoutReferences(temporary.resolve("in/bare"), 0.2);
    ResultsTable first = run();
    assertEquals(3, first.size());
    assertEquals("done", first.getStringValue("state", 0));
    assertEquals("arm", first.getStringValue("input", 0));
    assertEquals(1, first.getValue("time point", 1));
    assertEquals("failed", first.getStringValue("state", 2));
    assertTrue(first.getStringValue("message", 2).contains("reference"));
    assertTrue(Double.isNaN(first.getValue("seconds", 2)));
    Path cube = temporary.resolve("out/arm-t001-spectra.tif");
    assertEquals(Wavelengths.VIS_NIR, CubeFiles.readCube(cube).wavelengths());
    List<String> lines = Files.readAllLines(temporary.resolve("out/reconstructions.csv"));
    assertEquals(4, lines.size());
    assertTrue(lines.get(2).startsWith("arm,1,done,12,10,"), lines.get(2));

    ResultsTable second = run();
    assertEquals("done before", second.getStringValue("state", 1));
    assertEquals(first.getValue("seconds", 1), second.getValue("seconds", 1));
  }

  @Test
  void theProgressNeverGoesBack() throws IOException {
    FlatSessions.write(temporary.resolve("in/arm"), 0.2, 0.6);
    List<Double> shares = Collections.synchronizedList(new ArrayList<>());
    TaskSteps.onEach(
        fiji,
        (task, step) -> {
          if (task.getProgressMaximum() > 1) {
            shares.add((double) task.getProgressValue() / task.getProgressMaximum());
          }
        });
    run();
    assertTrue(shares.stream().anyMatch(share -> share > 0.6 && share < 1), shares.toString());
    List<Double> sorted = shares.stream().sorted().toList();
    assertEquals(sorted, shares);
  }

  @Test
  void aFolderWithoutSessionsIsRefusedAndNothingWritten() throws IOException {
    Files.createDirectories(temporary.resolve("in"));
    String message = fiji.failure(ReconstructSessions.class, inputs());
    assertTrue(message.contains("no session"), message);
    assertFalse(Files.exists(temporary.resolve("out")));
  }

  @Test
  void aFolderThatRefusesCubesIsNamed() throws IOException {
    Path full = Path.of("/proc");
    assumeTrue(Files.isDirectory(full), "no folder that refuses files even to root");
    FlatSessions.write(temporary.resolve("in/arm"), 0.2);
    Map<String, Object> inputs = new HashMap<>(inputs());
    inputs.put("output", full.resolve("cubes").toFile());
    CommandModule module = fiji.run(ReconstructSessions.class, inputs);
    // Root is told so by the first file only, which is one picture's failure.
    String message =
        module.isCanceled()
            ? module.getCancelReason()
            : ((ResultsTable) module.getOutput("table")).getStringValue("message", 0);
    assertTrue(message.contains("Cannot write /proc/cubes"), message);
  }

  @Test
  void foldersThatAreNotGivenAreAskedFor() {
    for (String key : List.of("input", "output")) {
      Map<String, Object> inputs = new HashMap<>(inputs());
      inputs.put(key, new File(""));
      String message = fiji.failure(ReconstructSessions.class, inputs);
      assertTrue(message.startsWith("Give the folder"), message);
    }
  }

  @Test
  void anOutputThatIsAFileIsRefusedBeforeTheWork() throws IOException {
    FlatSessions.write(temporary.resolve("in/arm"), 0.2);
    Files.writeString(temporary.resolve("out"), "a file");
    String message = fiji.failure(ReconstructSessions.class, inputs());
    assertTrue(message.contains("is a file"), message);
  }
}
