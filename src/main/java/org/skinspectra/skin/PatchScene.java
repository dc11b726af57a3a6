package org.skinspectra.skin;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.util.FastMath;

/** Regions of several people's skin and other materials side by side, or one skin alone. */
final class PatchScene {

  private PatchScene() {}

  static RenderedScene paint(SkinSource skins, RandomGenerator random, int width, int height) {
    SmoothNoise noise = new SmoothNoise(random, 1, 1);
    View view = new View(width, height, 0, 0, 1, 2 * Math.PI * random.nextDouble());
    SmoothNoise relief = noise.another(random, 1 + 3 * random.nextDouble(), 2);
    double steepness = random.nextDouble() < 0.3 ? 0 : 0.15 * random.nextDouble();
    boolean alone = random.nextDouble() < 0.25;
    int count = alone ? 1 : 10 + random.nextInt(31);
    Surface[] cells = surfaces(count, alone ? 1 : 0.55, skins, noise, random, view);
    Layer layer =
        Layer.flat((x, y) -> 1, new Patchwork(cells, noise, random))
            .raised((x, y) -> steepness * relief.at(x, y))
            .glossy(random.nextDouble());
    return ScenePainter.paint(view, new Lighting(noise, random, 1, view.pixel()), List.of(layer));
  }

  private static Surface[] surfaces(
      int count,
      double skinShare,
      SkinSource skins,
      SmoothNoise noise,
      RandomGenerator random,
      View view) {
    List<PersonalSkin> people = new ArrayList<>();
    for (int i = 1 + random.nextInt(Math.min(count, 10)); i > 0; i--) {
      people.add(skins.person(random));
    }
    Surface[] surfaces = new Surface[count];
    for (int i = 0; i < count; i++) {
      surfaces[i] =
          random.nextDouble() < skinShare
              ? skin(people.get(random.nextInt(people.size())), view, noise, random)
              : new MaterialSurface(
                  Materials.any(random), Materials.any(random), noise, random, view.pixel(), 0.3);
    }
    return surfaces;
  }

  private static Surface skin(
      PersonalSkin person, View view, SmoothNoise noise, RandomGenerator random) {
    double site = 0.08 * FastMath.pow(12, random.nextDouble());
    SkinSurface surface = new SkinSurface(person, view, noise, random, site);
    SkinFeature[] features = SkinFeature.values();
    for (int n = random.nextInt(3); n > 0; n--) {
      SmoothNoise where = noise.another(random, 2 + 12 * random.nextDouble(), 2);
      double sharpness = FastMath.pow(10, random.nextDouble());
      double from = 0.8 + 0.5 * random.nextGaussian();
      surface.with(
          features[random.nextInt(features.length)],
          (x, y) -> FaceGeometry.step(sharpness * (where.at(x, y) - from)));
    }
    return surface;
  }

  /** Cells about random points, with edges bent by noise, sharp or soft. */
  private static final class Patchwork implements Surface {

    private static final double REACH = 0.85;

    private final Surface[] cells;
    private final double[] centreX;
    private final double[] centreY;
    private final double softness;
    private final SmoothNoise bendX;
    private final SmoothNoise bendY;
    private final double bend;
    private double[] other = new double[0];

    Patchwork(Surface[] cells, SmoothNoise noise, RandomGenerator random) {
      this.cells = cells;
      centreX = new double[cells.length];
      centreY = new double[cells.length];
      for (int i = 0; i < cells.length; i++) {
        centreX[i] = REACH * (2 * random.nextDouble() - 1);
        centreY[i] = REACH * (2 * random.nextDouble() - 1);
      }
      softness = 0.004 * FastMath.pow(25, random.nextDouble());
      bend = random.nextBoolean() ? 0 : 0.08 * random.nextDouble();
      bendX = noise.another(random, 4, 2);
      bendY = noise.another(random, 4, 2);
    }

    @Override
    public double reflectance(int column, int row, double x, double y, double[] into) {
      double u = bend == 0 ? x : x + bend * bendX.at(x, y);
      double v = bend == 0 ? y : y + bend * bendY.at(x, y);
      int nearest = 0;
      int next = 0;
      double least = Double.POSITIVE_INFINITY;
      double second = Double.POSITIVE_INFINITY;
      for (int i = 0; i < cells.length; i++) {
        double distance = square(u - centreX[i]) + square(v - centreY[i]);
        if (distance < least) {
          second = least;
          next = nearest;
          least = distance;
          nearest = i;
        } else if (distance < second) {
          second = distance;
          next = i;
        }
      }
      double skin = cells[nearest].reflectance(column, row, x, y, into);
      double toEdge = (Math.sqrt(second) - Math.sqrt(least)) / 2;
      if (toEdge >= softness) {
        return skin;
      }
      double share = FaceGeometry.step(-toEdge / softness);
      if (other.length != into.length) {
        other = new double[into.length];
      }
      double otherSkin = cells[next].reflectance(column, row, x, y, other);
      for (int i = 0; i < into.length; i++) {
        into[i] += share * (other[i] - into[i]);
      }
      return skin + share * (otherSkin - skin);
    }

    private static double square(double x) {
      return x * x;
    }
  }
}
