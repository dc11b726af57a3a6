package org.skinspectra.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.stat.StatUtils;

/**
 * A measure over a set of images: mean and population standard deviation (divisor n) over images,
 * as the challenge reports its score, and an interval that sees that images of one subject are
 * alike.
 *
 * @param images number of images with a value
 * @param subjects number of subjects they are of
 * @param mean of the values; NaN if there are none
 * @param sd population standard deviation of the values; NaN if there are none or one is infinite
 * @param interval of the mean, see {@link SubjectBootstrap}; empty below two subjects
 */
public record MeanOverImages(
    int images,
    int subjects,
    double mean,
    double sd,
    Optional<SubjectBootstrap.Interval> interval) {

  /**
   * Summarises the values of images; those that are NaN are left out.
   *
   * @param subjects of each value, in the order of the values
   */
  public static MeanOverImages of(List<String> subjects, double... values) {
    List<String> counted = new ArrayList<>();
    double[] finite = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        finite[counted.size()] = values[i];
        counted.add(subjects.get(i));
      }
    }
    finite = Arrays.copyOf(finite, counted.size());
    return new MeanOverImages(
        finite.length,
        new HashSet<>(counted).size(),
        Arrays.stream(finite).average().orElse(Double.NaN),
        Math.sqrt(StatUtils.populationVariance(finite)),
        SubjectBootstrap.of(counted, finite));
  }

  /**
   * How one set of values differs from another of the same images: {@code values - first}, image by
   * image; an image that lacks one of the two is left out.
   */
  public static MeanOverImages ofDifferences(
      List<String> subjects, double[] values, double[] first) {
    double[] differences = new double[values.length];
    Arrays.setAll(differences, i -> values[i] - first[i]);
    return of(subjects, differences);
  }
}
