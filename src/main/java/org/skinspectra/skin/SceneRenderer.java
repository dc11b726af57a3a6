package org.skinspectra.skin;

import static org.skinspectra.skin.SkinParameter.BLOOD_FRACTION;
import static org.skinspectra.skin.SkinParameter.EPIDERMIS_THICKNESS;
import static org.skinspectra.skin.SkinParameter.MELANOSOME_FRACTION;
import static org.skinspectra.skin.SkinParameter.OXYGEN_SATURATION;
import static org.skinspectra.skin.SkinParameter.SURFACE_REFLECTION;
import static org.skinspectra.skin.SkinParameter.VESSEL_RADIUS;
import static org.skinspectra.skin.SkinParameter.WATER_FRACTION;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/**
 * Renders a portrait that belongs to nobody: the lower half of a face with lips, moles, reddened
 * cheeks and a vein on the neck, above a blue collar and before a grey wall. Every pixel of skin
 * has its own parameters, drawn as smooth maps about one sampled skin, and is shaded as a
 * Lambertian surface with a little gloss.
 */
public final class SceneRenderer {

  /** Signal-to-noise ratio of the rendered multispectral image, dB. */
  public static final double SNR_DB = 45;

  private static final Wavelengths WAVELENGTHS = Wavelengths.VIS_NIR;

  /** Shortest side of an image in pixels. */
  public static final int MIN_SIDE = 32;

  /** Longest side of an image in pixels. */
  public static final int MAX_SIDE = 4096;

  /** From above left, towards the viewer. */
  private static final double[] LIGHT = unit(-0.42, -0.5, 0.76);

  /** Half-way between light and viewer. */
  private static final double[] HALF_WAY = unit(LIGHT[0], LIGHT[1], LIGHT[2] + 1);

  private static final double AMBIENT = 0.22;
  private static final double GLOSS = 0.05;
  private static final double GLOSS_EXPONENT = 24;

  private final SkinReflectance optics = new SkinReflectance(WAVELENGTHS);
  private final SkinParameters person;
  private final double[] wall;
  private final double[] fabric;
  private final SmoothNoise melanin;
  private final SmoothNoise freckles;
  private final SmoothNoise blood;
  private final SmoothNoise saturation;
  private final SmoothNoise water;
  private final SmoothNoise thickness;
  private final SmoothNoise texture;
  private final double[][] moles;

  private SceneRenderer(long seed) {
    RandomGenerator random = new Well19937c(seed);
    person = new SkinSampler(seed).next().with(SURFACE_REFLECTION, 0.1);
    wall = wall();
    fabric = fabric();
    melanin = new SmoothNoise(random, 3, 3);
    freckles = new SmoothNoise(random, 45, 2);
    blood = new SmoothNoise(random, 4, 4);
    saturation = new SmoothNoise(random, 3, 2);
    water = new SmoothNoise(random, 3, 2);
    thickness = new SmoothNoise(random, 4, 2);
    texture = new SmoothNoise(random, 30, 3);
    moles = moles(random);
  }

  /**
   * Renders a scene; the same seed and size give the same values on every platform.
   *
   * @throws IllegalArgumentException if a side is not within 32 to 4096 pixels
   */
  public static Scene render(long seed, int width, int height) {
    if (Math.min(width, height) < MIN_SIDE || Math.max(width, height) > MAX_SIDE) {
      throw new IllegalArgumentException(
          "A scene has sides of "
              + MIN_SIDE
              + " to "
              + MAX_SIDE
              + " pixels, not "
              + width
              + "x"
              + height
              + ".");
    }
    return new SceneRenderer(seed).scene(seed, width, height);
  }

  private Scene scene(long seed, int width, int height) {
    SpectralCube truth = SpectralCube.zeros(width, height, WAVELENGTHS);
    float[][] planes = truth.planes();
    float[] skin = new float[width * height];
    double pixel = 1.0 / height;
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        double x = (column + 0.5 - width / 2.0) * pixel;
        double y = (row + 0.5) * pixel;
        double face = FaceGeometry.step(FaceGeometry.face(x, y) / pixel);
        double cloth = (1 - face) * FaceGeometry.step(FaceGeometry.cloth(x, y) / pixel);
        double neck = (1 - face - cloth) * FaceGeometry.step(FaceGeometry.neck(x, y) / pixel);
        double[] spectrum = new double[WAVELENGTHS.size()];
        addSkin(spectrum, face, x, y, FaceGeometry::faceHeight, FaceGeometry.openness(x, y));
        addSkin(spectrum, neck, x, y, FaceGeometry::bodyHeight, FaceGeometry.chinShadow(x, y));
        addCloth(spectrum, cloth, x, y);
        add(spectrum, 1 - face - neck - cloth, wall, 0.9 - 0.25 * y - 0.1 * x, 0);
        int index = row * width + column;
        for (int band = 0; band < planes.length; band++) {
          planes[band][index] = (float) spectrum[band];
        }
        skin[index] = face + neck > 0.5 ? 1 : 0;
      }
    }
    // The noise has a stream of its own, apart from that of the maps.
    var msi = new CanonicalCamera(WAVELENGTHS).capture(truth, SNR_DB, ~seed);
    return new Scene(msi, truth, new Mask(width, height, skin));
  }

  // -- Materials --

  private void addSkin(
      double[] spectrum,
      double coverage,
      double x,
      double y,
      DoubleBinaryOperator height,
      double light) {
    if (coverage > 0) {
      double[] normal = normal(x, y, (u, v) -> height.applyAsDouble(u, v) + relief(u, v));
      double gloss = GLOSS * FastMath.pow(Math.max(0, dot(normal, HALF_WAY)), GLOSS_EXPONENT);
      boolean onFace = FaceGeometry.face(x, y) > -0.01;
      double[] reflectance = optics.of(skinAt(x, y, onFace));
      add(spectrum, coverage, reflectance, light * lambert(normal), light * gloss);
    }
  }

  private void addCloth(double[] spectrum, double coverage, double x, double y) {
    if (coverage > 0) {
      double[] normal = normal(x, y, FaceGeometry::bodyHeight);
      double hem = FaceGeometry.bump((FaceGeometry.cloth(x, y) - 0.028) / 0.005);
      double weave = 1 + 0.05 * texture.at(x * 2, y * 2) - 0.3 * hem;
      add(spectrum, coverage, fabric, weave * lambert(normal), 0);
    }
  }

  private SkinParameters skinAt(double x, double y, boolean onFace) {
    double lips = onFace ? FaceGeometry.step(FaceGeometry.lips(x, y) / 0.008) : 0;
    double flush = onFace ? flush(x, y) : 0;
    double vein = onFace ? 0 : vein(x, y);
    double spots = 0.07 * freckles.at(x, y) * (1 - lips) + 0.15 * melanin.at(x, y);
    double mole = mole(x, y);
    double pigment = FastMath.exp(spots + 2.6 * mole) * (1 - 0.45 * lips);
    double supply = FastMath.exp(0.16 * blood.at(x, y) + 0.7 * flush + 1.25 * lips + 0.55 * vein);
    double melanosomes = person.get(MELANOSOME_FRACTION) * pigment;
    return person
        .with(MELANOSOME_FRACTION, Math.min(melanosomes + 0.02 * mole, 0.43))
        .with(EPIDERMIS_THICKNESS, bounded(EPIDERMIS_THICKNESS, 6 * thickness.at(x, y) - 25 * lips))
        .with(BLOOD_FRACTION, BLOOD_FRACTION.clampToPlausible(person.get(BLOOD_FRACTION) * supply))
        .with(
            OXYGEN_SATURATION,
            bounded(OXYGEN_SATURATION, 0.04 * saturation.at(x, y) + 0.05 * flush - 0.3 * vein))
        .with(VESSEL_RADIUS, bounded(VESSEL_RADIUS, 20 * vein))
        .with(WATER_FRACTION, bounded(WATER_FRACTION, 0.015 * water.at(x, y) + 0.05 * lips));
  }

  private double bounded(SkinParameter parameter, double change) {
    return parameter.clampToPlausible(person.get(parameter) + change);
  }

  private static double flush(double x, double y) {
    double cheeks =
        FaceGeometry.bump(FastMath.hypot((Math.abs(x) - 0.22) / 0.1, (y - 0.18) / 0.12));
    double nose = FaceGeometry.bump(FastMath.hypot(x / 0.06, (y - 0.2) / 0.06));
    return cheeks + 0.5 * nose;
  }

  private static double vein(double x, double y) {
    double course = 0.115 + 0.02 * FastMath.sin(14 * y) - 0.15 * (y - 0.8);
    return FaceGeometry.bump((x - course) / 0.011);
  }

  private double mole(double x, double y) {
    double strongest = 0;
    for (double[] mole : moles) {
      double distance = FastMath.hypot(x - mole[0], y - mole[1]);
      strongest = Math.max(strongest, 1 - FaceGeometry.step((distance - mole[2]) / 0.005));
    }
    return strongest;
  }

  /** Centre and radius of four moles on cheeks, chin and upper lip. */
  private static double[][] moles(RandomGenerator random) {
    double[][] around = {{-0.25, 0.28}, {0.2, 0.36}, {0.1, 0.6}, {-0.13, 0.07}};
    double[][] moles = new double[around.length][];
    for (int i = 0; i < moles.length; i++) {
      moles[i] =
          new double[] {
            around[i][0] + 0.03 * random.nextGaussian(),
            around[i][1] + 0.03 * random.nextGaussian(),
            0.006 + 0.007 * random.nextDouble()
          };
    }
    return moles;
  }

  /** Grey paint: flat but for a slight rise to the infrared. */
  private static double[] wall() {
    return Arrays.stream(WAVELENGTHS.toArray()).map(nm -> 0.34 + 6e-5 * (nm - 700)).toArray();
  }

  /** Cotton dyed blue: the dye is clear beyond 700 nm, where the fibre's own whiteness shows. */
  private static double[] fabric() {
    return Arrays.stream(WAVELENGTHS.toArray())
        .map(
            nm ->
                0.07
                    + 0.16 * FaceGeometry.bump((nm - 460) / 55)
                    + 0.52 / (1 + FastMath.exp(-(nm - 735) / 18)))
        .toArray();
  }

  // -- Light --

  private double relief(double x, double y) {
    return 0.0004 * texture.at(x, y);
  }

  private static void add(
      double[] spectrum, double coverage, double[] reflectance, double light, double gloss) {
    if (coverage > 0) {
      for (int i = 0; i < spectrum.length; i++) {
        spectrum[i] += coverage * (light * reflectance[i] + gloss);
      }
    }
  }

  private static double lambert(double[] normal) {
    return AMBIENT + (1 - AMBIENT) * Math.max(0, dot(normal, LIGHT));
  }

  private static double[] normal(double x, double y, DoubleBinaryOperator height) {
    double h = 0.002;
    double slopeX = height.applyAsDouble(x + h, y) - height.applyAsDouble(x - h, y);
    double slopeY = height.applyAsDouble(x, y + h) - height.applyAsDouble(x, y - h);
    return unit(-slopeX, -slopeY, 2 * h);
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  private static double[] unit(double x, double y, double z) {
    double norm = Math.sqrt(x * x + y * y + z * z);
    return new double[] {x / norm, y / norm, z / norm};
  }
}
