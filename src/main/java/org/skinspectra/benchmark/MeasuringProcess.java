package org.skinspectra.benchmark;

import com.google.gson.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.skinspectra.JsonText;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.model.Devices;

/**
 * Starts this program anew for one measurement, so that its peak of memory and its cold start are
 * its own.
 *
 * @param command what starts the verb {@code measure}, without its arguments
 */
public record MeasuringProcess(List<String> command) {

  private static final long LOOK_MS = 250;
  private static final long LIMIT_SECONDS = TimeUnit.HOURS.toSeconds(2);
  private static final int MAX_OUTPUT = 1 << 20;
  private static final long MAX_LOG = 1 << 20;

  public MeasuringProcess {
    command = List.copyOf(command);
  }

  /**
   * With the Java, the class path and the options of this process.
   *
   * @param mainClass of the program, and the verb
   */
  public static MeasuringProcess ofThisProgram(String... mainClass) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // A debugger's port is taken; agents look at the program that was started by hand.
      if (!option.startsWith("-agentlib") && !option.startsWith("-javaagent")) {
        command.add(option);
      }
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(mainClass));
    return new MeasuringProcess(command);
  }

  /** Reconstructions in a process of their own. */
  public ReconstructionTiming reconstruction(
      ReconstructionTask task, ProgressMonitor progress, Runnable look) {
    return ReconstructionTiming.of(
        run(task.arguments(), task::applyTo, progress, look), "The measuring process");
  }

  /** Work on data in a process of its own. */
  public List<Comparison> data(int side, int runs, ProgressMonitor progress) {
    return DataWork.of(
        run(DataWork.arguments(side, runs), environment -> {}, progress, () -> {}),
        "The measuring process");
  }

  /** A comparison of devices in a process of its own. */
  public List<Parity> parity(ParityTask task, ProgressMonitor progress) {
    return Parity.of(
        run(task.arguments(), task.tf32()::applyTo, progress, () -> {}), "The measuring process");
  }

  /** As {@link Devices#probe}, in a process of its own, which leaves a GPU's memory alone again. */
  public List<Devices.Status> devices(ProgressMonitor progress) {
    return DeviceList.of(
        run(List.of("devices"), environment -> {}, progress, () -> {}), "The measuring process");
  }

  /**
   * The JSON object in the last line of its output.
   *
   * @param look called four times a second
   * @throws SkinSpectraException with its last message, if it failed
   * @throws org.skinspectra.CanceledException if {@code progress} asked to stop
   */
  JsonObject run(
      List<String> arguments,
      Consumer<Map<String, String>> environment,
      ProgressMonitor progress,
      Runnable look) {
    List<String> all = new ArrayList<>(command);
    all.addAll(arguments);
    try {
      Path log = Files.createTempFile("skin-spectra-measure-", ".log");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(all).redirectError(log.toFile()).redirectInput(nothing());
        environment.accept(builder.environment());
        return result(builder.start(), log, arguments, progress, look);
      } finally {
        Files.deleteIfExists(log);
      }
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot start " + command.get(0) + " to measure in a process of its own: " + e, e);
    }
  }

  private static File nothing() {
    return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
  }

  private static JsonObject result(
      Process process, Path log, List<String> arguments, ProgressMonitor progress, Runnable look)
      throws IOException {
    String what = String.join(" ", arguments);
    try (InputStream out = process.getInputStream()) {
      CompletableFuture<String> text = CompletableFuture.supplyAsync(() -> text(out));
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
      while (!process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS)) {
        progress.checkCanceled("Benchmark");
        look.run();
        if (System.nanoTime() > end) {
          throw new SkinSpectraException(
              "Measuring (%s) took longer than %d s.".formatted(what, LIMIT_SECONDS));
        }
      }
      if (process.exitValue() != 0) {
        throw new SkinSpectraException(lastMessage(log, process.exitValue()));
      }
      List<String> lines = text.join().lines().toList();
      return JsonText.parse(
          lines.isEmpty() ? "" : lines.get(lines.size() - 1),
          "The output of measuring (" + what + ")",
          "measurement");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SkinSpectraException("Interrupted while measuring (" + what + ").", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String text(InputStream out) {
    try {
      return new String(out.readNBytes(MAX_OUTPUT), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its last line that speaks, for a person who has not seen it. */
  private static String lastMessage(Path log, int exitCode) throws IOException {
    String prefix = "skin-spectra: ";
    if (Files.size(log) > MAX_LOG) {
      return "The measuring process ended with code " + exitCode + " and a long log.";
    }
    String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    List<String> ours = text.lines().filter(line -> line.startsWith(prefix)).toList();
    if (!ours.isEmpty()) {
      return ours.get(0).substring(prefix.length());
    }
    return "The measuring process ended with code "
        + exitCode
        + text.lines()
            .filter(line -> !line.isBlank())
            .reduce((a, b) -> b)
            .map(": "::concat)
            .orElse(".");
  }
}
