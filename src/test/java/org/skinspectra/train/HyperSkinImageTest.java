package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.process.ByteProcessor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.spectra.Wavelengths;

/** The files are ImageJ TIFFs: what the format is makes no difference to the image. */
class HyperSkinImageTest {

  @TempDir Path folder;

  private HyperSkinImage image;

  @BeforeEach
  void describe() {
    image =
        new HyperSkinImage(
            "p007_smile_right",
            "test",
            folder.resolve("msi.tif"),
            folder.resolve("vis.tif"),
            folder.resolve("nir.tif"),
            folder.resolve("mask.png"));
  }

  private void write(Path file, int width, int height, Wavelengths grid, double scale) {
    SpectralCube cube = SpectralCube.zeros(width, height, grid);
    for (int band = 0; band < cube.bands(); band++) {
      Arrays.fill(cube.plane(band), (float) (scale * grid.get(band)));
    }
    CubeFiles.write(cube, file);
  }

  @Test
  void theTruthIsVisAndAllOfNirButItsFirstBand() {
    write(image.visFile(), 3, 2, Wavelengths.VIS, 1);
    write(image.nirFile(), 3, 2, Wavelengths.NIR, 10);
    SpectralCube truth = image.truth();
    assertEquals(Wavelengths.VIS_NIR, truth.wavelengths());
    assertEquals(400, truth.spectrum(2, 1)[0]);
    assertEquals(700, truth.spectrum(2, 1)[30]);
    assertEquals(7100, truth.spectrum(2, 1)[31]);
    assertEquals(9600, truth.spectrum(2, 1)[56]);
    assertEquals(10000, truth.spectrum(2, 1)[60]);
  }

  @Test
  void halvesOfDifferentSizesAreRefusedByBothFiles() {
    write(image.visFile(), 3, 2, Wavelengths.VIS, 1);
    write(image.nirFile(), 2, 3, Wavelengths.NIR, 1);
    String message = assertThrows(SkinSpectraException.class, image::truth).getMessage();
    assertTrue(message.contains("vis.tif is 3x2"), message);
    assertTrue(message.contains("nir.tif is 2x3"), message);
  }

  @Test
  void aHalfOfAnotherNumberOfBandsIsRefusedByItsFile() {
    write(image.visFile(), 3, 2, Wavelengths.VIS_NIR, 1);
    String message = assertThrows(SkinSpectraException.class, image::truth).getMessage();
    assertTrue(message.contains("vis.tif has 61 bands"), message);
  }

  @Test
  void theInputHasItsFourChannels() {
    CubeFiles.write(new Msi(1, 1, 4, new float[] {.1f, .2f, .3f, .4f}), image.msiFile());
    assertEquals(.4f, image.msi().get(0, 0, 3));
  }

  @Test
  void theMaskMustBeAsLargeAsTheImageAndIsNamedIfNot() throws IOException {
    ByteProcessor pixels = new ByteProcessor(3, 2);
    pixels.set(4, 255);
    ImageIO.write(pixels.getBufferedImage(), "png", image.maskFile().toFile());
    assertEquals(1, image.mask(3, 2).weights()[4]);
    String message = assertThrows(SkinSpectraException.class, () -> image.mask(2, 3)).getMessage();
    assertTrue(message.contains("mask.png"), message);
    assertTrue(message.contains("3x2") && message.contains("2x3"), message);
  }
}
