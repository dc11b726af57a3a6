package org.skinspectra.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.skinspectra.cube.Mask;

class CoveredRegionTest {

  private static Mask mask(String... rows) {
    float[] weights = new float[rows.length * rows[0].length()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = rows[i / rows[0].length()].charAt(i % rows[0].length()) == '#' ? 1 : 0;
    }
    return new Mask(rows[0].length(), rows.length, weights);
  }

  @Test
  void theLargestRectangleIsFound() {
    assertEquals(
        new CoveredRegion(1, 1, 3, 2), CoveredRegion.largestIn(mask(".#...", ".###.", "####.")));
    assertEquals(new CoveredRegion(0, 0, 2, 2), CoveredRegion.largestIn(mask("##", "##")));
    assertEquals(new CoveredRegion(0, 0, 0, 0), CoveredRegion.largestIn(mask("..", "..")));
    assertEquals(new CoveredRegion(2, 0, 1, 3), CoveredRegion.largestIn(mask("..#", "..#", "..#")));
  }

  @Test
  void noOtherRectangleIsLarger() {
    Random random = new Random(1);
    for (int trial = 0; trial < 200; trial++) {
      Mask mask = new Mask(7, 6, new float[42]);
      for (int i = 0; i < 42; i++) {
        mask.weights()[i] = random.nextInt(4) > 0 ? 1 : 0;
      }
      CoveredRegion found = CoveredRegion.largestIn(mask);
      assertEquals(largestArea(mask), found.width() * found.height());
      assertEquals(found.width() * found.height(), covered(mask, found));
    }
  }

  private static int covered(Mask mask, CoveredRegion region) {
    int count = 0;
    for (float weight : region.of(mask.weights(), mask.width())) {
      count += (int) weight;
    }
    return count;
  }

  private static int largestArea(Mask mask) {
    int largest = 0;
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        for (int h = 1; y + h <= mask.height(); h++) {
          for (int w = 1; x + w <= mask.width(); w++) {
            if (covered(mask, new CoveredRegion(x, y, w, h)) == w * h) {
              largest = Math.max(largest, w * h);
            }
          }
        }
      }
    }
    return largest;
  }

  @Test
  void aPlaneIsCutToTheRegion() {
    float[] plane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    assertArrayEquals(new float[] {5, 6, 9, 10}, new CoveredRegion(1, 1, 2, 2).of(plane, 4));
  }
}
