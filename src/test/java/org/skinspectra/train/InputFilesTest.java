package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;

class InputFilesTest {

  @TempDir Path folder;
  private Path rgb;
  private Path infrared;

  /** Two pixels: (20, 40, 60) and (80, 100, 120); 960 nm 0.25. */
  @BeforeEach
  void write() throws IOException {
    rgb = folder.resolve("p001.png");
    infrared = folder.resolve("p001.mat");
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_3BYTE_BGR);
    image.setRGB(0, 0, 20 << 16 | 40 << 8 | 60);
    image.setRGB(1, 0, 80 << 16 | 100 << 8 | 120);
    ImageIO.write(image, "png", rgb.toFile());
    TinyDataset.writeConstant(infrared, 1, 2, 1, 0.25);
  }

  private InputFiles files(RgbStretch stretch) {
    return new InputFiles(rgb, Optional.of(infrared), stretch);
  }

  @Test
  void coloursAreReadAsStoredAndJoinedWith960Nm() {
    Msi msi = files(RgbStretch.NONE).read();
    assertArrayEquals(
        new float[] {
          20 / 255f, 40 / 255f, 60 / 255f, .25f, 80 / 255f, 100 / 255f, 120 / 255f, .25f
        },
        msi.pixels());
    assertEquals("2x1", files(RgbStretch.NONE).size().toString());
  }

  /** (v - min) / (max - min) in float64, then float32, as the loader of the data set's authors. */
  @Test
  void theStretchRunsFromTheLeastToTheGreatestValueOfAllColoursAndLeaves960Nm() {
    assertArrayEquals(
        new float[] {0, .2f, .4f, .25f, .6f, .8f, 1, .25f},
        files(RgbStretch.MINMAX).read().pixels());
    assertEquals(RgbStretch.MINMAX, RgbStretch.of("MinMax"));
    assertRefused(() -> RgbStretch.of("max"), "choose one of none, minmax");
  }

  @Test
  void without960NmThereAreThreeChannels() {
    Msi msi = new InputFiles(rgb, Optional.empty(), RgbStretch.MINMAX).read();
    assertEquals(3, msi.channels());
    assertEquals(.2f, msi.get(0, 0, 1));
  }

  @Test
  void coloursOfACubesFileAreStretchedToo() {
    Path mat = folder.resolve("rgb.mat");
    TinyDataset.writeConstant(mat, 3, 2, 1, 0.5);
    InputFiles stored = new InputFiles(mat, Optional.of(infrared), RgbStretch.NONE);
    assertArrayEquals(
        new float[] {.5f, .5f, .5f, .25f, .5f, .5f, .5f, .25f}, stored.read().pixels());
    InputFiles constant = new InputFiles(mat, Optional.of(infrared), RgbStretch.MINMAX);
    assertRefused(constant::read, "cannot be stretched: its least value is 0.5");
  }

  @Test
  void a960NmImageMayBeAPictureOf16Bits() throws IOException {
    BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    grey.getRaster().setSample(1, 0, 0, 65535);
    Path png = folder.resolve("nir.png");
    ImageIO.write(grey, "png", png.toFile());
    Msi msi = new InputFiles(rgb, Optional.of(png), RgbStretch.MINMAX).read();
    assertEquals(0, msi.get(0, 0, 3));
    assertEquals(1, msi.get(1, 0, 3));
  }

  @Test
  void filesThatDoNotFitTogetherAreRefusedByName() throws IOException {
    TinyDataset.writeConstant(infrared, 1, 1, 2, 0.25);
    assertRefused(() -> files(RgbStretch.NONE).read(), "p001.png is 2x1 pixels");
    TinyDataset.writeConstant(infrared, 2, 2, 1, 0.25);
    assertRefused(() -> files(RgbStretch.NONE).read(), "p001.mat has 2 bands");
    ImageIO.write(new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY), "png", rgb.toFile());
    assertRefused(() -> files(RgbStretch.NONE).read(), "p001.png has 1 channels");
    Path four = folder.resolve("four.mat");
    TinyDataset.writeConstant(four, 4, 2, 1, 0.5);
    assertRefused(
        () -> new InputFiles(four, Optional.of(infrared), RgbStretch.NONE).read(),
        "has 4 channels");
  }

  @Test
  void damagedPicturesAreRefusedByName() throws IOException {
    byte[] whole = Files.readAllBytes(rgb);
    Files.write(rgb, Arrays.copyOf(whole, whole.length / 2));
    assertRefused(() -> files(RgbStretch.NONE).read(), "p001.png");
    Files.writeString(rgb, "no picture");
    assertRefused(() -> files(RgbStretch.NONE).read(), "p001.png is no picture");
    assertRefused(() -> files(RgbStretch.NONE).size(), "p001.png is no picture");
    // A PNG that says it is 2,000,000,000 pixels wide.
    byte[] lying = whole.clone();
    System.arraycopy(new byte[] {0x77, 0x35, (byte) 0x94, 0}, 0, lying, 16, 4);
    Files.write(rgb, lying);
    assertRefused(() -> files(RgbStretch.NONE).read(), "p001.png");
  }

  private static void assertRefused(Runnable work, String part) {
    String message = assertThrows(SkinSpectraException.class, work::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
