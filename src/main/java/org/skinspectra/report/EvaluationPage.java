package org.skinspectra.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.WholeFile;
import org.skinspectra.evaluation.AngleThumbnail;
import org.skinspectra.evaluation.BandResult;
import org.skinspectra.evaluation.EvaluationResults;
import org.skinspectra.evaluation.ImageResult;
import org.skinspectra.evaluation.Measure;
import org.skinspectra.evaluation.ModelResults;
import org.skinspectra.measure.AngleUnit;
import org.skinspectra.measure.IndexError;
import org.skinspectra.measure.MeanOverImages;
import org.skinspectra.measure.SkinIndex;
import org.skinspectra.measure.SpectralRange;
import org.skinspectra.measure.SubjectBootstrap;

/**
 * An evaluation as one web page that needs nothing beside it: tables, maps of angles on one scale,
 * spectra, what was left out, and how each number is defined. It is read without its script, which
 * only sorts a table. Whatever comes from a file or a user is shown as text.
 *
 * @param maps the map of the challenge's angles of an image, read when it is its turn
 * @param unit that angles are shown in
 */
public record EvaluationPage(
    EvaluationTables tables,
    BiFunction<ModelResults, ImageResult, Optional<AngleThumbnail>> maps,
    AngleUnit unit) {

  /**
   * Writes the page, whole or not at all; one image's figures at a time are in memory.
   *
   * @throws SkinSpectraIOException if the file cannot be written
   */
  public void write(Path file) {
    WholeFile.write(
        file,
        temporary -> {
          try (Writer out = Files.newBufferedWriter(temporary)) {
            write(out);
          }
        });
  }

  private void write(Writer out) throws IOException {
    out.write(
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width">
        <title>Evaluation of spectral reconstructions</title>
        """);
    out.write("<style>\n" + PageParts.STYLE + "</style></head><body>\n");
    out.write("<h1>Evaluation of spectral reconstructions</h1>\n");
    out.write(about());
    out.write(missingNotice());
    out.write(summary());
    out.write(differences());
    out.write(subjects());
    out.write(bands());
    out.write(indices());
    out.write(imageTable());
    new EvaluationFigures(text(), maps).write(out);
    out.write(missing());
    out.write(definitions());
    out.write("<script>\n" + PageParts.SCRIPT + "</script>\n</body></html>\n");
  }

  private EvaluationResults results() {
    return tables.results();
  }

  private EvaluationText text() {
    return new EvaluationText(tables, unit);
  }

  // -- Head --

  private String about() {
    StringBuilder html = new StringBuilder("<table class=\"about\">\n");
    for (Map.Entry<String, String> line : results().about().entrySet()) {
      html.append(
          "<tr><th>%s</th><td><code>%s</code></td></tr>\n"
              .formatted(Html.text(line.getKey()), Html.text(line.getValue())));
    }
    for (ModelResults model : results().models()) {
      html.append(
          "<tr><th>model</th><td>%s%s: %s, id <code>%s</code></td></tr>\n"
              .formatted(
                  text().key(model),
                  Html.text(model.label()),
                  Html.text(model.model().architecture()),
                  Html.text(model.model().id())));
    }
    return html.append("</table>\n").toString();
  }

  private String missingNotice() {
    int count = tables.missing().rows().size();
    return count == 0
        ? ""
        : "<p class=\"warn\">%d %s not scored: see <a href=\"#missing\">what is missing</a>.</p>\n"
            .formatted(count, count == 1 ? "entry was" : "entries were");
  }

  // -- Over images --

  private String summary() {
    StringBuilder html =
        new StringBuilder(
            "<h2>Summary</h2>\n<p class=\"note\">Mean ± population standard deviation over images; below, the 95 % interval of the mean from resampled subjects.</p>\n<div class=\"wide\"><table>\n<thead><tr><th>model</th><th>bands</th><th class=\"n\">images</th><th class=\"n\">subjects</th>");
    headings(html);
    html.append("</tr></thead>\n<tbody>\n");
    for (ModelResults model : results().models()) {
      for (SpectralRange range : results().ranges()) {
        if (results().overall(model, Measure.RMSE, range).images() > 0) {
          MeanOverImages counted = results().overall(model, Measure.RMSE, range);
          html.append(
              "<tr><td>%s%s</td><td>%s</td><td class=\"n\">%d</td><td class=\"n\">%d</td>"
                  .formatted(
                      text().key(model),
                      Html.text(model.label()),
                      Html.text(range.key()),
                      counted.images(),
                      counted.subjects()));
          for (Measure measure : Measure.values()) {
            html.append(mean(measure, results().overall(model, measure, range), false));
          }
          html.append("</tr>\n");
        }
      }
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  private void headings(StringBuilder html) {
    for (Measure measure : Measure.values()) {
      html.append("<th class=\"n\">").append(Html.text(heading(measure))).append("</th>");
    }
  }

  private String heading(Measure measure) {
    return measure.isAngle() ? measure.title() + " (" + unit.key() + ")" : measure.titleWithUnit();
  }

  private String differences() {
    if (tables.others().isEmpty()) {
      return "";
    }
    String first = Html.text(results().models().get(0).label());
    StringBuilder html =
        new StringBuilder(
            "<h2>Difference from "
                + first
                + "</h2>\n<p class=\"note\">Each model minus "
                + first
                + ", image by image, over the images that both have; below, its 95 % interval. An interval that holds 0 does not tell the two apart.</p>\n<div class=\"wide\"><table>\n<thead><tr><th>model</th><th>bands</th><th class=\"n\">images</th>");
    headings(html);
    html.append("</tr></thead>\n<tbody>\n");
    for (ModelResults model : tables.others()) {
      for (SpectralRange range : results().ranges()) {
        MeanOverImages counted = results().difference(model, Measure.RMSE, range);
        if (counted.images() > 0) {
          html.append(
              "<tr><td>%s%s</td><td>%s</td><td class=\"n\">%d</td>"
                  .formatted(
                      text().key(model),
                      Html.text(model.label()),
                      Html.text(range.key()),
                      counted.images()));
          for (Measure measure : Measure.values()) {
            html.append(mean(measure, results().difference(model, measure, range), true));
          }
          html.append("</tr>\n");
        }
      }
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  /** A cell with a mean, its spread unless it is a difference, and its interval. */
  private String mean(Measure measure, MeanOverImages mean, boolean difference) {
    if (mean.images() == 0) {
      return "<td class=\"n\">none</td>";
    }
    String text =
        difference
            ? (mean.mean() > 0 ? "+" : "") + text().show(measure, mean.mean())
            : spread(measure, mean);
    String interval =
        mean.interval()
            .map(
                i ->
                    "["
                        + text().show(measure, i.low())
                        + ", "
                        + text().show(measure, i.high())
                        + "]")
            .orElse(mean.subjects() < 2 ? "no interval" : "");
    return "<td class=\"n\">%s<small>%s</small></td>".formatted(Html.text(text), interval);
  }

  private String spread(Measure measure, MeanOverImages mean) {
    return measure.isAngle() ? text().spread(mean) : TextTable.show(mean.mean(), mean.sd());
  }

  private String subjects() {
    SpectralRange range = results().ranges().get(0);
    StringBuilder html =
        new StringBuilder(
            "<h2>Subjects</h2>\n<p class=\"note\">Mean ± population standard deviation over the images of each subject, %s.</p>\n<div class=\"wide\"><table class=\"sortable\">\n<thead><tr><th>subject</th><th>model</th><th class=\"n\">images</th>"
                .formatted(Html.text(range.label())));
    headings(html);
    html.append("</tr></thead>\n<tbody>\n");
    for (String subject : results().subjects()) {
      for (ModelResults model : results().models()) {
        MeanOverImages counted = results().ofSubject(model, subject, Measure.RMSE, range);
        if (counted.images() == 0) {
          continue;
        }
        html.append(
            "<tr><td>%s</td><td>%s%s</td><td class=\"n\" data-v=\"%d\">%d</td>"
                .formatted(
                    Html.text(subject),
                    text().key(model),
                    Html.text(model.label()),
                    counted.images(),
                    counted.images()));
        for (Measure measure : Measure.values()) {
          MeanOverImages mean = results().ofSubject(model, subject, measure, range);
          html.append(
              "<td class=\"n\" data-v=\"%s\">%s</td>"
                  .formatted(mean.mean(), mean.images() == 0 ? "none" : spread(measure, mean)));
        }
        html.append("</tr>\n");
      }
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  private String bands() {
    return "<h2>Error by band</h2>\n<div class=\"row\">\n"
        + bandPlot("RMSE (reflectance factor)", BandResult::rmse)
        + bandPlot("bias, prediction minus truth", BandResult::bias)
        + "</div>\n<p class=\"note\">Means over images.</p>\n";
  }

  private String bandPlot(String label, Function<BandResult, double[]> value) {
    List<Curve> curves = new ArrayList<>();
    List<Integer> colours = new ArrayList<>();
    for (ModelResults model : results().models()) {
      results()
          .bandMeans(model, value)
          .ifPresent(
              means -> {
                curves.add(
                    Curve.of(model.label(), model.images().get(0).bands().wavelengths(), means));
                colours.add(text().colour(model));
              });
    }
    return curves.isEmpty()
        ? "<p class=\"note\">Not drawn: the predictions of a model differ in their bands.</p>\n"
        : new SvgSpectra(label + " of every model by wavelength", label, curves, colours).html();
  }

  private String indices() {
    if (results().indices().isEmpty()) {
      return "";
    }
    StringBuilder html =
        new StringBuilder(
            "<h2>Skin indices</h2>\n<p class=\"warn\">Computed from reconstructed cubes and held against those from the true cubes, over the pixels of the mask where both have a value. This says how well an index is reproduced from the model's input; the indices themselves are not clinically validated.</p>\n<div class=\"wide\"><table>\n<thead><tr><th>index</th><th>unit</th><th>model</th><th class=\"n\">images</th><th class=\"n\">mean absolute error</th><th class=\"n\">bias (prediction minus truth)</th><th class=\"n\">pixels without value</th></tr></thead>\n<tbody>\n");
    for (String key : results().indices()) {
      Optional<SkinIndex.Description> index = tables.index(key);
      String formula = index.map(about -> about.formula() + " (" + about.source() + ")").orElse("");
      String head =
          "<td rowspan=\"%d\">%s<small class=\"formula\">%s</small></td><td rowspan=\"%d\">%s</td>"
              .formatted(
                  results().models().size(),
                  Html.text(index.map(SkinIndex.Description::name).orElse(key)),
                  Html.text(formula),
                  results().models().size(),
                  Html.text(index.map(SkinIndex.Description::unit).orElse("")));
      for (ModelResults model : results().models()) {
        MeanOverImages error = results().indexError(model, key);
        long without =
            model.images().stream()
                .flatMap(image -> image.index(key).stream())
                .mapToLong(IndexError::withoutValue)
                .sum();
        html.append(
            "<tr>%s<td>%s%s</td><td class=\"n\">%d</td>%s%s<td class=\"n\">%d</td></tr>\n"
                .formatted(
                    head,
                    text().key(model),
                    Html.text(model.label()),
                    error.images(),
                    plain(error),
                    plain(results().indexBias(model, key)),
                    without));
        head = "";
      }
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  private static String plain(MeanOverImages mean) {
    String interval =
        mean.interval()
            .map(i -> "[" + TextTable.show(i.low()) + ", " + TextTable.show(i.high()) + "]")
            .orElse(mean.images() > 0 && mean.subjects() < 2 ? "no interval" : "");
    return "<td class=\"n\">%s<small>%s</small></td>"
        .formatted(mean.images() == 0 ? "none" : TextTable.show(mean.mean()), interval);
  }

  // -- Image by image --

  private String imageTable() {
    StringBuilder html =
        new StringBuilder(
            "<h2>Images</h2>\n<p class=\"note\">All bands of each prediction. A click on a heading sorts.</p>\n<div class=\"wide\"><table class=\"sortable\">\n<thead><tr><th>image</th><th>subject</th><th>model</th>");
    headings(html);
    html.append("<th class=\"n\">pixels</th></tr></thead>\n<tbody>\n");
    for (String place : results().images()) {
      for (ModelResults model : results().models()) {
        Optional<ImageResult> found = model.of(place);
        if (found.isEmpty()) {
          continue;
        }
        ImageResult image = found.get();
        SpectralRange range = image.ranges().get(0).range();
        html.append(
            "<tr><td>%s</td><td>%s</td><td>%s%s%s</td>"
                .formatted(
                    Html.text(place),
                    Html.text(image.subject()),
                    text().key(model),
                    Html.text(model.label()),
                    range == SpectralRange.JOINT ? "" : " " + Html.text(range.key())));
        for (Measure measure : Measure.values()) {
          double value = image.value(measure, range);
          html.append(
              "<td class=\"n\" data-v=\"%s\">%s</td>"
                  .formatted(value, text().show(measure, value)));
        }
        html.append(
            "<td class=\"n\" data-v=\"%d\">%d</td></tr>\n"
                .formatted(image.pixels(), image.pixels()));
      }
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  // -- Foot --

  private String missing() {
    StringBuilder html = new StringBuilder("<h2 id=\"missing\">What is missing</h2>\n");
    TextTable table = tables.missing();
    if (table.rows().isEmpty()) {
      return html.append(
              "<p>Nothing: every image of the data set was scored for every model.</p>\n")
          .toString();
    }
    html.append("<div class=\"wide\"><table>\n<thead><tr>");
    table.columns().forEach(column -> html.append("<th>").append(column).append("</th>"));
    html.append("</tr></thead>\n<tbody>\n");
    for (List<Object> row : table.rows()) {
      html.append("<tr>");
      row.forEach(cell -> html.append("<td>").append(Html.text(cell)).append("</td>"));
      html.append("</tr>\n");
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  private static String definitions() {
    StringBuilder html = new StringBuilder("<h2>How each number is defined</h2>\n<dl>\n");
    for (Measure measure : Measure.values()) {
      entry(html, measure.titleWithUnit(), measure.definition());
    }
    entry(
        html,
        "bands",
        "joint: VIS and NIR without its first band, which repeats 700 nm; VIS 400–700 nm; NIR 700–1000 nm; steps of 10 nm");
    entry(html, "± ", "population standard deviation (divisor n) over images");
    entry(html, "interval", SubjectBootstrap.DESCRIPTION);
    entry(html, "no interval", SubjectBootstrap.NO_INTERVAL);
    entry(
        html,
        "few subjects",
        "below about ten subjects such an interval is somewhat too narrow; it says nothing of subjects unlike these");
    entry(
        html,
        "index error",
        "mean of |p - t| and of p - t over pixels with a mask above 0.5 where both have a value; then over images");
    return html.append("</dl>\n").toString();
  }

  private static void entry(StringBuilder html, String term, String text) {
    html.append("<dt>%s</dt><dd>%s</dd>\n".formatted(Html.text(term), Html.text(text)));
  }
}
