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

import org.apache.commons.math3.util.FastMath;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * Diffuse reflectance factor of layered skin: an epidermis with melanosomes on a dermis with blood
 * on fat without end.
 *
 * <p>Each layer is a Kubelka–Munk layer over the one beneath (P. Kubelka, J. Opt. Soc. Am. 38:448,
 * 1948), with K = 2·µa and S = ¾·µs' (D. J. Gate, Appl. Opt. 13:236, 1974; confirmed by S. N.
 * Thennadil, J. Opt. Soc. Am. A 25:1480, 2008). The step of refractive index at the surface follows
 * J. L. Saunderson (J. Opt. Soc. Am. 32:727, 1942) for n = 1.4, its internal reflection W. G. Egan
 * and T. W. Hilgeman (Optical Properties of Inhomogeneous Materials, 1979). Blood is hidden by its
 * vessels as R. L. P. van Veen et al. state (Opt. Lett. 27:246, 2002).
 *
 * <p>All arithmetic is IEEE or commons-math's portable {@code FastMath}, so that the same
 * parameters give the same bits on every platform. Immutable and thread-safe.
 */
public final class SkinReflectance {

  /** Refractive index of skin against air 1. */
  public static final double REFRACTIVE_INDEX = 1.4;

  private static final double EXTERNAL_REFLECTION =
      square((REFRACTIVE_INDEX - 1) / (REFRACTIVE_INDEX + 1));
  private static final double INTERNAL_REFLECTION =
      -1.440 / square(REFRACTIVE_INDEX)
          + 0.710 / REFRACTIVE_INDEX
          + 0.668
          + 0.0636 * REFRACTIVE_INDEX;

  private static final double CM_PER_UM = 1e-4;
  private static final double CM_PER_MM = 0.1;

  /** Fatty tissue: µs' = 18.4·(λ/500)^-0.672 (Jacques 2013); lipid and water by volume. */
  private static final double FAT_SCATTERING_AMPLITUDE = 18.4;

  private static final double FAT_SCATTERING_POWER = 0.672;
  private static final double FAT_LIPID_FRACTION = 0.75;
  private static final double FAT_WATER_FRACTION = 0.2;

  /** Fat holds a small share of the dermis's blood per volume; an assumption of ours. */
  private static final double FAT_PERFUSION = 0.15;

  private final Wavelengths wavelengths;
  private final double[] logRelativeWavelength;
  private final double[] oxyhaemoglobin;
  private final double[] deoxyhaemoglobin;
  private final double[] water;
  private final double[] melanosome;
  private final double[] baseline;
  private final double[] fatAbsorption;
  private final double[] fatScattering;

  /**
   * Optics on a wavelength grid.
   *
   * @throws SkinSpectraException if the grid reaches outside 400 to 1000 nm
   */
  public SkinReflectance(Wavelengths wavelengths) {
    SpectralTable table = Chromophores.on(wavelengths);
    this.wavelengths = wavelengths;
    oxyhaemoglobin = table.column(Chromophores.OXYHAEMOGLOBIN);
    deoxyhaemoglobin = table.column(Chromophores.DEOXYHAEMOGLOBIN);
    water = table.column(Chromophores.WATER);
    melanosome = table.column(Chromophores.MELANOSOME);
    double[] lipid = table.column(Chromophores.FAT);
    int n = wavelengths.size();
    logRelativeWavelength = new double[n];
    baseline = new double[n];
    fatAbsorption = new double[n];
    fatScattering = new double[n];
    for (int i = 0; i < n; i++) {
      double nm = wavelengths.get(i);
      logRelativeWavelength[i] = FastMath.log(nm / 500);
      baseline[i] = baseline(nm);
      fatAbsorption[i] = FAT_LIPID_FRACTION * lipid[i] + FAT_WATER_FRACTION * water[i];
      fatScattering[i] =
          FAT_SCATTERING_AMPLITUDE * FastMath.exp(-FAT_SCATTERING_POWER * logRelativeWavelength[i]);
    }
  }

  public Wavelengths wavelengths() {
    return wavelengths;
  }

  /**
   * Absorption coefficient of bloodless skin without melanin, 0.244 + 85.3·exp(-(λ - 154)/66.2)
   * (1/cm, λ in nm; I. S. Saidi, thesis, Rice University, 1994, by way of Jacques 1998).
   */
  private static double baseline(double nm) {
    return 0.244 + 85.3 * FastMath.exp(-(nm - 154) / 66.2);
  }

  /** Reflectance factor (1 = perfect white diffuser) of the skin at every wavelength. */
  public double[] of(SkinParameters skin) {
    double melanosomes = skin.get(MELANOSOME_FRACTION);
    double epidermisCm = skin.get(EPIDERMIS_THICKNESS) * CM_PER_UM;
    double blood = skin.get(BLOOD_FRACTION);
    double saturation = skin.get(OXYGEN_SATURATION);
    double vesselCm = skin.get(VESSEL_RADIUS) * CM_PER_UM;
    double waterFraction = skin.get(WATER_FRACTION);
    double dermisCm = skin.get(DERMIS_THICKNESS) * CM_PER_MM;
    double amplitude = skin.get(SCATTERING_AMPLITUDE);
    double power = skin.get(SCATTERING_POWER);
    double baselineFactor = skin.get(BASELINE_ABSORPTION);
    double surface = skin.get(SURFACE_REFLECTION) * EXTERNAL_REFLECTION;

    double[] reflectance = new double[wavelengths.size()];
    for (int i = 0; i < reflectance.length; i++) {
      double inBlood = saturation * oxyhaemoglobin[i] + (1 - saturation) * deoxyhaemoglobin[i];
      double seenBlood = blood * inBlood * vesselShare(inBlood * vesselCm);
      double bloodless = baselineFactor * baseline[i] + waterFraction * water[i];
      double scattering = amplitude * FastMath.exp(-power * logRelativeWavelength[i]);

      double epidermis = melanosomes * melanosome[i] + (1 - melanosomes) * bloodless;
      double dermis = seenBlood + (1 - blood) * bloodless;
      double fat = FAT_PERFUSION * seenBlood + fatAbsorption[i];

      double onFat = endless(fat, fatScattering[i]);
      double onDermis = layer(dermis, scattering, dermisCm, onFat);
      double beneathSurface = layer(epidermis, scattering, epidermisCm, onDermis);
      reflectance[i] = surface + throughSurface(beneathSurface);
    }
    return reflectance;
  }

  /** Share of the blood in a vessel that light sees: (1 - exp(-2x))/(2x), x = µa·radius. */
  private static double vesselShare(double x) {
    return x < 1e-9 ? 1 : -FastMath.expm1(-2 * x) / (2 * x);
  }

  /** Kubelka–Munk reflectance of an endless layer. */
  private static double endless(double absorption, double scattering) {
    double ratio = 2 * absorption / (0.75 * scattering);
    return 1 + ratio - Math.sqrt(ratio * (ratio + 2));
  }

  /** Kubelka–Munk reflectance of a layer (thickness in cm) over a backing. */
  private static double layer(
      double absorption, double scattering, double thickness, double backing) {
    double s = 0.75 * scattering;
    double ratio = 2 * absorption / s;
    double a = 1 + ratio;
    double b = Math.sqrt(ratio * (ratio + 2));
    double x = b * s * thickness;
    // b·coth(x) tends to 1/(s·thickness) as the layer becomes clear.
    double bCoth =
        x < 1e-6 ? 1 / (s * thickness) : b * (1 + 2 / FastMath.expm1(FastMath.min(2 * x, 700)));
    return (1 - backing * (a - bCoth)) / (a - backing + bCoth);
  }

  private static double throughSurface(double inside) {
    return (1 - EXTERNAL_REFLECTION)
        * (1 - INTERNAL_REFLECTION)
        * inside
        / (1 - INTERNAL_REFLECTION * inside);
  }

  private static double square(double x) {
    return x * x;
  }
}
