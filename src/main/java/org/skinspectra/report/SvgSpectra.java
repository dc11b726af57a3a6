package org.skinspectra.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.skinspectra.SkinSpectraException;

/**
 * Curves over wavelength as an SVG drawing within a page: a few kilobytes, where {@link
 * SpectrumFigure} is a picture for papers.
 *
 * @param description of what is drawn, for those who cannot see it
 * @param curves drawn in order, the last on top
 * @param colours of the curves, 0xRRGGBB
 */
record SvgSpectra(String description, String yLabel, List<Curve> curves, List<Integer> colours) {

  private static final int WIDTH = 620;
  private static final int HEIGHT = 320;
  private static final int LEFT = 70;
  private static final int RIGHT = 14;
  private static final int TOP = 12;
  private static final int BOTTOM = 46;

  SvgSpectra {
    curves = List.copyOf(curves);
    colours = List.copyOf(colours);
    if (curves.size() != colours.size()) {
      throw new IllegalArgumentException("Every curve needs a colour.");
    }
  }

  /**
   * The drawing, with a legend below it.
   *
   * @throws SkinSpectraException if there is nothing to draw
   */
  String html() {
    double[] shown =
        curves.stream()
            .flatMapToDouble(
                curve ->
                    IntStream.of(-1, 0, 1)
                        .boxed()
                        .flatMapToDouble(
                            side ->
                                IntStream.range(0, curve.mean().length)
                                    .mapToDouble(i -> curve.at(i, side))))
            .filter(Double::isFinite)
            .toArray();
    if (shown.length == 0) {
      throw new SkinSpectraException("'" + description + "' has no finite value to draw.");
    }
    double low = Math.min(0, Arrays.stream(shown).min().getAsDouble());
    double high = Arrays.stream(shown).max().getAsDouble();
    Ticks values = Ticks.enclosing(low, high > low ? high : low + 1, 7);
    double first = curves.stream().mapToDouble(c -> c.wavelengths().first()).min().getAsDouble();
    double last = curves.stream().mapToDouble(c -> c.wavelengths().last()).max().getAsDouble();
    Scale scale = new Scale(first, Math.max(last, first + 1), values.first(), values.last());
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<figure class=\"plot\"><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(WIDTH, HEIGHT, Html.text(description)));
    axes(svg, scale, values, Ticks.within(first, scale.lastNm(), 8));
    for (int i = 0; i < curves.size(); i++) {
      band(svg, scale, curves.get(i), colours.get(i));
    }
    for (int i = 0; i < curves.size(); i++) {
      line(svg, scale, curves.get(i), colours.get(i));
    }
    svg.append("</svg>\n<figcaption>");
    for (int i = 0; i < curves.size(); i++) {
      svg.append(
          "<span class=\"key\"><i style=\"background:%s\"></i>%s</span> "
              .formatted(Html.colour(colours.get(i)), Html.text(curves.get(i).label())));
    }
    return svg.append("</figcaption></figure>\n").toString();
  }

  private record Scale(double firstNm, double lastNm, double low, double high) {
    String x(double nm) {
      return Html.number(LEFT + (nm - firstNm) / (lastNm - firstNm) * (WIDTH - LEFT - RIGHT));
    }

    String y(double value) {
      return Html.number(HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM));
    }
  }

  private void axes(StringBuilder svg, Scale scale, Ticks values, Ticks nms) {
    for (double value : values.values()) {
      svg.append(
          "<path class=\"grid\" d=\"M%d %sH%d\"/><text x=\"%d\" y=\"%s\" text-anchor=\"end\" dy=\".32em\">%s</text>\n"
              .formatted(
                  LEFT,
                  scale.y(value),
                  WIDTH - RIGHT,
                  LEFT - 7,
                  scale.y(value),
                  values.label(value)));
    }
    for (double nm : nms.values()) {
      svg.append(
          "<path class=\"grid\" d=\"M%s %dV%d\"/><text x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
              .formatted(
                  scale.x(nm), TOP, HEIGHT - BOTTOM, scale.x(nm), HEIGHT - 28, nms.label(nm)));
    }
    svg.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">wavelength (nm)</text>\n"
            .formatted((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8));
    svg.append(
        "<text transform=\"translate(15 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>\n"
            .formatted((TOP + HEIGHT - BOTTOM) / 2, Html.text(yLabel)));
  }

  private static void band(StringBuilder svg, Scale scale, Curve curve, int colour) {
    if (!curve.hasBand()) {
      return;
    }
    List<String> upper = new ArrayList<>();
    List<String> lower = new ArrayList<>();
    for (int i = 0; i < curve.mean().length; i++) {
      if (Double.isFinite(curve.at(i, 1)) && Double.isFinite(curve.at(i, -1))) {
        String x = scale.x(curve.wavelengths().get(i));
        upper.add(x + " " + scale.y(curve.at(i, 1)));
        lower.add(0, x + " " + scale.y(curve.at(i, -1)));
      }
    }
    if (upper.size() > 1) {
      upper.addAll(lower);
      svg.append(
          "<path d=\"M%sZ\" fill=\"%s\" fill-opacity=\".16\"/>\n"
              .formatted(String.join("L", upper), Html.colour(colour)));
    }
  }

  private static void line(StringBuilder svg, Scale scale, Curve curve, int colour) {
    List<String> parts = new ArrayList<>();
    List<String> part = new ArrayList<>();
    for (int i = 0; i <= curve.mean().length; i++) {
      if (i < curve.mean().length && Double.isFinite(curve.mean()[i])) {
        part.add(scale.x(curve.wavelengths().get(i)) + " " + scale.y(curve.mean()[i]));
      } else if (!part.isEmpty()) {
        parts.add("M" + String.join("L", part) + (part.size() == 1 ? "h.1" : ""));
        part = new ArrayList<>();
      }
    }
    svg.append(
        "<path class=\"curve\" d=\"%s\" stroke=\"%s\"/>\n"
            .formatted(parts.stream().collect(Collectors.joining()), Html.colour(colour)));
  }
}
