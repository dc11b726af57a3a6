package org.skinspectra.measure;

import java.util.Collection;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/**
 * The spectral angle of a 1024x1024x61 cube, in both definitions, against the time to just read
 * both cubes once with the same parallelism. The mask counts every pixel, so nothing is skipped.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 16, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
public class SpectralAngleBenchmark {

  private static final int SIDE = 1024;

  private SpectralCube prediction;
  private SpectralCube reference;
  private Mask mask;

  @Setup
  public void fillCubes() {
    prediction = SpectralCube.zeros(SIDE, SIDE, Wavelengths.VIS_NIR);
    reference = SpectralCube.zeros(SIDE, SIDE, Wavelengths.VIS_NIR);
    mask = Mask.all(SIDE, SIDE);
    SplittableRandom random = new SplittableRandom(1);
    for (int band = 0; band < prediction.bands(); band++) {
      float[] p = prediction.plane(band);
      float[] t = reference.plane(band);
      for (int i = 0; i < p.length; i++) {
        t[i] = 0.2f + 0.5f * random.nextInt(1 << 20) / (1 << 20);
        p[i] = t[i] + 0.05f * random.nextInt(1 << 20) / (1 << 20);
      }
    }
  }

  /** One plane of each cube at a time, eight sums in flight so that memory is the only limit. */
  @Benchmark
  public float readBothCubes() {
    return Stripes.map(
            "Reading",
            prediction.bands(),
            ProgressMonitor.NONE,
            band -> sum(prediction.plane(band)) + sum(reference.plane(band)))
        .stream()
        .reduce(0f, Float::sum);
  }

  private static float sum(float[] plane) {
    float a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
    for (int i = 0; i < plane.length; i += 8) {
      a += plane[i];
      b += plane[i + 1];
      c += plane[i + 2];
      d += plane[i + 3];
      e += plane[i + 4];
      f += plane[i + 5];
      g += plane[i + 6];
      h += plane[i + 7];
    }
    return a + b + c + d + e + f + g + h;
  }

  @Benchmark
  public AngleMap challenge() {
    return SpectralAngle.measure(prediction, reference, mask, AngleDefinition.CHALLENGE);
  }

  @Benchmark
  public AngleMap clamped() {
    return SpectralAngle.measure(prediction, reference, mask, AngleDefinition.CLAMPED);
  }

  /**
   * Runs the benchmark and prints the ratios last, from the fastest iteration of each: what else
   * the machine does only ever adds time.
   */
  public static void main(String[] args) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(SpectralAngleBenchmark.class.getName() + "\\..*")
                    .build())
            .run();
    double read = milliseconds(results, "readBothCubes");
    System.out.printf(Locale.ROOT, "Reading both cubes, %dx%dx61: %.1f ms%n", SIDE, SIDE, read);
    for (AngleDefinition definition : AngleDefinition.values()) {
      double angle = milliseconds(results, definition.key());
      System.out.printf(
          Locale.ROOT,
          "Spectral angle (%s): %.1f ms, %.2f times the reading%n",
          definition.key(),
          angle,
          angle / read);
    }
  }

  private static double milliseconds(Collection<RunResult> results, String benchmark) {
    return results.stream()
        .filter(r -> r.getParams().getBenchmark().endsWith("." + benchmark))
        .findFirst()
        .orElseThrow()
        .getPrimaryResult()
        .getStatistics()
        .getMin();
  }
}
