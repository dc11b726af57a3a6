package org.skinspectra.profile;

import org.skinspectra.SkinSpectraException;

/**
 * Red, green and blue at every pixel of a Bayer mosaic. Both ways are linear in the mosaic and give
 * back exactly a mosaic that is constant in each colour. Beyond its edges the mosaic goes on as
 * mirrored about the outermost pixels, which keeps the pattern.
 */
public enum Demosaic {
  /** Mean of the nearest pixels of the colour. */
  BILINEAR(1) {
    @Override
    void row(float[] m, int at, int step, int width, int first, Row out) {
      for (int x = 0; x < width; x++, at++) {
        double horizontal = (m[at - 1] + (double) m[at + 1]) / 2;
        double vertical = (m[at - step] + (double) m[at + step]) / 2;
        double diagonal =
            (m[at - step - 1]
                    + (double) m[at - step + 1]
                    + m[at + step - 1]
                    + (double) m[at + step + 1])
                / 4;
        if ((x + first & 1) == 0) {
          out.atColour(x, m[at], (horizontal + vertical) / 2, diagonal);
        } else {
          out.atGreen(x, m[at], horizontal, vertical);
        }
      }
    }
  },
  /**
   * Bilinear with the gradient of the pixel's own colour added: the 5x5 filters of Malvar, He and
   * Cutler (2004).
   */
  GRADIENT_CORRECTED(2) {
    @Override
    void row(float[] m, int at, int step, int width, int first, Row out) {
      for (int x = 0; x < width; x++, at++) {
        double own = m[at];
        double sides = m[at - 1] + (double) m[at + 1];
        double ends = m[at - step] + (double) m[at + step];
        double corners =
            m[at - step - 1]
                + (double) m[at - step + 1]
                + m[at + step - 1]
                + (double) m[at + step + 1];
        double farSides = m[at - 2] + (double) m[at + 2];
        double farEnds = m[at - 2 * step] + (double) m[at + 2 * step];
        if ((x + first & 1) == 0) {
          double green = (4 * own + 2 * (sides + ends) - farSides - farEnds) / 8;
          double opposite = (6 * own + 2 * corners - 1.5 * (farSides + farEnds)) / 8;
          out.atColour(x, m[at], green, opposite);
        } else {
          double row = (5 * own + 4 * sides - corners - farSides + 0.5 * farEnds) / 8;
          double column = (5 * own + 4 * ends - corners - farEnds + 0.5 * farSides) / 8;
          out.atGreen(x, m[at], row, column);
        }
      }
    }
  };

  /**
   * What reflectance is demosaiced with unless stated otherwise. On rendered skin with a white of
   * 40 dB it errs by 0.0032 in reflectance, the gradient-corrected filters by 0.0036, since they
   * let more noise through; those are the better ones from 50 dB on, as of averaged frames (0.0014
   * against 0.0017, without noise 0.0009 against 0.0015; see DemosaicIT).
   */
  public static final Demosaic DEFAULT = BILINEAR;

  /** The largest reach of all. */
  private static final int REACH = 2;

  private final int reach;

  Demosaic(int reach) {
    this.reach = reach;
  }

  /** How far from a pixel its colours may come, in pixels along each axis. */
  int reach() {
    return reach;
  }

  /**
   * Red, green and blue planes {@code [y][x]} of a mosaic.
   *
   * @throws SkinSpectraException if a side is below two pixels
   * @throws IllegalArgumentException if the mosaic has another length than {@code width * height}
   */
  public float[][] apply(float[] mosaic, int width, int height, BayerPattern pattern) {
    if (mosaic.length != (long) width * height) {
      throw new IllegalArgumentException(
          "A mosaic of %dx%d pixels does not fit %d values."
              .formatted(width, height, mosaic.length));
    }
    if (width < 2 || height < 2) {
      throw new SkinSpectraException(
          "A Bayer mosaic has at least 2x2 pixels, this one %dx%d. Take a larger region of the sensor."
              .formatted(width, height));
    }
    int step = width + 2 * REACH;
    float[] padded = padded(mosaic, width, height, step);
    float[][] planes = new float[3][mosaic.length];
    RowBands.forEach(
        height,
        (from, to) -> {
          for (int y = from; y < to; y++) {
            boolean redRow = pattern.channel(0, y) == 0 || pattern.channel(1, y) == 0;
            int first = pattern.channel(0, y) == 1 ? 1 : 0;
            Row out = new Row(planes, y * width, redRow);
            row(padded, (y + REACH) * step + REACH, step, width, first, out);
          }
        });
    return planes;
  }

  /**
   * One row.
   *
   * @param m the padded mosaic
   * @param at index of the row's first pixel
   * @param step from row to row
   * @param first 0 if that pixel is red or blue, 1 if it is green
   */
  abstract void row(float[] m, int at, int step, int width, int first, Row out);

  private static float[] padded(float[] mosaic, int width, int height, int step) {
    float[] padded = new float[step * (height + 2 * REACH)];
    for (int y = -REACH; y < height + REACH; y++) {
      int from = mirrored(y, height) * width;
      int to = (y + REACH) * step + REACH;
      System.arraycopy(mosaic, from, padded, to, width);
      for (int k = 1; k <= REACH; k++) {
        padded[to - k] = mosaic[from + mirrored(-k, width)];
        padded[to + width - 1 + k] = mosaic[from + mirrored(width - 1 + k, width)];
      }
    }
    return padded;
  }

  /** The edge pixel is not repeated: … 2 1 | 0 1 2 … */
  private static int mirrored(int i, int length) {
    int folded = Math.floorMod(i, 2 * (length - 1));
    return Math.min(folded, 2 * (length - 1) - folded);
  }

  /** Where the colours of one row of the mosaic go. */
  static final class Row {

    private final float[] rowColour;
    private final float[] green;
    private final float[] otherColour;
    private final int start;

    private Row(float[][] planes, int start, boolean redRow) {
      rowColour = planes[redRow ? 0 : 2];
      green = planes[1];
      otherColour = planes[redRow ? 2 : 0];
      this.start = start;
    }

    void atColour(int x, float own, double greenThere, double opposite) {
      rowColour[start + x] = own;
      green[start + x] = (float) greenThere;
      otherColour[start + x] = (float) opposite;
    }

    void atGreen(int x, float own, double fromRow, double fromColumn) {
      rowColour[start + x] = (float) fromRow;
      green[start + x] = own;
      otherColour[start + x] = (float) fromColumn;
    }
  }
}
