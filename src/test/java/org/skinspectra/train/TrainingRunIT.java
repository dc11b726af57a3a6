package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.WeightTensor;
import org.skinspectra.model.Weights;
import org.skinspectra.skin.SkinReflectance;
import org.skinspectra.skin.SkinSampler;
import org.skinspectra.spectra.Wavelengths;

/** Small trainings on the CPU, from scenes to a model. */
class TrainingRunIT {

  private static final String JSON =
      "{\"steps\": 6, \"batch\": 2, \"group\": 1, \"cropSide\": 16, \"sceneSide\": 32,"
          + " \"warmUpSteps\": 1, \"validateEvery\": 3, \"simulatedShare\": 1, \"restarts\": 0%s}";

  private static final TrainingConfiguration CONFIGURATION = configuration("");

  @TempDir Path folder;

  private final List<String> lines = new ArrayList<>();

  private static TrainingConfiguration configuration(String more) {
    return TrainingConfiguration.parse(JSON.formatted(more), "test");
  }

  private static TrainingMaterial material(
      TrainingConfiguration configuration,
      Optional<MeasuredSpectra> spectra,
      Optional<HyperSkinDataset> dataset) {
    return TrainingMaterial.of(configuration, spectra, dataset, TrainingCamera.CANONICAL);
  }

  private TrainingRun.Outcome train(
      String name, TrainingConfiguration configuration, ProgressMonitor progress) {
    TrainingMaterial material = material(configuration, Optional.empty(), Optional.empty());
    Weights start = StartingWeights.wienerNetwork(material, configuration);
    return new TrainingRun(
            new TrainingFolder(folder.resolve(name)), material, configuration, start, Device.CPU)
        .run(lines::add, progress);
  }

  /** Cancels when so many steps are done. */
  private static ProgressMonitor cancelAfter(long steps) {
    return new ProgressMonitor() {
      private volatile boolean enough;

      @Override
      public void report(String step, long done, long total) {
        enough = done >= steps;
      }

      @Override
      public boolean isCanceled() {
        return enough;
      }
    };
  }

  /** Ends like a crash: nothing is saved. */
  private static ProgressMonitor crashAt(long steps) {
    return new ProgressMonitor() {
      @Override
      public void report(String step, long done, long total) {
        if (done == steps) {
          throw new IllegalStateException("the power failed");
        }
      }

      @Override
      public boolean isCanceled() {
        return false;
      }
    };
  }

  private Path file(String training, String name) {
    return folder.resolve(training).resolve(name);
  }

  /** Weights, moments and average of the last checkpoint. */
  private String tensors(String training) {
    return tensors(file(training, "checkpoint.safetensors"));
  }

  private static String tensors(Path checkpoint) {
    return Weights.of(Weights.read(checkpoint).tensors(), Map.of(), "state").id();
  }

  /** The log without its seconds. */
  private List<String> log(String training) throws IOException {
    return Files.readAllLines(file(training, "log.csv")).stream()
        .map(line -> line.replaceFirst(",[^,]*", ""))
        .toList();
  }

  // -- Going on --

  @Test
  void aTrainingThatWasStoppedEndsWithTheWeightsOfAnUnbrokenOne() throws IOException {
    TrainingRun.Outcome unbroken = train("unbroken", CONFIGURATION, ProgressMonitor.NONE);
    assertThrows(CanceledException.class, () -> train("stopped", CONFIGURATION, cancelAfter(4)));
    TrainingRun.Outcome stopped = train("stopped", CONFIGURATION, ProgressMonitor.NONE);
    assertTrue(lines.contains("Going on after step 4."), lines.toString());
    assertEquals(6, stopped.steps());
    assertEquals(tensors("unbroken"), tensors("stopped"));
    assertEquals(unbroken.model().id(), stopped.model().id());
    assertEquals(unbroken.validations(), stopped.validations());
    assertEquals(4, Files.readAllLines(file("stopped", "validation.csv")).size());
    assertEquals(log("unbroken"), log("stopped"), "the mean is over all six steps");
  }

  @Test
  void aTrainingThatWasKilledBetweenCheckpointsEndsWithTheWeightsOfAnUnbrokenOne()
      throws IOException {
    train("unbroken", CONFIGURATION, ProgressMonitor.NONE);
    assertThrows(IllegalStateException.class, () -> train("killed", CONFIGURATION, crashAt(5)));
    train("killed", CONFIGURATION, ProgressMonitor.NONE);
    assertTrue(lines.contains("Going on after step 3."), lines.toString());
    assertEquals(tensors("unbroken"), tensors("killed"));
    assertEquals(log("unbroken"), log("killed"));
  }

  @Test
  void aTrainingWithRestartsThatWasStoppedEndsWithTheWeightsOfAnUnbrokenOne() {
    TrainingConfiguration restarting =
        TrainingConfiguration.parse(
            JSON.formatted("")
                .replace("\"restarts\": 0", "\"restarts\": 2, \"restartShare\": 0.34"),
            "test");
    TrainingRun.Outcome unbroken = train("unbroken", restarting, ProgressMonitor.NONE);
    assertThrows(CanceledException.class, () -> train("stopped", restarting, cancelAfter(5)));
    TrainingRun.Outcome stopped = train("stopped", restarting, ProgressMonitor.NONE);
    assertEquals(tensors("unbroken"), tensors("stopped"));
    assertEquals(unbroken.validations(), stopped.validations());
    assertEquals(
        List.of(0L, 2L, 3L, 4L, 6L),
        unbroken.validations().stream().map(ValidationScore::step).toList());
  }

  @Test
  void theProgressSaysStepLossAnglesRatioAndTimeLeft() {
    train("lines", CONFIGURATION, ProgressMonitor.NONE);
    String number = "\\d+\\.\\d+";
    String angles =
        "validation SAM challenge N, clamped N rad = N x Wiener( \\(best\\))?".replace("N", number);
    assertTrue(lines.get(0).matches("step 0 of 6, " + angles), lines.toString());
    assertTrue(
        lines.get(1).matches("step 3 of 6, loss " + number + ", " + angles + ", \\d+ s left"),
        lines.toString());
  }

  // -- Damage --

  @Test
  void aDamagedCheckpointGivesWayToTheOneBefore() throws IOException {
    train("damaged", CONFIGURATION, ProgressMonitor.NONE);
    String whole = tensors("damaged");
    Path checkpoint = file("damaged", "checkpoint.safetensors");
    Path before = file("damaged", "checkpoint-before.safetensors");
    byte[] half = Arrays.copyOf(Files.readAllBytes(checkpoint), (int) Files.size(checkpoint) / 2);
    byte[] sound = Files.readAllBytes(before);
    Files.write(checkpoint, half);
    train("damaged", CONFIGURATION, ProgressMonitor.NONE);
    assertTrue(
        lines.stream().anyMatch(line -> line.startsWith("The checkpoint checkpoint.safetensors")),
        lines.toString());
    assertEquals(whole, tensors("damaged"));
    assertArrayEquals(sound, Files.readAllBytes(before), "the sound one is kept");
    assertArrayEquals(half, Files.readAllBytes(file("damaged", "checkpoint-damaged.safetensors")));
    Files.write(checkpoint, new byte[] {1, 2, 3});
    Files.write(before, new byte[] {1, 2, 3});
    String message =
        assertThrows(
                SkinSpectraException.class,
                () -> train("damaged", CONFIGURATION, ProgressMonitor.NONE))
            .getMessage();
    assertTrue(message.contains("No checkpoint in"), message);
  }

  @Test
  void aCheckpointOfWhichOneBitFlippedIsDamaged() throws IOException {
    train("flipped", CONFIGURATION, ProgressMonitor.NONE);
    String whole = tensors("flipped");
    Path checkpoint = file("flipped", "checkpoint.safetensors");
    byte[] bytes = Files.readAllBytes(checkpoint);
    // The last bit of the last number's mantissa.
    bytes[bytes.length - 4] ^= 1;
    Files.write(checkpoint, bytes);
    train("flipped", CONFIGURATION, ProgressMonitor.NONE);
    assertTrue(lines.contains("Going on after step 3."), lines.toString());
    assertTrue(
        lines.stream().anyMatch(line -> line.contains("not those that were written")),
        lines.toString());
    assertEquals(whole, tensors("flipped"));
  }

  @Test
  void aFolderOfAnotherTrainingIsRefused() throws IOException {
    train("other", configuration(", \"steps\": 1"), ProgressMonitor.NONE);
    String message =
        assertThrows(
                SkinSpectraException.class,
                () -> train("other", CONFIGURATION, ProgressMonitor.NONE))
            .getMessage();
    assertTrue(message.contains("another configuration"), message);
    Files.createDirectory(folder.resolve("full"));
    Files.writeString(folder.resolve("full/notes.txt"), "mine");
    assertThrows(
        SkinSpectraException.class, () -> train("full", CONFIGURATION, ProgressMonitor.NONE));
  }

  @Test
  void anotherSeedGivesAnotherModel() {
    TrainingConfiguration one = configuration(", \"steps\": 2, \"validateEvery\": 2");
    TrainingConfiguration other =
        configuration(", \"steps\": 2, \"validateEvery\": 2, \"seed\": 2");
    train("one", one, ProgressMonitor.NONE);
    train("two", other, ProgressMonitor.NONE);
    assertNotEquals(tensors("one"), tensors("two"));
  }

  @Test
  void aTrainingThatCannotBeginLeavesTheFolderFree() {
    TrainingMaterial material = material(CONFIGURATION, Optional.empty(), Optional.empty());
    Weights noNetwork = Models.weights(Models.WIENER);
    TrainingRun run =
        new TrainingRun(
            new TrainingFolder(folder.resolve("free")),
            material,
            CONFIGURATION,
            noNetwork,
            Device.CPU);
    assertThrows(SkinSpectraException.class, () -> run.run(lines::add, ProgressMonitor.NONE));
    assertFalse(Files.exists(folder.resolve("free")), "the folder was claimed");
  }

  /**
   * Weights whose output is that of Wiener, since the last convolution is zero, but whose gradient
   * there is so large that its square is beyond float.
   */
  private Weights enormous(TrainingMaterial material, TrainingConfiguration configuration) {
    Weights start = StartingWeights.wienerNetwork(material, configuration);
    Map<String, WeightTensor> tensors = new TreeMap<>(start.tensors());
    String last = "body.0.mapping.weight";
    float[] values = start.tensor(last).values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= 1e25f;
    }
    tensors.put(last, new WeightTensor(start.tensor(last).shape(), values));
    return Weights.of(tensors, start.metadata(), "enormous");
  }

  @ParameterizedTest
  @CsvSource({"1000, no checkpoint was due yet", "10, and the last checkpoint"})
  void aLossThatStaysNoNumberEndsTheTrainingAndKeepsTheModel(int validateEvery, String expected) {
    TrainingConfiguration wild =
        configuration(", \"steps\": 60, \"validateEvery\": " + validateEvery);
    TrainingMaterial material = material(wild, Optional.empty(), Optional.empty());
    Weights start = enormous(material, wild);
    TrainingRun run =
        new TrainingRun(
            new TrainingFolder(folder.resolve("wild")), material, wild, start, Device.CPU);
    String message =
        assertThrows(SkinSpectraException.class, () -> run.run(lines::add, ProgressMonitor.NONE))
            .getMessage();
    assertTrue(message.contains("no number for 20 steps in a row, to step 20"), message);
    assertTrue(message.contains(expected), message);
    assertTrue(message.contains("--from " + file("wild", "model.safetensors")), message);
    assertEquals(
        validateEvery < 20, Files.exists(file("wild", "checkpoint.safetensors")), "checkpoint");
    if (validateEvery < 20) {
      assertTrue(lines.get(1).startsWith("step 10 of 60 (10 skipped), loss"), lines.toString());
    }
    assertEquals(
        start.tensors(), Weights.read(file("wild", "model.safetensors")).tensors(), "the model");
  }

  // -- Material --

  private static MeasuredSpectra spectra(Path spectra) throws IOException {
    Files.createDirectories(spectra);
    double[][] skins = new SkinSampler(3).spectra(8, new SkinReflectance(Wavelengths.VIS_NIR));
    StringBuilder csv = new StringBuilder("nm,leaf");
    for (int i = 0; i < skins.length; i++) {
      csv.append(",skin").append(i);
    }
    for (int band = 0; band < Wavelengths.VIS_NIR.size(); band++) {
      double nm = Wavelengths.VIS_NIR.get(band);
      csv.append("\n").append(nm).append(',').append(nm < 700 ? 0.05 : 0.5);
      for (double[] skin : skins) {
        csv.append(',').append(skin[band]);
      }
    }
    Files.writeString(spectra.resolve("mixed.csv"), csv);
    return MeasuredSpectra.readPartial(spectra, Wavelengths.VIS_NIR, 250);
  }

  @Test
  void aSpectrumThatIsNoSkinIsLeftOutAndCountedAndMayBeHeldOut() throws IOException {
    MeasuredSpectra measured = spectra(folder.resolve("spectra"));
    TrainingMaterial material =
        material(
            configuration(", \"heldOut\": [\"leaf\"]"), Optional.of(measured), Optional.empty());
    assertTrue(
        material.describe().stream().anyMatch(line -> line.contains("0 held out; 1 left out")),
        material.describe().toString());
  }

  @Test
  void imagesAloneAreLearnedFromThoughThereAreSpectra() throws IOException {
    Path data = folder.resolve("data");
    new TinyDataset(data).with("train", "p001_neutral_front", 32, 32);
    TrainingMaterial material =
        material(
            configuration(", \"simulatedShare\": 0, \"measuredShare\": 0"),
            Optional.of(spectra(folder.resolve("spectra"))),
            Optional.of(HyperSkinDataset.open(data)));
    assertEquals(16, material.crops().crop(0).side());
    Weights start = StartingWeights.wienerNetwork(material, CONFIGURATION);
    assertTrue(material.validation().score(start, 0, Device.CPU).clamped() > 0);
  }

  @Test
  void imagesOfTheValidationAreReadWhenTheyAreDue() throws IOException {
    Path data = folder.resolve("data");
    TinyDataset files =
        new TinyDataset(data)
            .with("train", "p001_neutral_front", 32, 32)
            .with("valid", "p002_neutral_front", 24, 20);
    TrainingMaterial material =
        material(CONFIGURATION, Optional.empty(), Optional.of(HyperSkinDataset.open(data)));
    Weights start = StartingWeights.wienerNetwork(material, CONFIGURATION);
    Validation validation = material.validation();
    assertTrue(validation.score(start, 0, Device.CPU).clamped() > 0);
    Files.delete(files.nir("valid", "p002_neutral_front"));
    String message =
        assertThrows(SkinSpectraException.class, () -> validation.score(start, 0, Device.CPU))
            .getMessage();
    assertTrue(message.contains("p002_neutral_front.mat"), message);
  }
}
