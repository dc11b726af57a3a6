package org.skinspectra.model.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.model.Architecture;
import org.skinspectra.model.Device;
import org.skinspectra.model.Golden;
import org.skinspectra.model.MemoryCheck;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Weights;
import org.tensorflow.DeviceSpec;

/** Tiles give what the whole image gives, whatever their size and wherever their maps are kept. */
class TiledNetworkIT {

  private static final Tiles SMALL = new Tiles(32, 32);
  private static final Tiles WHOLE = new Tiles(1024, 1024);

  @ParameterizedTest(name = "{0}, {1}x{2} in tiles of {3}x{4}")
  @CsvSource({
    "mstpp_tiny, 72, 56, 8, 8",
    "mstpp_tiny, 72, 56, 2, 64",
    "mstpp_tiny, 72, 56, 16, 24",
    "mstpp_tiny, 75, 53, 32, 32",
    "mst_tiny, 72, 56, 8, 8",
    "mst_tiny, 75, 53, 32, 16",
    "default, 150, 130, 64, 64",
    "default, 150, 130, 18, 46",
  })
  void tilesOfAnySizeGiveTheWholeImage(
      String model, int width, int height, int tileHeight, int tileWidth) {
    Weights weights = weights(model);
    Msi msi = randomImage(width, height);
    float[][] whole;
    try (ImageNetwork network = wholeNetwork(weights)) {
      whole = run(network, msi);
    }
    try (ImageNetwork network = tiled(weights, new Tiles(tileHeight, tileWidth))) {
      double error = relativeError(run(network, msi), whole);
      System.out.printf(
          "%s %dx%d in tiles of %dx%d: relative error %.2e%n",
          model, width, height, tileHeight, tileWidth, error);
      assertTrue(error <= 1e-6, "relative error " + error);
    }
  }

  @Test
  void oneTileGivesTheNumbersOfManyToAMillionth() {
    Weights weights = weights("default");
    Msi msi = randomImage(136, 120);
    try (ImageNetwork one = tiled(weights, WHOLE);
        ImageNetwork many = tiled(weights, new Tiles(16, 16))) {
      double error = relativeError(run(many, msi), run(one, msi));
      assertTrue(error <= 1e-6, "relative error " + error);
    }
  }

  @Test
  void theSameImageGivesTheSameBitsWhicheverTileIsFirst() {
    Msi msi = randomImage(136, 120);
    try (ImageNetwork network = tiled(weights("default"), new Tiles(16, 16))) {
      float[][] first = run(network, msi);
      for (int again = 0; again < 3; again++) {
        assertArrayEquals(first, run(network, msi));
      }
    }
  }

  @ParameterizedTest(name = "room for {0} maps of full resolution: {1} in files")
  @CsvSource({"3.01, 0", "2.9, 1", "1.9, 2", "0.4, 4"})
  void mapsInFilesGiveTheBitsOfMapsInMemory(double maps, int inFiles, @TempDir Path folder) {
    Msi msi = randomImage(120, 96);
    PaddedImage image = PaddedImage.of(msi, 8);
    Weights weights = weights("mstpp_tiny");
    MemoryCheck small = roomFor(maps, msi);
    MapPlan plan = plan(weights, image, small);
    assertEquals(inFiles, plan.onDisk().size(), plan.toString());
    String before = System.setProperty("java.io.tmpdir", folder.toString());
    try (ImageNetwork network = tiled(weights, SMALL)) {
      assertArrayEquals(
          run(network, msi), network.prepare(image, small).on(msi, ProgressMonitor.NONE));
      assertEquals(0, count(folder));
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
  }

  private static MapPlan plan(Weights weights, PaddedImage image, MemoryCheck memory) {
    Architecture architecture = Architecture.infer(weights);
    TiledGraph graph = TiledGraph.build(architecture, Precision.FLOAT32, cpu());
    try {
      return MapPlan.of(
          graph.passes(), image, Float.BYTES, memory.freeNativeBytes() - tileBytes(architecture));
    } finally {
      graph.graph().close();
    }
  }

  @Test
  void aCancelLeavesNoFileOfAMap(@TempDir Path folder) {
    Msi msi = randomImage(120, 96);
    String before = System.setProperty("java.io.tmpdir", folder.toString());
    try (ImageNetwork network = tiled(weights("mstpp_tiny"), SMALL)) {
      MemoryCheck small = roomFor(0.4, msi);
      ProgressMonitor cancelLate =
          new ProgressMonitor() {
            private String last = "";

            @Override
            public void report(String step, long done, long total) {
              last = step;
            }

            @Override
            public boolean isCanceled() {
              return last.startsWith("stage 2 bottleneck");
            }
          };
      ImageNetwork.Run run = network.prepare(PaddedImage.of(msi, 8), small);
      assertThrows(CanceledException.class, () -> run.on(msi, cancelLate));
      assertEquals(0, count(folder));
      assertEquals(6, run(network, msi).length);
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
  }

  @Test
  void aFolderWhereNoMapCanBeKeptIsNamed(@TempDir Path folder) {
    Msi msi = randomImage(120, 96);
    Path missing = folder.resolve("missing");
    String before = System.setProperty("java.io.tmpdir", missing.toString());
    try (ImageNetwork network = tiled(weights("mstpp_tiny"), SMALL)) {
      MemoryCheck small = roomFor(0.4, msi);
      String message =
          assertThrows(
                  SkinSpectraException.class, () -> network.prepare(PaddedImage.of(msi, 8), small))
              .getMessage();
      assertTrue(message.contains(missing.toString()), message);
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
  }

  /** Memory for the tiles, and for some maps of six channels besides. */
  private static MemoryCheck roomFor(double maps, Msi msi) {
    long tiles = tileBytes(Architecture.infer(weights("mstpp_tiny")));
    long map = msi.width() * msi.height() * 6L * Float.BYTES;
    long free = tiles + Math.round(maps * map / MapPlan.SHARE);
    return new MemoryCheck(() -> free, () -> Long.MAX_VALUE);
  }

  private static long tileBytes(Architecture architecture) {
    return SMALL.bytes(architecture) * Runtime.getRuntime().availableProcessors();
  }

  private static long count(Path folder) {
    try (var files = Files.list(folder)) {
      return files.count();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static float[][] run(ImageNetwork network, Msi msi) {
    MemoryCheck plenty = new MemoryCheck(() -> Long.MAX_VALUE, () -> Long.MAX_VALUE);
    return network.prepare(PaddedImage.of(msi, 8), plenty).on(msi, ProgressMonitor.NONE);
  }

  private static ImageNetwork tiled(Weights weights, Tiles tiles) {
    return TiledNetwork.open(weights, Architecture.infer(weights), cpu(), Precision.FLOAT32, tiles);
  }

  private static ImageNetwork wholeNetwork(Weights weights) {
    return WholeNetwork.open(weights, Architecture.infer(weights), cpu(), Precision.FLOAT32);
  }

  private static DeviceSpec cpu() {
    return TensorFlowDevices.resolve(Device.CPU);
  }

  private static Weights weights(String model) {
    return model.equals("default")
        ? Models.weights(Models.DEFAULT)
        : Golden.weights(model + ".safetensors");
  }

  private static double relativeError(float[][] planes, float[][] truth) {
    double difference = 0;
    double norm = 0;
    for (int band = 0; band < truth.length; band++) {
      for (int i = 0; i < truth[band].length; i++) {
        difference += Math.pow((double) planes[band][i] - truth[band][i], 2);
        norm += Math.pow(truth[band][i], 2);
      }
    }
    return Math.sqrt(difference / norm);
  }

  private static Msi randomImage(int width, int height) {
    Random random = new Random(2);
    float[] pixels = new float[width * height * 4];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    return new Msi(width, height, 4, pixels);
  }
}
