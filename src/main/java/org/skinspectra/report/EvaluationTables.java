package org.skinspectra.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.skinspectra.evaluation.BandResult;
import org.skinspectra.evaluation.EvaluationResults;
import org.skinspectra.evaluation.ImageResult;
import org.skinspectra.evaluation.Measure;
import org.skinspectra.evaluation.ModelResults;
import org.skinspectra.evaluation.Unscored;
import org.skinspectra.measure.IndexError;
import org.skinspectra.measure.MeanOverImages;
import org.skinspectra.measure.SkinIndex;
import org.skinspectra.measure.SpectralRange;
import org.skinspectra.measure.SubjectBootstrap;
import org.skinspectra.train.MissingFiles;

/**
 * An evaluation as tables for programs. Angles are in radians, as their headings say.
 *
 * @param indices what the keys of the indices stand for
 */
public record EvaluationTables(EvaluationResults results, List<SkinIndex.Description> indices) {

  /** Heading of the column with the SHA-256 of each model's weights. */
  public static final String MODEL_ID = ScoreReport.MODEL_ID;

  /** What is said of the errors of skin indices wherever they are shown. */
  public static final String INDEX_NOTE = "not clinically validated";

  /**
   * Writes {@code images.csv}, {@code subjects.csv}, {@code summary.csv}, {@code bands.csv}, {@code
   * indices.csv} and {@code missing.csv} into a folder.
   */
  public void writeCsv(Path folder) {
    images().writeCsv(folder.resolve("images.csv"));
    subjects().writeCsv(folder.resolve("subjects.csv"));
    summary().writeCsv(folder.resolve("summary.csv"));
    bands().writeCsv(folder.resolve("bands.csv"));
    indexTable().writeCsv(folder.resolve("indices.csv"));
    missing().writeCsv(folder.resolve("missing.csv"));
  }

  /** Every number of every image, a row for each range. */
  public TextTable images() {
    List<String> columns = new ArrayList<>(List.of("model", "split", "image", "subject", "bands"));
    for (Measure measure : Measure.values()) {
      columns.add(measure.titleWithUnit());
    }
    columns.addAll(List.of("pixels of SAM challenge", "pixels of the mask", MODEL_ID));
    TextTable table = TextTable.of(columns.toArray(String[]::new));
    for (ModelResults model : results.models()) {
      for (ImageResult image : model.images()) {
        for (var score : image.ranges()) {
          List<Object> cells =
              new ArrayList<>(
                  List.of(
                      model.label(),
                      image.split(),
                      image.image(),
                      image.subject(),
                      score.range().key()));
          for (Measure measure : Measure.values()) {
            cells.add(measure.of(score));
          }
          cells.addAll(List.of(score.challengePixels(), image.pixels(), model.model().id()));
          table = table.with(cells.toArray());
        }
      }
    }
    return table;
  }

  /** Means and population standard deviations over the images of each subject. */
  public TextTable subjects() {
    List<String> columns = new ArrayList<>(List.of("model", "subject", "bands", "images"));
    for (Measure measure : Measure.values()) {
      columns.add(measure.titleWithUnit());
      columns.add(measure.title() + " SD");
    }
    TextTable table = TextTable.of(columns.toArray(String[]::new));
    for (ModelResults model : results.models()) {
      for (String subject : results.subjects()) {
        for (SpectralRange range : results.ranges()) {
          List<Object> cells = new ArrayList<>();
          for (Measure measure : Measure.values()) {
            MeanOverImages mean = results.ofSubject(model, subject, measure, range);
            if (cells.isEmpty()) {
              cells.addAll(List.of(model.label(), subject, range.key(), mean.images()));
            }
            cells.add(mean.mean());
            cells.add(mean.sd());
          }
          if (!cells.get(3).equals(0)) {
            table = table.with(cells.toArray());
          }
        }
      }
    }
    return table;
  }

  /** Every measure over all images, and how it differs from the first model's. */
  public TextTable summary() {
    TextTable table =
        TextTable.of(
            "model",
            "bands",
            "measure",
            "unit",
            "images",
            "subjects",
            "mean",
            "SD",
            "95 % low",
            "95 % high",
            "minus the first model",
            "images of the difference",
            "difference 95 % low",
            "difference 95 % high",
            MODEL_ID);
    for (ModelResults model : results.models()) {
      for (SpectralRange range : results.ranges()) {
        for (Measure measure : Measure.values()) {
          MeanOverImages mean = results.overall(model, measure, range);
          if (results.overall(model, Measure.RMSE, range).images() == 0) {
            continue;
          }
          MeanOverImages difference = results.difference(model, measure, range);
          boolean first = model == results.models().get(0);
          table =
              table.with(
                  model.label(),
                  range.key(),
                  measure.title(),
                  measure.unit(),
                  mean.images(),
                  mean.subjects(),
                  mean.mean(),
                  mean.sd(),
                  edge(mean, SubjectBootstrap.Interval::low),
                  edge(mean, SubjectBootstrap.Interval::high),
                  first ? "" : difference.mean(),
                  first ? "" : difference.images(),
                  first ? "" : edge(difference, SubjectBootstrap.Interval::low),
                  first ? "" : edge(difference, SubjectBootstrap.Interval::high),
                  model.model().id());
        }
      }
    }
    return table;
  }

  /** Errors of every band, means over images. */
  public TextTable bands() {
    TextTable table = TextTable.of("model", "wavelength (nm)", "RMSE", "bias", "images", MODEL_ID);
    for (ModelResults model : results.models()) {
      Optional<double[]> rmse = results.bandMeans(model, BandResult::rmse);
      Optional<double[]> bias = results.bandMeans(model, BandResult::bias);
      if (rmse.isPresent() && bias.isPresent()) {
        BandResult any = model.images().get(0).bands();
        for (int band = 0; band < any.wavelengths().size(); band++) {
          table =
              table.with(
                  model.label(),
                  any.wavelengths().get(band),
                  rmse.get()[band],
                  bias.get()[band],
                  model.images().size(),
                  model.model().id());
        }
      }
    }
    return table;
  }

  /** Errors of the skin indices of every image, and their means. */
  public TextTable indexTable() {
    TextTable table =
        TextTable.of(
            "model",
            "image",
            "index",
            "unit",
            "pixels",
            "pixels without value",
            "mean absolute error",
            "95 % low",
            "95 % high",
            "bias",
            "95 % low",
            "95 % high",
            "note");
    for (ModelResults model : results.models()) {
      for (String key : results.indices()) {
        MeanOverImages error = results.indexError(model, key);
        MeanOverImages bias = results.indexBias(model, key);
        List<IndexError> own =
            model.images().stream().flatMap(image -> image.index(key).stream()).toList();
        if (own.isEmpty()) {
          continue;
        }
        table =
            table.with(
                model.label(),
                "mean of " + error.images(),
                key,
                unit(key),
                own.stream().mapToLong(IndexError::pixels).sum(),
                own.stream().mapToLong(IndexError::withoutValue).sum(),
                error.mean(),
                edge(error, SubjectBootstrap.Interval::low),
                edge(error, SubjectBootstrap.Interval::high),
                bias.mean(),
                edge(bias, SubjectBootstrap.Interval::low),
                edge(bias, SubjectBootstrap.Interval::high),
                INDEX_NOTE);
        for (ImageResult image : model.images()) {
          if (image.index(key).isPresent()) {
            IndexError of = image.index(key).get();
            table =
                table.with(
                    model.label(),
                    image.place(),
                    key,
                    unit(key),
                    of.pixels(),
                    of.withoutValue(),
                    of.meanAbsolute(),
                    "",
                    "",
                    of.bias(),
                    "",
                    "",
                    INDEX_NOTE);
          }
        }
      }
    }
    return table;
  }

  /** What was not scored: images that lack files, and those without a prediction or a score. */
  public TextTable missing() {
    TextTable table = TextTable.of("of", "image", "state", "reason");
    for (MissingFiles gap : results.missing()) {
      table =
          table.with(
              "data set",
              (gap.split().isEmpty() ? "" : gap.split() + "/") + gap.name(),
              "incomplete",
              "has no " + String.join(", ", gap.kinds()));
    }
    for (ModelResults model : results.models()) {
      for (Unscored image : model.unscored()) {
        table =
            table.with(
                model.label(),
                image.image(),
                image.failed() ? "failed" : "no prediction",
                image.reason());
      }
    }
    return table;
  }

  private static Object edge(
      MeanOverImages mean, Function<SubjectBootstrap.Interval, Double> edge) {
    return mean.interval().<Object>map(edge).orElse("");
  }

  // -- Indices --

  /** What an index is, if it is one that is known. */
  Optional<SkinIndex.Description> index(String key) {
    return indices.stream().filter(index -> index.key().equals(key)).findFirst();
  }

  /** Unit of an index; empty if it is not known. */
  String unit(String key) {
    return index(key).map(SkinIndex.Description::unit).orElse("");
  }

  List<ModelResults> others() {
    return results.models().subList(1, results.models().size());
  }
}
