package org.skinspectra.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.spectra.Wavelengths;

class SpectrumFigureTest {

  private static final int BLUE = 0xff0072b2;
  private static final int VERMILLION = 0xffd55e00;

  @TempDir Path folder;

  @Test
  void writesAPngThatShowsEveryCurveAndIsTheImageItReturns() throws IOException {
    Path file = folder.resolve("figures").resolve("mean.png");
    ImagePlus image =
        SpectrumFigure.titled("Mean spectra")
            .with(curve("truth", 0.5, 0.05))
            .with(curve("reconstructed", 0.3, 0.1))
            .save(file);
    BufferedImage read = ImageIO.read(file.toFile());
    assertEquals(1600, read.getWidth());
    assertEquals(1000, read.getHeight());
    int[] pixels = pixels(read);
    assertArrayEquals((int[]) image.getProcessor().getPixels(), pixels);
    assertTrue(count(pixels, BLUE) > 1000, "blue line");
    assertTrue(count(pixels, VERMILLION) > 1000, "vermillion line");
  }

  @Test
  void theBandShadesTheStandardDeviation() {
    int[] without = draw(Curve.of("a", Wavelengths.VIS, curve("a", 0.5, 0).mean()));
    int[] with = draw(curve("a", 0.5, 0.2));
    int white = 0xffffffff;
    assertTrue(count(without, white) - count(with, white) > 100_000);
  }

  @Test
  void gapsAndSingleWavelengthsAreDrawn() {
    double[] gaps = curve("a", 0.5, 0).mean();
    Arrays.fill(gaps, 3, 8, Double.NaN);
    int whole = count(draw(curve("a", 0.5, 0)), BLUE);
    int broken = count(draw(Curve.of("a", Wavelengths.VIS, gaps)), BLUE);
    assertTrue(broken > 0 && broken < whole, broken + " of " + whole);
    assertTrue(count(draw(Curve.of("a", Wavelengths.of(550), new double[] {0.4})), BLUE) > 0);
  }

  @Test
  void negativeAndConstantZeroSpectraHaveAnAxis() {
    assertTrue(count(draw(Curve.of("a", Wavelengths.VIS, new double[31])), BLUE) > 1000);
    double[] negative = new double[31];
    Arrays.fill(negative, -0.02);
    assertTrue(count(draw(Curve.of("a", Wavelengths.VIS, negative)), BLUE) > 1000);
  }

  @Test
  void refusesAFigureWithoutValuesAndLeavesNoFile() {
    Path file = folder.resolve("empty.png");
    double[] nothing = new double[31];
    Arrays.fill(nothing, Double.NaN);
    for (SpectrumFigure figure :
        new SpectrumFigure[] {
          SpectrumFigure.titled("none"),
          SpectrumFigure.titled("none").with(Curve.of("a", Wavelengths.VIS, nothing))
        }) {
      String message =
          assertThrows(SkinSpectraException.class, () -> figure.save(file)).getMessage();
      assertTrue(message.contains("'none' has no finite value"), message);
    }
    assertFalse(Files.exists(file));
  }

  @Test
  void aPathThatCannotBeWrittenIsNamed() throws IOException {
    Path blocked = Files.writeString(folder.resolve("plain"), "x").resolve("a.png");
    SpectrumFigure figure = SpectrumFigure.titled("t").with(curve("a", 0.5, 0));
    assertTrue(
        assertThrows(SkinSpectraIOException.class, () -> figure.save(blocked))
            .getMessage()
            .contains(blocked.toString()));
  }

  @Test
  void refusesCurvesThatDoNotFit() {
    double[] one = {1};
    assertThrows(
        IllegalArgumentException.class, () -> Curve.of("a", Wavelengths.VIS, new double[61]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Curve("a", Wavelengths.of(500), one, new double[2]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Curve("a", Wavelengths.of(500), one, new double[] {-1}));
  }

  private static int[] draw(Curve curve) {
    SpectrumFigure figure = SpectrumFigure.titled("t").withYLabel("absorbance").with(curve);
    return (int[]) figure.render().getProcessor().getPixels();
  }

  @Test
  void bandsAreOfAnyEdgesThatEncloseTheCurve() {
    Wavelengths grid = Wavelengths.of(500);
    double[] one = {1};
    Curve curve = new Curve("a", grid, one, new double[] {0.9}, new double[] {1.5});
    assertEquals(0.9, curve.at(0, -1));
    assertEquals(1, curve.at(0, 0));
    assertEquals(1.5, curve.at(0, 1));
    double[] none = new double[0];
    for (double[][] edges :
        new double[][][] {
          {{1.1}, {2}}, {{0}, {0.9}}, {{0.9}, none}, {none, {2}}, {{0, 0}, {2, 2}}
        }) {
      assertThrows(
          IllegalArgumentException.class, () -> new Curve("a", grid, one, edges[0], edges[1]));
    }
  }

  private static Curve curve(String label, double level, double sd) {
    double[] mean = new double[31];
    double[] deviation = new double[31];
    Arrays.setAll(mean, i -> level + 0.01 * i);
    Arrays.fill(deviation, sd);
    return new Curve(label, Wavelengths.VIS, mean, deviation);
  }

  static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  static int count(int[] pixels, int color) {
    return (int) Arrays.stream(pixels).filter(p -> p == color).count();
  }
}
