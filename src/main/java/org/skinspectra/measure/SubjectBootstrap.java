package org.skinspectra.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * Percentile interval of a mean over images by resampling subjects with all their images (cluster
 * bootstrap: A. C. Davison and D. V. Hinkley, Bootstrap Methods and their Application, 1997, 3.8).
 * Images of one subject are alike, so an interval from single images would be far too narrow. With
 * fewer than about ten subjects this one is still somewhat too narrow.
 */
public final class SubjectBootstrap {

  /** Number of resamples. */
  public static final int RESAMPLES = 10_000;

  /** Seed of the generator, so that the same scores give the same interval. */
  public static final long SEED = 2024;

  /** Share of the resampled means within the interval. */
  public static final double LEVEL = 0.95;

  /** One line for people that says what is computed. */
  public static final String DESCRIPTION =
      "95 % percentile interval of the mean over "
          + RESAMPLES
          + " resamples of subjects with all their images (generator Well19937c, seed "
          + SEED
          + ")";

  /** Why there is no interval where there is none. */
  public static final String NO_INTERVAL =
      "not stated: it takes two subjects or more to see how much they differ";

  private SubjectBootstrap() {}

  /** From the lower to the upper percentile, in the unit of the values. */
  public record Interval(double low, double high) {}

  /**
   * The interval of the mean of some values.
   *
   * @param subjects of each value, in the order of the values
   * @param values one for each image, finite
   * @return empty if there are fewer than two subjects, or a value is not finite
   * @throws IllegalArgumentException if there are more or fewer subjects than values
   */
  public static Optional<Interval> of(List<String> subjects, double... values) {
    if (subjects.size() != values.length) {
      throw new IllegalArgumentException(
          subjects.size() + " subjects for " + values.length + " values.");
    }
    // By name, so that the order of files has no say.
    Map<String, List<Double>> bySubject = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      bySubject.computeIfAbsent(subjects.get(i), subject -> new ArrayList<>()).add(values[i]);
    }
    if (bySubject.size() < 2 || !Arrays.stream(values).allMatch(Double::isFinite)) {
      return Optional.empty();
    }
    double[] sums =
        bySubject.values().stream()
            .mapToDouble(own -> own.stream().mapToDouble(Double::doubleValue).sum())
            .toArray();
    int[] counts = bySubject.values().stream().mapToInt(List::size).toArray();
    double[] means = means(sums, counts);
    Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
    percentile.setData(means);
    double tail = 100 * (1 - LEVEL) / 2;
    return Optional.of(new Interval(percentile.evaluate(tail), percentile.evaluate(100 - tail)));
  }

  private static double[] means(double[] sums, int[] counts) {
    RandomGenerator random = new Well19937c(SEED);
    double[] means = new double[RESAMPLES];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      double sum = 0;
      int count = 0;
      for (int draw = 0; draw < sums.length; draw++) {
        int subject = random.nextInt(sums.length);
        sum += sums[subject];
        count += counts[subject];
      }
      means[resample] = sum / count;
    }
    return means;
  }
}
