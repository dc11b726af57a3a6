package org.skinspectra.profile;

/**
 * What a sensor's digital numbers (DN) would be if it were linear: pairs of a number as delivered,
 * black level included, and its linear value. Straight lines between them. Immutable.
 */
public final class LinearityTable {

  private static final double MAX_DN = 1e9;
  private static final int MAX_ROWS = 65_536;

  private final double[] dn;
  private final double[] linear;

  /**
   * A table by its rows, both columns increasing.
   *
   * @throws org.skinspectra.SkinSpectraException if they have fewer than 2 rows or unequally many,
   *     do not increase or have a value beyond ±1e9
   */
  public LinearityTable(double[] dn, double[] linear) {
    Ranges.requireRows("linearity.dn", dn.length, 2, MAX_ROWS);
    Ranges.requireSameRows("linearity.linear", linear.length, "linearity.dn", dn.length);
    Ranges.require("linearity.dn", dn, -MAX_DN, MAX_DN);
    Ranges.require("linearity.linear", linear, -MAX_DN, MAX_DN);
    Ranges.requireIncreasing("linearity.dn", dn);
    Ranges.requireIncreasing("linearity.linear", linear);
    this.dn = dn.clone();
    this.linear = linear.clone();
  }

  /** Numbers as delivered, increasing; a copy. */
  public double[] dn() {
    return dn.clone();
  }

  /** Their linear values, increasing; a copy. */
  public double[] linear() {
    return linear.clone();
  }
}
