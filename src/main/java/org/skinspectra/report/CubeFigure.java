package org.skinspectra.report;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.cube.TrueColor;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.Tristimulus;
import org.skinspectra.spectra.Wavelengths;

/**
 * A cube at a glance: true colour where it has the visible range, some bands in grey on one scale
 * that is stated, and a map of spectral angles with its scale in radians and degrees.
 *
 * @param bands wavelengths to show (nm); the nearest band stands for each
 */
public record CubeFigure(
    String title,
    SpectralCube cube,
    List<Double> bands,
    Illuminant illuminant,
    Optional<AnglePanel> angles) {

  private static final int PANEL = 480;
  private static final int GAP = 28;
  private static final int TOP = 200;
  private static final int BAR = 36;
  private static final int BAR_LABELS = 270;
  private static final int SHORTEST_BAR = 240;
  private static final Color NO_VALUE = new Color(0xd5d5d5);

  /**
   * @throws IllegalArgumentException if a band lies outside the cube, or the map has another size
   */
  public CubeFigure {
    bands = List.copyOf(bands);
    for (double nm : bands) {
      if (!cube.wavelengths().covers(nm)) {
        throw new IllegalArgumentException(
            "The cube has no band near " + nm + " nm; it has " + cube.wavelengths() + " nm.");
      }
    }
    int pixels = cube.width() * cube.height();
    if (angles.isPresent() && angles.get().radians().length != pixels) {
      throw new IllegalArgumentException(
          "A map of "
              + angles.get().radians().length
              + " angles does not fit a cube of "
              + cube.width()
              + "x"
              + cube.height()
              + " pixels.");
    }
  }

  /** A figure in D65 with those of 550, 660 and 960 nm that the cube has, without angles. */
  public static CubeFigure of(String title, SpectralCube cube) {
    List<Double> bands =
        DoubleStream.of(550, 660, 960).filter(cube.wavelengths()::covers).boxed().toList();
    return new CubeFigure(title, cube, bands, Illuminant.d65(), Optional.empty());
  }

  /** The same figure with other bands (nm). */
  public CubeFigure withBands(double... nanometres) {
    List<Double> other = DoubleStream.of(nanometres).boxed().toList();
    return new CubeFigure(title, cube, other, illuminant, angles);
  }

  /** The same figure with true colour under another light. */
  public CubeFigure withIlluminant(Illuminant light) {
    return new CubeFigure(title, cube, bands, light, angles);
  }

  /** The same figure with a map of spectral angles. */
  public CubeFigure withAngles(AnglePanel map) {
    return new CubeFigure(title, cube, bands, illuminant, Optional.of(map));
  }

  /**
   * Draws the figure.
   *
   * @throws SkinSpectraException if there is nothing to draw, or the illuminant is not known over
   *     the visible range
   */
  public ImagePlus render() {
    return new ImagePlus(title, new ColorProcessor(draw()));
  }

  /**
   * Draws the figure and writes it as a PNG file.
   *
   * @throws SkinSpectraException as {@link #render}
   * @throws SkinSpectraIOException if the file cannot be written
   */
  public ImagePlus save(Path file) {
    ImagePlus image = render();
    Png.write(file, image.getProcessor());
    return image;
  }

  private record Panel(String title, String note, ImageProcessor image) {}

  private List<Panel> panels() {
    List<Panel> panels = new ArrayList<>();
    Wavelengths grid = cube.wavelengths();
    if (Tristimulus.coversVisible(grid)) {
      panels.add(
          new Panel("true colour", "sRGB, " + illuminant, TrueColor.render(cube, illuminant)));
    }
    int[] indices = bands.stream().mapToInt(grid::nearestIndex).toArray();
    double white = displayWhite(indices);
    for (int band : indices) {
      String range = "reflectance 0 – " + Ticks.enclosing(0, white, 6).label(white);
      panels.add(new Panel(grid.label(band), range, grey(cube.plane(band), white)));
    }
    angles.ifPresent(map -> panels.add(new Panel(map.title(), "", colours(map))));
    if (panels.isEmpty()) {
      throw new SkinSpectraException(
          "Figure '" + title + "' has neither colour nor bands to show.");
    }
    return panels;
  }

  /** A round reflectance that few pixels of these bands exceed. */
  private double displayWhite(int[] indices) {
    double highest = 0;
    for (int band : indices) {
      float[] sorted = cube.plane(band).clone();
      Arrays.sort(sorted);
      int finite = sorted.length;
      while (finite > 0 && !Float.isFinite(sorted[finite - 1])) {
        finite--;
      }
      highest = finite == 0 ? highest : Math.max(highest, sorted[(int) (0.995 * (finite - 1))]);
    }
    return Ticks.enclosing(0, highest > 0 ? highest : 1, 6).last();
  }

  private ImageProcessor grey(float[] plane, double white) {
    int[] pixels = new int[plane.length];
    for (int i = 0; i < pixels.length; i++) {
      // NaN becomes 0 by Java's conversion, as in true colour.
      int level = (int) Math.min(Math.max(Math.rint(255 * plane[i] / white), 0), 255);
      pixels[i] = 0xff000000 | level << 16 | level << 8 | level;
    }
    return new ColorProcessor(cube.width(), cube.height(), pixels);
  }

  private ImageProcessor colours(AnglePanel map) {
    int[] pixels = new int[map.radians().length];
    for (int i = 0; i < pixels.length; i++) {
      float angle = map.radians()[i];
      pixels[i] = Float.isFinite(angle) ? Viridis.rgb(angle / map.highest()) : NO_VALUE.getRGB();
    }
    return new ColorProcessor(cube.width(), cube.height(), pixels);
  }

  private BufferedImage draw() {
    List<Panel> panels = panels();
    double fit = (double) PANEL / Math.max(cube.width(), cube.height());
    // Whole factors keep pixels square and equal; only pictures beyond the panel are averaged.
    double scale = fit >= 1 ? Math.floor(fit) : fit;
    int width = Math.max(1, (int) Math.round(cube.width() * scale));
    int height = Math.max(1, (int) Math.round(cube.height() * scale));
    int column = Math.max(width, PANEL / 2);
    int rows = angles.isPresent() ? Math.max(height, SHORTEST_BAR) : height;
    int bar = angles.isPresent() ? BAR + BAR_LABELS + GAP : 0;
    int noted = angles.filter(AnglePanel::hasGaps).isPresent() ? 50 : 0;
    Canvas canvas =
        new Canvas(GAP + panels.size() * (column + GAP) + bar, TOP + rows + GAP + noted);
    canvas.heading(title, GAP, 46, canvas.image.getWidth() - 2 * GAP);
    for (int i = 0; i < panels.size(); i++) {
      Panel panel = panels.get(i);
      int x = GAP + i * (column + GAP);
      canvas.font(Font.PLAIN, 40, Canvas.INK);
      canvas.text(
          canvas.fit(panel.title(), column + (panel.note().isEmpty() ? bar : 0)), x, 116, 0);
      canvas.font(Font.PLAIN, 33, Canvas.FAINT_INK);
      canvas.text(canvas.fit(panel.note(), column), x, 164, 0);
      drawPicture(canvas, panel.image(), x, width, height);
    }
    angles.ifPresent(
        map -> drawBar(canvas, map, GAP + panels.size() * (column + GAP) - column + width, rows));
    canvas.graphics.dispose();
    return canvas.image;
  }

  private static void drawPicture(
      Canvas canvas, ImageProcessor picture, int x, int width, int height) {
    if (width < picture.getWidth()) {
      picture.setInterpolationMethod(ImageProcessor.BILINEAR);
      picture = picture.resize(width, height, true);
    }
    canvas.graphics.drawImage(picture.getBufferedImage(), x, TOP, width, height, null);
    canvas.stroke(Canvas.FAINT_INK, 1);
    canvas.graphics.drawRect(x, TOP, width, height);
  }

  private static void drawBar(Canvas canvas, AnglePanel map, int x, int height) {
    for (int y = 0; y < height; y++) {
      canvas.graphics.setColor(new Color(Viridis.rgb(1 - y / (double) (height - 1))));
      canvas.graphics.fillRect(x, TOP + y, BAR, 1);
    }
    canvas.stroke(Canvas.FAINT_INK, 1);
    canvas.graphics.drawRect(x, TOP, BAR, height);
    canvas.font(Font.PLAIN, 31, Canvas.INK);
    Ticks ticks = Ticks.within(0, map.highest(), 6);
    double degreesStep = Math.toDegrees(ticks.step());
    Ticks degrees = new Ticks(0, degreesStep / 10, ticks.count());
    for (double angle : ticks.values()) {
      double y = TOP + height * (1 - angle / map.highest());
      boolean top = angle > map.highest() * (1 - 1e-9);
      String prefix = top && map.isClipped() ? "≥ " : "";
      canvas.stroke(Canvas.INK, 2);
      canvas.graphics.draw(new Line2D.Double(x + BAR, y, x + BAR + 8, y));
      canvas.text(prefix + ticks.label(angle), x + BAR + 16, y, 0);
      canvas.text(degrees.label(Math.toDegrees(angle)) + "°", x + BAR + BAR_LABELS, y, 1);
    }
    canvas.font(Font.PLAIN, 31, Canvas.FAINT_INK);
    canvas.text("rad", x + BAR + 16, TOP - 36, 0);
    canvas.text("deg", x + BAR + BAR_LABELS, TOP - 36, 1);
    if (map.hasGaps()) {
      int y = TOP + height + 20;
      canvas.graphics.setColor(NO_VALUE);
      canvas.graphics.fillRect(x, y, BAR, BAR);
      canvas.stroke(Canvas.FAINT_INK, 1);
      canvas.graphics.drawRect(x, y, BAR, BAR);
      canvas.text("no value", x + BAR + 16, y + BAR / 2.0, 0);
    }
  }
}
