package org.skinspectra.report;

import java.util.Locale;
import org.skinspectra.evaluation.EvaluationResults;
import org.skinspectra.evaluation.ImageResult;
import org.skinspectra.evaluation.Measure;
import org.skinspectra.evaluation.ModelResults;
import org.skinspectra.measure.AngleUnit;
import org.skinspectra.measure.MeanOverImages;
import org.skinspectra.measure.SpectralRange;

/**
 * An evaluation as tables for the terminal.
 *
 * @param unit that angles are shown in
 */
public record EvaluationText(EvaluationTables tables, AngleUnit unit) {

  private EvaluationResults results() {
    return tables.results();
  }

  /** The joint numbers of every image. */
  public TextTable images() {
    TextTable table =
        TextTable.of(
            "model",
            "image",
            angle(Measure.SAM_CHALLENGE),
            angle(Measure.SAM_CLAMPED),
            "RMSE",
            "MRAE",
            "PSNR (dB)",
            "SSIM");
    for (ModelResults model : results().models()) {
      for (ImageResult image : model.images()) {
        SpectralRange widest = image.ranges().get(0).range();
        table =
            table.with(
                model.label(),
                image.image() + (widest == SpectralRange.JOINT ? "" : " " + widest.key()),
                unit.of(image.value(Measure.SAM_CHALLENGE, widest)),
                unit.of(image.value(Measure.SAM_CLAMPED, widest)),
                image.value(Measure.RMSE, widest),
                image.value(Measure.MRAE, widest),
                image.value(Measure.PSNR, widest),
                image.value(Measure.SSIM, widest));
      }
    }
    return table;
  }

  /** Means over images with their spread, a row for each model and range. */
  public TextTable summary() {
    TextTable table =
        TextTable.of(
            "model",
            "bands",
            "images",
            "subjects",
            angle(Measure.SAM_CHALLENGE),
            "95 % interval",
            angle(Measure.SAM_CLAMPED),
            "95 % interval",
            "RMSE",
            "MRAE",
            "PSNR (dB)",
            "SSIM");
    for (ModelResults model : results().models()) {
      for (SpectralRange range : results().ranges()) {
        MeanOverImages challenge = results().overall(model, Measure.SAM_CHALLENGE, range);
        MeanOverImages clamped = results().overall(model, Measure.SAM_CLAMPED, range);
        if (challenge.images() > 0) {
          table =
              table.with(
                  model.label(),
                  range.key(),
                  challenge.images(),
                  challenge.subjects(),
                  spread(challenge),
                  interval(challenge),
                  spread(clamped),
                  interval(clamped),
                  results().overall(model, Measure.RMSE, range).mean(),
                  results().overall(model, Measure.MRAE, range).mean(),
                  results().overall(model, Measure.PSNR, range).mean(),
                  results().overall(model, Measure.SSIM, range).mean());
        }
      }
    }
    return table;
  }

  /** How the models differ from the first; no row if there is but one. */
  public TextTable differences() {
    TextTable table =
        TextTable.of(
            "model minus " + results().models().get(0).label(),
            "bands",
            "images",
            angle(Measure.SAM_CHALLENGE),
            "95 % interval",
            angle(Measure.SAM_CLAMPED),
            "95 % interval");
    for (ModelResults model : tables.others()) {
      for (SpectralRange range : results().ranges()) {
        MeanOverImages challenge = results().difference(model, Measure.SAM_CHALLENGE, range);
        MeanOverImages clamped = results().difference(model, Measure.SAM_CLAMPED, range);
        if (challenge.images() > 0) {
          table =
              table.with(
                  model.label(),
                  range.key(),
                  challenge.images(),
                  signed(unit.of(challenge.mean())),
                  interval(challenge),
                  signed(unit.of(clamped.mean())),
                  interval(clamped));
        }
      }
    }
    return table;
  }

  /** Errors of the skin indices. */
  public TextTable indices() {
    TextTable table =
        TextTable.of("model", "index", "unit", "images", "mean absolute error", "bias");
    for (ModelResults model : results().models()) {
      for (String key : results().indices()) {
        MeanOverImages error = results().indexError(model, key);
        if (error.images() > 0) {
          table =
              table.with(
                  model.label(),
                  key,
                  tables.unit(key),
                  error.images(),
                  error.mean(),
                  results().indexBias(model, key).mean());
        }
      }
    }
    return table;
  }

  private String angle(Measure measure) {
    return measure.title() + " (" + unit.key() + ")";
  }

  /** Mean and population standard deviation of angles. */
  String spread(MeanOverImages angles) {
    return angles.images() == 0
        ? ""
        : decimals(unit.of(angles.mean())) + " ± " + decimals(unit.of(angles.sd()));
  }

  /** The interval of angles, or why there is none. */
  private String interval(MeanOverImages angles) {
    return angles
        .interval()
        .map(i -> decimals(unit.of(i.low())) + " to " + decimals(unit.of(i.high())))
        .orElse(angles.subjects() < 2 ? "not stated" : "");
  }

  private String signed(double value) {
    return (value > 0 ? "+" : "") + decimals(value);
  }

  String decimals(double value) {
    return String.format(Locale.ROOT, unit == AngleUnit.DEGREES ? "%.3f" : "%.4f", value);
  }

  /** The colour of a model as a mark beside its name, for a page. */
  String key(ModelResults model) {
    return "<span class=\"key\" style=\"margin:0\"><i style=\"background:%s\"></i></span>"
        .formatted(Html.colour(colour(model)));
  }

  /** The colour of a model in figures, 0xRRGGBB. */
  int colour(ModelResults model) {
    return SpectrumFigure.rgb(results().models().indexOf(model));
  }

  /** A value as it is shown. */
  String show(Measure measure, double value) {
    return measure.isAngle() ? decimals(unit.of(value)) : TextTable.show(value);
  }
}
