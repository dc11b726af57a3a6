package org.skinspectra.view;

import ij.ImagePlus;
import ij.gui.Plot;
import ij.process.FloatProcessor;
import ij.process.LUT;
import java.awt.Color;
import org.skinspectra.cube.DisplayRange;
import org.skinspectra.measure.AngleMap;
import org.skinspectra.measure.AngleUnit;
import org.skinspectra.report.Viridis;

/** Spectral angles as ImageJ shows them: a map with its colours explained, and a histogram. */
public final class AngleView {

  private static final int BINS = 64;
  private static final int PLOT_WIDTH = 560;
  private static final int PLOT_HEIGHT = 320;
  private static final Color BAR = new Color(0x21918c);

  private AngleView() {}

  /**
   * The angles as a 32-bit image, NaN where a pixel does not count, from 0 (dark) to the 99.5th
   * percentile (bright) in viridis, with a calibration bar as overlay. Pixels that do not count are
   * black.
   */
  public static ImagePlus map(String title, AngleMap angles, AngleUnit unit) {
    float[] values = unit.of(angles);
    DisplayRange range = DisplayRange.of(values);
    ImagePlus image =
        new ImagePlus(title, new FloatProcessor(angles.width(), angles.height(), values));
    image.setLut(lut());
    image.setDisplayRange(range.min(), range.max());
    image.getCalibration().setValueUnit(unit.key());
    image.setOverlay(
        CalibrationBar.overlay(
            angles.width(),
            angles.height(),
            range.min(),
            range.max(),
            unit == AngleUnit.DEGREES ? "°" : " " + unit.key(),
            Viridis::rgb));
    image.setProperty(
        "Info",
        "spectral angle (%s): %s%n%s%n"
            .formatted(unit.key(), angles.definition().key(), angles.definition().description()));
    return image;
  }

  /** Viridis, its first colour black for NaN, which ImageJ shows as that. */
  private static LUT lut() {
    byte[][] channels = new byte[3][256];
    for (int i = 1; i < 256; i++) {
      int rgb = Viridis.rgb(i / 255.0);
      for (int c = 0; c < 3; c++) {
        channels[c][i] = (byte) (rgb >> 16 - 8 * c);
      }
    }
    return new LUT(channels[0], channels[1], channels[2]);
  }

  /** How many pixels have which angle, from 0 to the largest, as a plot. */
  public static ImagePlus histogram(String title, AngleMap angles, AngleUnit unit) {
    double highest = 0;
    for (float angle : angles.radians()) {
      highest = angle > highest ? angle : highest;
    }
    double width = (highest > 0 ? unit.of(highest) : 1) / BINS;
    double[] middles = new double[BINS];
    double[] counts = new double[BINS];
    double most = 0;
    for (int bin = 0; bin < BINS; bin++) {
      middles[bin] = (bin + 0.5) * width;
    }
    for (float angle : angles.radians()) {
      if (!Float.isNaN(angle)) {
        int bin = Math.min(BINS - 1, (int) (unit.of(angle) / width));
        most = Math.max(most, ++counts[bin]);
      }
    }
    Plot plot =
        new Plot(
            title,
            "Spectral angle (%s, %s)".formatted(unit.key(), angles.definition().key()),
            "Pixels");
    plot.setSize(PLOT_WIDTH, PLOT_HEIGHT);
    plot.setColor(BAR, BAR);
    plot.add("bar", middles, counts);
    plot.setColor(Color.BLACK);
    double mean = unit.of(angles.mean());
    plot.drawDottedLine(mean, 0, mean, most, 4);
    plot.setJustification(Plot.RIGHT);
    plot.addLabel(0.98, 0.1, "mean %.4g %s, n = %d".formatted(mean, unit.key(), angles.counted()));
    plot.setLimits(0, BINS * width, 0, 1.1 * most);
    return plot.getImagePlus();
  }
}
