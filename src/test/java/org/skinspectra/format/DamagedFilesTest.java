package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.jhdf.api.DatasetCreationOptions;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/**
 * Damages small files at random, always in the same way, and accepts nothing but a result or an
 * error for people.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DamagedFilesTest {

  private static final int MUTATIONS = 400;

  @TempDir Path folder;

  private static final ReadOptions OPTIONS =
      ReadOptions.DEFAULT.withWavelengths(Wavelengths.range(500, 10, 540));

  private static SpectralCube cube() {
    SpectralCube cube = SpectralCube.zeros(4, 3, Wavelengths.range(500, 10, 540));
    for (int band = 0; band < cube.bands(); band++) {
      Arrays.fill(cube.plane(band), band);
    }
    return cube.withProvenance(Map.of("model", "none"));
  }

  @Test
  void matlabFilesWithPlainData() throws IOException {
    damage(
        MatFile.write(folder.resolve("a.mat"), hdf -> hdf.putDataset("cube", new double[5][4][3])),
        this::readCubeAndMsi);
  }

  @Test
  void matlabFilesWithCompressedChunks() throws IOException {
    DatasetCreationOptions options =
        DatasetCreationOptions.builder().chunkDimensions(2, 2, 2).shuffle().deflate().build();
    damage(
        MatFile.write(
            folder.resolve("a.mat"), hdf -> hdf.putDataset("cube", new double[5][4][3], options)),
        this::readCubeAndMsi);
  }

  @Test
  void enviHeaders() throws IOException {
    Path header = folder.resolve("a.hdr");
    CubeFiles.write(cube(), header);
    damage(header, this::readCubeAndMsi);
  }

  @Test
  void enviData() throws IOException {
    CubeFiles.write(cube(), folder.resolve("a.hdr"));
    damage(folder.resolve("a.img"), this::readCubeAndMsi);
  }

  @Test
  void tiffStacks() throws IOException {
    Path file = folder.resolve("a.tif");
    CubeFiles.write(cube(), file);
    damage(file, this::readCubeAndMsi);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "tif", "gif", "bmp"})
  void masks(String format) throws IOException {
    BufferedImage image = new BufferedImage(16, 12, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 16 * 12; i++) {
      image.getRaster().setSample(i % 16, i / 16, 0, i);
    }
    Path file = folder.resolve("mask." + format);
    assertTrue(ImageIO.write(image, format, file.toFile()));
    damage(file, MaskFiles::read);
  }

  private void readCubeAndMsi(Path file) {
    SkinSpectraException msiError = null;
    try {
      CubeFiles.readMsi(file);
    } catch (SkinSpectraException e) {
      msiError = e;
    }
    assertTrue(msiError == null || !msiError.getMessage().isBlank());
    CubeFiles.readCube(file, OPTIONS);
  }

  private void damage(Path file, Consumer<Path> reader) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    reader.accept(file);
    Random random = new Random(20240601);
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      for (int i = 0; i < MUTATIONS; i++) {
        byte[] damaged = damaged(whole, random);
        Files.write(file, damaged);
        try {
          reader.accept(file);
        } catch (SkinSpectraException e) {
          assertTrue(
              e.getMessage() != null && !e.getMessage().isBlank(), () -> "mutation without a word");
        } catch (Throwable e) {
          fail("mutation " + i + " of " + file.getFileName() + " came out as " + e, e);
        }
      }
    } finally {
      System.setOut(out);
    }
    assertEquals("", printed.toString(StandardCharsets.UTF_8));
  }

  /** Cut off, or with up to eight bytes changed: half of them to the extremes that hurt most. */
  private static byte[] damaged(byte[] whole, Random random) {
    if (random.nextInt(5) == 0) {
      return Arrays.copyOf(whole, random.nextInt(whole.length));
    }
    byte[] damaged = whole.clone();
    int changes = 1 + random.nextInt(8);
    // Headers are at the front, so half of the files are damaged there.
    int reach = random.nextBoolean() ? Math.min(whole.length, 400) : whole.length;
    for (int i = 0; i < changes; i++) {
      byte[] extremes = {0, -1, 0x7f, (byte) 0x80};
      damaged[random.nextInt(reach)] =
          random.nextBoolean() ? extremes[random.nextInt(4)] : (byte) random.nextInt(256);
    }
    return damaged;
  }
}
