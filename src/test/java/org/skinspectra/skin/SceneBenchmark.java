package org.skinspectra.skin;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * Scenes of 128x128 pixels to train on, one thread; each call paints another scene. What is taken
 * for measured skin here are 70 sampled skins.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1)
public class SceneBenchmark {

  private static final int SIDE = 128;

  @Param({"FACE", "HAND", "PATCHES"})
  public SceneKind kind;

  @Param({"optics", "measured"})
  public String skin;

  private SceneGenerator generator;
  private long seed;

  @Setup
  public void prepareSkins() {
    generator =
        new SceneGenerator(skin.equals("optics") ? new OpticalSkin() : new MeasuredSkin(skins()));
  }

  private static SpectralTable skins() {
    double[][] spectra = new SkinSampler(1).spectra(70, new SkinReflectance(Wavelengths.VIS_NIR));
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (double[] spectrum : spectra) {
      columns.put("skin " + columns.size(), spectrum);
    }
    return SpectralTable.of(Wavelengths.VIS_NIR, "reflectance factor", columns);
  }

  @Benchmark
  public RenderedScene scene() {
    return generator.scene(kind, seed++, SIDE, SIDE);
  }

  /** Runs the benchmark and prints the rates last. */
  public static void main(String[] args) throws RunnerException {
    Collection<RunResult> results =
        new Runner(new OptionsBuilder().include(SceneBenchmark.class.getName() + "\\..*").build())
            .run();
    for (RunResult result : results) {
      double milliseconds = result.getPrimaryResult().getScore();
      System.out.printf(
          Locale.ROOT,
          "%-8s %-8s %6.1f ms a scene, %.0f pixels/s on one thread%n",
          result.getParams().getParam("kind"),
          result.getParams().getParam("skin"),
          milliseconds,
          1000.0 * SIDE * SIDE / milliseconds);
    }
  }
}
