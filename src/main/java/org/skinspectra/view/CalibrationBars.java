package org.skinspectra.view;

import ij.gui.ImageRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.process.ColorProcessor;
import ij.process.LUT;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Scales of colour with numbers, laid over an image without changing its pixels. */
public final class CalibrationBars {

  private static final int SMALLEST_IMAGE = 64;
  private static final double BAR_HEIGHT = 0.6;
  private static final int TICKS = 5;

  private CalibrationBars() {}

  /**
   * Adds a bar to the right edge of an overlay; an image below 64 pixels has no room for one.
   *
   * @param unit shown above the bar
   * @param channel that the bar belongs to, 0 for every
   */
  public static void add(
      Overlay overlay,
      int width,
      int height,
      LUT lut,
      double min,
      double max,
      String unit,
      int channel) {
    if (width < SMALLEST_IMAGE || height < SMALLEST_IMAGE) {
      return;
    }
    int barHeight = (int) (BAR_HEIGHT * height);
    int barWidth = Math.max(4, barHeight / 14);
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(7, barHeight / 16));
    int top = (height - barHeight) / 2;
    List<Roi> texts = new ArrayList<>();
    double widest = 0;
    for (int tick = 0; tick < TICKS; tick++) {
      double share = tick / (TICKS - 1.0);
      TextRoi text = text(number(min + share * (max - min), max - min), font);
      widest = Math.max(widest, text.getFloatWidth());
      text.setLocation(0, top + (1 - share) * barHeight - text.getFloatHeight() / 2);
      texts.add(text);
    }
    double gap = font.getSize() / 2.0;
    double left = width - widest - 2 * gap - barWidth;
    TextRoi heading = text(unit, font);
    heading.setLocation(
        Math.max(0, width - heading.getFloatWidth() - gap),
        Math.max(0, top - 2 * heading.getFloatHeight()));
    Roi ground =
        new Roi(
            left - gap, top - font.getSize(), width - left + gap, barHeight + 2.0 * font.getSize());
    ground.setFillColor(new Color(0, 0, 0, 160));
    ImageRoi bar = new ImageRoi((int) left, top, ramp(lut, barWidth, barHeight));
    texts.forEach(text -> text.setLocation(left + barWidth + gap / 2, text.getYBase()));
    List<Roi> parts = new ArrayList<>(List.of(ground, bar, heading));
    parts.addAll(texts);
    for (Roi part : parts) {
      if (channel > 0) {
        part.setPosition(channel, 0, 0);
      }
      overlay.add(part);
    }
  }

  private static TextRoi text(String text, Font font) {
    TextRoi roi = new TextRoi(0, 0, text, font);
    roi.setStrokeColor(Color.WHITE);
    roi.setAntiAlias(true);
    return roi;
  }

  private static ColorProcessor ramp(LUT lut, int width, int height) {
    ColorProcessor ramp = new ColorProcessor(width, height);
    for (int y = 0; y < height; y++) {
      int index = (int) Math.round(255.0 * (height - 1 - y) / Math.max(1, height - 1));
      for (int x = 0; x < width; x++) {
        ramp.set(x, y, lut.getRGB(index));
      }
    }
    return ramp;
  }

  /** With as many decimals as the range needs. */
  static String number(double value, double range) {
    int decimals = Math.max(0, (int) Math.ceil(-Math.log10(range)) + 1);
    return String.format(Locale.ROOT, "%." + Math.min(decimals, 6) + "f", value);
  }
}
