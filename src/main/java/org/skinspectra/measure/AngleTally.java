package org.skinspectra.measure;

/** Running counts of the pixels of one block that have no angle. */
final class AngleTally {

  int outsideMask;
  int zeroSpectra;
  int cosineOutOfRange;
  int notMeasurable;
  int firstNotMeasurable = Integer.MAX_VALUE;

  void addNotMeasurable(int pixel) {
    notMeasurable++;
    firstNotMeasurable = Math.min(firstNotMeasurable, pixel);
  }

  AngleTally add(AngleTally other) {
    outsideMask += other.outsideMask;
    zeroSpectra += other.zeroSpectra;
    cosineOutOfRange += other.cosineOutOfRange;
    notMeasurable += other.notMeasurable;
    firstNotMeasurable = Math.min(firstNotMeasurable, other.firstNotMeasurable);
    return this;
  }

  AngleMap.Excluded excluded() {
    return new AngleMap.Excluded(outsideMask, zeroSpectra, cosineOutOfRange);
  }
}
