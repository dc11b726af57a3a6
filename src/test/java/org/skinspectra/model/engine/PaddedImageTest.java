package org.skinspectra.model.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.skinspectra.cube.Msi;

class PaddedImageTest {

  @Test
  void reflectsWithoutRepeatingTheEdge() {
    assertArrayEquals(
        new int[] {0, 1, 2, 3, 4, 3, 2, 1},
        IntStream.range(0, 8).map(i -> PaddedImage.reflect(i, 5)).toArray());
  }

  @Test
  void reflectsToAndFroWhereThePaddingExceedsTheImage() {
    assertArrayEquals(
        new int[] {0, 1, 2, 1, 0, 1, 2, 1},
        IntStream.range(0, 8).map(i -> PaddedImage.reflect(i, 3)).toArray());
    assertEquals(0, PaddedImage.reflect(7, 1));
  }

  @Test
  void roundsSidesUpToTheMultiple() {
    Msi msi = new Msi(9, 16, 3, new float[9 * 16 * 3]);
    assertEquals(new PaddedImage(9, 16, 16, 16), PaddedImage.of(msi, 8));
  }
}
