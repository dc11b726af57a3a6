package org.skinspectra.view;

import ij.gui.ImageRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.process.ColorProcessor;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleToIntFunction;

/**
 * What the colours of a map mean: a bar at its right edge with the lowest, middle and highest value
 * that are told apart. It is an overlay, so that the map's own pixels stay as they are.
 */
final class CalibrationBar {

  private static final double HEIGHT = 0.4;
  private static final double WIDTH_OF_HEIGHT = 0.12;
  private static final double TEXT_OF_HEIGHT = 0.09;
  private static final double MARGIN_OF_HEIGHT = 0.1;
  private static final int SMALLEST_TEXT = 9;
  private static final int LINES = 5;
  private static final double WIDTH_OF_LETTER = 0.62;
  private static final Color BACKGROUND = new Color(0, 0, 0, 160);

  private CalibrationBar() {}

  /**
   * A bar for an image.
   *
   * @param unit what follows the highest value
   * @param colours RGB by the position between {@code low} (0) and {@code high} (1)
   */
  static Overlay overlay(
      int imageWidth,
      int imageHeight,
      double low,
      double high,
      String unit,
      DoubleToIntFunction colours) {
    int height = (int) Math.max(4, HEIGHT * imageHeight);
    int width = (int) Math.max(1, WIDTH_OF_HEIGHT * height);
    // Legible where there is room for it, and never larger than the bar.
    int text =
        (int)
            Math.min(Math.max(SMALLEST_TEXT, TEXT_OF_HEIGHT * height), Math.max(1, height / LINES));
    int margin = (int) Math.max(1, MARGIN_OF_HEIGHT * height);
    List<String> labels = List.of(number(high) + unit, number((low + high) / 2), number(low));
    double labelWidth = WIDTH_OF_LETTER * text * labels.get(0).length();
    double full = width + labelWidth + 2.5 * margin;
    double left = Math.max(0, imageWidth - full - margin);
    double top = margin;

    Overlay overlay = new Overlay();
    Roi background = new Roi(left, top, full, height + 2.0 * margin);
    background.setFillColor(BACKGROUND);
    overlay.add(background, "calibration bar");
    ImageRoi bar =
        new ImageRoi((int) left + margin, (int) top + margin, gradient(width, height, colours));
    overlay.add(bar, "calibration bar");
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, text);
    for (int i = 0; i < labels.size(); i++) {
      double middle = top + margin + i * height / (labels.size() - 1.0);
      TextRoi label =
          new TextRoi(left + 1.5 * margin + width, middle - 0.65 * text, labels.get(i), font);
      label.setStrokeColor(Color.WHITE);
      overlay.add(label, "calibration bar");
    }
    return overlay;
  }

  private static ColorProcessor gradient(int width, int height, DoubleToIntFunction colours) {
    ColorProcessor bar = new ColorProcessor(width, height);
    for (int y = 0; y < height; y++) {
      int rgb = colours.applyAsInt(1 - y / Math.max(1.0, height - 1.0));
      for (int x = 0; x < width; x++) {
        bar.set(x, y, rgb);
      }
    }
    return bar;
  }

  /** Three significant digits. */
  private static String number(double value) {
    int decimals = value == 0 ? 0 : (int) Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
    return String.format(Locale.ROOT, "%." + Math.min(decimals, 9) + "f", value);
  }
}
