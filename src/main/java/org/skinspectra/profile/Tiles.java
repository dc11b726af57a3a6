package org.skinspectra.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import net.imglib2.parallel.Parallelization;
import org.apache.commons.math3.util.FastMath;

/**
 * Offsets between the edges of two images that nearly lie on each other, tile by tile: in each, the
 * shift and the gain that bring the second's edges nearest to the first's in least squares (Lucas
 * &amp; Kanade 1981, with a gain), with the information that the edges there hold about the shift.
 */
final class Tiles {

  /** Values of a field that tell as much as one independent value: the area of its filters. */
  private static final double CORRELATED = 10;

  /** The standard deviation of an offset that a tile may have beyond its noise (pixels). */
  private static final double SYSTEMATIC = 0.1;

  /** A shift that is known worse than this in a direction is not known in it (pixels). */
  private static final double BLIND = 0.5;

  /** The farthest shift that a linear step can tell (pixels). */
  private static final double REACH = 3;

  private static final double LEAST_CORRELATION = 0.2;

  private final EdgeField fixed;
  private final int side;

  /**
   * Tiles of the first image.
   *
   * @param side of a tile in pixels
   */
  Tiles(EdgeField fixed, int side) {
    this.fixed = fixed;
    this.side = side;
  }

  /** The offsets that tell something, from the upper left on. */
  List<Offset> offsets(EdgeField moving) {
    int columns = Math.max(1, Math.round((float) fixed.width() / side));
    int rows = Math.max(1, Math.round((float) fixed.height() / side));
    List<List<Offset>> found =
        Parallelization.getTaskExecutor()
            .forEachApply(
                IntStream.range(0, rows).boxed().toList(),
                row -> {
                  List<Offset> line = new ArrayList<>();
                  for (int column = 0; column < columns; column++) {
                    line.add(
                        offset(
                            moving,
                            column * fixed.width() / columns,
                            row * fixed.height() / rows,
                            (column + 1) * fixed.width() / columns,
                            (row + 1) * fixed.height() / rows));
                  }
                  return line;
                });
    return found.stream().flatMap(List::stream).filter(Objects::nonNull).toList();
  }

  private Offset offset(EdgeField moving, int left, int top, int right, int bottom) {
    int width = fixed.width();
    Sums sums = new Sums();
    for (int y = Math.max(1, top); y < Math.min(bottom, fixed.height() - 1); y++) {
      for (int x = Math.max(1, left); x < Math.min(right, width - 1); x++) {
        int i = y * width + x;
        if (fixed.valid()[i] && moving.valid()[i]) {
          sums.add(x, y, fixed.re(), moving.re(), i, width);
          sums.add(x, y, fixed.im(), moving.im(), i, width);
          sums.count++;
        }
      }
    }
    return sums.count < (right - left) * (bottom - top) / 4 ? null : sums.offset();
  }

  /**
   * Of the equations f = a·m + a·dx·∂m/∂x + a·dy·∂m/∂y, multiplied by the slopes of m. What stands
   * before dx and dy is the product of the slopes of m with those of f, in place of a times their
   * own squares: noise has slopes too, but not the same in both images, so that where there is
   * nothing else no shift is told.
   */
  private static final class Sums {
    private int count;
    private double ff;
    private double fm;
    private double fx;
    private double fy;
    private double mm;
    private double mx;
    private double my;
    private double xx;
    private double xy;
    private double yy;
    private double crossXx;
    private double crossXy;
    private double crossYy;
    private double placeX;
    private double placeY;
    private double place;

    void add(int x, int y, float[] fixed, float[] moving, int i, int width) {
      double f = fixed[i];
      double m = moving[i];
      double slopeX = (moving[i + 1] - moving[i - 1]) / 2;
      double slopeY = (moving[i + width] - moving[i - width]) / 2;
      double fixedX = (fixed[i + 1] - fixed[i - 1]) / 2;
      double fixedY = (fixed[i + width] - fixed[i - width]) / 2;
      ff += f * f;
      fm += f * m;
      fx += f * slopeX;
      fy += f * slopeY;
      mm += m * m;
      mx += m * slopeX;
      my += m * slopeY;
      xx += slopeX * slopeX;
      xy += slopeX * slopeY;
      yy += slopeY * slopeY;
      crossXx += slopeX * fixedX;
      crossXy += (slopeX * fixedY + slopeY * fixedX) / 2;
      crossYy += slopeY * fixedY;
      double strength = slopeX * slopeX + slopeY * slopeY;
      placeX += strength * x;
      placeY += strength * y;
      place += strength;
    }

    /** Solves along the two axes of the equations, and forgets an axis that is not known. */
    Offset offset() {
      if (!(ff > 0) || !(mm > 0) || !(fm > LEAST_CORRELATION * Math.sqrt(ff * mm))) {
        return null;
      }
      double gain = fm / mm;
      double unexplained = Math.max(ff - fm * gain, 1e-6 * ff) / (2.0 * count);
      double bx = fx - gain * mx;
      double by = fy - gain * my;
      double turn = FastMath.atan2(2 * crossXy, crossXx - crossYy) / 2;
      double dx = 0;
      double dy = 0;
      double ixx = 0;
      double ixy = 0;
      double iyy = 0;
      for (int axis = 0; axis < 2; axis++) {
        double cos = FastMath.cos(turn + axis * Math.PI / 2);
        double sin = FastMath.sin(turn + axis * Math.PI / 2);
        double own = cos * cos * xx + 2 * cos * sin * xy + sin * sin * yy;
        double cross = cos * cos * crossXx + 2 * cos * sin * crossXy + sin * sin * crossYy;
        double variance = unexplained * CORRELATED * own / (cross * cross);
        if (cross > 0 && variance < BLIND * BLIND) {
          double shift = (cos * bx + sin * by) / cross;
          if (Math.abs(shift) > REACH) {
            return null;
          }
          double told = 1 / (variance + SYSTEMATIC * SYSTEMATIC);
          dx += cos * shift;
          dy += sin * shift;
          ixx += told * cos * cos;
          ixy += told * cos * sin;
          iyy += told * sin * sin;
        }
      }
      return ixx + iyy > 0
          ? new Offset(placeX / place, placeY / place, dx, dy, ixx, ixy, iyy)
          : null;
    }
  }
}
