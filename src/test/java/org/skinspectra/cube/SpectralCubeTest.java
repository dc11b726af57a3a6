package org.skinspectra.cube;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.skinspectra.spectra.Wavelengths;

class SpectralCubeTest {

  private static final Wavelengths GRID = Wavelengths.of(500, 600, 700);

  @Test
  void planesImgAndImageAreTheSameMemory() {
    float[] green = new float[6];
    SpectralCube cube = SpectralCube.ofPlanes(3, 2, GRID, green, new float[6], new float[6]);
    ImagePlus image = CubeImages.toImage("cube", cube);
    assertSame(green, cube.plane(0));

    cube.img().getAt(2, 1, 0).set(0.25f);
    assertEquals(0.25f, green[5]);
    assertEquals(0.25f, image.getStack().getProcessor(1).getf(2, 1));

    image.getStack().getProcessor(3).setf(1, 0, 0.5f);
    assertEquals(0.5f, cube.img().getAt(1, 0, 2).get());
    assertArrayEquals(new float[] {0, 0, 0.5f}, cube.spectrum(1, 0));
    assertArrayEquals(new long[] {3, 2, 3}, cube.img().dimensionsAsLongArray());
  }

  @Test
  void aCubeWithProvenanceSharesThePlanesAndKeepsTheOrder() {
    SpectralCube cube = SpectralCube.zeros(1, 1, GRID);
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("model", "mstpp");
    provenance.put("device", "CPU");
    SpectralCube told = cube.withProvenance(provenance);
    provenance.clear();
    assertSame(cube.plane(1), told.plane(1));
    assertEquals("[model, device]", told.provenance().keySet().toString());
    assertTrue(cube.provenance().isEmpty());
    assertThrows(
        UnsupportedOperationException.class, () -> told.provenance().put("model", "another"));
  }

  @Test
  void planesThatDoNotFitAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> SpectralCube.ofPlanes(1, 1, GRID, new float[1]));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> SpectralCube.ofPlanes(2, 1, GRID, new float[2], new float[3], new float[2]))
            .getMessage();
    assertTrue(message.contains("600 nm has 3 values, not 2x1"), message);
    assertThrows(IllegalArgumentException.class, () -> SpectralCube.zeros(0, 1, GRID));
    assertThrows(IllegalArgumentException.class, () -> SpectralCube.zeros(70_000, 70_000, GRID));
  }

  @Test
  void someOfItsBandsShareTheirPlanes() {
    SpectralCube cube = SpectralCube.zeros(3, 2, Wavelengths.range(400, 10, 450));
    SpectralCube some = cube.at(Wavelengths.of(410, 440));
    assertSame(cube.plane(1), some.plane(0));
    assertSame(cube.plane(4), some.plane(1));
    assertEquals(440, some.wavelengths().get(1));
  }

  @Test
  void aBandThatItDoesNotHaveIsNamed() {
    SpectralCube cube = SpectralCube.zeros(1, 1, Wavelengths.range(400, 10, 450));
    String message =
        assertThrows(IllegalArgumentException.class, () -> cube.at(Wavelengths.of(405)))
            .getMessage();
    assertTrue(message.contains("405"), message);
  }
}
