package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

class MaterialsTest {

  private static final int RED_EDGE_LOW = 28;
  private static final int INFRARED = 40;

  @Test
  void everyMaterialIsAReflectanceAndSmooth() {
    List<Function<RandomGenerator, double[]>> kinds =
        List.of(
            Materials::any,
            Materials::background,
            Materials::neutral,
            Materials::cloth,
            Materials::hair,
            Materials::paint,
            Materials::wood,
            Materials::leaf,
            Materials::whiteOfEye,
            Materials::iris,
            Materials::smooth);
    Well19937c random = new Well19937c(1);
    for (var kind : kinds) {
      for (int n = 0; n < 200; n++) {
        double[] spectrum = kind.apply(random);
        assertEquals(61, spectrum.length);
        for (int i = 0; i < spectrum.length; i++) {
          assertTrue(spectrum[i] >= 0.003 && spectrum[i] <= 0.97);
          assertTrue(i == 0 || Math.abs(spectrum[i] - spectrum[i - 1]) < 0.3);
        }
      }
    }
  }

  @Test
  void materialsReachFromBlackToWhite() {
    List<Double> levels = new ArrayList<>();
    Well19937c random = new Well19937c(2);
    for (int n = 0; n < 500; n++) {
      levels.add(Materials.any(random)[30]);
    }
    levels.sort(null);
    assertTrue(levels.get(25) < 0.03, "5 % darkest: " + levels.get(25));
    assertTrue(levels.get(475) > 0.7, "5 % brightest: " + levels.get(475));
  }

  @Test
  void clothRisesToTheInfraredOrStaysDark() {
    Well19937c random = new Well19937c(3);
    int bright = 0;
    int dark = 0;
    for (int n = 0; n < 300; n++) {
      double infrared = Materials.cloth(random)[INFRARED];
      bright += infrared > 0.4 ? 1 : 0;
      dark += infrared < 0.15 ? 1 : 0;
    }
    assertTrue(bright > 60, bright + " bright");
    assertTrue(dark > 15, dark + " dark");
  }

  @Test
  void leavesHaveARedEdgeAndHairRises() {
    Well19937c random = new Well19937c(4);
    for (int n = 0; n < 50; n++) {
      double[] leaf = Materials.leaf(random);
      assertTrue(leaf[INFRARED] > 2 * leaf[RED_EDGE_LOW]);
      double[] hair = Materials.hair(random);
      assertTrue(hair[60] > hair[0]);
    }
  }
}
