package org.skinspectra.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Memory that is taken on the fullest GPU, by whomever, as {@code nvidia-smi} has it; the largest
 * of several looks. Without that program nothing is known.
 */
public final class GpuWatch implements Runnable {

  private static final long PATIENCE_SECONDS = 10;
  private static final int MAX_OUTPUT = 1 << 16;

  private final String program;
  private boolean present = true;
  private long peak = -1;

  /** By the {@code nvidia-smi} of the path. */
  public GpuWatch() {
    this("nvidia-smi");
  }

  GpuWatch(String program) {
    this.program = program;
  }

  /** Takes a look. */
  @Override
  public void run() {
    if (present) {
      ask("memory.used").ifPresent(text -> peak = Math.max(peak, largest(text).orElse(-1)));
    }
  }

  /** Bytes at most, of all looks so far. */
  public OptionalLong peakBytes() {
    return peak < 0 ? OptionalLong.empty() : OptionalLong.of(peak);
  }

  /** Names and drivers of the GPUs, one a line. */
  public Optional<String> describe() {
    return ask("name,driver_version,memory.total").map(String::strip).filter(t -> !t.isEmpty());
  }

  /** The largest of lines of MiB, in bytes. */
  static OptionalLong largest(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> line.matches("\\d{1,9}"))
        .mapToLong(line -> Long.parseLong(line) << 20)
        .max();
  }

  private Optional<String> ask(String query) {
    List<String> command =
        List.of(program, "--query-gpu=" + query, "--format=csv,noheader,nounits");
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try {
        byte[] output = process.getInputStream().readNBytes(MAX_OUTPUT);
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return ended && process.exitValue() == 0
            ? Optional.of(new String(output, StandardCharsets.UTF_8))
            : Optional.empty();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      present = false;
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
