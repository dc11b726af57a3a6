package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  // -- Other arrangements, other cameras --

  @Test
  void theSplitMayComeAfterTheKind() throws IOException {
    files(
        "Hyper-Skin(MSI,NIR)/MSI/test/p001_smile_left.mat",
        "Hyper-Skin(MSI,NIR)/HSI_NIR/test/p001_smile_left.mat",
        "Hyper-Skin(MSI,NIR)/mask/test/p001_smile_left.jpg",
        "Hyper-Skin(RGB,VIS)/HSI_VIS/test/p001_smile_left.mat");
    HyperSkinImage image = HyperSkinDataset.open(root).images().get(0);
    assertEquals("test", image.split());
    assertTrue(image.msiFile().endsWith("MSI/test/p001_smile_left.mat"));
    assertTrue(image.nirFile().endsWith("HSI_NIR/test/p001_smile_left.mat"));
  }

  @Test
  void theOnlyOtherCameraIsTakenAndSeveralAreListedUntilOneIsChosen() throws IOException {
    String name = "p001_neutral_front";
    files(
        "Hyper-Skin(MSI, NIR)/test/MSI_Nikon_D810/" + name + ".mat",
        "Hyper-Skin(MSI, NIR)/test/NIR/" + name + ".mat",
        "Hyper-Skin(MSI, NIR)/mask/test/" + name + ".jpg",
        "Hyper-Skin(RGB, VIS)/test/VIS/" + name + ".mat");
    assertEquals(
        "MSI_Nikon_D810",
        HyperSkinDataset.open(root).images().get(0).msiFile().getParent().getFileName().toString());
    files("Hyper-Skin(MSI, NIR)/test/MSI_CIE/" + name + ".mat");
    assertRefused(root, "MSI_CIE, MSI_Nikon_D810. Choose one with --camera-folder");
    assertTrue(open("msi_cie").images().get(0).msiFile().toString().contains("MSI_CIE"));
    String message = assertThrows(SkinSpectraException.class, () -> open("MSI_Canon")).getMessage();
    assertTrue(message.contains("no input 'MSI_Canon'; it has MSI_CIE, MSI_Nik"), message);
  }

  private HyperSkinDataset open(String camera) {
    return HyperSkinDataset.open(root, new DatasetInput(Optional.of(camera), RgbStretch.NONE));
  }

  @Test
  void picturesWith960NmBesideThemAreAnInputAndEitherMayBeMissing() throws IOException {
    for (String name : List.of("p001_a", "p002_a", "p003_a")) {
      files(
          "Hyper-Skin(RGB, VIS)/test/VIS/" + name + ".mat",
          "Hyper-Skin(MSI, NIR)/test/NIR/" + name + ".mat",
          "Hyper-Skin(MSI, NIR)/mask/test/" + name + ".png");
    }
    files(
        "Hyper-Skin(RGB, VIS)/test/RGB_CIE/p001_a.jpg",
        "Hyper-Skin(RGB, VIS)/test/RGB_CIE/p002_a.jpg",
        "Hyper-Skin(MSI, NIR)/test/IMG_960/p001_a.mat",
        "Hyper-Skin(MSI, NIR)/test/IMG_960/p003_a.mat");
    HyperSkinDataset dataset = HyperSkinDataset.open(root);
    assertEquals(1, dataset.images().size());
    InputFiles input = dataset.images().get(0).input();
    assertTrue(input.colours().endsWith("RGB_CIE/p001_a.jpg"));
    assertTrue(input.infrared().orElseThrow().endsWith("IMG_960/p001_a.mat"));
    assertEquals(
        List.of("test/p002_a has no IMG_960", "test/p003_a has no RGB_CIE"), dataset.incomplete());
  }

  @Test
  void withoutAFolderOf960NmPicturesAreAnInputOfThreeChannels() throws IOException {
    image("test", "p001_a");
    files("Hyper-Skin(RGB, VIS)/test/RGB_CIE/p001_a.jpg");
    assertTrue(open("RGB_CIE").images().get(0).input().infrared().isEmpty());
  }

  @Test
  void aStretchIsForPicturesOnly() throws IOException {
    image("test", "p001_a");
    DatasetInput stretched = new DatasetInput(Optional.empty(), RgbStretch.MINMAX);
    String message =
        assertThrows(SkinSpectraException.class, () -> HyperSkinDataset.open(root, stretched))
            .getMessage();
    assertTrue(message.contains("'MSI_CIE'") && message.contains("minmax"), message);
  }

  @Test
  void twoFilesOfOneNameAreRefusedNotChosenFrom() throws IOException {
    image("test", "p001_a");
    files("Hyper-Skin(MSI, NIR)/mask/test/p001_a.png");
    assertRefused(root, "p001_a.png are both of the image 'p001_a'");
  }

  @Test
  void aMaskWithoutItsImageIsListedToo() throws IOException {
    image("test", "p001_a");
    files("Hyper-Skin(MSI, NIR)/mask/test/p002_a.png");
    assertEquals(
        List.of("test/p002_a has no MSI_CIE, NIR, VIS"), HyperSkinDataset.open(root).incomplete());
  }

  // -- Subjects --

  @Test
  void imagesAreChosenBySubjectAndAnUnknownOneIsRefused() throws IOException {
    image("test", "p001_a");
    image("test", "p001_b");
    image("test", "p002_a");
    image("train", "p003_a");
    files("Hyper-Skin(MSI, NIR)/test/NIR/p004_a.mat", "Hyper-Skin(MSI, NIR)/test/NIR/p001_c.mat");
    HyperSkinDataset dataset = HyperSkinDataset.open(root);
    assertEquals(Set.of("p001", "p002", "p003"), dataset.subjects());
    HyperSkinDataset chosen = dataset.subjects(" p001 ,p003,");
    assertEquals(
        List.of("p003_a", "p001_a", "p001_b"),
        chosen.images().stream().map(HyperSkinImage::name).toList());
    assertEquals(List.of("test/p001_c has no MSI_CIE, VIS, mask"), chosen.incomplete());
    for (String list : List.of("p004", "p001,p04", "", ",")) {
      String message =
          assertThrows(SkinSpectraException.class, () -> dataset.subjects(list)).getMessage();
      assertTrue(message.contains("there are images of p001, p002, p003"), message);
    }
  }

  @Test
  void trainAndValidMayBeSplitBySubjectAndTestStaysApart() throws IOException {
    image("train", "p001_a");
    image("train", "p002_a");
    image("valid", "p003_a");
    image("test", "p001_b");
    HyperSkinDataset dataset = HyperSkinDataset.open(root).withValidSubjects("p001");
    assertEquals(List.of("p001_a"), names(dataset.split("valid")));
    assertEquals(List.of("p002_a", "p003_a"), names(dataset.split("train")));
    assertEquals(List.of("p001_b"), names(dataset.split("test")));
    assertThrows(SkinSpectraException.class, () -> dataset.withValidSubjects("p009"));
  }

  private static List<String> names(HyperSkinDataset dataset) {
    return dataset.images().stream().map(HyperSkinImage::name).toList();
  }

  @Test
  void ofTheChallengesSubjectsTheAbsentAreListedAsMissing() throws IOException {
    image("test", "p001_a");
    image("test", "p004_a");
    files("Hyper-Skin(MSI, NIR)/test/NIR/p002_a.mat");
    HyperSkinDataset chosen = HyperSkinDataset.open(root).subjects("Challenge");
    assertEquals(List.of("p001_a"), chosen.images().stream().map(HyperSkinImage::name).toList());
    assertEquals("test/p002_a has no MSI_CIE, VIS, mask", chosen.incomplete().get(0));
    assertEquals("p003 has no image", chosen.incomplete().get(1));
    assertEquals(8, chosen.incomplete().size());
    HyperSkinDataset none = HyperSkinDataset.open(root).subjects("p004");
    assertThrows(SkinSpectraException.class, () -> none.subjects("challenge"));
  }

  private static String assertRefused(Path folder, String part) {
    String message =
        assertThrows(SkinSpectraException.class, () -> HyperSkinDataset.open(folder)).getMessage();
    assertTrue(message.contains(part), message);
    return message;
  }
}
