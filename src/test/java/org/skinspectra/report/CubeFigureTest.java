package org.skinspectra.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.Wavelengths;

class CubeFigureTest {

  private static final int NO_VALUE = 0xffd5d5d5;

  @TempDir Path folder;

  @Test
  void writesThePngOfTheImageItReturns() throws IOException {
    Path file = folder.resolve("cube.png");
    ImagePlus image =
        CubeFigure.of("a face", flat(16, 12, Wavelengths.VIS_NIR))
            .withAngles(AnglePanel.of(new float[192], "spectral angle"))
            .save(file);
    assertArrayEquals(
        (int[]) image.getProcessor().getPixels(),
        SpectrumFigureTest.pixels(ImageIO.read(file.toFile())));
  }

  @Test
  void enlargesSmallPicturesPixelByPixel() {
    float[] angles = {0, 0.1f, Float.NaN, 0.1f};
    AnglePanel map = new AnglePanel(angles, "spectral angle", 0.1);
    int[] pixels = draw(CubeFigure.of("tiny", flat(2, 2, Wavelengths.VIS_NIR)).withAngles(map));
    // Each of the four pixels is 240 by 240; an outline of one pixel lies over their edge.
    assertTrue(SpectrumFigureTest.count(pixels, Viridis.rgb(1)) > 2 * 238 * 238);
    assertTrue(SpectrumFigureTest.count(pixels, Viridis.rgb(0)) > 238 * 238);
    assertTrue(SpectrumFigureTest.count(pixels, NO_VALUE) > 238 * 238);
  }

  @Test
  void bandsShareOneScaleThatEndsAtARoundReflectance() {
    SpectralCube cube = flat(4, 4, Wavelengths.of(500, 600));
    Arrays.fill(cube.plane(1), 0.2f);
    int[] pixels = draw(CubeFigure.of("two bands", cube).withBands(500, 600));
    // 0.4 is the end of the scale, so white; 0.2 is half of it.
    assertTrue(SpectrumFigureTest.count(pixels, 0xff808080) > 478 * 478);
  }

  @Test
  void showsWhatTheCubeHas() {
    assertEquals(List.of(960.0), CubeFigure.of("nir", flat(4, 4, Wavelengths.NIR)).bands());
    int nir = width(CubeFigure.of("nir", flat(4, 4, Wavelengths.NIR)));
    int vis = width(CubeFigure.of("vis", flat(4, 4, Wavelengths.VIS)));
    int all = width(CubeFigure.of("all", flat(4, 4, Wavelengths.VIS_NIR)));
    assertTrue(nir < vis && vis < all, nir + " " + vis + " " + all);
  }

  @Test
  void aCubeWithTooFewVisibleBandsIsShownWithoutTrueColour() {
    SpectralCube cube = flat(4, 4, Wavelengths.of(400, 550, 700, 960));
    int sparse = width(CubeFigure.of("sparse", cube));
    int coloured = width(CubeFigure.of("all", flat(4, 4, Wavelengths.VIS_NIR)));
    assertTrue(sparse < coloured, sparse + " " + coloured);
  }

  @Test
  void drawsEveryShape() {
    for (int[] size : new int[][] {{1, 1}, {1500, 2}, {2, 1500}, {700, 500}}) {
      SpectralCube cube = flat(size[0], size[1], Wavelengths.VIS);
      float[] angles = new float[size[0] * size[1]];
      Arrays.fill(angles, Float.NaN);
      AnglePanel map = AnglePanel.of(angles, "nothing measured");
      ImagePlus image = CubeFigure.of("shape", cube).withAngles(map).render();
      assertTrue(image.getWidth() < 3200 && image.getHeight() < 900, image.toString());
    }
  }

  @Test
  void drawsCubesOfZerosAndOfNothingFinite() {
    SpectralCube cube = SpectralCube.zeros(3, 3, Wavelengths.VIS_NIR);
    int[] zeros = draw(CubeFigure.of("cube", cube));
    for (float[] plane : cube.planes()) {
      Arrays.fill(plane, Float.NaN);
    }
    assertArrayEquals(zeros, draw(CubeFigure.of("cube", cube)), "both are black");
  }

  @Test
  void anglesEndAtARoundNumberNearTheirNinetyNinthPercentile() {
    float[] angles = new float[1000];
    for (int i = 0; i < angles.length; i++) {
      angles[i] = 0.023f * i / 999;
    }
    angles[0] = 3;
    angles[1] = Float.NaN;
    AnglePanel map = AnglePanel.of(angles, "spectral angle");
    assertEquals(0.025, map.highest(), 1e-12);
    assertTrue(map.isClipped());
    assertTrue(map.hasGaps());
    assertFalse(AnglePanel.of(new float[] {0.01f}, "one").isClipped());
  }

  @Test
  void refusesBandsAndMapsThatDoNotBelongToTheCube() {
    CubeFigure figure = CubeFigure.of("vis", flat(2, 2, Wavelengths.VIS));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> figure.withBands(550, 960))
            .getMessage()
            .contains("no band near 960.0 nm; it has 400:10:700"));
    assertThrows(
        IllegalArgumentException.class,
        () -> figure.withAngles(AnglePanel.of(new float[3], "angles")));
    for (double highest : new double[] {0, -1, Double.NaN}) {
      assertThrows(
          IllegalArgumentException.class, () -> new AnglePanel(new float[4], "a", highest));
    }
  }

  @Test
  void refusesAFigureOfNothing() {
    CubeFigure figure = CubeFigure.of("nothing", flat(2, 2, Wavelengths.of(720, 730)));
    assertThrows(SkinSpectraException.class, figure::render);
  }

  @Test
  void takesAnotherLight() {
    CubeFigure figure = CubeFigure.of("a", flat(2, 2, Wavelengths.VIS));
    assertEquals("A", figure.withIlluminant(Illuminant.a()).illuminant().name());
  }

  private static int[] draw(CubeFigure figure) {
    return (int[]) figure.render().getProcessor().getPixels();
  }

  private static int width(CubeFigure figure) {
    return figure.render().getWidth();
  }

  private static SpectralCube flat(int width, int height, Wavelengths wavelengths) {
    SpectralCube cube = SpectralCube.zeros(width, height, wavelengths);
    for (float[] plane : cube.planes()) {
      Arrays.fill(plane, 0.4f);
    }
    return cube;
  }
}
