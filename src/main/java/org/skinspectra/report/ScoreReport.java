package org.skinspectra.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skinspectra.spectra.Wavelengths;
import org.skinspectra.train.ModelScores;

/**
 * Scores of models side by side, as tables and a figure.
 *
 * @param labels of the models, none twice
 * @param models in the same order
 */
public record ScoreReport(List<String> labels, List<ModelScores> models) {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  /** Heading of the column with the SHA-256 of each model's weights. */
  public static final String MODEL_ID = "model id";

  /** One row for each model and condition, and for each skin tone under the first condition. */
  public TextTable table() {
    TextTable table =
        TextTable.of(
            "model",
            "varied",
            "value",
            "images",
            "SAM challenge (rad)",
            "SAM clamped (rad)",
            "worst image (rad)",
            "RMSE",
            MODEL_ID);
    for (int i = 0; i < models.size(); i++) {
      for (ModelScores.Line line : models.get(i).lines()) {
        table =
            table.with(
                labels.get(i),
                line.group(),
                line.label(),
                line.images(),
                line.challenge(),
                line.clamped(),
                line.worst(),
                line.rmse(),
                models.get(i).model().id());
      }
    }
    return table;
  }

  /** The error of every band that was measured, under the first condition. */
  public TextTable bandTable() {
    TextTable table = TextTable.of("model", "wavelength (nm)", "RMSE", MODEL_ID);
    for (int i = 0; i < models.size(); i++) {
      double[] rmse = models.get(i).bandRmse();
      for (int band = 0; band < rmse.length; band++) {
        if (!Double.isNaN(rmse[band])) {
          table = table.with(labels.get(i), GRID.get(band), rmse[band], models.get(i).model().id());
        }
      }
    }
    return table;
  }

  /** The same as curves. */
  public SpectrumFigure bandFigure() {
    ModelScores.Line first = models.get(0).lines().get(0);
    SpectrumFigure figure =
        SpectrumFigure.titled("Error by band, " + first.group() + " " + first.label())
            .withYLabel("RMSE (reflectance factor)");
    for (int i = 0; i < models.size(); i++) {
      figure = figure.with(Curve.of(labels.get(i), GRID, models.get(i).bandRmse()));
    }
    return figure;
  }

  /** The rows of {@link #table} as objects for JSON. */
  public List<Map<String, Object>> objects() {
    List<Map<String, Object>> objects = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      for (ModelScores.Line line : models.get(i).lines()) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", labels.get(i));
        object.put("model_id", models.get(i).model().id());
        object.put("varied", line.group());
        object.put("value", line.label());
        object.put("images", line.images());
        object.put("sam_challenge_rad", line.challenge());
        object.put("sam_clamped_rad", line.clamped());
        object.put("worst_image_sam_clamped_rad", line.worst());
        object.put("rmse", line.rmse());
        objects.add(object);
      }
    }
    return objects;
  }
}
