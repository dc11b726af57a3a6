package org.skinspectra.benchmark;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.stream.IntStream;
import org.skinspectra.JsonFields;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.benchmark.Comparison.Yardstick;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.PixelType;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.measure.AngleDefinition;
import org.skinspectra.measure.SpectralAngle;
import org.skinspectra.model.EngineMeasurements;
import org.skinspectra.profile.CalibrationLimits;
import org.skinspectra.profile.CalibrationReferences;
import org.skinspectra.profile.Demosaic;
import org.skinspectra.profile.FrameMean;
import org.skinspectra.profile.ReflectanceCalibration;
import org.skinspectra.profile.SensorRadiometry;
import org.skinspectra.spectra.Wavelengths;

/**
 * The work on data before and after reconstruction: conversion of layouts, spectral angle,
 * calibration and files, for images of one size.
 */
public final class DataWork {

  private static final int BANDS = Wavelengths.VIS_NIR.size();
  private static final int BITS = 12;

  private final int side;
  private final int runs;
  private final ProgressMonitor progress;
  private final String size;
  private final List<Comparison> results = new ArrayList<>();

  private DataWork(int side, int runs, ProgressMonitor progress) {
    this.side = side;
    this.runs = runs;
    this.progress = progress;
    size = "%1$dx%1$dx%2$d".formatted(side, BANDS);
  }

  /** Arguments of the verb {@code measure} that does this. */
  public static List<String> arguments(int side, int runs) {
    return List.of("data", "--side=" + side, "--runs=" + runs);
  }

  /**
   * Measures in this process.
   *
   * @throws org.skinspectra.CanceledException if {@code progress} asked to stop
   */
  public static List<Comparison> measure(int side, int runs, ProgressMonitor progress) {
    ReconstructionTask.requireSide(side);
    DataWork work = new DataWork(side, runs, progress);
    work.step(0, "layouts");
    SpectralCube cube = work.cube(1);
    work.layouts(cube);
    work.step(1, "spectral angle");
    work.angles(cube, work.cube(2));
    work.step(2, "calibration");
    work.calibration();
    work.step(3, "files");
    work.files(cube);
    progress.report("done", 4, 4);
    return List.copyOf(work.results);
  }

  /** As one process tells it another. */
  public static JsonObject toJson(List<Comparison> comparisons) {
    JsonArray all = new JsonArray();
    comparisons.forEach(comparison -> all.add(comparison.toJson()));
    JsonObject json = new JsonObject();
    json.add("data", all);
    return json;
  }

  /**
   * The reverse of {@link #toJson}.
   *
   * @throws SkinSpectraIOException if it is something else
   */
  static List<Comparison> of(JsonObject json, String source) {
    List<String> known = List.of("work", "size", "seconds", "yardstick", "yardstick_seconds");
    return JsonFields.ofForeign(json, source).objects("data", known).stream()
        .map(Comparison::of)
        .toList();
  }

  private void step(int done, String what) {
    progress.report(what, done, 4);
    progress.checkCanceled("Benchmark");
  }

  private Timing time(Runnable work) {
    return Timing.warmed(runs, work);
  }

  private void add(String work, Timing time, Yardstick yardstick) {
    results.add(new Comparison(work, size, time, Optional.of(yardstick)));
  }

  private SpectralCube cube(long seed) {
    SpectralCube cube = SpectralCube.zeros(side, side, Wavelengths.VIS_NIR);
    SplittableRandom random = new SplittableRandom(seed);
    for (float[] plane : cube.planes()) {
      TestImages.fill(plane, random);
    }
    return cube;
  }

  // -- Layouts --

  private void layouts(SpectralCube cube) {
    Yardstick copy = new Yardstick("copying the planes", time(() -> copied(cube.planes())));
    try (var layout = EngineMeasurements.ofThisProcess().layout(side, side, BANDS)) {
      add("planes from channel-last tiles", time(layout::planesFromTiles), copy);
      add("planes from one channel-last tensor", time(layout::planesFromWhole), copy);
    }
  }

  /** A copy into arrays of its own, as the planes of a result are, by all cores. */
  private static float[][] copied(float[][] planes) {
    return IntStream.range(0, planes.length)
        .parallel()
        .mapToObj(band -> planes[band].clone())
        .toArray(float[][]::new);
  }

  // -- Spectral angle --

  private void angles(SpectralCube prediction, SpectralCube reference) {
    Mask mask = Mask.all(side, side);
    DoubleAdder sum = new DoubleAdder();
    Yardstick read =
        new Yardstick(
            "reading both cubes",
            time(
                () ->
                    IntStream.range(0, BANDS)
                        .parallel()
                        .forEach(
                            band ->
                                sum.add(
                                    sum(prediction.plane(band)) + sum(reference.plane(band))))));
    if (!Double.isFinite(sum.sum())) {
      throw new IllegalStateException("The test cubes are not finite.");
    }
    for (AngleDefinition definition : AngleDefinition.values()) {
      add(
          "spectral angle (" + definition.key() + ")",
          time(() -> SpectralAngle.measure(prediction, reference, mask, definition)),
          read);
    }
  }

  /** Eight sums in flight, so that memory is the only limit. */
  private static float sum(float[] plane) {
    float[] sums = new float[8];
    int whole = plane.length / 8 * 8;
    float a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
    for (int i = 0; i < whole; i += 8) {
      a += plane[i];
      b += plane[i + 1];
      c += plane[i + 2];
      d += plane[i + 3];
      e += plane[i + 4];
      f += plane[i + 5];
      g += plane[i + 6];
      h += plane[i + 7];
    }
    for (int i = whole; i < plane.length; i++) {
      sums[i - whole] = plane[i];
    }
    float rest = 0;
    for (float value : sums) {
      rest += value;
    }
    return a + b + c + d + e + f + g + h + rest;
  }

  // -- Calibration --

  private void calibration() {
    ReflectanceCalibration ofColour = calibration(PixelType.BGRA64);
    ReflectanceCalibration ofGray = calibration(PixelType.GRAY16);
    Frame colour = frame(PixelType.BGRA64, 1500);
    Frame gray = frame(PixelType.GRAY16, 1500);
    results.add(
        new Comparison(
            "calibration of a colour frame and one at 960 nm",
            "%1$dx%1$d, %2$d bits".formatted(side, BITS),
            time(
                () -> {
                  ofColour.calibrate(FrameMean.of(colour));
                  ofGray.calibrate(FrameMean.of(gray));
                }),
            Optional.empty()));
  }

  private ReflectanceCalibration calibration(PixelType type) {
    CalibrationReferences references =
        CalibrationReferences.of(FrameMean.of(frame(type, 3000)), FrameMean.of(frame(type, 64)));
    return ReflectanceCalibration.of(
        references, SensorRadiometry.LINEAR, CalibrationLimits.DEFAULT, Demosaic.DEFAULT);
  }

  private Frame frame(PixelType type, int level) {
    SplittableRandom random = new SplittableRandom(level);
    short[] counts = new short[side * side * type.samplesPerPixel()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (short) (level + random.nextInt(20));
    }
    FrameTags tags = new FrameTags("RGB", "Camera", 10, 1, Instant.EPOCH, Map.of());
    return Frame.of(side, side, type, BITS, counts, tags);
  }

  // -- Files --

  private void files(SpectralCube cube) {
    try {
      Path folder = Files.createTempDirectory("skin-spectra-benchmark-");
      try {
        files(cube, folder);
      } finally {
        for (String name : List.of("plain", "cube.hdr", "cube.img", "cube.tif")) {
          Files.deleteIfExists(folder.resolve(name));
        }
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot write test files into "
              + System.getProperty("java.io.tmpdir")
              + " ("
              + e
              + "); name another folder with -Djava.io.tmpdir=…",
          e);
    }
  }

  private void files(SpectralCube cube, Path folder) throws IOException {
    Path plain = folder.resolve("plain");
    long bytes = 4L * side * side * BANDS;
    Yardstick write = new Yardstick("writing such a file", time(() -> write(plain, bytes)));
    Yardstick read = new Yardstick("reading such a file", time(() -> read(plain, bytes)));
    Files.delete(plain);
    for (String name : List.of("cube.hdr", "cube.tif")) {
      Path file = folder.resolve(name);
      String format = name.endsWith("hdr") ? "ENVI" : "TIFF";
      add("writing a cube, " + format, time(() -> CubeFiles.write(cube, file)), write);
      add("reading a cube, " + format, time(() -> CubeFiles.readCube(file)), read);
    }
  }

  /** Forced to the disk, as every file here is. */
  private static void write(Path file, long bytes) {
    ByteBuffer block = ByteBuffer.allocateDirect(1 << 20);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      for (long left = bytes; left > 0; left -= block.limit()) {
        block.clear().limit((int) Math.min(left, block.capacity()));
        while (block.hasRemaining()) {
          channel.write(block);
        }
      }
      channel.force(true);
    } catch (IOException e) {
      throw new SkinSpectraIOException("Cannot write " + file + ": " + e, e);
    }
  }

  /** From the system's cache of files, where it has just been written. */
  private static void read(Path file, long bytes) {
    ByteBuffer block = ByteBuffer.allocateDirect(1 << 20);
    try (FileChannel channel = FileChannel.open(file)) {
      long found = 0;
      for (int n = channel.read(block); n >= 0; n = channel.read(block.clear())) {
        found += n;
      }
      if (found != bytes) {
        throw new IOException("%d bytes in place of %d".formatted(found, bytes));
      }
    } catch (IOException e) {
      throw new SkinSpectraIOException("Cannot read " + file + ": " + e, e);
    }
  }
}
