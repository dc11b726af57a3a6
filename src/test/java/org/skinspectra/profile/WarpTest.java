package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleBinaryOperator;
import net.imglib2.parallel.Parallelization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;

class WarpTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 7", "2, 2", "3, 5", "64, 33"})
  void theIdentityGivesEveryPixelBack(int width, int height) {
    float[] plane = plane(width, height, (x, y) -> Math.sin(x * 1.7 + y) * 100);
    Warp warp = new Warp(Homography.IDENTITY, width, height, width, height);
    assertArrayEquals(plane, warp.apply(plane));
    assertEquals(width * height, warp.coverage().count());
  }

  @Test
  void aShiftByWholePixelsMovesTheContentRightAndDown() {
    float[] plane = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    float nan = Float.NaN;
    float[] moved = new Warp(Homography.of(1, 1, 0, 1, 0, 0), 3, 3, 3, 3).apply(plane);
    assertArrayEquals(new float[] {nan, nan, nan, nan, 1, 2, nan, 4, 5}, moved);
  }

  @Test
  void planesAreKeptUpToTheEdgeAndQuadraticSurfacesWithinIt() {
    Homography homography = Homography.of(1.3, -2.6, 3, 0.95, 20, 15);
    Warp warp = new Warp(homography, 40, 30, 40, 30);
    double flat = largestError(warp, homography, (x, y) -> 3 + 0.5 * x - 0.25 * y, 0);
    assertTrue(flat < 1e-5, "plane: " + flat);
    double curved = largestError(warp, homography, (x, y) -> 0.1 * x * x - x * y * 0.05, 2);
    assertTrue(curved < 1e-4, "quadratic surface: " + curved);
  }

  @Test
  void aWaveOfEightPixelsIsKeptWithinAPercent() {
    Homography homography = Homography.of(0.37, 0.61, 1, 1.01, 32, 32);
    Warp warp = new Warp(homography, 64, 64, 64, 64);
    double error =
        largestError(
            warp,
            homography,
            (x, y) -> Math.sin(2 * Math.PI * x / 8) * Math.cos(2 * Math.PI * y / 16),
            1);
    assertTrue(error < 0.02, "error " + error);
  }

  private static double largestError(
      Warp warp, Homography homography, DoubleBinaryOperator surface, double margin) {
    Mask coverage = warp.coverage();
    int width = coverage.width();
    int height = coverage.height();
    float[] warped = warp.apply(plane(width, height, surface));
    double largest = 0;
    for (int i = 0; i < warped.length; i++) {
      double[] source = homography.inverse().apply(i % width, i / width);
      if (source[0] >= margin
          && source[1] >= margin
          && source[0] <= width - 1 - margin
          && source[1] <= height - 1 - margin) {
        double truth = surface.applyAsDouble(source[0], source[1]);
        largest = Math.max(largest, Math.abs(warped[i] - truth));
      }
    }
    return largest;
  }

  @Test
  void pixelsWithoutSourceAreNaNAndOutOfTheMask() {
    Warp warp = new Warp(Homography.of(-3.5, 2.25, 0, 1, 0, 0), 10, 10, 12, 10);
    float[] warped = warp.apply(plane(10, 10, (x, y) -> 1));
    Mask coverage = warp.coverage();
    for (int i = 0; i < warped.length; i++) {
      int x = i % 12;
      int y = i / 12;
      boolean inside = x <= 5 && y >= 3;
      assertEquals(inside, coverage.contains(i), "mask at " + x + ", " + y);
      assertEquals(inside, !Float.isNaN(warped[i]), "value at " + x + ", " + y);
    }
  }

  @Test
  void isLinearInTheValues() {
    Warp warp = new Warp(Homography.of(0.3, 0.8, 1, 1.02, 8, 8), 16, 16, 16, 16);
    float[] a = plane(16, 16, (x, y) -> Math.sin(x * y));
    float[] b = plane(16, 16, (x, y) -> Math.cos(x - 3 * y));
    float[] sum = plane(16, 16, (x, y) -> 2 * Math.sin(x * y) - 3 * Math.cos(x - 3 * y));
    float[] warpedA = warp.apply(a);
    float[] warpedB = warp.apply(b);
    float[] warpedSum = warp.apply(sum);
    for (int i = 0; i < sum.length; i++) {
      if (warp.coverage().contains(i)) {
        assertEquals(2 * warpedA[i] - 3 * warpedB[i], warpedSum[i], 1e-5);
      }
    }
  }

  @Test
  void aFlatPlaneStaysFlat() {
    Warp warp = new Warp(Homography.of(0.3, 0.8, 1, 1.02, 8, 8), 16, 16, 16, 16);
    for (float value : warp.apply(plane(16, 16, (x, y) -> 0.7))) {
      assertTrue(Float.isNaN(value) || Math.abs(value - 0.7) < 1e-6, "value " + value);
    }
  }

  @Test
  void aMissingValueIsMissingWhereverItHasAPart() {
    float[] plane = plane(16, 16, (x, y) -> x);
    plane[8 * 16 + 8] = Float.NaN;
    float[] warped = new Warp(Homography.of(0.5, 0.5, 0, 1, 0, 0), 16, 16, 16, 16).apply(plane);
    for (int y = 1; y < 16; y++) {
      for (int x = 1; x < 16; x++) {
        boolean near = x >= 7 && x <= 10 && y >= 7 && y <= 10;
        assertEquals(near, Float.isNaN(warped[y * 16 + x]), "at " + x + ", " + y);
      }
    }
  }

  @Test
  void whatLiesBehindTheHorizonIsOutside() {
    Homography steep = Homography.of(1, 0, 0, 0, 1, 0, -0.1, 0, 1);
    Mask coverage = new Warp(steep.inverse(), 40, 40, 40, 40).coverage();
    assertTrue(coverage.contains(0));
    assertFalse(coverage.contains(39), "x = 39 lies behind x = 10, the horizon");
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    float[] plane = plane(100, 90, (x, y) -> Math.sin(x * y * 0.1));
    Warp warp = new Warp(Homography.of(3.3, 1.8, 1, 1.02, 50, 50), 100, 90, 110, 95);
    float[] many = warp.apply(plane);
    assertArrayEquals(many, Parallelization.runSingleThreaded(() -> warp.apply(plane)));
  }

  @Test
  void refusesPlanesOfAnotherSize() {
    Warp warp = new Warp(Homography.IDENTITY, 4, 3, 4, 3);
    var error = assertThrows(SkinSpectraException.class, () -> warp.apply(new float[11]));
    assertTrue(error.getMessage().contains("4x3"), error.getMessage());
    assertThrows(SkinSpectraException.class, () -> new Warp(Homography.IDENTITY, 4, 3, 0, 3));
    assertThrows(
        SkinSpectraException.class, () -> new Warp(Homography.IDENTITY, 4, 3, 1 << 16, 1 << 16));
  }

  private static float[] plane(int width, int height, DoubleBinaryOperator surface) {
    float[] plane = new float[width * height];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = (float) surface.applyAsDouble(i % width, i / width);
    }
    return plane;
  }
}
