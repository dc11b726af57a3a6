package org.skinspectra.skin;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.util.FastMath;

/**
 * A hand, back or palm, with its forearm and perhaps a sleeve, on a ground; or a forearm alone. The
 * middle of the palm is at (0, 0), fingers point upwards, and a hand is about 1 long.
 */
final class HandScene {

  /** A limb: two ends (x, y) and the radius at each. */
  private record Limb(double x0, double y0, double x1, double y1, double r0, double r1) {

    private static final double STEEPEST = 0.97;

    /** Signed distance from the outline, positive inside; about so where it tapers. */
    double outline(double x, double y) {
      double t = along(x, y);
      double dx = x - x0 - t * (x1 - x0);
      double dy = y - y0 - t * (y1 - y0);
      return r0 + t * (r1 - r0) - Math.sqrt(dx * dx + dy * dy);
    }

    /** A half circle across, falling on beyond its outline, so that the edge stays dark. */
    double height(double x, double y) {
      double radius = r0 + along(x, y) * (r1 - r0);
      double out = 1 - outline(x, y) / radius;
      double inside = Math.min(Math.max(out, 0), STEEPEST);
      double height = Math.sqrt(1 - inside * inside);
      return radius * (height - Math.max(0, out - inside) * inside / height);
    }

    private double along(double x, double y) {
      double dx = x1 - x0;
      double dy = y1 - y0;
      double t = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy);
      return Math.min(Math.max(t, 0), 1);
    }
  }

  /** Height over which limbs blend. */
  private static final double BLEND = 0.015;

  private final RandomGenerator random;
  private final SmoothNoise noise;
  private final View view;
  private final boolean palm;
  private final List<Limb> limbs = new ArrayList<>();
  private final List<Limb> fingers;

  private HandScene(RandomGenerator random, int width, int height) {
    this.random = random;
    noise = new SmoothNoise(random, 1, 1);
    palm = random.nextDouble() < 0.35;
    boolean forearmOnly = random.nextDouble() < 0.3;
    double side = 0.18 * FastMath.pow(10, random.nextDouble());
    double freedom = Math.max(0.1, 0.8 - 0.4 * side);
    view =
        new View(
            width,
            height,
            0.4 * freedom * (2 * random.nextDouble() - 1),
            (forearmOnly ? 0.8 : -0.05) + 0.6 * freedom * (2 * random.nextDouble() - 1),
            side,
            2 * Math.PI * random.nextDouble());
    fingers = forearmOnly ? List.of() : fingers(random);
    double wrist = 0.13 + 0.04 * random.nextDouble();
    if (!forearmOnly) {
      limbs.addAll(fingers);
      limbs.add(new Limb(-0.11, -0.03, -0.05, 0.16, 0.12, 0.12));
      limbs.add(new Limb(0, -0.05, 0, 0.16, 0.12, 0.12));
      limbs.add(new Limb(0.11, -0.03, 0.05, 0.16, 0.12, 0.12));
    }
    limbs.add(new Limb(0, 0.15, 0, 1.4, wrist, wrist + 0.12 * random.nextDouble() + 0.05));
  }

  static RenderedScene paint(SkinSource skins, RandomGenerator random, int width, int height) {
    HandScene scene = new HandScene(random, width, height);
    List<Layer> layers = scene.layers(skins.person(random));
    double unit = Math.max(scene.view.pixel() * Math.min(width, height), 0.4);
    return ScenePainter.paint(
        scene.view, new Lighting(scene.noise, random, unit, scene.view.pixel()), layers);
  }

  private static List<Limb> fingers(RandomGenerator random) {
    List<Limb> fingers = new ArrayList<>();
    double spread = 0.06 + 0.3 * random.nextDouble();
    double[] lengths = {0.3, 0.36, 0.39, 0.35};
    for (int i = 0; i < lengths.length; i++) {
      double from = -0.19 + 0.125 * i;
      double angle = spread * (i - 1.5) / 1.5 + 0.04 * random.nextGaussian();
      double length = lengths[i] * (0.75 + 0.3 * random.nextDouble());
      fingers.add(
          new Limb(
              from,
              -0.1,
              from + length * FastMath.sin(angle),
              -0.1 - length * FastMath.cos(angle),
              0.062,
              0.047));
    }
    double thumb = 0.5 + 0.6 * random.nextDouble();
    fingers.add(
        new Limb(
            0.15,
            0.12,
            0.15 + 0.33 * FastMath.sin(thumb),
            0.12 - 0.33 * FastMath.cos(thumb),
            0.085,
            0.055));
    return fingers;
  }

  private List<Layer> layers(PersonalSkin person) {
    List<Layer> layers = new ArrayList<>();
    SmoothNoise lines = noise.another(random, 5 + 8 * random.nextDouble(), 2);
    double relief = 0.004 * random.nextDouble();
    DoubleBinaryOperator height = (x, y) -> height(x, y) + relief * lines.at(x, y);
    if (!palm) {
      layers.add(new Layer(this::nails, 0, height, (x, y) -> 1, 2.5, nailSkin(person)));
    }
    if (random.nextDouble() < 0.4) {
      layers.add(sleeve());
    }
    double creases = palm ? 0.4 * random.nextDouble() : 0.15 * random.nextDouble();
    DoubleBinaryOperator open = (x, y) -> 1 - creases * FaceGeometry.bump(lines.at(x, y) / 0.12);
    layers.add(new Layer(this::outline, 0, height, open, 1, skin(person)));
    layers.add(ground());
    return layers;
  }

  private SkinSurface skin(PersonalSkin person) {
    SkinSurface skin = bareSkin(person);
    double tips = random.nextDouble();
    double knuckles = 0.7 * random.nextDouble();
    skin.with(
        SkinFeature.FLUSH,
        (x, y) -> {
          double most = 0;
          for (Limb f : fingers) {
            most = Math.max(most, tips * near(x, y, f.x1, f.y1, 0.06));
            most = Math.max(most, knuckles * near(x, y, f.x0, f.y0, 0.05));
          }
          return most;
        });
    if (palm) {
      double pale = 0.4 + 0.6 * random.nextDouble();
      skin.with(SkinFeature.PALLOR, (x, y) -> pale);
    }
    if (random.nextDouble() < 0.7) {
      // Contours of a smooth map, drawn out along the arm, branch as veins do.
      SmoothNoise courses = noise.another(random, 3, 2);
      double width = 0.05 + 0.1 * random.nextDouble();
      double strength = (palm ? 0.3 : 0.9) * random.nextDouble();
      skin.with(
          SkinFeature.VEIN,
          (x, y) -> strength * FaceGeometry.bump(courses.at(2 * x, 0.6 * y) / width));
    }
    skin.with(SkinFeature.MOLE, Spots.over(random, view, 0.004, 0.02));
    if (random.nextDouble() < 0.4) {
      SmoothNoise spots = noise.another(random, Math.min(25, 0.35 / view.pixel()), 1);
      double amount = random.nextDouble();
      skin.with(SkinFeature.FRECKLE, (x, y) -> amount * FaceGeometry.step(spots.at(x, y) - 1.4));
    }
    return skin;
  }

  private SkinSurface nailSkin(PersonalSkin person) {
    double pink = 0.3 + 0.5 * random.nextDouble();
    return bareSkin(person).with(SkinFeature.LIPS, (x, y) -> pink);
  }

  private SkinSurface bareSkin(PersonalSkin person) {
    return new SkinSurface(person, view, noise, random, 0.15 + 0.4 * random.nextDouble());
  }

  private Layer sleeve() {
    double from = 0.3 + 0.6 * random.nextDouble();
    SmoothNoise folds = noise.another(random, 6, 2);
    return Layer.flat(
            (x, y) -> Math.min(y - from, outline(x, y) + 0.03),
            material(Materials.cloth(random), Materials.any(random)))
        .raised((x, y) -> height(x, y) + 0.01 * folds.at(x, y))
        .glossy(0.1);
  }

  private Layer ground() {
    double[] first = Materials.background(random);
    double[] second = random.nextBoolean() ? Materials.any(random) : first;
    double reach = 0.02 + 0.08 * random.nextDouble();
    double dark = 0.8 * random.nextDouble();
    double light = 0.3 + 0.7 * random.nextDouble();
    // The limb keeps light from the ground beside it.
    return Layer.flat((x, y) -> 1, material(first, second))
        .shaded(
            (x, y) -> light * (1 - dark * FaceGeometry.bump(Math.min(0, outline(x, y)) / reach)))
        .glossy(0.3 * random.nextDouble());
  }

  private MaterialSurface material(double[] first, double[] second) {
    return new MaterialSurface(first, second, noise, random, view.pixel(), 0.6);
  }

  private double outline(double x, double y) {
    double most = Double.NEGATIVE_INFINITY;
    for (Limb limb : limbs) {
      most = Math.max(most, limb.outline(x, y));
    }
    return most;
  }

  /** The highest limb, without a kink between two. */
  private double height(double x, double y) {
    double highest = Double.NEGATIVE_INFINITY;
    double[] heights = new double[limbs.size()];
    for (int i = 0; i < heights.length; i++) {
      heights[i] = limbs.get(i).height(x, y);
      highest = Math.max(highest, heights[i]);
    }
    double sum = 0;
    for (double height : heights) {
      sum += height > highest - 8 * BLEND ? FastMath.exp((height - highest) / BLEND) : 0;
    }
    return highest + BLEND * FastMath.log(sum);
  }

  private double nails(double x, double y) {
    double most = -1;
    for (Limb f : fingers) {
      double dx = f.x1 - f.x0;
      double dy = f.y1 - f.y0;
      double length = Math.sqrt(dx * dx + dy * dy);
      double along = ((x - f.x1) * dx + (y - f.y1) * dy) / length;
      double across = ((x - f.x1) * dy - (y - f.y1) * dx) / length;
      double round = FastMath.hypot((along - 0.012) / 0.034, across / 0.028);
      most = Math.max(most, 0.028 * (1 - round));
    }
    return most;
  }

  private static double near(double x, double y, double atX, double atY, double reach) {
    double dx = x - atX;
    double dy = y - atY;
    return FastMath.exp(-(dx * dx + dy * dy) / (reach * reach));
  }
}
