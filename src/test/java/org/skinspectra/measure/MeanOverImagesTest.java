package org.skinspectra.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeanOverImagesTest {

  @Test
  void isTheMeanAndThePopulationDeviationOverImages() {
    MeanOverImages score = MeanOverImages.of(List.of("a", "a", "b"), 0.1, 0.2, 0.3);
    assertEquals(3, score.images());
    assertEquals(2, score.subjects());
    assertEquals(0.2, score.mean(), 1e-15);
    assertEquals(Math.sqrt(0.02 / 3), score.sd(), 1e-15);
  }

  @Test
  void imagesWithoutAValueAreNotCounted() {
    MeanOverImages score = MeanOverImages.of(List.of("a", "b", "b"), 0.1, Double.NaN, 0.3);
    assertEquals(2, score.images());
    assertEquals(0.2, score.mean(), 1e-15);
  }

  @Test
  void nothingToSummariseIsNoNumber() {
    MeanOverImages none = MeanOverImages.of(List.of());
    assertEquals(0, none.images());
    assertTrue(Double.isNaN(none.mean()) && Double.isNaN(none.sd()));
    assertTrue(none.interval().isEmpty());
  }

  @Test
  void aDifferenceIsPairedImageByImage() {
    MeanOverImages difference =
        MeanOverImages.ofDifferences(
            List.of("a", "b", "b"),
            new double[] {0.2, 0.5, 0.9},
            new double[] {0.1, 0.4, Double.NaN});
    assertEquals(2, difference.images());
    assertEquals(0.1, difference.mean(), 1e-15);
    assertEquals(0, difference.sd(), 1e-15);
  }
}
