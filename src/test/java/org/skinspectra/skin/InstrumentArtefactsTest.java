package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

class InstrumentArtefactsTest {

  private static final int WIDTH = 80;

  private static SpectralCube even(float value) {
    SpectralCube cube = SpectralCube.zeros(WIDTH, 3, Wavelengths.VIS_NIR);
    Arrays.stream(cube.planes()).forEach(plane -> Arrays.fill(plane, value));
    return cube;
  }

  @Test
  void stripesRunAlongColumnsAndAreOfTheStatedSize() {
    float[] plane = new InstrumentArtefacts(0.02, 0, 0).applied(even(0.5f), 1).plane(20);
    double square = 0;
    for (int column = 0; column < WIDTH; column++) {
      assertEquals(plane[column], plane[WIDTH + column]);
      square += Math.pow(plane[column] / 0.5 - 1, 2) / WIDTH;
    }
    assertEquals(0.02, Math.sqrt(square), 0.008);
    assertNotEquals(plane[0], plane[32]);
  }

  @Test
  void offsetsEndAt430() {
    SpectralCube changed = new InstrumentArtefacts(0, 0.01, 0).applied(even(0.5f), 2);
    assertNotEquals(0.5f, changed.plane(0)[0]);
    assertNotEquals(0.5f, changed.plane(2)[0]);
    assertEquals(0.5f, changed.plane(3)[0]);
    assertEquals(0.5f, changed.plane(60)[0]);
  }

  @Test
  void theZigzagIsInTheInfraredOnly() {
    SpectralCube changed = new InstrumentArtefacts(0, 0, 0.03).applied(even(0.5f), 3);
    assertEquals(0.5f, changed.plane(29)[0]);
    double largest = 0;
    for (int band = 42; band < 61; band++) {
      largest = Math.max(largest, Math.abs(changed.plane(band)[0] / 0.5 - 1));
    }
    assertTrue(largest > 0.01 && largest < 0.2, "" + largest);
  }

  @Test
  void noArtefactsLeaveEveryValue() {
    SpectralCube cube = even(0.3f).withProvenance(Map.of("made by", "hand"));
    SpectralCube same = new InstrumentArtefacts(0, 0, 0).applied(cube, 4);
    assertArrayEquals(cube.planes(), same.planes());
    assertEquals(cube.provenance(), same.provenance());
  }

  @Test
  void theSeedDecidesAndTheSourceStays() {
    SpectralCube cube = even(0.3f);
    InstrumentArtefacts artefacts = InstrumentArtefacts.typical();
    assertArrayEquals(artefacts.applied(cube, 5).planes(), artefacts.applied(cube, 5).planes());
    assertNotEquals(artefacts.applied(cube, 5).plane(9)[0], artefacts.applied(cube, 6).plane(9)[0]);
    assertEquals(0.3f, cube.plane(9)[0]);
  }

  @Test
  void blackStaysAtLeastBlack() {
    for (long seed = 0; seed < 20; seed++) {
      for (float[] plane : new InstrumentArtefacts(0.2, 0.2, 0.2).applied(even(0), seed).planes()) {
        for (float value : plane) {
          assertTrue(value >= 0);
        }
      }
    }
  }

  @Test
  void impossibleSizesAreRefused() {
    for (double size : new double[] {-0.01, 0.3, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new InstrumentArtefacts(size, 0, 0));
      assertThrows(IllegalArgumentException.class, () -> new InstrumentArtefacts(0, size, 0));
      assertThrows(IllegalArgumentException.class, () -> new InstrumentArtefacts(0, 0, size));
    }
  }
}
