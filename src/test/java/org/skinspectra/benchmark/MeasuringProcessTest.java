package org.skinspectra.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.benchmark.ReconstructionTask.Form;
import org.skinspectra.model.Precision;

/** Processes that are shell scripts. */
class MeasuringProcessTest {

  @BeforeEach
  void needsAShell() {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "There is no /bin/sh here.");
  }

  @Test
  void theLastLineOfTheOutputIsTheResult() {
    JsonObject json = run("echo nonsense; echo '{\"a\": 1}'");
    assertEquals(1, json.get("a").getAsInt());
  }

  @Test
  void theEnvironmentIsThatOfTheTask() {
    JsonObject json =
        shell("echo \"{\\\"a\\\": \\\"$FOR_TEST\\\"}\"")
            .run(
                List.of(),
                environment -> environment.put("FOR_TEST", "yes"),
                ProgressMonitor.NONE,
                () -> {});
    assertEquals("yes", json.get("a").getAsString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "echo", "echo '[1]'", "echo '{'"})
  void outputThatIsNoObjectIsRefused(String script) {
    assertThrows(SkinSpectraIOException.class, () -> run(script));
  }

  @Test
  void aFailureIsToldInItsOwnWords() {
    String script =
        "echo noise >&2; echo 'skin-spectra: too large: 9 GiB.' >&2; echo more >&2; exit 1";
    assertEquals(
        "too large: 9 GiB.",
        assertThrows(SkinSpectraException.class, () -> run(script)).getMessage());
    assertEquals(
        "The measuring process ended with code 137: last words",
        assertThrows(SkinSpectraException.class, () -> run("echo last words >&2; exit 137"))
            .getMessage());
  }

  @Test
  void aProgramThatIsMissingIsNamed() {
    MeasuringProcess process = new MeasuringProcess(List.of("/nowhere/java"));
    String message =
        assertThrows(SkinSpectraIOException.class, () -> process.data(8, 1, ProgressMonitor.NONE))
            .getMessage();
    assertTrue(message.contains("/nowhere/java"), message);
  }

  @Test
  void aCancelEndsTheProcessAtOnce() {
    AtomicInteger looks = new AtomicInteger();
    ProgressMonitor canceled =
        new ProgressMonitor() {
          @Override
          public void report(String step, long done, long total) {}

          @Override
          public boolean isCanceled() {
            return looks.get() > 0;
          }
        };
    long start = System.nanoTime();
    assertThrows(
        CanceledException.class,
        () ->
            shell("exec sleep 60")
                .run(List.of(), environment -> {}, canceled, looks::incrementAndGet));
    assertTrue(System.nanoTime() - start < 20e9);
  }

  @Test
  void oneFailureDoesNotKeepTheOthersFromBeingMeasured() {
    MeasuringProcess process = shell("echo 'skin-spectra: no.' >&2; exit 1");
    List<ReconstructionTask> tasks =
        List.of(
            ReconstructionTaskTest.task(Form.OURS, Precision.FLOAT32, 1),
            ReconstructionTaskTest.task(Form.OURS, Precision.BFLOAT16, 1));
    List<Measured> measured =
        Measured.all(tasks, process, () -> new GpuWatch("/nowhere"), ProgressMonitor.NONE);
    assertEquals(2, measured.size());
    assertEquals("no.", measured.get(1).failure());
    assertFalse(measured.get(1).timing().isPresent());
    assertTrue(measured.get(0).pixelsPerSecond().isEmpty());
  }

  @Test
  void thisProgramIsStartedWithItsOwnJavaAndClassPath() {
    List<String> command = MeasuringProcess.ofThisProgram("Main", "measure").command();
    assertTrue(command.get(0).startsWith(System.getProperty("java.home")), command.get(0));
    assertEquals(List.of("Main", "measure"), command.subList(command.size() - 2, command.size()));
    assertTrue(command.contains(System.getProperty("java.class.path")));
  }

  private static MeasuringProcess shell(String script) {
    return new MeasuringProcess(List.of("/bin/sh", "-c", script, "sh"));
  }

  private static JsonObject run(String script) {
    return shell(script).run(List.of(), environment -> {}, ProgressMonitor.NONE, () -> {});
  }
}
