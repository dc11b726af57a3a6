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

  /** Beyond so many images their figures are folded up. */
  private static final int OPEN_IMAGES = 8;

  private static final int SCALE_TICKS = 6;
  private static final int TRUTH = 0x222222;

  private static final String STYLE =
      """
      body{font:14px/1.45 system-ui,sans-serif;color:#222;margin:1.5rem auto;padding:0 1rem;max-width:1440px}
      h1{font-size:1.6rem;margin:0 0 .6rem}h2{font-size:1.2rem;margin:2rem 0 .5rem;border-bottom:1px solid #ccc}
      h3{font-size:1rem;margin:1rem 0 .3rem}
      .wide{overflow-x:auto}table{border-collapse:collapse;margin:.4rem 0}
      th,td{padding:.22rem .5rem;border-bottom:1px solid #e4e4e4;text-align:left;vertical-align:top}
      th{border-bottom:2px solid #888;font-weight:600;white-space:nowrap}
      td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
      td small{color:#666;display:block;white-space:nowrap}td small.formula{white-space:normal;max-width:34rem}
      table.sortable th{cursor:pointer}table.sortable th[aria-sort=ascending]:after{content:" \\25B2"}
      table.sortable th[aria-sort=descending]:after{content:" \\25BC"}
      .about th{border-bottom:1px solid #e4e4e4}
      .note{color:#555;max-width:62rem}.warn{background:#fff3d6;border-left:4px solid #e69f00;padding:.4rem .8rem}
      code{overflow-wrap:anywhere}dt{font-weight:600}dd{margin:0 0 .4rem 1.2rem}
      details{border:1px solid #ddd;border-radius:4px;margin:.5rem 0;padding:.3rem .8rem}
      summary{cursor:pointer;font-weight:600;overflow-wrap:anywhere}
      .row{display:flex;flex-wrap:wrap;gap:1.2rem;align-items:flex-start}
      figure{margin:.5rem 0}figcaption{font-size:.85rem;color:#444;max-width:620px;overflow-wrap:anywhere}
      .map img{width:256px;image-rendering:pixelated;border:1px solid #999;display:block}.map figcaption{max-width:256px}
      .plot svg{width:620px;max-width:100%;height:auto;display:block}.plot text{font-size:12px;fill:#222}
      .grid{stroke:#e4e4e4;fill:none}.curve{fill:none;stroke-width:2}
      .key{margin-right:1em}.key i{display:inline-block;width:1.6em;height:.5em;margin-right:.4em}
      .scale{max-width:420px}.scale .bar{height:16px;border:1px solid #999}
      .scale .ticks{display:flex;justify-content:space-between;font-size:.85rem}
      """;

  /** Sorts the rows of a table by the column whose heading is clicked, numbers as numbers. */
  private static final String SCRIPT =
      """
      document.querySelectorAll('table.sortable').forEach(function(table){
        table.querySelectorAll('th').forEach(function(th,column){
          th.addEventListener('click',function(){
            var down=th.getAttribute('aria-sort')==='ascending';
            table.querySelectorAll('th').forEach(function(other){other.removeAttribute('aria-sort')});
            th.setAttribute('aria-sort',down?'descending':'ascending');
            var body=table.tBodies[0];
            var value=function(row){var cell=row.cells[column];return cell.dataset.v===undefined?cell.textContent:parseFloat(cell.dataset.v)};
            Array.from(body.rows).sort(function(a,b){
              var x=value(a),y=value(b);
              var order=typeof x==='number'?(isNaN(x)?1:isNaN(y)?-1:x-y):x.localeCompare(y);
              return down?-order:order;
            }).forEach(function(row){body.appendChild(row)});
          });
        });
      });
      """;

  /**
   * Writes the page, whole or not at all; one image's figures at a time are in memory.
   *
   * @throws SkinSpectraIOException if the file cannot be written
   */
  public void write(Path file) {
    double highest = highestAngle();
    WholeFile.write(
        file,
        temporary -> {
          try (Writer out = Files.newBufferedWriter(temporary)) {
            write(out, highest);
          }
        });
  }

  private void write(Writer out, double highest) throws IOException {
    out.write(
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width">
        <title>Evaluation of spectral reconstructions</title>
        """);
    out.write("<style>\n" + STYLE + "</style></head><body>\n");
    out.write("<h1>Evaluation of spectral reconstructions</h1>\n");
    out.write(about());
    out.write(missingNotice());
    out.write(summary());
    out.write(differences());
    out.write(subjects());
    out.write(bands());
    out.write(indices());
    out.write(imageTable());
    figures(out, highest);
    out.write(missing());
    out.write(definitions());
    out.write("<script>\n" + SCRIPT + "</script>\n</body></html>\n");
  }

  private EvaluationResults results() {
    return tables.results();
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
                  key(model),
                  Html.text(model.label()),
                  Html.text(model.model().architecture()),
                  Html.text(model.model().id())));
    }
    return html.append("</table>\n").toString();
  }

  private String key(ModelResults model) {
    return "<span class=\"key\" style=\"margin:0\"><i style=\"background:%s\"></i></span>"
        .formatted(Html.colour(colour(model)));
  }

  private int colour(ModelResults model) {
    return SpectrumFigure.rgb(results().models().indexOf(model));
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
                      key(model),
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
                      key(model),
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
            ? (mean.mean() > 0 ? "+" : "") + show(measure, mean.mean())
            : spread(measure, mean);
    String interval =
        mean.interval()
            .map(i -> "[" + show(measure, i.low()) + ", " + show(measure, i.high()) + "]")
            .orElse(mean.subjects() < 2 ? "no interval" : "");
    return "<td class=\"n\">%s<small>%s</small></td>".formatted(Html.text(text), interval);
  }

  private String show(Measure measure, double value) {
    return measure.isAngle()
        ? EvaluationTables.decimals(unit.of(value), unit)
        : TextTable.show(value);
  }

  private String spread(Measure measure, MeanOverImages mean) {
    return measure.isAngle()
        ? EvaluationTables.spread(mean, unit)
        : TextTable.show(mean.mean(), mean.sd());
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
                    key(model),
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
                colours.add(colour(model));
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
                    key(model),
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
                    key(model),
                    Html.text(model.label()),
                    range == SpectralRange.JOINT ? "" : " " + Html.text(range.key())));
        for (Measure measure : Measure.values()) {
          double value = image.value(measure, range);
          html.append(
              "<td class=\"n\" data-v=\"%s\">%s</td>".formatted(value, show(measure, value)));
        }
        html.append(
            "<td class=\"n\" data-v=\"%d\">%d</td></tr>\n"
                .formatted(image.pixels(), image.pixels()));
      }
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  private void figures(Writer out, double highest) throws IOException {
    out.write(
        "<h2>Angle maps and spectra</h2>\n<p class=\"note\">Angles as the challenge defines them, of all bands of each prediction; maps of large images are averaged to at most %d pixels. Along the edge of a JPEG mask they may be far larger than within; pixels beyond the scale have its last colour. The maps show the outlines of faces: treat this page as the licence of the data asks. Spectra: mean over the pixels of the mask, band ± 1 standard deviation over pixels.</p>\n"
            .formatted(AngleThumbnail.LONGEST_SIDE));
    out.write(legend(highest));
    List<String> places = results().images();
    for (String place : places) {
      out.write("<details%s><summary>".formatted(places.size() <= OPEN_IMAGES ? " open" : ""));
      out.write(Html.text(place));
      out.write("</summary>\n<div class=\"row\">\n");
      List<Curve> curves = new ArrayList<>();
      List<Integer> colours = new ArrayList<>();
      for (ModelResults model : results().models()) {
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
          colours.add(colour(model));
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
                show(Measure.SAM_CHALLENGE, image.value(Measure.SAM_CHALLENGE, range)),
                unit.key(),
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
    Ticks ticks = Ticks.enclosing(0, unit.of(highest), SCALE_TICKS);
    for (double angle : ticks.values()) {
      boolean last = angle > ticks.last() - ticks.step() / 2;
      labels.append("<span>%s%s</span>".formatted(last ? "≥ " : "", ticks.label(angle)));
    }
    return """
        <div class="scale"><div class="bar" style="background:linear-gradient(to right,%s)"></div>
        <div class="ticks">%s</div>
        <p class="note">angle (%s), one scale for all maps; <span class="key"><i style="background:%s"></i>no angle</span></p></div>
        """
        .formatted(stops, labels, unit.key(), Html.colour(AnglePicture.NO_VALUE));
  }

  /** A round angle at or above what few pixels inside the mask of any image exceed. */
  private double highestAngle() {
    double highest = 0;
    for (ModelResults model : results().models()) {
      for (ImageResult image : model.images()) {
        double own = maps.apply(model, image).map(AngleThumbnail::typical).orElse(Double.NaN);
        highest = own > highest ? own : highest;
      }
    }
    double shown = Ticks.enclosing(0, highest > 0 ? unit.of(highest) : 0.1, SCALE_TICKS).last();
    return shown / unit.of(1);
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
