package org.skinspectra.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.measure.SkinTone;
import org.skinspectra.model.ModelDescription;
import org.skinspectra.spectra.Wavelengths;

/**
 * What a scoring says of one model.
 *
 * @param lines by condition in their order, then by skin tone under the first condition
 * @param bandRmse mean over the images that have a band of its RMSE under the first condition, on
 *     400:10:1000 nm; not a number where no image has it
 */
public record ModelScores(ModelDescription model, List<Line> lines, double[] bandRmse) {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  /**
   * Means over some images.
   *
   * @param group what is varied
   * @param label how
   * @param challenge spectral angle as the challenge defines it (rad)
   * @param clamped spectral angle with the cosine clamped and the mask thresholded (rad)
   * @param worst largest clamped angle of an image (rad)
   */
  public record Line(
      String group,
      String label,
      int images,
      double challenge,
      double clamped,
      double worst,
      double rmse) {}

  /**
   * Summarises the entries of a model.
   *
   * @param conditions of which the first stands for the skin tones and the bands
   * @throws SkinSpectraException if there is no entry for a condition
   */
  public static ModelScores of(
      ModelDescription model, List<ScoringCondition> conditions, List<Scoring.Entry> entries) {
    List<Line> lines = new ArrayList<>();
    for (ScoringCondition condition : conditions) {
      List<ImageMeans> images = means(entries, entry -> entry.condition() == condition);
      if (images.isEmpty()) {
        throw new SkinSpectraException(
            "There is no image to score under the condition %s, %s."
                .formatted(condition.group(), condition.label()));
      }
      lines.add(line(condition.group(), condition.label(), images));
    }
    ScoringCondition first = conditions.get(0);
    for (SkinTone tone : SkinTone.values()) {
      List<ImageMeans> images =
          means(entries, entry -> entry.condition() == first && entry.tone() == tone);
      if (!images.isEmpty()) {
        lines.add(line("skin tone", tone.label(), images));
      }
    }
    return new ModelScores(
        model, List.copyOf(lines), bandRmse(means(entries, entry -> entry.condition() == first)));
  }

  private static List<ImageMeans> means(
      List<Scoring.Entry> entries, Predicate<Scoring.Entry> choice) {
    return entries.stream().filter(choice).map(Scoring.Entry::means).toList();
  }

  private static Line line(String group, String label, List<ImageMeans> images) {
    return new Line(
        group,
        label,
        images.size(),
        images.stream().mapToDouble(ImageMeans::challenge).average().orElseThrow(),
        images.stream().mapToDouble(ImageMeans::clamped).average().orElseThrow(),
        images.stream().mapToDouble(ImageMeans::clamped).max().orElseThrow(),
        images.stream().mapToDouble(image -> image.errors().rmse()).average().orElseThrow());
  }

  private static double[] bandRmse(List<ImageMeans> images) {
    double[] sum = new double[GRID.size()];
    int[] counts = new int[GRID.size()];
    for (ImageMeans image : images) {
      double[] rmse = image.errors().bandRmse();
      int first = GRID.nearestIndex(image.errors().wavelengths().first());
      for (int band = 0; band < rmse.length; band++) {
        sum[first + band] += rmse[band];
        counts[first + band]++;
      }
    }
    for (int band = 0; band < sum.length; band++) {
      sum[band] /= counts[band];
    }
    return sum;
  }
}
