package org.skinspectra.cli;

import ij.gui.Plot;
import java.awt.Color;
import java.nio.file.Path;
import org.skinspectra.report.Png;

/**
 * Spectral angle against the steps of a training, beside that of Wiener estimation on the same
 * images.
 *
 * @param steps when it was validated
 * @param challenge mean angle by the challenge's definition, rad
 * @param clamped mean angle by the clamped definition, rad
 * @param wiener clamped angle of Wiener estimation, rad
 */
record LearningCurve(double[] steps, double[] challenge, double[] clamped, double wiener) {

  private static final int WIDTH = 1000;
  private static final int HEIGHT = 600;

  /**
   * Writes the curve as PNG.
   *
   * @throws org.skinspectra.SkinSpectraIOException if it cannot be written
   */
  void save(Path file) {
    Plot plot = new Plot("Training", "step", "spectral angle on validation images (rad)");
    plot.setSize(WIDTH, HEIGHT);
    double last = Math.max(1, steps[steps.length - 1]);
    double highest = wiener;
    for (int i = 0; i < steps.length; i++) {
      highest = Math.max(highest, Math.max(challenge[i], clamped[i]));
    }
    plot.setLimits(0, last, 0, 1.1 * highest);
    plot.setLineWidth(3);
    plot.setColor(new Color(0xE69F00));
    plot.addPoints(new double[] {0, last}, new double[] {wiener, wiener}, Plot.LINE);
    plot.setColor(new Color(0x56B4E9));
    plot.addPoints(steps, challenge, Plot.LINE);
    plot.setColor(new Color(0x0072B2));
    plot.addPoints(steps, clamped, Plot.LINE);
    plot.addLegend("Wiener, clamped\nmodel, challenge\nmodel, clamped");
    Png.write(file, plot.getImagePlus().getProcessor());
  }
}
