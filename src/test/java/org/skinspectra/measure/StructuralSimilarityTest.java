package org.skinspectra.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.skinspectra.cube.Mask;

/**
 * The expected figures are those of scikit-image 0.26.0 for the same images, {@code
 * structural_similarity(a, b, gaussian_weights=True, sigma=1.5, use_sample_covariance=False,
 * data_range=1.0, K1=.01, K2=.03)}; for the cropped mask they are the mean of its full map over the
 * window centres x = 9..18, y = 5..14.
 */
class StructuralSimilarityTest {

  private static final int WIDTH = 24;
  private static final int HEIGHT = 20;
  private static final float[] A = image(0);
  private static final float[] B = image(1);

  @Test
  void agreesWithScikitImage() {
    var similarity = new StructuralSimilarity(Mask.all(WIDTH, HEIGHT));
    assertEquals(140, similarity.windows());
    assertEquals(0.9226453471986584, similarity.of(A, B), 1e-12);
  }

  @Test
  void onlyWindowsWhollyInsideTheMaskCount() {
    var similarity = new StructuralSimilarity(maskFromColumn(4));
    assertEquals(100, similarity.windows());
    assertEquals(0.9259932779660819, similarity.of(A, B), 1e-12);
  }

  @Test
  void valuesOutsideTheMaskHaveNoSay() {
    float[] spoiled = B.clone();
    for (int y = 0; y < HEIGHT; y++) {
      Arrays.fill(spoiled, y * WIDTH, y * WIDTH + 4, Float.NaN);
    }
    assertEquals(
        0.9259932779660819, new StructuralSimilarity(maskFromColumn(4)).of(A, spoiled), 1e-12);
  }

  @Test
  void aHoleInTheMaskTakesItsWindowsOut() {
    float[] weights = Mask.all(WIDTH, HEIGHT).weights();
    weights[0] = 0.5f;
    weights[10 * WIDTH + 23] = 0;
    // The corner takes out one window; the hole at x = 23, y = 10 those of x = 18, y = 5..14.
    assertEquals(129, new StructuralSimilarity(new Mask(WIDTH, HEIGHT, weights)).windows());
  }

  @Test
  void equalImagesAreWhollySimilar() {
    assertEquals(1, new StructuralSimilarity(Mask.all(WIDTH, HEIGHT)).of(A, A), 1e-12);
  }

  @Test
  void anImageSmallerThanTheWindowHasNone() {
    var similarity = new StructuralSimilarity(Mask.all(10, 30));
    assertEquals(0, similarity.windows());
    assertEquals(Double.NaN, similarity.of(new float[300], new float[300]));
  }

  private static Mask maskFromColumn(int firstColumn) {
    float[] weights = new float[WIDTH * HEIGHT];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % WIDTH < firstColumn ? 0 : 1;
    }
    return new Mask(WIDTH, HEIGHT, weights);
  }

  /** Multiples of 1/64, so that float32 holds them exactly. */
  private static float[] image(int number) {
    float[] image = new float[WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int a = (7 * x + 13 * y + x * y) % 64;
        int b = 3 * a / 4 + (5 * x + 11 * y) % 16;
        image[y * WIDTH + x] = (number == 0 ? a : b) / 64f;
      }
    }
    return image;
  }
}
