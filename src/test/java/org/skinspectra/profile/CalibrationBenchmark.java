package org.skinspectra.profile;

import java.util.Optional;
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
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.PixelType;

/**
 * Calibration of 1024x1024 frames of 12 bits: what a picture takes, and what references take once.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
public class CalibrationBenchmark {

  private static final int SIDE = 1024;

  private Frame gray;
  private Frame colour;
  private CalibrationReferences grayReferences;
  private ReflectanceCalibration ofGray;
  private ReflectanceCalibration ofColour;
  private ReflectanceCalibration ofMosaic;
  private ReflectanceCalibration ofMosaicByGradient;

  @Setup
  public void prepare() {
    gray = frame(PixelType.GRAY16, 1500);
    colour = frame(PixelType.BGRA64, 1500);
    grayReferences = references(PixelType.GRAY16);
    ofGray = calibration(grayReferences, SensorRadiometry.LINEAR, Demosaic.DEFAULT);
    ofColour = calibration(references(PixelType.BGRA64), SensorRadiometry.LINEAR, Demosaic.DEFAULT);
    SensorRadiometry mosaic = SensorRadiometry.LINEAR.withMosaic(BayerPattern.RGGB);
    ofMosaic = calibration(grayReferences, mosaic, Demosaic.BILINEAR);
    ofMosaicByGradient = calibration(grayReferences, mosaic, Demosaic.GRADIENT_CORRECTED);
  }

  @Benchmark
  public CalibratedChannels gray() {
    return ofGray.calibrate(FrameMean.of(gray));
  }

  @Benchmark
  public CalibratedChannels threeColours() {
    return ofColour.calibrate(FrameMean.of(colour));
  }

  @Benchmark
  public CalibratedChannels mosaic() {
    return ofMosaic.calibrate(FrameMean.of(gray));
  }

  @Benchmark
  public CalibratedChannels mosaicByGradient() {
    return ofMosaicByGradient.calibrate(FrameMean.of(gray));
  }

  @Benchmark
  public ReflectanceCalibration references() {
    return calibration(grayReferences, SensorRadiometry.LINEAR, Demosaic.DEFAULT);
  }

  @Benchmark
  public FrameMean meanOfOne() {
    return FrameMean.of(gray);
  }

  @Benchmark
  public FrameStatistics statistics() {
    return FrameStatistics.of(gray, Optional.of(BayerPattern.RGGB));
  }

  public static void main(String[] args) throws RunnerException {
    new Runner(new OptionsBuilder().include(CalibrationBenchmark.class.getName() + "\\..*").build())
        .run();
  }

  private static ReflectanceCalibration calibration(
      CalibrationReferences references, SensorRadiometry sensor, Demosaic demosaic) {
    return ReflectanceCalibration.of(references, sensor, CalibrationLimits.DEFAULT, demosaic);
  }

  private static CalibrationReferences references(PixelType type) {
    return CalibrationReferences.of(FrameMean.of(frame(type, 3000)), FrameMean.of(frame(type, 64)));
  }

  private static Frame frame(PixelType type, int level) {
    SplittableRandom random = new SplittableRandom(level);
    return Frames.of(
        SIDE, SIDE, type, 12, Frames.tags(10, 1), (c, x, y) -> level + random.nextInt(20));
  }
}
