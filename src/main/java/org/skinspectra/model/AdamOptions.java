package org.skinspectra.model;

import org.skinspectra.SkinSpectraException;

/**
 * Constants of the optimizer (Kingma and Ba, ICLR 2015) and of what surrounds it.
 *
 * @param beta1 decay of the gradient's mean
 * @param beta2 decay of the gradient's mean square
 * @param epsilon added to the root mean square
 * @param clipNorm largest norm of all gradients together; a longer gradient is shortened to it
 */
public record AdamOptions(double beta1, double beta2, double epsilon, double clipNorm) {

  /** The values of the published MST++ training, with gradients clipped at norm 1. */
  public static final AdamOptions DEFAULT = new AdamOptions(0.9, 0.999, 1e-8, 1);

  /** The default but for the clipping. */
  public static AdamOptions withClipNorm(double clipNorm) {
    return new AdamOptions(DEFAULT.beta1, DEFAULT.beta2, DEFAULT.epsilon, clipNorm);
  }

  /**
   * @throws SkinSpectraException if a value is out of range
   */
  public AdamOptions {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
      throw new SkinSpectraException(
          "Adam's decays lie in [0, 1), not %s and %s.".formatted(beta1, beta2));
    }
    if (!(epsilon > 0 && Double.isFinite(epsilon) && clipNorm > 0)) {
      throw new SkinSpectraException(
          "Adam needs a positive epsilon and clipping norm, not %s and %s."
              .formatted(epsilon, clipNorm));
    }
  }
}
