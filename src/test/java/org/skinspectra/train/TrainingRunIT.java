package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.model.Device;
import org.skinspectra.model.Weights;
import org.skinspectra.spectra.Wavelengths;

/** Small trainings on the CPU, from scenes to a model. */
class TrainingRunIT {

  private static final String JSON =
      "{\"steps\": 6, \"batch\": 2, \"group\": 1, \"cropSide\": 16, \"sceneSide\": 32,"
          + " \"warmUpSteps\": 1, \"validateEvery\": 3, \"simulatedShare\": 1%s}";

  private static final TrainingConfiguration CONFIGURATION = configuration("");

  @TempDir Path folder;

  private final List<String> lines = new ArrayList<>();

  private static TrainingConfiguration configuration(String more) {
    return TrainingConfiguration.parse(JSON.formatted(more), "test");
  }

  private TrainingRun.Outcome train(
      String name, TrainingConfiguration configuration, ProgressMonitor progress) {
    TrainingMaterial material =
        TrainingMaterial.of(
            configuration, Optional.empty(), Optional.empty(), TrainingCamera.CANONICAL);
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

  @Test
  void aTrainingThatWasStoppedEndsWithTheWeightsOfAnUnbrokenOne() throws IOException {
    TrainingRun.Outcome unbroken = train("unbroken", CONFIGURATION, ProgressMonitor.NONE);
    assertThrows(CanceledException.class, () -> train("stopped", CONFIGURATION, cancelAfter(4)));
    TrainingRun.Outcome stopped = train("stopped", CONFIGURATION, ProgressMonitor.NONE);
    assertTrue(lines.contains("Going on after step 4."), lines.toString());
    assertEquals(6, stopped.steps());
    assertEquals(
        tensors("unbroken"), tensors("stopped"), "weights, moments and average after 6 steps");
    assertEquals(unbroken.model().id(), stopped.model().id());
    assertEquals(unbroken.validation(), stopped.validation());
    assertEquals(4, Files.readAllLines(folder.resolve("stopped/validation.csv")).size());
  }

  private String tensors(String name) {
    Weights state = Weights.read(folder.resolve(name).resolve("checkpoint.safetensors"));
    return Weights.of(state.tensors(), java.util.Map.of(), "state").id();
  }

  @Test
  void aDamagedCheckpointGivesWayToTheOneBefore() throws IOException {
    TrainingRun.Outcome whole = train("damaged", CONFIGURATION, ProgressMonitor.NONE);
    Path checkpoint = folder.resolve("damaged/checkpoint.safetensors");
    byte[] bytes = Files.readAllBytes(checkpoint);
    Files.write(checkpoint, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    TrainingRun.Outcome again = train("damaged", CONFIGURATION, ProgressMonitor.NONE);
    assertTrue(
        lines.stream().anyMatch(line -> line.startsWith("The checkpoint checkpoint.safetensors")),
        lines.toString());
    assertEquals(whole.model().id(), again.model().id());
    Files.write(checkpoint, new byte[] {1, 2, 3});
    Files.write(folder.resolve("damaged/checkpoint-before.safetensors"), new byte[] {1, 2, 3});
    String message =
        assertThrows(
                SkinSpectraException.class,
                () -> train("damaged", CONFIGURATION, ProgressMonitor.NONE))
            .getMessage();
    assertTrue(message.contains("No checkpoint in"), message);
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
    assertNotEquals(
        train("one", one, ProgressMonitor.NONE).model().id(),
        train("two", other, ProgressMonitor.NONE).model().id());
  }

  @Test
  void aLossThatStaysNoNumberEndsTheTrainingAndKeepsTheModel() {
    // A learning rate that no network survives.
    TrainingConfiguration wild =
        configuration(
            ", \"steps\": 60, \"learningRate\": 1, \"clipNorm\": 1e9, \"validateEvery\": 1000");
    try {
      train("wild", wild, ProgressMonitor.NONE);
    } catch (SkinSpectraException e) {
      assertTrue(e.getMessage().contains("no number"), e.getMessage());
    }
    Weights model = Weights.read(folder.resolve("wild/model.safetensors"));
    model
        .tensors()
        .values()
        .forEach(
            tensor -> {
              for (float value : tensor.values()) {
                assertTrue(Float.isFinite(value));
              }
            });
  }

  @Test
  void aSpectrumThatIsNoSkinIsLeftOutAndCounted() throws IOException {
    StringBuilder csv = new StringBuilder("nm,leaf");
    double[][] skins =
        new org.skinspectra.skin.SkinSampler(3)
            .spectra(8, new org.skinspectra.skin.SkinReflectance(Wavelengths.VIS_NIR));
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
    Path spectra = Files.createDirectory(folder.resolve("spectra"));
    Files.writeString(spectra.resolve("mixed.csv"), csv);
    MeasuredSpectra measured = MeasuredSpectra.readPartial(spectra, Wavelengths.VIS_NIR, 250);
    TrainingMaterial material =
        TrainingMaterial.of(
            CONFIGURATION, Optional.of(measured), Optional.empty(), TrainingCamera.CANONICAL);
    assertTrue(
        material.describe().stream().anyMatch(line -> line.contains("0 held out; 1 left out")),
        material.describe().toString());
  }
}
