package org.skinspectra.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.model.Golden;
import picocli.CommandLine;

/** {@code benchmark} and {@code gpu-check} as typed, with a tiny model; processes are started. */
class BenchmarkVerbIT {

  private static final Path TINY = Golden.path("mstpp_tiny.safetensors");

  @TempDir Path folder;

  private record Outcome(int exitCode, String out, String err) {

    JsonObject json() {
      List<String> lines = out.lines().toList();
      return JsonParser.parseString(lines.get(lines.size() - 1)).getAsJsonObject();
    }
  }

  private static Outcome run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = SkinSpectraCli.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] args = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    return new Outcome(line.execute(args), out.toString(), err.toString());
  }

  @Test
  void reconstructionIsMeasuredBesideThePublishedFormInProcessesOfTheirOwn() throws IOException {
    Path csv = folder.resolve("b.csv");
    Outcome outcome =
        run(
            "benchmark",
            "--model",
            TINY,
            "--sizes",
            16,
            "--precision",
            "float32",
            "--runs",
            2,
            "--device",
            "cpu",
            "--data-size",
            16,
            "--csv",
            csv,
            "--json");
    assertEquals(0, outcome.exitCode(), outcome.err());
    JsonArray rows = outcome.json().getAsJsonArray("reconstruction");
    assertEquals(2, rows.size());
    JsonObject ours = rows.get(0).getAsJsonObject();
    JsonObject literal = rows.get(1).getAsJsonObject();
    assertEquals("ours", ours.get("form").getAsString());
    assertEquals("literal", literal.get("form").getAsString());
    assertEquals("CPU:0", ours.get("device").getAsString());
    assertEquals(2, ours.getAsJsonArray("warm_s").size());
    assertEquals(
        literal.get("best_s").getAsDouble() / ours.get("best_s").getAsDouble(),
        ours.get("times_the_literal").getAsDouble(),
        1e-9);
    assertTrue(
        ours.get("cold_s").getAsDouble()
            > ours.get("open_s").getAsDouble() + ours.get("first_s").getAsDouble());
    if (System.getProperty("os.name").equals("Linux")) {
      assertTrue(ours.get("peak_bytes").getAsLong() > 50L << 20);
    }
    JsonObject machine = outcome.json().getAsJsonObject("machine");
    assertTrue(machine.get("cores").getAsInt() >= 1);
    for (JsonElement data : outcome.json().getAsJsonArray("data")) {
      assertTrue(data.getAsJsonObject().getAsJsonArray("seconds").size() >= 5);
    }
    assertEquals(9, outcome.json().getAsJsonArray("data").size());
    assertTrue(outcome.out().contains("spectral angle (clamped)"), outcome.out());
    List<String> lines = Files.readAllLines(csv);
    assertEquals(1 + 2 + 9, lines.size());
    assertTrue(lines.get(0).startsWith("work,model,size,precision,form,device,median_s"));
  }

  @Test
  void theProfileSaysWhereTheTimeGoesBesideItsFloor() throws IOException {
    Path csv = folder.resolve("p.csv");
    Outcome outcome = run("benchmark", "--model", TINY, "--profile", 72, "--csv", csv, "--json");
    assertEquals(0, outcome.exitCode(), outcome.err());
    JsonObject json = outcome.json();
    assertTrue(json.get("products_per_s").getAsDouble() > 1e8);
    assertTrue(json.get("copy_bytes_per_s").getAsDouble() > 1e8);
    JsonObject first = json.getAsJsonArray("passes").get(0).getAsJsonObject();
    assertEquals("input", first.get("name").getAsString());
    assertEquals(72 * 72 * 9.0 * 4 * 6, first.get("products").getAsDouble());
    assertTrue(outcome.out().contains("stage 3 bottleneck"), outcome.out());
    assertTrue(outcome.out().contains("between them, and the planes"), outcome.out());
    assertTrue(Files.readString(csv).startsWith("pass,operation,calls,traced_s\ninput,"));
  }

  @ParameterizedTest(name = "benchmark {0} {1}")
  @CsvSource({
    "--sizes, 4, 8 to 16384",
    "--sizes, many, many",
    "--runs, 0, 1 to 1000",
    "--data-size, 1, 8 to 16384",
    "--profile, 7, 8 to 16384",
    "--model, wiener, wiener",
    "--model, nowhere.pt, nowhere.pt",
    "--precision, float16, float32 or bfloat16",
  })
  void wrongUseIsRefusedBeforeAnythingIsMeasured(String option, String value, String said) {
    Outcome outcome = run("benchmark", option, value);
    assertEquals(2, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().contains(said), outcome.err());
    assertEquals("", outcome.out());
  }

  // -- gpu-check --

  @Test
  void theCheckRunsOnTheCpuToo() {
    Outcome outcome =
        run(
            "gpu-check",
            "--device",
            "cpu",
            "--model",
            TINY,
            "--sizes",
            16,
            "--runs",
            1,
            "--golden",
            TINY.getParent(),
            "--json");
    assertEquals(0, outcome.exitCode(), outcome.out() + outcome.err());
    assertTrue(outcome.json().get("passed").getAsBoolean());
    JsonArray parity = outcome.json().getAsJsonArray("parity");
    assertTrue(parity.size() > 10, outcome.out());
    for (JsonElement each : parity) {
      assertTrue(each.getAsJsonObject().get("passed").getAsBoolean(), each::toString);
    }
    assertTrue(outcome.out().contains("mst_tiny_37x29.safetensors"), outcome.out());
    assertEquals(3, outcome.json().getAsJsonArray("reconstruction").size());
  }

  @Test
  void withoutAGpuTheReasonIsSaidAndTheCodeIsThree() {
    Outcome outcome = run("gpu-check", "--sizes", 16, "--runs", 1, "--json");
    Assumptions.assumeTrue(outcome.exitCode() != 0, "This machine has a GPU.");
    assertEquals(3, outcome.exitCode(), outcome.err());
    assertTrue(
        outcome.err().contains("no GPU that can be used: this TensorFlow is the build for the CPU"),
        outcome.err());
    assertFalse(outcome.json().get("passed").getAsBoolean());
  }

  @ParameterizedTest(name = "gpu-check {0} {1}")
  @CsvSource({
    "--device, auto, gpu or cpu",
    "--sizes, 0, 8 to 16384",
    "--golden, nowhere, not a folder",
    "--model, wiener, wiener",
  })
  void aCheckThatIsAskedForWronglyIsRefused(String option, String value, String said) {
    Outcome outcome = run("gpu-check", option, value);
    assertEquals(2, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().contains(said), outcome.err());
  }
}
