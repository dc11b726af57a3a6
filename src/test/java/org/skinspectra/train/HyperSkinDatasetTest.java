package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;

class HyperSkinDatasetTest {

  @TempDir Path root;

  private void files(String... names) throws IOException {
    for (String name : names) {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  private void image(String split, String name) throws IOException {
    files(
        "Hyper-Skin(MSI, NIR)/" + split + "/MSI_CIE/" + name + ".mat",
        "Hyper-Skin(MSI, NIR)/" + split + "/NIR/" + name + ".mat",
        "Hyper-Skin(MSI, NIR)/mask/" + split + "/" + name + ".jpg",
        "Hyper-Skin(RGB, VIS)/" + split + "/VIS/" + name + ".mat");
  }

  @Test
  void imagesArePairedByNameAndOrderedBySplitAndName() throws IOException {
    image("test", "p001_smile_left");
    image("train", "p009_neutral_front");
    image("train", "p004_neutral_front");
    image("valid", "p002_neutral_front");
    HyperSkinDataset dataset = HyperSkinDataset.open(root);
    assertEquals(
        List.of(
            "p004_neutral_front", "p009_neutral_front", "p002_neutral_front", "p001_smile_left"),
        dataset.images().stream().map(HyperSkinImage::name).toList());
    assertEquals(List.of(), dataset.incomplete());
    HyperSkinImage last = dataset.images().get(3);
    assertEquals("test", last.split());
    assertEquals("p001", last.subject());
    for (Path file : List.of(last.msiFile(), last.visFile(), last.nirFile(), last.maskFile())) {
      assertTrue(Files.isRegularFile(file), file.toString());
      assertTrue(file.getFileName().toString().startsWith("p001_smile_left."));
    }
    assertEquals("NIR", last.nirFile().getParent().getFileName().toString());
    assertEquals("MSI_CIE", last.msiFile().getParent().getFileName().toString());
  }

  @Test
  void blanksAndCaseOfTheTopFoldersDoNotMatter() throws IOException {
    files(
        "hyper-skin(MSI,NIR)/test/MSI_CIE/a.mat",
        "hyper-skin(MSI,NIR)/test/NIR/a.mat",
        "hyper-skin(MSI,NIR)/mask/test/a.png",
        "Hyper-Skin(RGB, vis)/test/VIS/a.MAT");
    HyperSkinImage image = HyperSkinDataset.open(root).images().get(0);
    assertEquals("a", image.subject());
  }

  @Test
  void anImageThatLacksFilesIsLeftOutAndSaysWhich() throws IOException {
    image("test", "p001_neutral_front");
    files(
        "Hyper-Skin(MSI, NIR)/test/NIR/p002_neutral_front.mat",
        "Hyper-Skin(MSI, NIR)/mask/test/p002_neutral_front.jpg");
    HyperSkinDataset dataset = HyperSkinDataset.open(root);
    assertEquals(1, dataset.images().size());
    assertEquals(List.of("test/p002_neutral_front has no MSI_CIE, VIS"), dataset.incomplete());
  }

  @Test
  void aSplitHoldsItsOwnImagesAndItsOwnGaps() throws IOException {
    image("train", "p009_neutral_front");
    image("test", "p001_neutral_front");
    image("test", "p002_neutral_front");
    files(
        "Hyper-Skin(MSI, NIR)/test/NIR/p003_neutral_front.mat",
        "Hyper-Skin(MSI, NIR)/train/NIR/p004_neutral_front.mat");
    HyperSkinDataset dataset = HyperSkinDataset.open(root);
    assertEquals(List.of("train", "test"), dataset.splits());
    HyperSkinDataset test = dataset.split("test");
    assertEquals(List.of("test"), test.splits());
    assertEquals(
        List.of("p001_neutral_front", "p002_neutral_front"),
        test.images().stream().map(HyperSkinImage::name).toList());
    assertEquals(List.of("test/p003_neutral_front has no MSI_CIE, VIS, mask"), test.incomplete());
    String message =
        assertThrows(SkinSpectraException.class, () -> dataset.split("valid")).getMessage();
    assertTrue(message.contains("'valid', only in train, test"), message);
  }

  @Test
  void filesOfOtherKindsAreNoImages() throws IOException {
    image("test", "p001_neutral_front");
    files(
        "Hyper-Skin(MSI, NIR)/test/MSI_CIE/p001_neutral_front.txt",
        "Hyper-Skin(MSI, NIR)/test/MSI_CIE/._p001_neutral_front.mat",
        "Hyper-Skin(MSI, NIR)/test/NIR/p001_neutral_front.mat.part",
        "Hyper-Skin(MSI, NIR)/mask/test/p001_neutral_front.json",
        "Hyper-Skin(RGB, VIS)/test/VIS/Thumbs.db");
    HyperSkinDataset dataset = HyperSkinDataset.open(root);
    assertEquals(List.of(), dataset.incomplete());
    HyperSkinImage image = dataset.images().get(0);
    assertEquals("p001_neutral_front.mat", image.msiFile().getFileName().toString());
    assertEquals("p001_neutral_front.jpg", image.maskFile().getFileName().toString());
  }

  @Test
  void foldersThatAreNoDataSetAreRefused() throws IOException {
    assertRefused(root.resolve("absent"), "absent");
    assertRefused(root, "Hyper-Skin(MSI, NIR)");
    files("Hyper-Skin(MSI, NIR)/readme.txt");
    assertRefused(root, "Hyper-Skin(RGB, VIS)");
    for (int i = 0; i < 100; i++) {
      files("Hyper-Skin(RGB, VIS)/test/VIS/p%03d.mat".formatted(i));
    }
    String message = assertRefused(root, "test/p000 has no MSI_CIE, NIR, mask");
    assertTrue(message.length() < 500, message);
  }

  private static String assertRefused(Path folder, String part) {
    String message =
        assertThrows(SkinSpectraException.class, () -> HyperSkinDataset.open(folder)).getMessage();
    assertTrue(message.contains(part), message);
    return message;
  }
}
