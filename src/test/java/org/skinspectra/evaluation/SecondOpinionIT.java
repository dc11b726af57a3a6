package org.skinspectra.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.SpectralRange;
import org.skinspectra.model.Device;
import org.skinspectra.model.ModelDescription;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.train.HyperSkinDataset;
import org.skinspectra.train.HyperSkinImage;

/**
 * The scores on the data set in the layout of Hyper-Skin, held against the same definitions in
 * Python: h5py reads the cubes, PIL the masks, numpy computes in float32.
 */
class SecondOpinionIT {

  private static final Path DATA = Path.of("..", "shared", "data", "hyperskin-layout");
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  /** Of what is asked for; the challenge's leaderboard has four decimals. */
  private static final double TOLERANCE = 1e-6;

  @TempDir Path folder;

  @Test
  void wienerEstimation() throws Exception {
    compare(Models.WIENER);
  }

  @Test
  void theDefaultModel() throws Exception {
    compare(Models.DEFAULT);
  }

  /** Predicts what a model does and writes it for the other program. */
  private record Written(ModelPrediction inner, Path folder) implements Prediction {

    @Override
    public ModelDescription model() {
      return inner.model();
    }

    @Override
    public boolean has(HyperSkinImage image) {
      return true;
    }

    @Override
    public Optional<String> identity(HyperSkinImage image) {
      return Optional.empty();
    }

    @Override
    public SpectralCube of(HyperSkinImage image, ProgressMonitor progress) {
      SpectralCube cube = inner.of(image, progress);
      int pixels = cube.width() * cube.height();
      ByteBuffer bytes =
          ByteBuffer.allocate(cube.bands() * pixels * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (float[] plane : cube.planes()) {
        for (float value : plane) {
          bytes.putFloat(value);
        }
      }
      try {
        Files.write(folder.resolve(image.name() + ".f32"), bytes.array());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return cube;
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  private void compare(String model) throws Exception {
    skipUnless(Files.isDirectory(DATA), "there is no folder " + DATA);
    skipUnless(
        Files.isExecutable(PYTHON)
            && python(List.of("-c", "import h5py, numpy, PIL.Image")).exitCode() == 0,
        PYTHON + " has not h5py, numpy and PIL");
    ModelResults results;
    ModelPrediction prediction =
        new ModelPrediction(
            Models.open(model, Optional.empty(), Device.CPU, Precision.FLOAT32), Device.CPU);
    try (Prediction written = new Written(prediction, folder)) {
      results =
          new Evaluation(HyperSkinDataset.open(DATA), List.of(), Optional.empty())
              .of(written, model, name -> ProgressMonitor.NONE);
    }
    assertEquals(4, results.images().size(), results.unscored().toString());
    Path script =
        Path.of(SecondOpinionIT.class.getResource("second_opinion.py").toURI()).toAbsolutePath();
    Outcome outcome =
        python(List.of(script.toString(), DATA.toString(), "test", folder.toString()));
    assertEquals(0, outcome.exitCode(), outcome.text());
    JsonObject others = JsonParser.parseString(outcome.text()).getAsJsonObject();
    for (ImageResult image : results.images()) {
      for (SpectralRange range : SpectralRange.values()) {
        RangeScore ours = image.in(range).orElseThrow();
        JsonObject other = others.getAsJsonObject(image.image()).getAsJsonObject(range.key());
        String what = model + ", " + image.image() + ", " + range.key();
        System.out.printf(
            Locale.ROOT,
            "%s: challenge %.7f, second opinion %+.1e (numpy's order of sums %+.1e), clamped %+.1e%n",
            what,
            ours.challenge(),
            other.get("challenge").getAsDouble() - ours.challenge(),
            other.get("numpy order").getAsDouble() - ours.challenge(),
            other.get("clamped").getAsDouble() - ours.clamped());
        assertEquals(other.get("pixels").getAsInt(), ours.challengePixels(), what);
        assertClose(other, "challenge", ours.challenge(), what);
        assertClose(other, "clamped", ours.clamped(), what);
        assertClose(other, "rmse", ours.rmse(), what);
        assertClose(other, "mrae", ours.mrae(), what);
        assertClose(other, "psnr", ours.psnr(), what);
      }
    }
  }

  private static void assertClose(JsonObject other, String key, double ours, String what) {
    assertEquals(other.get(key).getAsDouble(), ours, TOLERANCE, what + ", " + key);
  }

  private static void skipUnless(boolean possible, String reason) {
    if (!possible) {
      System.out.println("Skipped: " + reason);
    }
    assumeTrue(possible, reason);
  }

  private record Outcome(int exitCode, String text) {}

  private static Outcome python(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(PYTHON.toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "python ends");
    return new Outcome(process.exitValue(), text);
  }
}
