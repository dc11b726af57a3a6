package org.skinspectra.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** A white page with smooth lines and text placed by its edges. */
final class Canvas {

  static final Color INK = new Color(0x222222);
  static final Color FAINT_INK = new Color(0x666666);
  static final Color GRID = new Color(0xe4e4e4);

  final BufferedImage image;
  final Graphics2D graphics;

  Canvas(int width, int height) {
    image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
  }

  void font(int style, int size, Color color) {
    graphics.setFont(new Font(Font.SANS_SERIF, style, size));
    graphics.setColor(color);
  }

  void stroke(Color color, float width, float... dash) {
    graphics.setColor(color);
    graphics.setStroke(
        new BasicStroke(
            width,
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND,
            1,
            dash.length == 0 ? null : dash,
            0));
  }

  int width(String text) {
    return graphics.getFontMetrics().stringWidth(text);
  }

  /** Draws text whose box has its {@code alignX} (0 left, 1 right) at x and its middle at y. */
  void text(String text, double x, double y, double alignX) {
    var metrics = graphics.getFontMetrics();
    double baseline = y + (metrics.getAscent() - metrics.getDescent()) / 2.0;
    graphics.drawString(text, (float) (x - alignX * metrics.stringWidth(text)), (float) baseline);
  }

  /** Draws the title of a figure in the largest size at which it fits. */
  void heading(String text, double x, double y, double width) {
    int size = 42;
    do {
      font(Font.BOLD, size, INK);
      size -= 2;
    } while (size >= 24 && width(text) > width);
    text(fit(text, width), x, y, 0);
  }

  /** Draws text that runs upwards, its centre at (x, y). */
  void upwardText(String text, double x, double y) {
    var before = graphics.getTransform();
    graphics.rotate(-Math.PI / 2, x, y);
    text(text, x, y, 0.5);
    graphics.setTransform(before);
  }

  /** The text, cut with an ellipsis where it is wider than {@code width} pixels. */
  String fit(String text, double width) {
    String fitted = text;
    for (int end = text.length() - 1; end > 0 && width(fitted) > width; end--) {
      fitted = text.substring(0, end).strip() + "…";
    }
    return fitted;
  }
}
