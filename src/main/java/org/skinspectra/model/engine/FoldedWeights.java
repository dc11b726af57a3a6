package org.skinspectra.model.engine;

import java.util.Map;
import org.skinspectra.model.Weights;

/**
 * Weights that carry the constant factors of the GELUs between them. With h' = h/√2, GELU(h) =
 * h/2·(1 + erf(h/√2)) is (h'·(1 + erf h'))/√2: the linear layer before yields h' and the one behind
 * divides by √2, so that two passes over the widest maps are saved. See {@link Layers.Gelu#FOLDED}.
 */
final class FoldedWeights {

  private static final float ROOT_HALF = (float) Math.sqrt(0.5);

  /** By the end of a weight's name: a layer before a GELU, behind one, or between two. */
  private static final Map<String, Float> FACTORS =
      Map.of(
          ".pos_emb.0.weight", ROOT_HALF,
          ".pos_emb.2.weight", ROOT_HALF,
          ".net.0.weight", ROOT_HALF,
          ".net.2.weight", 0.5f,
          ".net.4.weight", ROOT_HALF);

  private FoldedWeights() {}

  /** Values of a weight, in PyTorch's layout, with the factors of its neighbours. */
  static float[] values(Weights weights, String name) {
    float[] values = weights.tensor(name).values();
    return FACTORS.entrySet().stream()
        .filter(entry -> name.endsWith(entry.getKey()))
        .findFirst()
        .map(entry -> scaled(values, entry.getValue()))
        .orElse(values);
  }

  private static float[] scaled(float[] values, float factor) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = values[i] * factor;
    }
    return scaled;
  }
}
