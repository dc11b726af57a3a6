package org.skinspectra.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;

class SubjectBootstrapTest {

  /** Scores that the challenge published for its baseline, in the order of its table. */
  private static final double[] BASELINE = {
    .1185, .1172, .1200, .1209, .1208, .1244, .1379, .1357, .1337, .1359, .1375, .1342, .1533,
    .1443, .1619, .1586, .1574, .1599, .1392, .1397, .1411, .1394, .1395, .1396, .1057, .1031,
    .1095, .1084, .1061, .1109, .1021, .1058, .1043, .1029, .1038, .1049, .0997, .1059, .0993,
    .1030, .1029, .0989, .0940, .0961, .0990, .0948, .0956, .1022, .0941, .1032, .1060, .0987,
    .1057, .1059
  };

  private static final List<String> NINE_SUBJECTS =
      IntStream.range(0, BASELINE.length).mapToObj(i -> "p" + i / 6).toList();

  @Test
  void thePublishedBaselineHasItsPublishedMeanAndDeviation() {
    MeanOverImages score = MeanOverImages.of(NINE_SUBJECTS, BASELINE);
    assertEquals(54, score.images());
    assertEquals(9, score.subjects());
    assertEquals(0.1182, score.mean(), 5e-5);
    assertEquals(0.0200, score.sd(), 5e-5);
  }

  /**
   * With as many images a subject the resampled mean has the standard error of nine subject means,
   * and its percentiles lie near 1.96 of those: 2.4 times as wide as from 54 unrelated images.
   */
  @Test
  void theIntervalIsThatOfSubjectsNotOfImages() {
    double[] subjects =
        IntStream.range(0, 9).mapToDouble(s -> StatUtils.mean(BASELINE, 6 * s, 6)).toArray();
    double error = Math.sqrt(StatUtils.populationVariance(subjects) / 9);
    SubjectBootstrap.Interval interval = interval(NINE_SUBJECTS, BASELINE);
    assertEquals(2 * 1.96 * error, interval.high() - interval.low(), 0.1 * error);
    List<String> unrelated = IntStream.range(0, 54).mapToObj(Integer::toString).toList();
    SubjectBootstrap.Interval images = interval(unrelated, BASELINE);
    double ratio = (interval.high() - interval.low()) / (images.high() - images.low());
    assertEquals(2.4, ratio, 0.1);
  }

  /** Of two subjects a quarter of the resamples hold only the one, a quarter only the other. */
  @Test
  void ofTwoSubjectsItRunsFromTheOneMeanToTheOther() {
    SubjectBootstrap.Interval interval = interval(List.of("a", "b", "b"), 1, 2, 4);
    assertEquals(1, interval.low());
    assertEquals(3, interval.high());
  }

  @Test
  void theSameScoresInAnyOrderHaveTheSameInterval() {
    List<Integer> order = new ArrayList<>(IntStream.range(0, 54).boxed().toList());
    Collections.reverse(order);
    assertEquals(
        interval(NINE_SUBJECTS, BASELINE).low(),
        interval(
                order.stream().map(NINE_SUBJECTS::get).toList(),
                order.stream().mapToDouble(i -> BASELINE[i]).toArray())
            .low(),
        1e-15);
  }

  @Test
  void oneSubjectHasNoIntervalHoweverManyImages() {
    assertEquals(Optional.empty(), SubjectBootstrap.of(List.of("a", "a", "a"), 1, 2, 3));
    assertEquals(Optional.empty(), SubjectBootstrap.of(List.of()));
    assertTrue(SubjectBootstrap.NO_INTERVAL.contains("two subjects"));
  }

  @Test
  void valuesThatAreNotFiniteHaveNoInterval() {
    assertEquals(
        Optional.empty(), SubjectBootstrap.of(List.of("a", "b"), 1, Double.POSITIVE_INFINITY));
  }

  @Test
  void everyValueHasItsSubject() {
    assertThrows(
        IllegalArgumentException.class, () -> SubjectBootstrap.of(List.of("a"), new double[2]));
  }

  @Test
  void imagesWithoutAValueAreLeftOutAndNotCounted() {
    MeanOverImages score = MeanOverImages.of(List.of("a", "a", "b"), 1, 3, Double.NaN);
    assertEquals(new MeanOverImages(2, 1, 2, 1, Optional.empty()), score);
    MeanOverImages none = MeanOverImages.of(List.of("a"), Double.NaN);
    assertEquals(0, none.images());
    assertTrue(Double.isNaN(none.mean()) && Double.isNaN(none.sd()));
  }

  @Test
  void anInfiniteValueMakesTheMeanInfinite() {
    MeanOverImages score = MeanOverImages.of(List.of("a", "b"), 40, Double.POSITIVE_INFINITY);
    assertEquals(Double.POSITIVE_INFINITY, score.mean());
    assertTrue(Double.isNaN(score.sd()));
    assertEquals(Optional.empty(), score.interval());
  }

  /** Two models that differ by a constant: the subjects' own differences cancel. */
  @Test
  void differencesArePairedByImage() {
    double[] better = Arrays.stream(BASELINE).map(score -> score - 0.001).toArray();
    better[7] = Double.NaN;
    MeanOverImages difference = MeanOverImages.ofDifferences(NINE_SUBJECTS, better, BASELINE);
    assertEquals(53, difference.images());
    assertEquals(-0.001, difference.mean(), 1e-12);
    assertEquals(-0.001, difference.interval().orElseThrow().high(), 1e-12);
  }

  private static SubjectBootstrap.Interval interval(List<String> subjects, double... values) {
    return SubjectBootstrap.of(subjects, values).orElseThrow();
  }
}
