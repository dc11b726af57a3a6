package org.skinspectra.skin;

import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.util.FastMath;

/**
 * Two lamps, light from all around, soft shadows and gloss. Light is of one colour, as after
 * division by a white reference; gloss is reflected by the surface, before any pigment, and so is
 * spectrally flat. It grows towards grazing angles as {@link Fresnel} says.
 */
final class Lighting {

  private static final double BRIGHTEST = 1.25;

  /**
   * Least cosine between surface and viewer that the haze is reflected at: the furrows of skin hide
   * one another where it is seen more flatly.
   */
  private static final double LEAST_COSINE = 0.25;

  private record Lamp(double x, double y, double z, double power) {
    double on(double nx, double ny, double nz) {
      return power * Math.max(0, nx * x + ny * y + nz * z);
    }

    /** Cosine between the surface and the direction half-way between lamp and viewer. */
    double halfWay(double nx, double ny, double nz) {
      double norm = Math.sqrt(x * x + y * y + (z + 1) * (z + 1));
      return Math.max(0, (nx * x + ny * y + nz * (z + 1)) / norm);
    }

    /**
     * What facets that mirror the lamp to the viewer reflect, relative to one that faces both: they
     * are all turned half-way, whatever the surface around them does.
     */
    double mirrored() {
      return Fresnel.SKIN.relative(Math.sqrt((1 + z) / 2));
    }
  }

  private final Lamp key;
  private final Lamp second;
  private final double keyGloss;
  private final double secondGloss;
  private final double ambient;
  private final double level;
  private final double gloss;
  private final double glossExponent;
  private final double haze;
  private final SmoothNoise shadow;
  private final double shadowDepth;
  private final double shadowEdge;
  private final double shadowAt;
  private final SmoothNoise grease;
  private final SmoothNoise grain;
  private final double grainContrast;
  private final double slopeX;
  private final double slopeY;

  /**
   * @param unit scene length of the image's shorter side
   * @param pixel scene length of a pixel
   */
  Lighting(SmoothNoise noise, RandomGenerator random, double unit, double pixel) {
    Lamp a = lamp(random, 1);
    Lamp b = lamp(random, random.nextDouble() < 0.3 ? 0 : random.nextDouble());
    // So that what faces between viewer and lamps is about as bright as its reflectance.
    double facing = a.power * (0.75 + 0.25 * a.z) + b.power * (0.75 + 0.25 * b.z);
    key = new Lamp(a.x, a.y, a.z, a.power / facing);
    second = new Lamp(b.x, b.y, b.z, b.power / facing);
    keyGloss = key.power * key.mirrored();
    secondGloss = second.power * second.mirrored();
    ambient = 0.1 + 0.3 * random.nextDouble();
    level = 0.5 + 0.6 * random.nextDouble();
    gloss = 0.004 * FastMath.pow(60, random.nextDouble());
    glossExponent = 6 * FastMath.pow(12, random.nextDouble());
    haze = random.nextBoolean() ? 0 : 0.02 * random.nextDouble();
    shadow = noise.another(random, (0.6 + 1.5 * random.nextDouble()) / unit, 1);
    shadowDepth = random.nextDouble() < 0.55 ? 0 : 0.2 + 0.7 * random.nextDouble();
    shadowEdge = 0.03 * FastMath.pow(20, random.nextDouble());
    shadowAt = 0.5 + 0.4 * random.nextGaussian();
    grease = noise.another(random, 4 / unit, 2);
    grain = noise.another(random, (0.15 + 0.4 * random.nextDouble()) / pixel, 1);
    grainContrast = random.nextBoolean() ? 0 : 0.03 * random.nextDouble();
    slopeX = 0.15 * random.nextGaussian() / unit;
    slopeY = 0.15 * random.nextGaussian() / unit;
  }

  private static Lamp lamp(RandomGenerator random, double power) {
    double z = 0.3 + 0.65 * random.nextDouble();
    double turn = 2 * Math.PI * random.nextDouble();
    double across = Math.sqrt(1 - z * z);
    return new Lamp(across * FastMath.cos(turn), across * FastMath.sin(turn), z, power);
  }

  /** Factor on the reflectance at a place (from the middle of the image) of a unit normal. */
  double shading(double x, double y, double nx, double ny, double nz) {
    double direct = key.on(nx, ny, nz) * unshadowed(x, y) + second.on(nx, ny, nz);
    double even = Math.max(0.5, 1 + slopeX * x + slopeY * y);
    double grained = Math.max(0.8, 1 + grainContrast * grain.at(x, y));
    return Math.min(level * even * grained * (ambient + (1 - ambient) * direct), BRIGHTEST);
  }

  /** Reflectance of the surface itself. */
  double gloss(double x, double y, double nx, double ny, double nz) {
    double mirrored =
        keyGloss * unshadowed(x, y) * FastMath.pow(key.halfWay(nx, ny, nz), glossExponent)
            + secondGloss * FastMath.pow(second.halfWay(nx, ny, nz), glossExponent);
    double allRound = haze * Fresnel.SKIN.relative(Math.max(nz, LEAST_COSINE));
    return level * (allRound + gloss * mirrored * FastMath.exp(0.4 * Math.min(grease.at(x, y), 2)));
  }

  private double unshadowed(double x, double y) {
    return shadowDepth == 0
        ? 1
        : 1 - shadowDepth * FaceGeometry.step((shadow.at(x, y) - shadowAt) / shadowEdge);
  }
}
