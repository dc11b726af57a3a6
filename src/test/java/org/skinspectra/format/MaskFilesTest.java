package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ShortProcessor;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;

class MaskFilesTest {

  @TempDir Path folder;

  private static BufferedImage image(int type, int... values) {
    BufferedImage image = new BufferedImage(values.length, 1, type);
    for (int x = 0; x < values.length; x++) {
      image.getRaster().setSample(x, 0, 0, values[x]);
    }
    return image;
  }

  private Path written(BufferedImage image, String format) throws IOException {
    Path file = folder.resolve("mask." + format);
    assertTrue(ImageIO.write(image, format, file.toFile()));
    return file;
  }

  private static float[] weights(Path file) {
    return MaskFiles.read(file).weights();
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tif", "bmp", "gif"})
  void greyLevelsAreDividedBy255(String format) throws IOException {
    Path file = written(image(BufferedImage.TYPE_BYTE_GRAY, 0, 51, 255), format);
    assertArrayEquals(new float[] {0, .2f, 1}, weights(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tif"})
  void sixteenBitsAreDividedBy65535(String format) throws IOException {
    Path file = written(image(BufferedImage.TYPE_USHORT_GRAY, 0, 13107, 65535), format);
    assertArrayEquals(new float[] {0, .2f, 1}, weights(file));
  }

  @Test
  void aJpegKeepsItsLevelsWithoutGamma() throws IOException {
    int[] level = new int[64];
    Arrays.fill(level, 102);
    assertEquals(.4f, weights(written(image(BufferedImage.TYPE_BYTE_GRAY, level), "jpg"))[9]);
  }

  @Test
  void theRedOfAColourImageCounts() throws IOException {
    BufferedImage colour = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    colour.setRGB(0, 0, 0x3300ff);
    colour.setRGB(1, 0, 0xffffff);
    for (String format : List.of("png", "bmp", "tif")) {
      assertArrayEquals(new float[] {.2f, 1}, weights(written(colour, format)));
    }
    BufferedImage transparent = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    transparent.setRGB(0, 0, 0x80ff0000);
    assertArrayEquals(new float[] {1}, weights(written(transparent, "png")));
  }

  @Test
  void oneBitPerPixelAndPalettesMeanTheirColours() throws IOException {
    assertArrayEquals(
        new float[] {0, 1, 0},
        weights(written(image(BufferedImage.TYPE_BYTE_BINARY, 0, 1, 0), "png")));
    byte[] levels = {(byte) 255, 0};
    BufferedImage indexed =
        new BufferedImage(
            2,
            1,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, 2, levels, levels, levels));
    indexed.getRaster().setSample(0, 0, 0, 1);
    assertArrayEquals(new float[] {0, 1}, weights(written(indexed, "png")));
  }

  @Test
  void masksOfImageJAreReadWhateverTheirTable() {
    ByteProcessor bytes = new ByteProcessor(3, 1, new byte[] {0, 51, (byte) 255});
    assertArrayEquals(new float[] {0, .2f, 1}, weights(saved(bytes)));
    bytes.invertLut();
    assertArrayEquals(new float[] {0, .2f, 1}, weights(saved(bytes)));
    ShortProcessor shorts = new ShortProcessor(2, 1, new short[] {0, -1}, null);
    assertArrayEquals(new float[] {0, 1}, weights(saved(shorts)));
    FloatProcessor floats = new FloatProcessor(2, 1, new float[] {.25f, 1});
    assertArrayEquals(new float[] {.25f, 1}, weights(saved(floats)));
  }

  private Path saved(ij.process.ImageProcessor pixels) {
    Path file = folder.resolve("ij.tif");
    assertTrue(new FileSaver(new ImagePlus("m", pixels)).saveAsTiff(file.toString()));
    return file;
  }

  @Test
  void ofAStackTheFirstImageCounts() {
    ImageStack stack = new ImageStack(1, 1);
    stack.addSlice("a", new byte[] {(byte) 255});
    stack.addSlice("b", new byte[] {0});
    Path file = folder.resolve("s.tif");
    assertTrue(new FileSaver(new ImagePlus("m", stack)).saveAsTiffStack(file.toString()));
    assertArrayEquals(new float[] {1}, weights(file));
  }

  @Test
  void valuesThatAreNoWeightsAreRefused() throws IOException {
    assertMessage(saved(new FloatProcessor(1, 1, new float[] {255})), "255", "outside 0 to 1");
    assertMessage(
        written(image(BufferedImage.TYPE_BYTE_GRAY, 0, 1), "png"), "only the values 0 and 1");
  }

  @Test
  void corruptForeignAndMissingFilesAreNamed() throws IOException {
    byte[] png =
        Files.readAllBytes(written(image(BufferedImage.TYPE_BYTE_GRAY, new int[5000]), "png"));
    Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(png, 45));
    assertMessage(cut, "cut.png", "damaged");
    assertMessage(Files.writeString(folder.resolve("t.png"), "hello"), "t.png", "PNG, JPEG");
    assertMessage(Files.createFile(folder.resolve("e.png")), "e.png", "PNG, JPEG");
    assertMessage(folder.resolve("none.png"), "There is no file");
  }

  @Test
  void hugeSizesAreRefusedBeforeMemoryIsTaken() throws IOException {
    byte[] png = Files.readAllBytes(written(image(BufferedImage.TYPE_BYTE_GRAY, 1, 2), "png"));
    java.nio.ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(png, 12, 17);
    java.nio.ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
    assertMessage(Files.write(folder.resolve("huge.png"), png), "60000x60000");
  }

  @Test
  void theMasksInTheLayoutOfHyperSkinAreRead() {
    Path mask =
        Path.of("..", "shared", "data", "hyperskin-layout", "Hyper-Skin(MSI, NIR)", "mask")
            .resolve("test/p901_neutral_front.jpg");
    assumeTrue(Files.exists(mask), "no " + mask + ", so it is not read");
    Mask read = MaskFiles.read(mask);
    assertEquals(96, read.width());
    assertEquals(96, read.height());
    assertTrue(read.count() > 1000 && read.count() < 96 * 96);
  }

  private static void assertMessage(Path file, String... parts) {
    String message =
        assertThrows(SkinSpectraException.class, () -> MaskFiles.read(file)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }
}
