package org.skinspectra.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.batch.BatchResult.Made;
import org.skinspectra.batch.BatchResult.State;

class BatchManifestTest {

  @TempDir private Path out;

  private static BatchResult result(String output, State state) {
    return new BatchResult(
        "day \"1\"/arm",
        3,
        state,
        "session 1, time point 3",
        output,
        List.of(new OutputFile("arm-t003-spectra.tif", 12345, "0f".repeat(32))),
        new Made(12, 10, "wiener", "ab".repeat(32), "CPU (Java)", "float32", 0.1 + 0.2),
        "7@here",
        "2026-11-25T10:00:00Z",
        "several\nlines");
  }

  private Path file() {
    return out.resolve(BatchManifest.FILE);
  }

  private String refused() {
    String message =
        assertThrows(SkinSpectraException.class, () -> BatchManifest.open(out).close())
            .getMessage();
    assertTrue(message.contains(file().toString()), message);
    return message;
  }

  private void write(BatchResult... results) {
    try (BatchManifest manifest = BatchManifest.open(out)) {
      for (BatchResult result : results) {
        manifest.add(result);
      }
    }
  }

  private Optional<BatchResult> read(String output) {
    try (BatchManifest manifest = BatchManifest.open(out)) {
      return manifest.done(output);
    }
  }

  @Test
  void whatWasWrittenIsReadEqual() {
    write(result("a.tif", State.DONE));
    assertEquals(Optional.of(result("a.tif", State.DONE)), read("a.tif"));
    assertEquals(Optional.empty(), read("b.tif"));
  }

  @Test
  void theLastLineOfACubeCountsAndAFailureDoesNotHideIt() {
    BatchResult later =
        new BatchResult(
            "x",
            3,
            State.DONE,
            "other",
            "a.tif",
            result("", State.DONE).files(),
            Made.NOT,
            "",
            "",
            "");
    write(
        result("a.tif", State.DONE), later, BatchResult.without("x", 3, State.FAILED, "a reason"));
    assertEquals("other", read("a.tif").orElseThrow().source());
  }

  @Test
  void aLastLineThatWasCutOffAnywhereIsDroppedAndTheNextIsWhole() throws IOException {
    write(result("a.tif", State.DONE), result("b.tif", State.DONE));
    byte[] whole = Files.readAllBytes(file());
    String text = new String(whole, StandardCharsets.UTF_8);
    int last = text.lastIndexOf('\n', whole.length - 2) + 1;
    for (int length = last; length < whole.length; length += 7) {
      Files.write(file(), Arrays.copyOf(whole, length));
      write(result("c.tif", State.DONE));
      assertTrue(read("a.tif").isPresent());
      assertTrue(read("b.tif").isEmpty());
      assertTrue(read("c.tif").isPresent());
    }
  }

  @Test
  void aDamagedLineInTheMiddleIsNamed() throws IOException {
    write(result("a.tif", State.DONE), result("b.tif", State.DONE));
    List<String> lines = Files.readAllLines(file());
    for (String bad :
        List.of(
            "{",
            "",
            "[]",
            "{}",
            lines.get(1).replace("\"done\"", "\"perhaps\""),
            lines.get(1).replace("arm-t003-spectra.tif", "../../etc/passwd"),
            lines.get(1).replace("12345", "-1"),
            lines.get(1).replace("0f0f0f", "0f0f0"),
            lines.get(1).replace("\"timePoint\":3", "\"timePoint\":1e99"),
            lines.get(1).replace("}]", "}],\"more\":1"))) {
      Files.write(file(), List.of(lines.get(0), bad, lines.get(2)));
      String message = refused();
      assertTrue(message.contains("line 2") && message.contains("remove the line"), message);
    }
  }

  @Test
  void aFileThatIsNoListOfABatchIsLeftAsItIs() throws IOException {
    for (String other : List.of("notes of somebody", "notes\nof\nsomebody\n", "{\"a\": 1}\n")) {
      Files.writeString(file(), other);
      refused();
      assertEquals(other, Files.readString(file()));
    }
    Files.writeString(
        file(), "x".repeat(1 << 20), StandardCharsets.US_ASCII, StandardOpenOption.CREATE);
    assertTrue(refused().contains("characters"));
  }

  @Test
  void randomDamageIsReadOrRefusedButNothingElse() throws IOException {
    write(result("a.tif", State.DONE), result("b.tif", State.DONE));
    byte[] whole = Files.readAllBytes(file());
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      for (int n = 0; n <= i % 4; n++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Files.write(file(), damaged);
      try {
        read("a.tif");
      } catch (SkinSpectraException e) {
        assertTrue(e.getMessage().contains(BatchManifest.FILE), e.getMessage());
      }
    }
  }

  @Test
  void onlyOneCanHaveItOpen() {
    try (BatchManifest first = BatchManifest.open(out)) {
      String message =
          assertThrows(SkinSpectraException.class, () -> BatchManifest.open(out)).getMessage();
      assertTrue(message.contains("Another batch") && message.contains(out.toString()), message);
      first.add(result("a.tif", State.DONE));
    }
    assertTrue(read("a.tif").isPresent());
  }
}
