package org.skinspectra.skin;

import static org.skinspectra.skin.SkinParameter.BASELINE_ABSORPTION;
import static org.skinspectra.skin.SkinParameter.BLOOD_FRACTION;
import static org.skinspectra.skin.SkinParameter.DERMIS_THICKNESS;
import static org.skinspectra.skin.SkinParameter.EPIDERMIS_THICKNESS;
import static org.skinspectra.skin.SkinParameter.MELANOSOME_FRACTION;
import static org.skinspectra.skin.SkinParameter.OXYGEN_SATURATION;
import static org.skinspectra.skin.SkinParameter.SCATTERING_AMPLITUDE;
import static org.skinspectra.skin.SkinParameter.SCATTERING_POWER;
import static org.skinspectra.skin.SkinParameter.SURFACE_REFLECTION;
import static org.skinspectra.skin.SkinParameter.VESSEL_RADIUS;
import static org.skinspectra.skin.SkinParameter.WATER_FRACTION;

import java.util.EnumMap;
import java.util.Map;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.util.FastMath;

/**
 * Draws plausible skins of all tones and sites. Melanosome fractions are spread evenly in their
 * logarithm, so that no tone is rare. Blood, saturation, vessel radius, dermis thickness and
 * scattering power vary together with the site, from the forearm (little blood, small vessels) to
 * the face (much arterialized blood in wide vessels on a thicker dermis); everything else varies on
 * its own. Every value is within its plausible range.
 *
 * <p>A seed gives the same skins on every platform: the generator and its normal deviates are those
 * of commons-math, which are plain Java arithmetic. Not thread-safe.
 */
public final class SkinSampler {

  private static final int MAX_REDRAWS = 100;

  private final RandomGenerator random;

  public SkinSampler(long seed) {
    this.random = new Well19937c(seed);
  }

  /** The next skin. */
  public SkinParameters next() {
    // Standard normal: about -1 on a forearm, +1 on a cheek.
    double site = random.nextGaussian();
    Map<SkinParameter, Double> values = new EnumMap<>(SkinParameter.class);
    values.put(MELANOSOME_FRACTION, logUniform(MELANOSOME_FRACTION));
    values.put(EPIDERMIS_THICKNESS, normal(EPIDERMIS_THICKNESS, 80, 18));
    values.put(BLOOD_FRACTION, logNormal(BLOOD_FRACTION, 0.012, 0.45 * site, 0.45));
    values.put(OXYGEN_SATURATION, normal(OXYGEN_SATURATION, 0.76 + 0.13 * site, 0.10));
    values.put(VESSEL_RADIUS, logNormal(VESSEL_RADIUS, 8, 0.6 * site, 0.5));
    values.put(WATER_FRACTION, normal(WATER_FRACTION, 0.65, 0.06));
    values.put(DERMIS_THICKNESS, logNormal(DERMIS_THICKNESS, 1.7, 0.2 * site, 0.4));
    values.put(SCATTERING_AMPLITUDE, normal(SCATTERING_AMPLITUDE, 38, 9));
    values.put(SCATTERING_POWER, normal(SCATTERING_POWER, 1.05 + 0.22 * site, 0.22));
    values.put(BASELINE_ABSORPTION, logNormal(BASELINE_ABSORPTION, 0.4, 0, 0.8));
    values.put(SURFACE_REFLECTION, normal(SURFACE_REFLECTION, 0.25, 0.2));
    return SkinParameters.of(values);
  }

  /**
   * The spectra of the next {@code count} skins.
   *
   * @return reflectance factors {@code [skin][band]}
   * @throws IllegalArgumentException if {@code count} is negative
   */
  public double[][] spectra(int count, SkinReflectance optics) {
    if (count < 0) {
      throw new IllegalArgumentException("Cannot draw " + count + " skins.");
    }
    double[][] spectra = new double[count][];
    for (int i = 0; i < count; i++) {
      spectra[i] = optics.of(next());
    }
    return spectra;
  }

  private double logUniform(SkinParameter p) {
    double low = FastMath.log(p.plausibleMin());
    double high = FastMath.log(p.plausibleMax());
    return p.clampToPlausible(FastMath.exp(low + (high - low) * random.nextDouble()));
  }

  private double logNormal(SkinParameter p, double median, double shift, double deviation) {
    double mean = FastMath.log(median) + shift;
    for (int i = 0; i < MAX_REDRAWS; i++) {
      double value = FastMath.exp(mean + deviation * random.nextGaussian());
      if (isPlausible(p, value)) {
        return value;
      }
    }
    return p.clampToPlausible(FastMath.exp(mean));
  }

  private double normal(SkinParameter p, double mean, double deviation) {
    for (int i = 0; i < MAX_REDRAWS; i++) {
      double value = mean + deviation * random.nextGaussian();
      if (isPlausible(p, value)) {
        return value;
      }
    }
    return p.clampToPlausible(mean);
  }

  private static boolean isPlausible(SkinParameter p, double value) {
    return value >= p.plausibleMin() && value <= p.plausibleMax();
  }
}
