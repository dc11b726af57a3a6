package org.skinspectra.skin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.util.FastMath;

/**
 * A head before a background, from far away to a close-up: {@link FaceGeometry} completed by
 * forehead, eyes, brows, ears and hair, bent and turned a little for every head.
 */
final class FaceScene {

  private static final double TOP = -0.74;
  private static final double EYE_X = 0.165;
  private static final double EYE_Y = -0.06;

  private final RandomGenerator random;
  private final SmoothNoise noise;
  private final View view;
  private final boolean bare;
  private final double stretch;
  private final double yaw;
  private final double bend;
  private final SmoothNoise bendX;
  private final SmoothNoise bendY;
  private final double browY;
  private final double hairline;

  private FaceScene(RandomGenerator random, int width, int height) {
    this.random = random;
    noise = new SmoothNoise(random, 1, 1);
    view = view(random, width, height);
    bare = random.nextDouble() < 0.15;
    stretch = 0.88 + 0.24 * random.nextDouble();
    yaw =
        random.nextDouble() < 0.4 ? 0.03 * random.nextGaussian() : 0.4 * random.nextDouble() - 0.2;
    bend = 0.02 * random.nextDouble();
    bendX = noise.another(random, 2.5, 1);
    bendY = noise.another(random, 2.5, 1);
    browY = EYE_Y - 0.1 - 0.05 * random.nextDouble();
    hairline = -0.42 - 0.14 * random.nextDouble();
  }

  static RenderedScene paint(SkinSource skins, RandomGenerator random, int width, int height) {
    FaceScene scene = new FaceScene(random, width, height);
    List<Layer> layers = scene.layers(skins.person(random));
    double unit = scene.view.pixel() * Math.min(width, height);
    return ScenePainter.paint(
        scene.view,
        new Lighting(scene.noise, random, Math.max(unit, 0.5), scene.view.pixel()),
        layers);
  }

  private static View view(RandomGenerator random, int width, int height) {
    double side = 0.18 * FastMath.pow(12, random.nextDouble());
    // The closer, the farther from the middle the view may lie.
    double freedom = Math.max(0.25, 1.1 - side);
    double x = 0.35 * freedom * (2 * random.nextDouble() - 1);
    double y = 0.05 + 0.55 * freedom * (2 * random.nextDouble() - 1);
    double turn =
        random.nextDouble() < 0.2
            ? 2 * Math.PI * random.nextDouble()
            : 0.15 * random.nextGaussian();
    return new View(width, height, x, y, side, turn);
  }

  // -- Layers, from the front --

  private List<Layer> layers(PersonalSkin person) {
    List<Layer> layers = new ArrayList<>();
    double[] hair = Materials.hair(random);
    if (!bare) {
      if (random.nextDouble() < 0.75) {
        addEyes(layers);
      }
      addHair(layers, hair);
      if (random.nextDouble() < 0.2) {
        layers.add(teeth());
      }
    }
    Layer face = face(person);
    layers.add(face);
    if (!bare) {
      layers.add(ears(person));
      layers.add(cloth());
      layers.add(neck(person));
    }
    layers.add(background());
    return layers;
  }

  private Layer face(PersonalSkin person) {
    SkinSurface skin = skin(person);
    skin.with(SkinFeature.LIPS, lips());
    skin.with(SkinFeature.FLUSH, flush());
    addSpots(skin);
    return new Layer(
        bent(FaceScene::head), 0, bent(FaceScene::height), bent(this::openness), 1, skin);
  }

  private Layer ears(PersonalSkin person) {
    DoubleBinaryOperator outline =
        (x, y) -> 0.1 * (1 - FastMath.hypot((Math.abs(x) - 0.385) / 0.055, (y - 0.03) / 0.14));
    double red = random.nextDouble();
    return Layer.flat(bent(outline), skin(person).with(SkinFeature.FLUSH, (x, y) -> red))
        .raised(bent((x, y) -> 0.02 * FastMath.cos(60 * FastMath.hypot(x, y - 0.03)) - 0.3 * x * x))
        .glossy(1);
  }

  private Layer neck(PersonalSkin person) {
    SkinSurface skin = skin(person);
    double course = 0.1 + 0.05 * random.nextDouble();
    skin.with(
        SkinFeature.VEIN,
        bent(
            (x, y) -> 0.8 * FaceGeometry.bump((x - course - 0.02 * FastMath.sin(14 * y)) / 0.011)));
    return Layer.flat(bent(FaceGeometry::neck), skin)
        .raised(bent(FaceGeometry::bodyHeight))
        .shaded(bent(FaceGeometry::chinShadow))
        .glossy(1);
  }

  private Layer cloth() {
    double neckline = 0.25 * random.nextDouble() - 0.05;
    return Layer.flat(
            bent((x, y) -> FaceGeometry.cloth(x, y - neckline)),
            material(Materials.cloth(random), Materials.any(random), 0.5))
        .raised(bent(FaceGeometry::bodyHeight))
        .glossy(0.2 * random.nextDouble());
  }

  private Layer background() {
    double[] first = bare ? Materials.cloth(random) : Materials.background(random);
    double[] second = random.nextBoolean() ? Materials.any(random) : first;
    SmoothNoise folds = noise.another(random, 1.5 + 3 * random.nextDouble(), 2);
    double depth = random.nextBoolean() ? 0 : 0.05 * random.nextDouble();
    double light = 0.15 + 0.85 * random.nextDouble();
    return Layer.flat((x, y) -> 1, material(first, second, 1))
        .raised((x, y) -> depth * folds.at(x, y))
        .shaded((x, y) -> light)
        .glossy(0.1);
  }

  private void addEyes(List<Layer> layers) {
    double open = 0.018 + 0.022 * random.nextDouble();
    double gazeX = 0.02 * random.nextGaussian();
    double gazeY = 0.006 * random.nextGaussian();
    DoubleBinaryOperator eye = eyes(0.068, open);
    DoubleBinaryOperator round =
        (x, y) -> {
          double beside = (x > 0 ? x - EYE_X : x + EYE_X) - gazeX;
          return FastMath.hypot(beside, y - EYE_Y - gazeY);
        };
    DoubleBinaryOperator shade = (x, y) -> 0.45 + 0.55 * FaceGeometry.step((y - EYE_Y) / open);
    double[] iris = Materials.iris(random);
    double[] white = Materials.whiteOfEye(random);
    double[] pupil = new double[iris.length];
    Arrays.fill(pupil, 0.006 + 0.02 * random.nextDouble());
    layers.add(eyePart(eye, (x, y) -> 0.011 - round.applyAsDouble(x, y), shade, pupil));
    layers.add(eyePart(eye, (x, y) -> 0.03 - round.applyAsDouble(x, y), shade, iris));
    layers.add(eyePart(eye, (x, y) -> 1, shade, white));
    double[] lash = Materials.hair(random);
    DoubleBinaryOperator lid = eyes(0.074, open + 0.007);
    layers.add(
        eyePart((x, y) -> y < EYE_Y ? lid.applyAsDouble(x, y) : -1, (x, y) -> 1, shade, lash));
  }

  private Layer eyePart(
      DoubleBinaryOperator eye,
      DoubleBinaryOperator part,
      DoubleBinaryOperator shade,
      double[] spectrum) {
    DoubleBinaryOperator outline =
        (x, y) -> Math.min(eye.applyAsDouble(x, y), part.applyAsDouble(x, y));
    return Layer.flat(bent(outline), material(spectrum, spectrum, 0.05))
        .raised(bent(FaceScene::height))
        .shaded(bent(shade))
        .glossy(2);
  }

  private void addHair(List<Layer> layers, double[] hair) {
    SmoothNoise strands = noise.another(random, 1, 2);
    double finest = 0.4 / view.pixel();
    double across = Math.min(90, finest);
    DoubleBinaryOperator fuzz = (x, y) -> strands.at(across * x, 0.15 * across * y);
    DoubleBinaryOperator streaks = (x, y) -> 0.008 * fuzz.applyAsDouble(x, y);
    double browThickness = 0.008 + 0.018 * random.nextDouble();
    if (random.nextDouble() < 0.85) {
      layers.add(
          hairs(
              (x, y) ->
                  browThickness * (1 - FastMath.pow((Math.abs(x) - 0.18) / 0.105, 2))
                      - Math.abs(y - browY - 0.7 * FastMath.pow(Math.abs(x) - 0.16, 2))
                      + 0.5 * streaks.applyAsDouble(x, y),
              hair,
              streaks,
              0.008));
    }
    double style = random.nextDouble();
    if (style < 0.75) {
      double sides = 0.33 + 0.12 * random.nextDouble();
      double length = style < 0.4 ? 0.05 : 0.2 + 1.2 * random.nextDouble();
      double fringe = hairline + 0.5 * Math.max(0, random.nextDouble() - 0.6);
      layers.add(
          hairs(
              (x, y) -> {
                double outside = 0.13 - Math.max(Math.abs(x) - 0.385, TOP - y);
                double top = fringe - y + 0.4 * x * x;
                double side = Math.min(Math.abs(x) - sides, length - y);
                return Math.min(Math.max(top, side), outside) + 2 * streaks.applyAsDouble(x, y);
              },
              hair,
              streaks,
              0.02));
    } else if (style < 0.87) {
      double edge = hairline + 0.08;
      layers.add(
          Layer.flat(
                  bent(
                      (x, y) -> {
                        double outside = 0.07 - Math.max(Math.abs(x) - 0.385, -head(x, y));
                        double over = Math.max(edge - y + 0.3 * x * x, Math.abs(x) - 0.34);
                        return Math.min(over, y < 0.12 ? outside : 0.07 + 0.385 - Math.abs(x));
                      }),
                  material(Materials.cloth(random), Materials.any(random), 0.5))
              .raised(bent(FaceScene::height)));
    }
    if (random.nextDouble() < 0.25) {
      double density = 1.5 * random.nextGaussian();
      layers.add(
          hairs(
              (x, y) -> {
                double chin = Math.min(y - 0.3 - 0.2 * FaceGeometry.bump(x / 0.1), 0.85 - y);
                double notLips = -FaceGeometry.lips(x, y) - 0.01;
                double within = Math.min(Math.min(chin, notLips), head(x, y) + 0.02);
                return Math.min(within, 0.01) + 0.008 * (fuzz.applyAsDouble(x, y) + density - 1);
              },
              hair,
              streaks,
              0.01));
    }
  }

  private Layer hairs(
      DoubleBinaryOperator outline, double[] hair, DoubleBinaryOperator streaks, double soft) {
    double relief = 0.3 + 1.2 * random.nextDouble();
    return Layer.flat(bent(outline), material(hair, hair, 0.1))
        .soft(soft)
        .raised(bent((x, y) -> height(x, y) + relief * streaks.applyAsDouble(x, y)))
        .glossy(0.6 * random.nextDouble());
  }

  private Layer teeth() {
    double gap = 0.012 + 0.015 * random.nextDouble();
    double[] white = Materials.whiteOfEye(random);
    return Layer.flat(
            bent(
                (x, y) -> gap * (1 - FastMath.pow(x / 0.11, 2)) - Math.abs(y - 0.43 + 0.3 * x * x)),
            material(white, white, 0.05))
        .shaded((x, y) -> 0.8)
        .glossy(1.5);
  }

  // -- Skin --

  private SkinSurface skin(PersonalSkin person) {
    return new SkinSurface(person, view, noise, random, 0.12 + 0.4 * random.nextDouble());
  }

  private DoubleBinaryOperator lips() {
    double strength = 0.3 + 0.7 * random.nextDouble();
    double softness = Math.max(0.006, view.pixel());
    return bent((x, y) -> strength * FaceGeometry.step(FaceGeometry.lips(x, y) / softness));
  }

  private DoubleBinaryOperator flush() {
    double cheeks = random.nextDouble();
    double nose = 0.8 * random.nextDouble();
    SmoothNoise blotches = noise.another(random, 8, 2);
    double blotchy = random.nextDouble() < 0.3 ? 0.4 * random.nextDouble() : 0;
    return bent(
        (x, y) ->
            cheeks
                    * FaceGeometry.bump(
                        FastMath.hypot((Math.abs(x) - 0.22) / 0.1, (y - 0.18) / 0.12))
                + nose * FaceGeometry.bump(FastMath.hypot(x / 0.06, (y - 0.2) / 0.06))
                + (blotchy == 0 ? 0 : blotchy * Math.max(0, blotches.at(x, y))));
  }

  private void addSpots(SkinSurface skin) {
    if (random.nextBoolean()) {
      SmoothNoise freckles = noise.another(random, Math.min(50, 0.35 / view.pixel()), 1);
      double amount = random.nextDouble();
      skin.with(SkinFeature.FRECKLE, (x, y) -> amount * FaceGeometry.step(freckles.at(x, y) - 1.2));
    }
    skin.with(SkinFeature.MOLE, Spots.over(random, view, 0.003, 0.02));
    if (random.nextDouble() < 0.3) {
      SmoothNoise vessels = noise.another(random, 6, 2);
      skin.with(SkinFeature.VEIN, (x, y) -> 0.5 * FaceGeometry.bump(vessels.at(x, y) / 0.08));
    }
  }

  // -- Shape --

  /** Bends the plane, so that no two heads are alike, and turns the head about its axis. */
  private DoubleBinaryOperator bent(DoubleBinaryOperator field) {
    return (x, y) -> {
      double u = stretch * x + bend * bendX.at(x, y);
      double v = y + bend * bendY.at(x, y);
      double inside = 1 - FastMath.pow(u / 0.385, 2);
      return field.applyAsDouble(inside > 0 ? u + yaw * inside * 0.385 : u, v);
    };
  }

  private static double head(double x, double y) {
    return Math.min(FaceGeometry.face(x, y), 0.36 * (1 - crown(x, y)));
  }

  /** 0 between the eyes, 1 where the head ends above. */
  private static double crown(double x, double y) {
    return FastMath.hypot(x / 0.385, Math.min(0, y - 0.12) / (TOP - 0.12));
  }

  private static double height(double x, double y) {
    double up = Math.max(0, 0.12 - y) / (0.12 - TOP);
    double forehead = -0.3 * up * up * up - 0.1 * up;
    double sockets =
        -0.02
            * FaceGeometry.bump(
                FastMath.hypot((Math.abs(x) - EYE_X) / 0.09, (y - EYE_Y + 0.01) / 0.06));
    // The bridge of the nose ends between the brows; the geometry of the lower face knows no end.
    double bridge = -0.07 * FaceGeometry.bump(x / 0.055) * FaceGeometry.step((-0.07 - y) / 0.12);
    return FaceGeometry.faceHeight(x, y) + forehead + sockets + bridge;
  }

  private double openness(double x, double y) {
    double lids =
        FaceGeometry.bump((Math.abs(x) - EYE_X) / 0.07) * FaceGeometry.bump((y - EYE_Y) / 0.05);
    return FaceGeometry.openness(x, y) * (1 - (bare ? 0.1 : 0.3) * lids);
  }

  /** Two almonds. */
  private static DoubleBinaryOperator eyes(double halfWidth, double halfHeight) {
    return (x, y) -> {
      double along = 1 - FastMath.pow((Math.abs(x) - EYE_X) / halfWidth, 2);
      return along <= 0 ? -1 : halfHeight * along - Math.abs(y - EYE_Y);
    };
  }

  private MaterialSurface material(double[] first, double[] second, double unit) {
    return new MaterialSurface(first, second, noise, random, view.pixel(), unit);
  }
}
