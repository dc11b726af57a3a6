package org.skinspectra.view;

import ij.gui.Plot;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.skinspectra.report.Curve;
import org.skinspectra.report.SpectrumFigure;

/**
 * Curves over wavelength as ImageJ's plot: x in nm, a band about each curve that has one, a legend
 * by the curves' names.
 *
 * @param yLabel quantity of the values
 * @param note what curves and bands are and how far they can be trusted; shown above the plot
 * @param colours of the curves, as RGB; those of {@link SpectrumFigure} where they are too few
 */
public record SpectraPlot(
    String title, String yLabel, String note, List<Curve> curves, List<Integer> colours) {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 440;
  private static final double TINT = 0.72;

  /** Room above the highest value, as a share of the range: some, and more for the legend. */
  private static final double HEADROOM = 0.05;

  private static final double HEADROOM_PER_CURVE = 0.05;
  private static final double MOST_HEADROOM = 0.4;

  /** Width of the rectangles that fill a band; about a pixel. */
  private static final float FILL_STEP_NM = 1;

  public SpectraPlot {
    curves = List.copyOf(curves);
    colours = List.copyOf(colours);
  }

  /** A plot of reflectance spectra, still without curves. */
  public static SpectraPlot titled(String title) {
    return new SpectraPlot(title, "Reflectance factor", "", List.of(), List.of());
  }

  /** The same plot with another name of the quantity. */
  public SpectraPlot withYLabel(String label) {
    return new SpectraPlot(title, label, note, curves, colours);
  }

  /** The same plot with other words above it. */
  public SpectraPlot withNote(String text) {
    return new SpectraPlot(title, yLabel, text, curves, colours);
  }

  /** The same plot with more curves. */
  public SpectraPlot with(List<Curve> others) {
    List<Curve> more = new ArrayList<>(curves);
    more.addAll(others);
    return new SpectraPlot(title, yLabel, note, more, colours);
  }

  /** The same plot with colours of its own, 0xRRGGBB, one for each curve. */
  public SpectraPlot withColours(List<Integer> rgb) {
    return new SpectraPlot(title, yLabel, note, curves, rgb);
  }

  /** Draws it. Bands lie below all curves, so that none hides a curve. */
  public Plot plot() {
    Plot plot = new Plot(title, "Wavelength (nm)", yLabel);
    plot.setFrameSize(WIDTH, HEIGHT);
    setLimits(plot);
    for (int i = 0; i < curves.size(); i++) {
      if (curves.get(i).low().length > 0) {
        plot.setColor(tint(colour(i)), tint(colour(i)));
        plot.setLineWidth(1);
        plot.drawShapes("rectangles", fill(curves.get(i)));
      }
    }
    List<Integer> legend = new ArrayList<>();
    int objects = plot.getNumPlotObjects();
    for (int i = 0; i < curves.size(); i++) {
      Curve curve = curves.get(i);
      double[] nm = curve.wavelengths().toArray();
      plot.setColor(colour(i));
      plot.setLineWidth(1);
      if (curve.low().length > 0) {
        plot.addPoints(nm, curve.low(), Plot.LINE);
        plot.addPoints(nm, curve.high(), Plot.LINE);
        objects += 2;
      }
      plot.setLineWidth(2);
      plot.addPoints(nm, curve.mean(), curve.mean().length == 1 ? Plot.CIRCLE : Plot.LINE);
      legend.add(objects++);
    }
    for (int i = 0; i < curves.size(); i++) {
      plot.setPlotObjectLabel(legend.get(i), curves.get(i).label());
    }
    plot.setColor(Color.DARK_GRAY);
    plot.setLineWidth(1);
    plot.addLabel(0, 0, note);
    plot.setColor(Color.BLACK);
    plot.setLegend(null, Plot.AUTO_POSITION);
    return plot;
  }

  private void setLimits(Plot plot) {
    double[] nm =
        curves.stream().flatMapToDouble(c -> Arrays.stream(c.wavelengths().toArray())).toArray();
    double[] values =
        curves.stream()
            .flatMapToDouble(
                c ->
                    DoubleStream.concat(
                        Arrays.stream(c.mean()),
                        DoubleStream.concat(Arrays.stream(c.low()), Arrays.stream(c.high()))))
            .filter(Double::isFinite)
            .toArray();
    double low = Math.min(0, Arrays.stream(values).min().orElse(0));
    double high = Arrays.stream(values).max().orElse(1);
    double range = high > low ? high - low : 1;
    double above = Math.min(HEADROOM + HEADROOM_PER_CURVE * curves.size(), MOST_HEADROOM);
    double first = Arrays.stream(nm).min().orElse(400);
    double last = Arrays.stream(nm).max().orElse(1000);
    double aside = last > first ? 0 : 5;
    plot.setLimits(
        first - aside, last + aside, low < 0 ? low - HEADROOM * range : 0, high + above * range);
  }

  /** Slender rectangles, since ImageJ's own filling reaches down to the axis. */
  private static ArrayList<float[]> fill(Curve curve) {
    double[] nm = curve.wavelengths().toArray();
    ArrayList<float[]> rectangles = new ArrayList<>();
    for (int i = 0; i + 1 < nm.length; i++) {
      int steps = Math.max(1, (int) Math.ceil((nm[i + 1] - nm[i]) / FILL_STEP_NM));
      for (int s = 0; s < steps; s++) {
        double t = (double) s / steps;
        double low = (1 - t) * curve.low()[i] + t * curve.low()[i + 1];
        double high = (1 - t) * curve.high()[i] + t * curve.high()[i + 1];
        if (Double.isFinite(low) && Double.isFinite(high)) {
          float x = (float) ((1 - t) * nm[i] + t * nm[i + 1]);
          rectangles.add(new float[] {x, (float) low, x + FILL_STEP_NM, (float) high});
        }
      }
    }
    return rectangles;
  }

  private Color colour(int curve) {
    return curve < colours.size()
        ? new Color(colours.get(curve))
        : new Color(SpectrumFigure.rgb(curve));
  }

  private static Color tint(Color colour) {
    int[] mixed =
        IntStream.of(colour.getRed(), colour.getGreen(), colour.getBlue())
            .map(c -> (int) Math.round(c + TINT * (255 - c)))
            .toArray();
    return new Color(mixed[0], mixed[1], mixed[2]);
  }
}
