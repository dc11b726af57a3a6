package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrientationTest {

  private static final int SIDE = 3;

  private static int[] laid(int number) {
    Orientation orientation = Orientation.of(number);
    return IntStream.range(0, SIDE * SIDE)
        .map(pixel -> orientation.source(pixel / SIDE, pixel % SIDE, SIDE))
        .toArray();
  }

  @Test
  void theFirstOrientationChangesNothing() {
    assertEquals("[0, 1, 2, 3, 4, 5, 6, 7, 8]", Arrays.toString(laid(0)));
  }

  @Test
  void theEightOrientationsDifferAndUseEveryPixelOnce() {
    Set<String> distinct = new HashSet<>();
    for (int number = 0; number < Orientation.COUNT; number++) {
      int[] laid = laid(number);
      distinct.add(Arrays.toString(laid));
      assertEquals(SIDE * SIDE, Arrays.stream(laid).distinct().count());
    }
    assertEquals(Orientation.COUNT, distinct.size());
  }
}
