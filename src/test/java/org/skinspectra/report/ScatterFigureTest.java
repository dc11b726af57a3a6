package org.skinspectra.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;

class ScatterFigureTest {

  private static final int GREY = 0xffb8b8b8;
  private static final int BLUE = 0xff0072b2;

  @TempDir Path folder;

  private static ScatterFigure figure(double[]... points) {
    return ScatterFigure.titled("Scores", "PC1", "PC2")
        .with(new PointCloud("background", new double[][] {{0, 0}, {1, 2}}))
        .with(new PointCloud("a cloud", points));
  }

  private static long count(ImagePlus image, int color) {
    int[] pixels = (int[]) image.getProcessor().getPixels();
    return Arrays.stream(pixels).filter(pixel -> (pixel | 0xff000000) == color).count();
  }

  @Test
  void writesAPngThatShowsEveryCloud() throws IOException {
    Path file = folder.resolve("scores.png");
    ImagePlus image = figure(new double[] {0.5, 1}, new double[] {0.2, -1}).save(file);
    assertTrue(count(image, GREY) > 100, "background");
    assertTrue(count(image, BLUE) > 200, "cloud");
    assertEquals(1600, ImageIO.read(file.toFile()).getWidth());
    assertArrayEquals(
        (int[]) image.getProcessor().getPixels(),
        ImageIO.read(file.toFile()).getRGB(0, 0, 1600, 1000, null, 0, 1600));
  }

  @Test
  void pointsThatAreNotFiniteAreLeftOut() {
    long one = count(figure(new double[] {0.5, 1}).render(), BLUE);
    double[] odd = {Double.NaN, 1};
    double[] far = {0.5, Double.POSITIVE_INFINITY};
    assertEquals(one, count(figure(new double[] {0.5, 1}, odd, far).render(), BLUE));
  }

  @Test
  void aSinglePointAndLongNamesAreDrawn() {
    PointCloud point = new PointCloud("name ".repeat(60), new double[][] {{3, 3}});
    ImagePlus image = ScatterFigure.titled("One", "x", "y").with(point).render();
    assertTrue(count(image, GREY) > 10);
  }

  @Test
  void figuresWithoutPointsAndPointsWithoutCoordinatesAreRefused() {
    ScatterFigure empty = ScatterFigure.titled("Scores", "x", "y");
    assertThrows(SkinSpectraException.class, empty::render);
    assertThrows(IllegalArgumentException.class, () -> new PointCloud("a", new double[][] {{1}}));
  }
}
