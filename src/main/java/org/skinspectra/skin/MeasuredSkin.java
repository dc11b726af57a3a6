package org.skinspectra.skin;

import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * People mixed from measured spectra: each a convex mixture of a few, whose shares vary with the
 * smooth maps. What was not measured, the features and the finer variation, is the ratio of two
 * skins by optics, multiplied on; so is, for some people, a mild change of their whole tone.
 * Immutable.
 */
public final class MeasuredSkin implements SkinSource {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;
  private static final int MOST_MIXED = 6;
  private static final int MODELS = 256;
  private static final long MODELS_SEED = 20231;

  private final double[][] spectra;
  private final SkinReflectance optics = new SkinReflectance(GRID);
  private final SkinParameters[] models = new SkinParameters[MODELS];
  private final double[][] modelled = new double[MODELS][];

  /**
   * People mixed from the columns of a table.
   *
   * @throws SkinSpectraException if the table is not on 400:10:1000 nm, or holds a value that is
   *     not a positive number
   */
  public MeasuredSkin(SpectralTable onTheGrid) {
    if (!onTheGrid.wavelengths().matches(GRID)) {
      throw new SkinSpectraException(
          "Measured skin is needed on "
              + GRID
              + " nm, but these spectra are on "
              + onTheGrid.wavelengths()
              + ". Resample them first.");
    }
    spectra = onTheGrid.names().stream().map(onTheGrid::column).toArray(double[][]::new);
    for (int n = 0; n < spectra.length; n++) {
      requirePositive(onTheGrid.names().get(n), spectra[n]);
    }
    SkinSampler sampler = new SkinSampler(MODELS_SEED);
    for (int i = 0; i < MODELS; i++) {
      models[i] = sampler.next();
      modelled[i] = optics.of(models[i]);
    }
  }

  @Override
  public PersonalSkin person(RandomGenerator random) {
    int count = Math.min(1 + (int) (MOST_MIXED * square(random.nextDouble())), spectra.length);
    double[][] parts = new double[count][];
    double[] logShares = new double[count];
    for (int i = 0; i < count; i++) {
      parts[i] = spectra[random.nextInt(spectra.length)];
      logShares[i] = 1.2 * random.nextGaussian();
    }
    double contrast = 0.8 * random.nextDouble();
    SkinParameters model = models[nearestModel(parts[0])];
    SkinParameters changed = random.nextDouble() < 0.6 ? otherTone(model, random) : model;
    return new Person(
        parts, logShares, contrast, optics.of(model), OpticalPerson.of(optics, changed, random));
  }

  /** The simulated skin whose spectrum differs least from a measured one, in logarithm. */
  private int nearestModel(double[] spectrum) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < MODELS; i++) {
      double distance = 0;
      for (int band = 0; band < spectrum.length; band++) {
        distance += Math.abs(spectrum[band] - modelled[i][band]) / spectrum[band];
      }
      if (distance < least) {
        least = distance;
        nearest = i;
      }
    }
    return nearest;
  }

  private static SkinParameters otherTone(SkinParameters skin, RandomGenerator random) {
    double pigment = FastMath.exp(0.6 * random.nextGaussian());
    double supply = FastMath.exp(0.4 * random.nextGaussian());
    return with(
        with(
            with(
                with(skin, SkinParameter.MELANOSOME_FRACTION, pigment, 0),
                SkinParameter.BLOOD_FRACTION,
                supply,
                0),
            SkinParameter.OXYGEN_SATURATION,
            1,
            0.08 * random.nextGaussian()),
        SkinParameter.WATER_FRACTION,
        1,
        0.04 * random.nextGaussian());
  }

  private static SkinParameters with(
      SkinParameters skin, SkinParameter parameter, double factor, double change) {
    return skin.with(parameter, parameter.clampToPlausible(skin.get(parameter) * factor + change));
  }

  private static void requirePositive(String name, double[] spectrum) {
    for (int i = 0; i < spectrum.length; i++) {
      if (!(spectrum[i] > 0 && Double.isFinite(spectrum[i]))) {
        throw new SkinSpectraException(
            "Skin '"
                + name
                + "' reflects "
                + spectrum[i]
                + " at "
                + GRID.label(i)
                + "; a reflectance factor of skin is positive. Mend it or leave it out.");
      }
    }
  }

  private static double square(double x) {
    return x * x;
  }

  private record Person(
      double[][] parts, double[] logShares, double contrast, double[] modelled, OpticalPerson model)
      implements PersonalSkin {

    @Override
    public void spectrum(SkinSpot spot, double[] into) {
      double[] shares = new double[parts.length];
      double sum = 0;
      for (int i = 0; i < shares.length; i++) {
        // From the last map down, since the first ones also vary the model.
        double map = spot.map(SkinSpot.MAPS - 1 - i);
        shares[i] = FastMath.exp(logShares[i] + contrast * map);
        sum += shares[i];
      }
      model.spectrum(spot, into);
      for (int band = 0; band < into.length; band++) {
        double mixed = 0;
        for (int i = 0; i < shares.length; i++) {
          mixed += shares[i] * parts[i][band];
        }
        into[band] *= mixed / sum / modelled[band];
      }
    }
  }
}
