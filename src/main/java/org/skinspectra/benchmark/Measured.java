package org.skinspectra.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.benchmark.ReconstructionTask.Form;
import org.skinspectra.model.Precision;

/**
 * What became of a task.
 *
 * @param timing empty where it failed
 * @param failure why, else empty
 * @param gpuBytes taken on the GPU at the peak, where that is known
 */
public record Measured(
    ReconstructionTask task,
    Optional<ReconstructionTiming> timing,
    String failure,
    OptionalLong gpuBytes) {

  /**
   * One task after the other, each in a process of its own. What fails is said there and does not
   * keep the others from being measured.
   *
   * @throws CanceledException if {@code progress} asked to stop
   */
  public static List<Measured> all(
      List<ReconstructionTask> tasks,
      MeasuringProcess process,
      Supplier<GpuWatch> watch,
      ProgressMonitor progress) {
    List<Measured> all = new ArrayList<>();
    for (ReconstructionTask task : tasks) {
      progress.report(name(task), all.size(), tasks.size());
      all.add(of(task, process, watch.get(), progress));
    }
    progress.report("done", tasks.size(), tasks.size());
    return all;
  }

  private static Measured of(
      ReconstructionTask task, MeasuringProcess process, GpuWatch watch, ProgressMonitor progress) {
    try {
      ReconstructionTiming timing = process.reconstruction(task, progress, watch);
      return new Measured(task, Optional.of(timing), "", watch.peakBytes());
    } catch (CanceledException e) {
      throw e;
    } catch (SkinSpectraException e) {
      return new Measured(task, Optional.empty(), e.getMessage(), watch.peakBytes());
    }
  }

  private static String name(ReconstructionTask task) {
    return "%1$s, %2$dx%2$d, %3$s, %4$s"
        .formatted(task.model(), task.side(), task.precision().key(), task.form().key());
  }

  /** In words. */
  public String name() {
    return name(task);
  }

  /** Of the fastest run. */
  public OptionalDouble pixelsPerSecond() {
    return timing.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) task.side() * task.side() / timing.get().warm().best());
  }

  /**
   * How many times as fast as the literal graph in float32 for the same model, size, device and
   * TF32, from the fastest runs; empty where that was not measured.
   */
  public OptionalDouble timesTheLiteral(List<Measured> all) {
    return all.stream()
        .filter(
            other ->
                other.task.form() == Form.LITERAL
                    && other.task.precision() == Precision.FLOAT32
                    && other.task.model().equals(task.model())
                    && other.task.side() == task.side()
                    && other.task.device() == task.device()
                    && other.task.tf32() == task.tf32())
        .flatMap(other -> other.timing.stream())
        .flatMapToDouble(
            literal ->
                timing.stream().mapToDouble(ours -> literal.warm().best() / ours.warm().best()))
        .findFirst();
  }
}
