package org.skinspectra.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.model.ModelDescription;
import org.skinspectra.spectra.Wavelengths;
import org.skinspectra.train.ModelScores;

class ScoreReportTest {

  @TempDir Path folder;

  private static ModelScores scores(String id, double angle) {
    double[] bands = new double[Wavelengths.VIS_NIR.size()];
    Arrays.fill(bands, Double.NaN);
    bands[3] = angle;
    bands[4] = angle;
    return new ModelScores(
        new ModelDescription("model.safetensors", id, "none"),
        List.of(new ModelScores.Line("noise", "45 dB", 4, angle, angle, angle, angle)),
        bands);
  }

  private static final ScoreReport REPORT =
      new ScoreReport(
          List.of("one/model", "two/model"), List.of(scores("abc", 0.25), scores("def", 0.5)));

  @Test
  void modelsOfOneNameKeepTheirOwnScoresAndIds() throws IOException {
    Path file = folder.resolve("scores.csv");
    REPORT.table().writeCsv(file);
    assertEquals(
        List.of(
            "one/model,noise,45 dB,4,0.25,0.25,0.25,0.25,abc",
            "two/model,noise,45 dB,4,0.5,0.5,0.5,0.5,def"),
        Files.readAllLines(file).subList(1, 3));
    assertEquals(
        List.of("abc", "def"),
        REPORT.objects().stream().map(object -> object.get("model_id")).toList());
    assertEquals(
        List.of(0.25, 0.5),
        REPORT.objects().stream().map(object -> object.get("sam_clamped_rad")).toList());
  }

  @Test
  void onlyMeasuredBandsAreListed() throws IOException {
    Path file = folder.resolve("bands.csv");
    REPORT.bandTable().writeCsv(file);
    assertEquals(
        List.of(
            "one/model,430.0,0.25,abc",
            "one/model,440.0,0.25,abc",
            "two/model,430.0,0.5,def",
            "two/model,440.0,0.5,def"),
        Files.readAllLines(file).subList(1, 5));
  }

  @Test
  void everyModelHasACurveUnderItsOwnLabel() {
    assertEquals(
        List.of("one/model", "two/model"),
        REPORT.bandFigure().curves().stream().map(Curve::label).toList());
    assertEquals("Error by band, noise 45 dB", REPORT.bandFigure().title());
  }
}
