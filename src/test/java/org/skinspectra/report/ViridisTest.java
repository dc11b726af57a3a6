package org.skinspectra.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import org.junit.jupiter.api.Test;
import org.skinspectra.spectra.CieLab;

class ViridisTest {

  @Test
  void runsFromPurpleToYellowAndClampsBeyond() {
    assertEquals(0xff440154, Viridis.rgb(0));
    assertEquals(0xff21918c, Viridis.rgb(0.5));
    assertEquals(0xfffde725, Viridis.rgb(1));
    assertEquals(Viridis.rgb(0), Viridis.rgb(-3));
    assertEquals(Viridis.rgb(1), Viridis.rgb(3));
  }

  @Test
  void growsLighterAtAnEvenPace() {
    double before = lightness(0);
    double mean = (lightness(1) - before) / 50;
    for (int i = 1; i <= 50; i++) {
      double now = lightness(i / 50.0);
      assertTrue(now - before > 0.4 * mean && now - before < 1.6 * mean, "step " + i);
      before = now;
    }
  }

  private static double lightness(double t) {
    Color color = new Color(Viridis.rgb(t));
    double y =
        0.2126 * linear(color.getRed())
            + 0.7152 * linear(color.getGreen())
            + 0.0722 * linear(color.getBlue());
    return CieLab.of(new double[] {y, y, y}, new double[] {1, 1, 1}).lightness();
  }

  private static double linear(int level) {
    return Math.pow((level / 255.0 + 0.055) / 1.055, 2.4);
  }
}
