package org.skinspectra.camera;

import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.profile.SpectralResponse;
import org.skinspectra.spectra.Wavelengths;

/**
 * Time of a frame of the demo camera beyond its exposure and the settling of its lamp: what {@link
 * Capture} and the source add. Each picture is one frame of colours and one at 960 nm of a camera
 * whose lamp is switched between them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1)
public class CaptureBenchmark {

  private static final double EXPOSURE_MS = 100;
  private static final double SETTLE_MS = 5;

  @Param({"256", "1024"})
  public int side;

  private DemoCameraSource source;
  private Capture capture;

  @Setup
  public void openCamera() {
    source =
        new DemoCameraSource(
            DemoOptions.of(SpectralResponse.canonical(Wavelengths.VIS_NIR)).withSize(side, side));
    Rig rig = Rigs.named("demo-switched-lamps");
    capture =
        new Capture(source, rig.withSteps(rig.steps().stream().map(this::quickStep).toList()));
  }

  private RigStep quickStep(RigStep s) {
    return new RigStep(
        s.channel(),
        s.preset(),
        s.settings(),
        s.camera(),
        EXPOSURE_MS,
        s.gain(),
        1,
        SETTLE_MS,
        s.region(),
        s.binning(),
        s.timeoutMs());
  }

  @TearDown
  public void closeCamera() {
    source.close();
  }

  @Benchmark
  @OperationsPerInvocation(2)
  public void frame(Blackhole blackhole) {
    capture.picture(blackhole::consume, ProgressMonitor.NONE);
  }

  /** Runs the benchmark and prints the overhead last. */
  public static void main(String[] args) throws RunnerException {
    Collection<RunResult> results =
        new Runner(new OptionsBuilder().include(CaptureBenchmark.class.getName() + "\\..*").build())
            .run();
    for (RunResult result : results) {
      double ms = result.getPrimaryResult().getScore() / 1000;
      String side = result.getParams().getParam("side");
      System.out.printf(
          Locale.ROOT,
          "%sx%s colour, 12 bits: %.2f ms a frame, %.2f ms beyond exposure (%.0f) and settling (%.0f)%n",
          side,
          side,
          ms,
          ms - EXPOSURE_MS - SETTLE_MS,
          EXPOSURE_MS,
          SETTLE_MS);
    }
  }
}
