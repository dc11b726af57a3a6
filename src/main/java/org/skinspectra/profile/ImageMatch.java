package org.skinspectra.profile;

import java.util.ArrayList;
import java.util.List;
import org.skinspectra.SkinSpectraException;

/**
 * Registration of one image to another by their {@linkplain EdgeField edges}, from coarse to fine:
 * the best shift by whole pixels of the coarsest level, then at each level the offsets of {@link
 * Tiles} and the {@linkplain OffsetFit robust} correction that brings them to their places. The
 * correction is a similarity, and at last an affine map or a homography if tiles that had no part
 * in the fit say that this is better.
 */
final class ImageMatch {

  /** Of the coarsest level, at least (pixels). */
  private static final int COARSEST_SIDE = 48;

  /** The farthest shift that is searched for, of a side. */
  private static final double SEARCH_SHARE = 0.25;

  private static final double LEAST_OVERLAP = 0.2;
  private static final int ROUNDS = 3;
  private static final int SMALLEST_TILE = 10;
  private static final int LARGEST_TILE = 32;
  private static final int TILES_A_SIDE = 10;

  /** Of all pixels, to have any edges. */
  private static final double LEAST_EDGES = 0.005;

  private static final int LEAST_TILES = 12;

  /** Fewer are no better than the start at a level. */
  private static final int FEW_TILES = 6;

  private static final double LEAST_CORRELATION = 0.2;

  /** In pixels. */
  private static final double LARGEST_RESIDUAL = 1;

  private static final String REMEDY =
      " Check that both show the same sharp, evenly lit scene with some detail, or register from"
          + " a target.";

  private final List<Plane> fixed = new ArrayList<>();
  private final List<Plane> moving = new ArrayList<>();

  ImageMatch(Plane fixed, Plane moving) {
    Plane to = fixed;
    Plane from = moving;
    this.fixed.add(to);
    this.moving.add(from);
    while (Math.min(to.shorterSide(), from.shorterSide()) >= 2 * COARSEST_SIDE) {
      to = to.halved();
      from = from.halved();
      this.fixed.add(to);
      this.moving.add(from);
    }
  }

  /**
   * Finds the map.
   *
   * @param start the map to begin with
   * @throws SkinSpectraException if the images do not determine it
   */
  Registration register(Homography start) {
    requireEdges("RGB", fixed.get(0));
    requireEdges("960 nm", moving.get(0));
    Homography found = search(start);
    for (int level = fixed.size() - 1; level >= 0; level--) {
      found = refined(level, found, MotionModel.SIMILARITY);
    }
    MotionModel model = model(offsets(0, found));
    found = refined(0, found, model);
    Plane to = fixed.get(0);
    if (!(found.cornerDistance(start, to.width(), to.height())
        < Math.max(to.width(), to.height()) / 2.0)) {
      throw noMatch("the map found would move a corner by more than half of the image.");
    }
    return registration(found, model, offsets(0, found));
  }

  private static void requireEdges(String name, Plane plane) {
    int edges = plane.edges().edgePixels();
    if (edges < LEAST_EDGES * plane.width() * plane.height()) {
      throw new SkinSpectraException(
          ("The %s image shows hardly an edge above its noise (in %d of %dx%d pixels), so that"
                  + " nothing can be registered by it; check exposure, focus and lens cap.")
              .formatted(name, edges, plane.width(), plane.height()));
    }
  }

  private static SkinSpectraException noMatch(String why) {
    return new SkinSpectraException("The RGB and the 960 nm image do not match: " + why + REMEDY);
  }

  private Registration registration(Homography found, MotionModel model, List<Offset> offsets) {
    Plane to = fixed.get(0);
    Plane from = moving.get(0);
    OffsetFit.Result fit = new OffsetFit(model, to.width(), to.height()).fit(offsets);
    int agreeing = fit == null ? 0 : fit.agreeing();
    HeldOut heldOut = HeldOut.of(model, to.width(), to.height(), offsets);
    if (agreeing < LEAST_TILES || heldOut == null) {
      throw noMatch(
          "only %d parts of them agree on a map, of at least %d.".formatted(agreeing, LEAST_TILES));
    }
    double correlation = to.edges().correlation(edges(0, found), 0, 0, LEAST_OVERLAP);
    if (correlation < LEAST_CORRELATION) {
      throw noMatch(
          "the correlation of their edges is %.2f, below %.2f."
              .formatted(correlation, LEAST_CORRELATION));
    }
    double residual = heldOut.standardError();
    if (!(residual <= LARGEST_RESIDUAL)) {
      throw noMatch(
          "the map is known to %.1f pixels only, not to %.1f."
              .formatted(residual, LARGEST_RESIDUAL));
    }
    return new Registration(
        found,
        residual,
        Registration.Method.IMAGES,
        agreeing,
        Math.min(1, correlation),
        from.width(),
        from.height(),
        to.width(),
        to.height());
  }

  /** The model whose fits foretell tiles best; one of more parameters must do so clearly. */
  private MotionModel model(List<Offset> offsets) {
    MotionModel best = MotionModel.SIMILARITY;
    double least = Double.POSITIVE_INFINITY;
    for (MotionModel model : MotionModel.values()) {
      HeldOut heldOut = HeldOut.of(model, fixed.get(0).width(), fixed.get(0).height(), offsets);
      if (heldOut != null) {
        double extra = model.parameters() - MotionModel.SIMILARITY.parameters();
        double error = heldOut.meanSquareError() * (1 + 4 * extra / offsets.size());
        if (error < least) {
          least = error;
          best = model;
        }
      }
    }
    return best;
  }

  private Homography refined(int level, Homography start, MotionModel model) {
    Plane to = fixed.get(level);
    OffsetFit fit = new OffsetFit(model, to.width(), to.height());
    Tiles tiles = tiles(level);
    Homography found = start;
    for (int round = 0; round < ROUNDS; round++) {
      List<Offset> offsets = tiles.offsets(edges(level, found));
      OffsetFit.Result result = offsets.size() < FEW_TILES ? null : fit.fit(offsets);
      if (result == null) {
        // A finer level may tell more.
        return start;
      }
      found = result.correction().coarser(1.0 / (1 << level)).after(found);
    }
    return found;
  }

  private List<Offset> offsets(int level, Homography found) {
    return tiles(level).offsets(edges(level, found));
  }

  private Tiles tiles(int level) {
    Plane to = fixed.get(level);
    int side = to.shorterSide() / TILES_A_SIDE;
    return new Tiles(to.edges(), Math.max(SMALLEST_TILE, Math.min(LARGEST_TILE, side)));
  }

  /** The second image's edges as they lie in the first. */
  private EdgeField edges(int level, Homography found) {
    Plane to = fixed.get(level);
    return moving.get(level).warped(found.coarser(1 << level), to.width(), to.height()).edges();
  }

  /** The best shift by whole pixels of the coarsest level. */
  private Homography search(Homography start) {
    int level = fixed.size() - 1;
    EdgeField here = fixed.get(level).edges();
    EdgeField there = edges(level, start);
    int reachX = (int) Math.ceil(SEARCH_SHARE * here.width());
    int reachY = (int) Math.ceil(SEARCH_SHARE * here.height());
    double best = Double.NEGATIVE_INFINITY;
    int bestX = 0;
    int bestY = 0;
    for (int dy = -reachY; dy <= reachY; dy++) {
      for (int dx = -reachX; dx <= reachX; dx++) {
        double correlation = here.correlation(there, dx, dy, LEAST_OVERLAP);
        if (correlation > best) {
          best = correlation;
          bestX = dx;
          bestY = dy;
        }
      }
    }
    double scale = 1 << level;
    return Homography.of(-bestX * scale, -bestY * scale, 0, 1, 0, 0).after(start);
  }
}
