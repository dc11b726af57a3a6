package org.skinspectra.report;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import java.awt.Color;
import java.awt.Font;
import java.awt.Rectangle;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;

/**
 * Spectra over wavelength with a band about each, 1600×1000 pixels.
 *
 * @param bandNote what curves and bands are, shown where there is a band
 * @param curves drawn in order, the last on top
 */
public record SpectrumFigure(String title, String yLabel, String bandNote, List<Curve> curves) {

  private static final int WIDTH = 1600;
  private static final int HEIGHT = 1000;
  private static final Rectangle FRAME = new Rectangle(150, 100, 1400, 760);
  private static final int MARGIN = 24;
  private static final int ROW = 48;
  private static final int SAMPLE = 76;
  private static final int FILL_ALPHA = 56;

  /** Colours that people of every colour vision tell apart (Okabe and Ito 2008). */
  private static final int[] COLORS = {
    0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x000000
  };

  private static final float[][] DASHES = {{}, {18, 9}, {5, 7}, {22, 7, 5, 7}};

  public SpectrumFigure {
    curves = List.copyOf(curves);
  }

  /** A figure of reflectance spectra, still without curves. */
  public static SpectrumFigure titled(String title) {
    return new SpectrumFigure(title, "reflectance factor", "mean, band ± 1 SD", List.of());
  }

  /** The same figure with another name of the quantity. */
  public SpectrumFigure withYLabel(String label) {
    return new SpectrumFigure(title, label, bandNote, curves);
  }

  /** The same figure with other words for what curves and bands are. */
  public SpectrumFigure withBandNote(String note) {
    return new SpectrumFigure(title, yLabel, note, curves);
  }

  /** The same figure with one more curve. */
  public SpectrumFigure with(Curve curve) {
    List<Curve> more = new ArrayList<>(curves);
    more.add(curve);
    return new SpectrumFigure(title, yLabel, bandNote, more);
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
    Axes axes = axes();
    Canvas canvas = new Canvas(WIDTH, HEIGHT);
    drawAxes(canvas, axes);
    canvas.graphics.setClip(FRAME);
    for (int i = 0; i < curves.size(); i++) {
      drawBand(canvas, axes, curves.get(i), color(i));
    }
    for (int i = 0; i < curves.size(); i++) {
      canvas.stroke(color(i), 4.5f, dash(i));
      canvas.graphics.draw(line(axes, curves.get(i)));
    }
    canvas.graphics.setClip(null);
    canvas.stroke(Canvas.INK, 2);
    canvas.graphics.draw(FRAME);
    drawLegend(canvas, axes);
    canvas.graphics.dispose();
    return canvas;
  }

  /** Where values lie on the page. */
  private record Axes(double firstNm, double lastNm, Ticks nm, Ticks values) {
    double x(double wavelength) {
      return FRAME.x + (wavelength - firstNm) / (lastNm - firstNm) * FRAME.width;
    }

    double y(double value) {
      double t = (value - values.first()) / (values.last() - values.first());
      return FRAME.y + (1 - t) * FRAME.height;
    }
  }

  private Axes axes() {
    double[] shown =
        curves.stream()
            .flatMapToDouble(
                c ->
                    IntStream.range(0, c.mean().length)
                        .mapToObj(i -> new double[] {c.at(i, -1), c.at(i, 0), c.at(i, 1)})
                        .flatMapToDouble(Arrays::stream))
            .filter(Double::isFinite)
            .toArray();
    if (shown.length == 0) {
      throw new SkinSpectraException("Figure '" + title + "' has no finite value to draw.");
    }
    // Reflectance is read against zero, so zero is always shown.
    double low = Math.min(0, Arrays.stream(shown).min().getAsDouble());
    double high = Arrays.stream(shown).max().getAsDouble();
    double top = high > low ? high : low + 1;
    double first = curves.stream().mapToDouble(c -> c.wavelengths().first()).min().getAsDouble();
    double last = curves.stream().mapToDouble(c -> c.wavelengths().last()).max().getAsDouble();
    double margin = last > first ? 0 : 5;
    return new Axes(
        first - margin,
        last + margin,
        Ticks.within(first - margin, last + margin, 13),
        Ticks.enclosing(low, top, 9));
  }

  private void drawAxes(Canvas canvas, Axes axes) {
    canvas.font(Font.PLAIN, 30, Canvas.INK);
    double bottom = FRAME.getMaxY();
    for (double nm : axes.nm().values()) {
      double x = axes.x(nm);
      canvas.stroke(Canvas.GRID, 1.5f);
      canvas.graphics.draw(new Line2D.Double(x, FRAME.y, x, bottom));
      canvas.stroke(Canvas.INK, 2);
      canvas.graphics.draw(new Line2D.Double(x, bottom, x, bottom + 10));
      canvas.text(axes.nm().label(nm), x, bottom + 34, 0.5);
    }
    for (double value : axes.values().values()) {
      double y = axes.y(value);
      canvas.stroke(Canvas.GRID, 1.5f);
      canvas.graphics.draw(new Line2D.Double(FRAME.x, y, FRAME.getMaxX(), y));
      canvas.stroke(Canvas.INK, 2);
      canvas.graphics.draw(new Line2D.Double(FRAME.x - 10, y, FRAME.x, y));
      canvas.text(axes.values().label(value), FRAME.x - 20, y, 1);
    }
    canvas.font(Font.PLAIN, 34, Canvas.INK);
    canvas.text("wavelength (nm)", FRAME.getCenterX(), HEIGHT - 48, 0.5);
    canvas.upwardText(yLabel, 40, FRAME.getCenterY());
    canvas.heading(title, FRAME.x, 54, FRAME.width);
    if (curves.stream().anyMatch(Curve::hasBand)) {
      canvas.font(Font.PLAIN, 28, Canvas.FAINT_INK);
      canvas.text(bandNote, FRAME.getMaxX(), HEIGHT - 48, 1);
    }
  }

  private static void drawBand(Canvas canvas, Axes axes, Curve curve, Color color) {
    if (!curve.hasBand()) {
      return;
    }
    int n = curve.mean().length;
    int start = 0;
    while (start < n) {
      int end = start;
      while (end < n && Double.isFinite(curve.at(end, 1))) {
        end++;
      }
      if (end - start > 1) {
        Path2D area = new Path2D.Double();
        area.moveTo(axes.x(curve.wavelengths().get(start)), axes.y(curve.at(start, 1)));
        for (int i = start + 1; i < end; i++) {
          area.lineTo(axes.x(curve.wavelengths().get(i)), axes.y(curve.at(i, 1)));
        }
        for (int i = end - 1; i >= start; i--) {
          area.lineTo(axes.x(curve.wavelengths().get(i)), axes.y(curve.at(i, -1)));
        }
        area.closePath();
        canvas.graphics.setColor(translucent(color, FILL_ALPHA));
        canvas.graphics.fill(area);
        canvas.stroke(translucent(color, 2 * FILL_ALPHA), 1.5f);
        canvas.graphics.draw(area);
      }
      start = end + 1;
    }
  }

  private static Path2D line(Axes axes, Curve curve) {
    Path2D path = new Path2D.Double();
    boolean down = false;
    for (int i = 0; i < curve.mean().length; i++) {
      double x = axes.x(curve.wavelengths().get(i));
      double y = axes.y(curve.mean()[i]);
      if (!Double.isFinite(y)) {
        down = false;
      } else if (down) {
        path.lineTo(x, y);
      } else {
        path.moveTo(x, y);
        // A value between two gaps is still a visible dot.
        path.lineTo(x + 0.5, y);
        down = true;
      }
    }
    return path;
  }

  private void drawLegend(Canvas canvas, Axes axes) {
    canvas.font(Font.PLAIN, 30, Canvas.INK);
    List<String> labels = curves.stream().map(c -> canvas.fit(c.label(), 700)).toList();
    int width = labels.stream().mapToInt(canvas::width).max().orElse(0) + SAMPLE + 4 * 16;
    int height = curves.size() * ROW + 16;
    Rectangle box = emptiestCorner(axes, width, height);
    canvas.graphics.setColor(new Color(255, 255, 255, 225));
    canvas.graphics.fill(box);
    canvas.stroke(Canvas.GRID, 2);
    canvas.graphics.draw(box);
    for (int i = 0; i < curves.size(); i++) {
      double y = box.y + 8 + ROW * (i + 0.5);
      double x = box.x + 16;
      Color color = color(i);
      if (curves.get(i).hasBand()) {
        canvas.graphics.setColor(translucent(color, FILL_ALPHA));
        canvas.graphics.fill(new Rectangle2D.Double(x, y - 14, SAMPLE, 28));
      }
      canvas.stroke(color, 4.5f, dash(i));
      canvas.graphics.draw(new Line2D.Double(x, y, x + SAMPLE, y));
      canvas.graphics.setColor(Canvas.INK);
      canvas.text(labels.get(i), x + SAMPLE + 16, y, 0);
    }
  }

  /** The corner of the frame in which a legend of this size hides the fewest values. */
  private Rectangle emptiestCorner(Axes axes, int width, int height) {
    int left = FRAME.x + MARGIN;
    int right = FRAME.x + FRAME.width - MARGIN - width;
    int top = FRAME.y + MARGIN;
    int bottom = FRAME.y + FRAME.height - MARGIN - height;
    Rectangle best = null;
    long fewest = Long.MAX_VALUE;
    for (int[] corner : new int[][] {{left, top}, {right, top}, {right, bottom}, {left, bottom}}) {
      Rectangle box = new Rectangle(corner[0], corner[1], width, height);
      long hidden = curves.stream().mapToLong(c -> hidden(axes, c, box)).sum();
      if (hidden < fewest) {
        fewest = hidden;
        best = box;
      }
    }
    return best;
  }

  private static long hidden(Axes axes, Curve curve, Rectangle box) {
    return IntStream.range(0, curve.mean().length)
        .flatMap(i -> IntStream.of(-1, 0, 1).filter(sd -> box.contains(point(axes, curve, i, sd))))
        .count();
  }

  private static Point2D point(Axes axes, Curve curve, int index, int sds) {
    return new Point2D.Double(axes.x(curve.wavelengths().get(index)), axes.y(curve.at(index, sds)));
  }

  private static Color translucent(Color color, int alpha) {
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
  }

  private static Color color(int index) {
    return new Color(rgb(index));
  }

  /** Colour of a curve by its place in the order, 0xRRGGBB. */
  public static int rgb(int index) {
    return COLORS[index % COLORS.length];
  }

  private static float[] dash(int index) {
    return DASHES[index % DASHES.length];
  }
}
