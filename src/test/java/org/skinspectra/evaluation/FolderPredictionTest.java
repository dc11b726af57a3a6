package org.skinspectra.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.format.ReadOptions;
import org.skinspectra.spectra.Wavelengths;
import org.skinspectra.train.HyperSkinDataset;
import org.skinspectra.train.HyperSkinImage;
import org.skinspectra.train.TinyDataset;

class FolderPredictionTest {

  @TempDir Path folder;

  private Path cubes;
  private HyperSkinDataset dataset;
  private HyperSkinImage image;

  @BeforeEach
  void write() throws IOException {
    TinyDataset files =
        new TinyDataset(folder.resolve("data"))
            .with("test", "p001_a", 12, 12)
            .with("test", "p001_ab", 12, 12);
    cubes = Files.createDirectory(folder.resolve("cubes"));
    dataset = HyperSkinDataset.open(files.root());
    image = dataset.images().get(0);
  }

  private FolderPrediction prediction() {
    return new FolderPrediction("mine", cubes, ReadOptions.DEFAULT);
  }

  @Test
  void aCubeIsFoundByTheNameOfItsImageInAnyFormat() {
    assertFalse(prediction().has(image));
    CubeFiles.write(image.truth(), cubes.resolve("p001_a.hdr"));
    assertTrue(prediction().has(image));
    assertFalse(prediction().has(dataset.images().get(1)), "p001_a is not p001_ab");
    SpectralCube cube = prediction().of(image, ProgressMonitor.NONE);
    assertEquals(image.truth().plane(7)[5], cube.plane(7)[5]);
    CubeFiles.write(image.truth(), cubes.resolve("p001_ab.tif"));
    assertTrue(prediction().has(dataset.images().get(1)));
  }

  @Test
  void theCubesOfABatchAreFound() {
    CubeFiles.write(image.truth(), cubes.resolve("p001_a-spectra.hdr"));
    assertFalse(prediction().has(dataset.images().get(1)), "p001_a is not p001_ab");
    String identity = prediction().identity(image).orElseThrow();
    assertEquals(3, identity.split(" ").length, "header and data: " + identity);
    SpectralCube cube = prediction().of(image, ProgressMonitor.NONE);
    assertEquals(image.truth().plane(7)[5], cube.plane(7)[5]);
  }

  @Test
  void aFolderOfTheSplitGoesBeforeAndNotesDoNotCount() throws IOException {
    TinyDataset.writeConstant(cubes.resolve("p001_a.mat"), 61, 12, 12, 0.25);
    TinyDataset.writeConstant(cubes.resolve("test/p001_a.mat"), 61, 12, 12, 0.5);
    Files.writeString(cubes.resolve("test/p001_a.json"), "{}");
    assertEquals(0.5f, prediction().of(image, ProgressMonitor.NONE).plane(0)[0]);
  }

  @Test
  void severalFilesOfAnImageAreRefusedByName() {
    CubeFiles.write(image.truth(), cubes.resolve("p001_a.tif"));
    TinyDataset.writeConstant(cubes.resolve("p001_a.mat"), 61, 12, 12, 0.25);
    String message =
        assertThrows(SkinSpectraException.class, () -> prediction().of(image, ProgressMonitor.NONE))
            .getMessage();
    assertTrue(message.contains("p001_a.mat") && message.contains("p001_a.tif"), message);
  }

  @Test
  void theIdentityIsThatOfThePixelsToo() throws IOException {
    CubeFiles.write(image.truth(), cubes.resolve("p001_a.hdr"));
    Optional<String> identity = prediction().identity(image);
    assertEquals(identity, prediction().identity(image));
    byte[] pixels = Files.readAllBytes(cubes.resolve("p001_a.img"));
    pixels[100] ^= 1;
    Files.write(cubes.resolve("p001_a.img"), pixels);
    assertNotEquals(identity, prediction().identity(image));
  }

  @Test
  void wavelengthsThatFilesDoNotSayAreGivenAndAreASeparateIdentity() {
    TinyDataset.writeConstant(cubes.resolve("p001_a.mat"), 31, 12, 12, 0.25);
    assertThrows(SkinSpectraException.class, () -> prediction().of(image, ProgressMonitor.NONE));
    FolderPrediction told =
        new FolderPrediction("mine", cubes, ReadOptions.DEFAULT.withWavelengths(Wavelengths.VIS));
    assertEquals(Wavelengths.VIS, told.of(image, ProgressMonitor.NONE).wavelengths());
    assertNotEquals(told.identity(image), prediction().identity(image));
  }

  @Test
  void imagesWithoutACubeAreListedAndTheCubesHaveOneIdTogether() {
    TinyDataset.writeConstant(cubes.resolve("p001_a.mat"), 61, 12, 12, 0.25);
    ModelResults results =
        new Evaluation(dataset, List.of(), Optional.empty())
            .of(prediction(), "mine=cubes", name -> ProgressMonitor.NONE);
    assertEquals(1, results.images().size());
    assertEquals(
        List.of(new Unscored("test/p001_ab", "there is no prediction of it", false)),
        results.unscored());
    assertFalse(results.hasFailures());
    assertTrue(results.model().id().matches("[0-9a-f]{64}"), results.model().id());
  }

  @Test
  void aFolderThatIsNotThereIsRefused() {
    String message =
        assertThrows(
                SkinSpectraException.class,
                () -> new FolderPrediction("mine", folder.resolve("absent"), ReadOptions.DEFAULT))
            .getMessage();
    assertTrue(message.contains("absent") && message.contains("'mine'"), message);
  }
}
