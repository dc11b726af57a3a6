package org.skinspectra.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.skinspectra.evaluation.AngleThumbnail;
import org.skinspectra.evaluation.BandResult;
import org.skinspectra.evaluation.ImageResult;
import org.skinspectra.evaluation.Measure;
import org.skinspectra.evaluation.ModelResults;
import org.skinspectra.measure.SpectralRange;

/**
 * The part of a page with the maps of angles and the spectra of every image.
 *
 * @param maps the map of the challenge's angles of an image, read when it is its turn
 */
record EvaluationFigures(
    EvaluationText text, BiFunction<ModelResults, ImageResult, Optional<AngleThumbnail>> maps) {

  /** Beyond so many images their figures are folded up. */
  private static final int OPEN_IMAGES = 8;

  private static final int SCALE_TICKS = 6;
  private static final int TRUTH = 0x222222;

  /** Writes the figures of every image, of which one at a time is in memory. */
  void write(Writer out) throws IOException {
    double highest = highestAngle();
    out.write(
        "<h2>Angle maps and spectra</h2>\n<p class=\"note\">Angles as the challenge defines them, of all bands of each prediction; maps of large images are averaged to at most %d pixels. Along the edge of a JPEG mask they may be far larger than within; pixels beyond the scale have its last colour. The maps show the outlines of faces: treat this page as the licence of the data asks. Spectra: mean over the pixels of the mask, band ± 1 standard deviation over pixels.</p>\n"
            .formatted(AngleThumbnail.LONGEST_SIDE));
    out.write(legend(highest));
    List<String> places = text.tables().results().images();
    for (String place : places) {
      out.write("<details%s><summary>".formatted(places.size() <= OPEN_IMAGES ? " open" : ""));
      out.write(Html.text(place));
      out.write("</summary>\n<div class=\"row\">\n");
      List<Curve> curves = new ArrayList<>();
      List<Integer> colours = new ArrayList<>();
      for (ModelResults model : text.tables().results().models()) {
        Optional<ImageResult> image = model.of(place);
        if (image.isPresent()) {
          out.write(map(model, image.get(), highest));
          BandResult bands = image.get().bands();
          boolean widest =
              curves.isEmpty() || curves.get(0).wavelengths().size() < bands.wavelengths().size();
          if (widest) {
            Curve truth =
                new Curve("truth", bands.wavelengths(), bands.truthMean(), spread(bands.truthSd()));
            if (curves.isEmpty()) {
              curves.add(truth);
              colours.add(TRUTH);
            } else {
              curves.set(0, truth);
            }
          }
          curves.add(
              new Curve(
                  model.label(),
                  bands.wavelengths(),
                  bands.predictionMean(),
                  spread(bands.predictionSd())));
          colours.add(text.colour(model));
        }
      }
      String what = "mean spectra of " + place;
      out.write(new SvgSpectra(what, "reflectance factor", curves, colours).html());
      out.write("</div></details>\n");
    }
  }

  /** A single pixel has no spread, and then no band is drawn. */
  private static double[] spread(double[] sd) {
    return sd.length > 0 && Double.isNaN(sd[0]) ? new double[0] : sd;
  }

  private String map(ModelResults model, ImageResult image, double highest) {
    SpectralRange range = image.ranges().get(0).range();
    String caption =
        "%s: %s %s (challenge%s)"
            .formatted(
                model.label(),
                text.show(Measure.SAM_CHALLENGE, image.value(Measure.SAM_CHALLENGE, range)),
                text.unit().key(),
                range == SpectralRange.JOINT ? "" : ", " + range.key());
    return maps.apply(model, image)
        .map(
            map ->
                "<figure class=\"map\"><img alt=\"angle map\" src=\"%s\"><figcaption>%s</figcaption></figure>\n"
                    .formatted(AnglePicture.address(map, highest), Html.text(caption)))
        .orElse("");
  }

  private String legend(double highest) {
    StringBuilder stops = new StringBuilder();
    for (int i = 0; i <= 8; i++) {
      stops.append(i == 0 ? "" : ",").append(Html.colour(Viridis.rgb(i / 8.0)));
    }
    StringBuilder labels = new StringBuilder();
    Ticks ticks = Ticks.enclosing(0, text.unit().of(highest), SCALE_TICKS);
    for (double angle : ticks.values()) {
      boolean last = angle > ticks.last() - ticks.step() / 2;
      labels.append("<span>%s%s</span>".formatted(last ? "≥ " : "", ticks.label(angle)));
    }
    return """
        <div class="scale"><div class="bar" style="background:linear-gradient(to right,%s)"></div>
        <div class="ticks">%s</div>
        <p class="note">angle (%s), one scale for all maps; <span class="key"><i style="background:%s"></i>no angle</span></p></div>
        """
        .formatted(stops, labels, text.unit().key(), Html.colour(AnglePicture.NO_VALUE));
  }

  /** A round angle at or above what few pixels inside the mask of any image exceed. */
  private double highestAngle() {
    double highest = 0;
    for (ModelResults model : text.tables().results().models()) {
      for (ImageResult image : model.images()) {
        double own = maps.apply(model, image).map(AngleThumbnail::typical).orElse(Double.NaN);
        highest = own > highest ? own : highest;
      }
    }
    double shown =
        Ticks.enclosing(0, highest > 0 ? text.unit().of(highest) : 0.1, SCALE_TICKS).last();
    return shown / text.unit().of(1);
  }
}
