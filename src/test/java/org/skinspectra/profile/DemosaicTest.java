package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.skinspectra.SkinSpectraException;

class DemosaicTest {

  private static final int[][] SIZES = {{2, 2}, {3, 2}, {2, 5}, {7, 5}, {40, 71}};

  @ParameterizedTest
  @EnumSource
  void oneColourEverywhereComesBackExactly(Demosaic demosaic) {
    float[] colour = {0.1f, 0.7f, -0.03f};
    for (BayerPattern pattern : BayerPattern.values()) {
      for (int[] size : SIZES) {
        float[] mosaic = new float[size[0] * size[1]];
        for (int i = 0; i < mosaic.length; i++) {
          mosaic[i] = colour[pattern.channel(i % size[0], i / size[0])];
        }
        float[][] planes = demosaic.apply(mosaic, size[0], size[1], pattern);
        for (int c = 0; c < 3; c++) {
          for (float value : planes[c]) {
            assertEquals(colour[c], value, 1e-7f, pattern + " " + Arrays.toString(size));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void flatWhiteIsKeptToTheLastBit(Demosaic demosaic) {
    float[] mosaic = new float[63];
    Arrays.fill(mosaic, 0.987654f);
    for (float[] plane : demosaic.apply(mosaic, 9, 7, BayerPattern.GRBG)) {
      assertArrayEquals(mosaic, plane);
    }
  }

  @ParameterizedTest
  @EnumSource
  void measuredPixelsAreKept(Demosaic demosaic) {
    float[] mosaic = random(11, 7 * 9);
    for (BayerPattern pattern : BayerPattern.values()) {
      float[][] planes = demosaic.apply(mosaic, 7, 9, pattern);
      for (int i = 0; i < mosaic.length; i++) {
        assertEquals(mosaic[i], planes[pattern.channel(i % 7, i / 7)][i]);
      }
    }
  }

  /** A grey ramp is linear, so that away from the edges every linear filter must continue it. */
  @ParameterizedTest
  @EnumSource
  void aRampOfGreyIsContinuedInEveryColour(Demosaic demosaic) {
    float[] ramp = new float[12 * 10];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = 3 * (i % 12) - 2 * (i / 12);
    }
    for (BayerPattern pattern : BayerPattern.values()) {
      float[][] planes = demosaic.apply(ramp, 12, 10, pattern);
      for (int y = 2; y < 8; y++) {
        for (int x = 2; x < 10; x++) {
          for (float[] plane : planes) {
            assertEquals(ramp[y * 12 + x], plane[y * 12 + x], 1e-5f);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isLinearInItsInput(Demosaic demosaic) {
    float[] a = random(1, 48);
    float[] b = random(2, 48);
    float[] both = new float[48];
    for (int i = 0; i < 48; i++) {
      both[i] = 2 * a[i] - 3 * b[i];
    }
    float[][] ofA = demosaic.apply(a, 8, 6, BayerPattern.BGGR);
    float[][] ofB = demosaic.apply(b, 8, 6, BayerPattern.BGGR);
    float[][] ofBoth = demosaic.apply(both, 8, 6, BayerPattern.BGGR);
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < 48; i++) {
        assertEquals(2 * ofA[c][i] - 3 * ofB[c][i], ofBoth[c][i], 1e-5f);
      }
    }
  }

  /** The coefficients of the four filters as the paper prints them. */
  @Test
  void anImpulseGivesTheFiltersOfThePaper() {
    float[] impulse = new float[11 * 11];
    impulse[5 * 11 + 5] = 8;
    // In RGGB the pixel (5, 5) is blue, (4, 4) red, (5, 4) green in a red row.
    float[][] blue = Demosaic.GRADIENT_CORRECTED.apply(impulse, 11, 11, BayerPattern.RGGB);
    assertEquals(8, blue[2][5 * 11 + 5]);
    assertEquals(4, blue[1][5 * 11 + 5]);
    assertEquals(6, blue[0][5 * 11 + 5]);
    assertEquals(4, blue[2][5 * 11 + 4]);
    assertEquals(2, blue[2][4 * 11 + 4]);
    assertEquals(-1, blue[1][5 * 11 + 7]);
    assertEquals(-1.5f, blue[0][5 * 11 + 7]);
    assertEquals(-1.5f, blue[0][3 * 11 + 5]);
    float[][] green = Demosaic.GRADIENT_CORRECTED.apply(impulse, 11, 11, BayerPattern.GRBG);
    assertEquals(8, green[1][5 * 11 + 5]);
    assertEquals(5, green[0][5 * 11 + 5]);
    assertEquals(5, green[2][5 * 11 + 5]);
    assertEquals(-1, green[0][4 * 11 + 4]);
    // Row 5 of GRBG has blue: the blue estimate two columns away loses 1, the red one gains 1/2.
    assertEquals(-1, green[2][5 * 11 + 7]);
    assertEquals(0.5f, green[0][5 * 11 + 7]);
    assertEquals(0.5f, green[2][3 * 11 + 5]);
    assertEquals(-1, green[0][3 * 11 + 5]);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 4", "4, 1"})
  void refusesAMosaicThatLacksColours(int width, int height) {
    float[] mosaic = new float[width * height];
    var error =
        assertThrows(
            SkinSpectraException.class,
            () -> Demosaic.BILINEAR.apply(mosaic, width, height, BayerPattern.RGGB));
    assertTrue(error.getMessage().contains(width + "x" + height), error.getMessage());
  }

  @Test
  void refusesAnotherNumberOfValuesThanPixels() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Demosaic.BILINEAR.apply(new float[5], 2, 2, BayerPattern.RGGB));
  }

  private static float[] random(long seed, int n) {
    RandomGenerator random = new Well19937c(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }
}
