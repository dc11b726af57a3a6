package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.model.Models;

class DatasetPicturesTest {

  private static final String NAME = "p001_neutral_front";

  @TempDir Path folder;

  private TinyDataset files;

  @BeforeEach
  void write() {
    files = new TinyDataset(folder).with("train", NAME, 24, 20);
  }

  private HyperSkinImage image() {
    return HyperSkinDataset.open(folder).images().get(0);
  }

  private String refusal() {
    HyperSkinImage image = image();
    return assertThrows(SkinSpectraException.class, () -> DatasetPictures.read(image)).getMessage();
  }

  private static TrainingMaterial material(HyperSkinDataset dataset, String configuration) {
    return TrainingMaterial.of(
        TrainingConfiguration.parse(configuration, "test"),
        Optional.empty(),
        Optional.of(dataset),
        TrainingCamera.CANONICAL);
  }

  // -- Values --

  @Test
  void anImageOfReflectancesIsRead() {
    Picture picture = DatasetPictures.read(image());
    assertEquals(24, picture.width());
    assertEquals(12 * 20, picture.skin().count());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.6, 45, -0.001, Double.NaN, Double.POSITIVE_INFINITY})
  void aTruthThatIsNoReflectanceIsRefusedByFileBandAndValue(double value) {
    TinyDataset.writeConstant(files.nir("train", NAME), 31, 24, 20, value);
    String message = refusal();
    assertTrue(message.contains(files.nir("train", NAME).toString()), message);
    assertTrue(message.contains(" " + (float) value + " at 710 nm"), message);
    assertTrue(message.contains("percent or counts"), message);
    TinyDataset.writeConstant(files.vis("train", NAME), 31, 24, 20, value);
    assertTrue(refusal().contains(files.vis("train", NAME).toString()), refusal());
  }

  @ParameterizedTest
  @ValueSource(doubles = {2.5, 255, -0.6, Double.NaN})
  void anInputFarFromReflectanceIsRefusedByFileChannelAndValue(double value) {
    TinyDataset.writeConstant(files.msi("train", NAME), 4, 24, 20, value);
    String message = refusal();
    assertTrue(message.contains(files.msi("train", NAME).toString()), message);
    assertTrue(message.contains(" " + (float) value + " at R;"), message);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.7})
  void anInputMayBeNoisy(double value) {
    TinyDataset.writeConstant(files.msi("train", NAME), 4, 24, 20, value);
    assertEquals((float) value, DatasetPictures.read(image()).input().orElseThrow().get(0, 0, 0));
  }

  @Test
  void aMaskWithoutSkinIsRefusedByItsFile() {
    TinyDataset.writeMask(files.mask("train", NAME), 24, 20, 0);
    String message = refusal();
    assertTrue(message.contains(files.mask("train", NAME).toString()), message);
    assertTrue(message.contains("no skin"), message);
  }

  // -- Before a training --

  @Test
  void anImageSmallerThanACropIsRefusedWhenTheDataSetIsOpened() {
    HyperSkinDataset dataset = HyperSkinDataset.open(folder);
    String message =
        assertThrows(
                SkinSpectraException.class,
                () -> material(dataset, "{\"cropSide\": 24, \"sceneSide\": 32}"))
            .getMessage();
    assertTrue(message.contains(files.msi("train", NAME).toString()), message);
    assertTrue(message.contains("24x20"), message);
    assertTrue(message.contains("cropSide"), message);
  }

  @Test
  void otherContentsUnderTheSameNamesAreAnotherTraining() {
    List<String> before = contents();
    assertEquals(before, contents());
    TinyDataset.writeMask(files.mask("train", NAME), 24, 20, 3);
    List<String> after = contents();
    assertNotEquals(before, after);
    assertEquals(before.subList(0, 3), after.subList(0, 3));
  }

  @Test
  void whereTheDataSetLiesDoesNotMatter(@TempDir Path elsewhere) throws IOException {
    for (Path file : image().files()) {
      Path copy = elsewhere.resolve(folder.relativize(file));
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
    assertEquals(contents(), DatasetCheck.contents(HyperSkinDataset.open(elsewhere).images()));
  }

  private List<String> contents() {
    return DatasetCheck.contents(HyperSkinDataset.open(folder).images());
  }

  @Test
  void theIdentityOfATrainingTellsTheContentsOfItsImages() {
    String configuration = "{\"cropSide\": 16, \"sceneSide\": 32}";
    files.with("test", "p009_smile_left", 8, 8);
    HyperSkinDataset dataset = HyperSkinDataset.open(folder);
    String identity =
        material(dataset, configuration)
            .identity(TrainingConfiguration.DEFAULT, Models.weights(Models.WIENER));
    for (String line : contents().subList(0, 4)) {
      assertTrue(line.startsWith("train/") && line.contains("sha256"), line);
      assertTrue(identity.contains(line), identity);
    }
    assertTrue(!identity.contains("p009"), "nothing is learned from 'test': " + identity);
  }
}
