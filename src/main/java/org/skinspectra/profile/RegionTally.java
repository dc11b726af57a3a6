package org.skinspectra.profile;

import java.util.Iterator;
import org.skinspectra.cube.Mask;

/** What one channel has inside the region of interest of a picture and of its references. */
final class RegionTally {

  private static final int LEVELS = 1024;

  /** Pixels inside the region. */
  int pixels;

  int bad;
  int saturated;
  int notFinite;
  int bright;
  int dim;
  int notAboveDark;
  private double darkSum;
  private final int[] levels = new int[LEVELS];

  private RegionTally() {}

  /** One tally a channel. */
  static RegionTally[] of(
      PreparedReferences prepared,
      FrameMean image,
      Mask region,
      SensorRadiometry sensor,
      CalibrationLimits limits) {
    Counter counter = new Counter(prepared, image, region, sensor, limits);
    Iterator<RegionTally[]> bands = RowBands.map(image.height(), counter::count).iterator();
    RegionTally[] all = bands.next();
    while (bands.hasNext()) {
      RegionTally[] band = bands.next();
      for (int c = 0; c < all.length; c++) {
        all[c].add(band[c]);
      }
    }
    return all;
  }

  int good() {
    return pixels - bad;
  }

  /** Mean digital number of the good pixels in the dark of the picture. */
  double darkMean() {
    return darkSum / good();
  }

  /** Difference of the 99th and the 1st percentile of the white signal, relative to the former. */
  double unevenness() {
    int low = level(0.01);
    int high = level(0.99);
    return 1 - (low + 0.5) / (high + 0.5);
  }

  private int level(double share) {
    long below = 0;
    for (int i = 0; i < LEVELS; i++) {
      below += levels[i];
      if (below > 0 && below >= share * good()) {
        return i;
      }
    }
    return LEVELS - 1;
  }

  private void add(RegionTally other) {
    pixels += other.pixels;
    bad += other.bad;
    saturated += other.saturated;
    notFinite += other.notFinite;
    bright += other.bright;
    dim += other.dim;
    notAboveDark += other.notAboveDark;
    darkSum += other.darkSum;
    for (int i = 0; i < LEVELS; i++) {
      levels[i] += other.levels[i];
    }
  }

  private static final class Counter {

    private final PreparedReferences prepared;
    private final ChannelLayout layout;
    private final FrameMean image;
    private final FrameMean white;
    private final Mask region;
    private final double imageSaturation;
    private final double whiteHigh;
    private final double whiteLow;

    Counter(
        PreparedReferences prepared,
        FrameMean image,
        Mask region,
        SensorRadiometry sensor,
        CalibrationLimits limits) {
      this.prepared = prepared;
      this.layout = prepared.layout();
      this.image = image;
      this.white = prepared.references().white();
      this.region = region;
      imageSaturation = sensor.saturationOf(image);
      whiteHigh = limits.whiteHigh() * sensor.saturationOf(white);
      whiteLow = limits.whiteLow() * sensor.saturationOf(white);
    }

    RegionTally[] count(int from, int to) {
      RegionTally[] tallies = new RegionTally[layout.channels()];
      for (int c = 0; c < tallies.length; c++) {
        tallies[c] = new RegionTally();
      }
      for (int p = 0; p < layout.planes(); p++) {
        for (int y = from; y < to; y++) {
          for (int x = 0; x < image.width(); x++) {
            int i = y * image.width() + x;
            if (region.contains(i)) {
              count(tallies[layout.channel(p, x, y)], layout.channel(p, x, y), p, i);
            }
          }
        }
      }
      return tallies;
    }

    private void count(RegionTally tally, int channel, int p, int i) {
      float lit = white.mean(p)[i];
      float signal = prepared.signal(p)[i];
      tally.pixels++;
      // Where the full scale is not known, nothing is above or below a share of it.
      tally.dim += lit < whiteLow ? 1 : 0;
      tally.notAboveDark += signal > 0 ? 0 : 1;
      if (prepared.bad().contains(p, i)) {
        tally.bad++;
        return;
      }
      float seen = image.mean(p)[i];
      tally.bright += lit > whiteHigh || white.isSaturated(p, i) ? 1 : 0;
      tally.saturated += seen >= imageSaturation || image.isSaturated(p, i) ? 1 : 0;
      tally.notFinite += Float.isFinite(seen) ? 0 : 1;
      tally.darkSum += prepared.references().dark().mean(p)[i];
      double share = signal / prepared.brightest(channel);
      tally.levels[(int) Math.max(0, Math.min(LEVELS - 1, share * LEVELS))]++;
    }
  }
}
