package org.skinspectra.report;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import java.awt.Color;
import java.awt.Font;
import java.awt.Rectangle;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;

/**
 * Clouds of points, 1600×1000 pixels.
 *
 * @param clouds drawn in order, the last on top; the first, as a background, in grey
 */
public record ScatterFigure(String title, String xLabel, String yLabel, List<PointCloud> clouds) {

  private static final int WIDTH = 1600;
  private static final int HEIGHT = 1000;
  private static final Rectangle FRAME = new Rectangle(180, 160, 1370, 700);
  private static final int LEGEND_GAP = 56;
  private static final Color BACKGROUND = new Color(0xb8b8b8);

  /** Colours that people of every colour vision tell apart (Okabe and Ito 2008). */
  private static final int[] COLORS = {0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x000000};

  public ScatterFigure {
    clouds = List.copyOf(clouds);
  }

  /** A figure still without points. */
  public static ScatterFigure titled(String title, String xLabel, String yLabel) {
    return new ScatterFigure(title, xLabel, yLabel, List.of());
  }

  /** The same figure with one more cloud. */
  public ScatterFigure with(PointCloud cloud) {
    List<PointCloud> more = new ArrayList<>(clouds);
    more.add(cloud);
    return new ScatterFigure(title, xLabel, yLabel, more);
  }

  /**
   * Draws the figure.
   *
   * @throws SkinSpectraException if there is nothing to draw
   */
  public ImagePlus render() {
    return new ImagePlus(title, new ColorProcessor(draw().image));
  }

  /**
   * Draws the figure and writes it as a PNG file.
   *
   * @throws SkinSpectraException if there is nothing to draw
   * @throws SkinSpectraIOException if the file cannot be written
   */
  public ImagePlus save(Path file) {
    ImagePlus image = render();
    Png.write(file, image.getProcessor());
    return image;
  }

  private Canvas draw() {
    Ticks xs = ticks(point -> point[0], 13);
    Ticks ys = ticks(point -> point[1], 9);
    Canvas canvas = new Canvas(WIDTH, HEIGHT);
    drawAxes(canvas, xs, ys);
    for (int i = 0; i < clouds.size(); i++) {
      double size = i == 0 ? 4 : 9;
      canvas.graphics.setColor(color(i));
      for (double[] point : clouds.get(i).points()) {
        if (isFinite(point)) {
          dot(canvas, x(xs, point[0]), y(ys, point[1]), size);
        }
      }
    }
    canvas.stroke(Canvas.INK, 2);
    canvas.graphics.draw(FRAME);
    drawLegend(canvas);
    canvas.graphics.dispose();
    return canvas;
  }

  private Ticks ticks(ToDoubleFunction<double[]> coordinate, int most) {
    double[] values =
        clouds.stream()
            .flatMap(cloud -> Arrays.stream(cloud.points()))
            .filter(ScatterFigure::isFinite)
            .mapToDouble(coordinate)
            .toArray();
    if (values.length == 0) {
      throw new SkinSpectraException("Figure '" + title + "' has no finite point to draw.");
    }
    double low = Arrays.stream(values).min().getAsDouble();
    double high = Arrays.stream(values).max().getAsDouble();
    return high > low
        ? Ticks.enclosing(low, high, most)
        : Ticks.enclosing(low - 0.5, low + 0.5, most);
  }

  private static boolean isFinite(double[] point) {
    return Double.isFinite(point[0]) && Double.isFinite(point[1]);
  }

  private static double x(Ticks ticks, double value) {
    return FRAME.x + (value - ticks.first()) / (ticks.last() - ticks.first()) * FRAME.width;
  }

  private static double y(Ticks ticks, double value) {
    return FRAME.getMaxY()
        - (value - ticks.first()) / (ticks.last() - ticks.first()) * FRAME.height;
  }

  private static void dot(Canvas canvas, double x, double y, double size) {
    canvas.graphics.fill(new Ellipse2D.Double(x - size / 2, y - size / 2, size, size));
  }

  private void drawAxes(Canvas canvas, Ticks xs, Ticks ys) {
    canvas.font(Font.PLAIN, 30, Canvas.INK);
    double bottom = FRAME.getMaxY();
    for (double value : xs.values()) {
      double x = x(xs, value);
      canvas.stroke(Canvas.GRID, 1.5f);
      canvas.graphics.draw(new Line2D.Double(x, FRAME.y, x, bottom));
      canvas.graphics.setColor(Canvas.INK);
      canvas.text(xs.label(value), x, bottom + 34, 0.5);
    }
    for (double value : ys.values()) {
      double y = y(ys, value);
      canvas.stroke(Canvas.GRID, 1.5f);
      canvas.graphics.draw(new Line2D.Double(FRAME.x, y, FRAME.getMaxX(), y));
      canvas.graphics.setColor(Canvas.INK);
      canvas.text(ys.label(value), FRAME.x - 20, y, 1);
    }
    canvas.font(Font.PLAIN, 34, Canvas.INK);
    canvas.text(xLabel, FRAME.getCenterX(), HEIGHT - 48, 0.5);
    canvas.upwardText(yLabel, 36, FRAME.getCenterY());
    canvas.heading(title, FRAME.x, 50, FRAME.width);
  }

  /** One line above the frame, so that it hides no point. */
  private void drawLegend(Canvas canvas) {
    canvas.font(Font.PLAIN, 25, Canvas.INK);
    int needed = clouds.stream().mapToInt(cloud -> canvas.width(cloud.label()) + LEGEND_GAP).sum();
    double room = FRAME.width / (double) clouds.size();
    double x = FRAME.x;
    for (int i = 0; i < clouds.size(); i++) {
      String whole = clouds.get(i).label();
      String label = needed > FRAME.width ? canvas.fit(whole, room - LEGEND_GAP) : whole;
      canvas.graphics.setColor(color(i));
      dot(canvas, x + 10, 120, 18);
      canvas.graphics.setColor(Canvas.INK);
      canvas.text(label, x + 28, 120, 0);
      x += canvas.width(label) + LEGEND_GAP;
    }
  }

  private static Color color(int index) {
    return index == 0 ? BACKGROUND : new Color(COLORS[(index - 1) % COLORS.length]);
  }
}
