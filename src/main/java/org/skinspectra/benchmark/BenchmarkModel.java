package org.skinspectra.benchmark;

import java.util.Optional;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.model.Architecture;
import org.skinspectra.model.Models;
import org.skinspectra.model.WavelengthConvention;
import org.skinspectra.model.Weights;
import org.skinspectra.spectra.Wavelengths;

/** Models that are measured, by name. */
public final class BenchmarkModel {

  /** The published MST++ of the challenge's size, 4 to 61 bands and 3 stages, untrained. */
  public static final String CHALLENGE = "challenge";

  private static final long SEED = 1;

  private BenchmarkModel() {}

  /**
   * @param name {@link #CHALLENGE}, or what {@link Models#weights} knows
   * @throws SkinSpectraException if there is no such model
   */
  public static Weights weights(String name) {
    return name.equals(CHALLENGE)
        ? Weights.untrained(Architecture.mstPlusPlus(4, Wavelengths.VIS_NIR.size(), 3), SEED)
        : Models.weights(name);
  }

  /**
   * @throws SkinSpectraException if there is no such model, or it is no network that takes images
   *     of 3 or 4 channels
   */
  public static void requireNetwork(String name) {
    Weights weights = weights(name);
    Architecture architecture = Architecture.infer(weights);
    architecture.check(weights);
    int inputs = architecture.inputs();
    if (inputs != 3 && inputs != 4) {
      throw new SkinSpectraException(
          "%s takes images of %d channels; only models for 3 or 4 are measured."
              .formatted(name, inputs));
    }
  }

  /** Its bands; numbers in place of wavelengths that nothing tells. */
  static Wavelengths wavelengths(Weights weights, Architecture architecture) {
    int bands = architecture.outputs();
    return bands == Wavelengths.VIS_NIR.size()
        ? WavelengthConvention.of(weights, architecture, Optional.empty())
        : Wavelengths.range(400, 1, 400 + bands - 1);
  }
}
