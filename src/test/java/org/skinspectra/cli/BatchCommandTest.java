package org.skinspectra.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.session.FlatSessions;
import picocli.CommandLine;

class BatchCommandTest {

  @TempDir private Path temporary;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of("batch", "--model", "wiener", "--quiet"));
    all.addAll(List.of(arguments));
    CommandLine line = SkinSpectraCli.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(all.toArray(String[]::new));
  }

  private String in() {
    return temporary.resolve("in").toString();
  }

  private String cubes() {
    return temporary.resolve("cubes").toString();
  }

  @Test
  void theTableTheFileAndTheJsonSayTheSame() throws IOException {
    FlatSessions.write(temporary.resolve("in/arm"), 0.2, 0.6);
    assertEquals(0, run(in(), cubes(), "--json"), err.toString());
    String text = out.toString();
    assertTrue(text.contains("2 cubes done, 0 done before, 0 failed"), text);
    JsonObject json =
        JsonParser.parseString(text.lines().reduce((a, b) -> b).orElseThrow()).getAsJsonObject();
    assertEquals(2, json.get("done").getAsInt());
    JsonObject second = json.getAsJsonArray("pictures").get(1).getAsJsonObject();
    assertEquals("arm-t001-spectra.tif", second.get("output").getAsString());
    assertEquals(1, second.get("time_point").getAsInt());
    List<String> lines = Files.readAllLines(temporary.resolve("cubes/reconstructions.csv"));
    assertTrue(lines.get(2).startsWith("arm,1,done,12,10,"), lines.get(2));
  }

  @Test
  void oneFailureMakesTheWholeFailAfterAllOthersAreDone() {
    FlatSessions.withoutReferences(temporary.resolve("in/a bare"), 0.2);
    FlatSessions.write(temporary.resolve("in/b sound"), 0.2);
    assertEquals(1, run(in(), cubes()));
    assertTrue(out.toString().contains("1 cubes done"), out.toString());
    assertTrue(err.toString().contains("failed: a bare, time point 0:"), err.toString());
    assertTrue(err.toString().contains("1 of 2 pictures failed"), err.toString());
  }

  @Test
  void severalInputsGoIntoOneFolder() throws IOException {
    String arm = FlatSessions.write(temporary.resolve("x/arm"), 0.2).toString();
    String leg = FlatSessions.write(temporary.resolve("y/leg"), 0.2).toString();
    assertEquals(0, run(arm, leg, cubes(), "--format", ".hdr"), err.toString());
    try (Stream<Path> files = Files.list(Path.of(cubes()))) {
      assertEquals(6, files.count(), "two headers, two data, list and table");
    }
  }

  @Test
  void aWatchedFolderEndsWhenItIsIdle() {
    FlatSessions.write(temporary.resolve("in/arm"), 0.2);
    assertEquals(0, run(in(), cubes(), "--watch", "--settle", "10ms", "--idle", "100ms"));
    assertTrue(out.toString().contains("1 cubes done"), out.toString());
  }

  @Test
  void wrongUseIsRefusedBeforeAnything() {
    FlatSessions.write(temporary.resolve("in/arm"), 0.2);
    List<List<String>> wrong =
        List.of(
            List.of(),
            List.of(in()),
            List.of(in(), cubes(), "--threads", "0"),
            List.of(in(), cubes(), "--threads", "257"),
            List.of(in(), cubes(), "--format", "tif"),
            List.of(in(), cubes(), "--format", "/../x.tif"),
            List.of(in(), cubes(), "--idle", "10m"),
            List.of(in(), cubes(), "--settle", "2s"),
            List.of(in(), cubes(), "--watch", "--idle", "soon"));
    for (List<String> arguments : wrong) {
      assertEquals(2, run(arguments.toArray(String[]::new)), arguments.toString());
      assertTrue(err.toString().startsWith("skin-spectra: "), err.toString());
    }
    assertEquals(1, run(in(), cubes(), "--format", ".xyz"));
    assertTrue(err.toString().contains("endings"), err.toString());
    assertFalse(Files.exists(Path.of(cubes())));
  }
}
