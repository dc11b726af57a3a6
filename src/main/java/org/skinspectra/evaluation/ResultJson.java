package org.skinspectra.evaluation;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skinspectra.JsonFields;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.measure.IndexError;
import org.skinspectra.measure.SpectralRange;
import org.skinspectra.spectra.Wavelengths;

/** {@link ImageResult} as it is kept between runs. */
final class ResultJson {

  private static final int MAX_NAME = 1000;
  private static final int MAX_SIDE = 1 << 20;

  /** Stands for NaN in lists of reflectances; far outside of them. */
  private static final double NO_VALUE = -1e300;

  static final List<String> KEYS =
      List.of(
          "image", "split", "subject", "width", "height", "pixels", "ranges", "bands", "indices");
  private static final List<String> RANGE_KEYS =
      List.of("range", "challenge", "clamped", "challengePixels", "rmse", "mrae", "psnr", "ssim");
  private static final List<String> BAND_KEYS =
      List.of("nm", "rmse", "bias", "truthMean", "truthSd", "predictionMean", "predictionSd");
  private static final List<String> INDEX_KEYS =
      List.of("index", "pixels", "withoutValue", "meanAbsolute", "bias");

  private ResultJson() {}

  static JsonObject write(ImageResult result) {
    JsonObject json = new JsonObject();
    json.addProperty("image", result.image());
    json.addProperty("split", result.split());
    json.addProperty("subject", result.subject());
    json.addProperty("width", result.width());
    json.addProperty("height", result.height());
    json.addProperty("pixels", result.pixels());
    JsonArray ranges = new JsonArray();
    result.ranges().forEach(score -> ranges.add(write(score)));
    json.add("ranges", ranges);
    BandResult bands = result.bands();
    JsonObject perBand = new JsonObject();
    perBand.add("nm", numbers(bands.wavelengths().toArray()));
    perBand.add("rmse", numbers(bands.rmse()));
    perBand.add("bias", numbers(bands.bias()));
    perBand.add("truthMean", numbers(bands.truthMean()));
    perBand.add("truthSd", numbers(bands.truthSd()));
    perBand.add("predictionMean", numbers(bands.predictionMean()));
    perBand.add("predictionSd", numbers(bands.predictionSd()));
    json.add("bands", perBand);
    JsonArray indices = new JsonArray();
    for (IndexError error : result.indices()) {
      JsonObject index = new JsonObject();
      index.addProperty("index", error.key());
      index.addProperty("pixels", error.pixels());
      index.addProperty("withoutValue", error.withoutValue());
      index.add("meanAbsolute", JsonText.anyNumber(error.meanAbsolute()));
      index.add("bias", JsonText.anyNumber(error.bias()));
      indices.add(index);
    }
    json.add("indices", indices);
    return json;
  }

  private static JsonObject write(RangeScore score) {
    JsonObject json = new JsonObject();
    json.addProperty("range", score.range().key());
    json.add("challenge", JsonText.anyNumber(score.challenge()));
    json.add("clamped", JsonText.anyNumber(score.clamped()));
    json.addProperty("challengePixels", score.challengePixels());
    json.add("rmse", JsonText.anyNumber(score.rmse()));
    json.add("mrae", JsonText.anyNumber(score.mrae()));
    json.add("psnr", JsonText.anyNumber(score.psnr()));
    json.add("ssim", JsonText.anyNumber(score.ssim()));
    return json;
  }

  /** The spread of a single pixel is NaN. */
  private static JsonArray numbers(double[] values) {
    JsonArray array = new JsonArray();
    for (double value : values) {
      array.add(new JsonPrimitive(Double.isNaN(value) ? NO_VALUE : value));
    }
    return array;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param fields with no others than {@link #KEYS}
   * @throws SkinSpectraIOException if it is not that
   */
  static ImageResult read(JsonFields fields) {
    List<RangeScore> ranges = new ArrayList<>();
    for (JsonFields range : fields.objects("ranges", RANGE_KEYS)) {
      ranges.add(
          new RangeScore(
              range(range),
              range.anyNumber("challenge"),
              range.anyNumber("clamped"),
              range.whole("challengePixels", 0, Integer.MAX_VALUE),
              range.anyNumber("rmse"),
              range.anyNumber("mrae"),
              range.anyNumber("psnr"),
              range.anyNumber("ssim")));
    }
    List<IndexError> indices = new ArrayList<>();
    for (JsonFields index : fields.objects("indices", INDEX_KEYS)) {
      indices.add(
          new IndexError(
              index.text("index", MAX_NAME),
              index.whole("pixels", 0, Integer.MAX_VALUE),
              index.whole("withoutValue", 0, Integer.MAX_VALUE),
              index.anyNumber("meanAbsolute"),
              index.anyNumber("bias")));
    }
    return new ImageResult(
        fields.text("image", MAX_NAME),
        fields.text("split", MAX_NAME),
        fields.text("subject", MAX_NAME),
        fields.whole("width", 1, MAX_SIDE),
        fields.whole("height", 1, MAX_SIDE),
        fields.whole("pixels", 0, Integer.MAX_VALUE),
        ranges,
        bands(fields.object("bands", BAND_KEYS)),
        indices);
  }

  private static SpectralRange range(JsonFields fields) {
    String key = fields.text("range", MAX_NAME);
    return Arrays.stream(SpectralRange.values())
        .filter(range -> range.key().equals(key))
        .findFirst()
        .orElseThrow(() -> fields.bad("range", "joint, VIS or NIR"));
  }

  private static BandResult bands(JsonFields fields) {
    double[][] rows =
        BAND_KEYS.stream()
            .map(
                key ->
                    Arrays.stream(fields.numbers(key))
                        .map(value -> value == NO_VALUE ? Double.NaN : value)
                        .toArray())
            .toArray(double[][]::new);
    for (int i = 1; i < rows.length; i++) {
      if (rows[i].length != rows[0].length) {
        throw fields.refused(BAND_KEYS.get(i), "has not one value for each wavelength");
      }
    }
    try {
      return new BandResult(
          Wavelengths.of(rows[0]), rows[1], rows[2], rows[3], rows[4], rows[5], rows[6]);
    } catch (IllegalArgumentException e) {
      throw fields.refused("nm", "is no list of wavelengths: " + e.getMessage());
    }
  }
}
