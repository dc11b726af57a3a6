package org.skinspectra.profile;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The checks of one picture and its references, in the order in which they are told. */
final class CalibrationChecks {

  private static final String RETAKE =
      "Take the references again with the settings of the picture.";

  private final CalibrationReferences references;
  private final SensorRadiometry sensor;
  private final CalibrationLimits limits;
  private final FrameMean image;
  private final List<CalibrationCheck> checks = new ArrayList<>();

  private CalibrationChecks(
      CalibrationReferences references,
      SensorRadiometry sensor,
      CalibrationLimits limits,
      FrameMean image) {
    this.references = references;
    this.sensor = sensor;
    this.limits = limits;
    this.image = image;
  }

  /** Those that need no pixel. */
  static List<CalibrationCheck> ofSettings(
      CalibrationReferences references,
      SensorRadiometry sensor,
      CalibrationLimits limits,
      FrameMean image) {
    CalibrationChecks found = new CalibrationChecks(references, sensor, limits, image);
    found.addSettings();
    return found.checks;
  }

  /** Those of the pixels of each channel inside the region of interest. */
  static List<CalibrationCheck> ofPixels(
      CalibrationReferences references,
      SensorRadiometry sensor,
      CalibrationLimits limits,
      FrameMean image,
      List<String> channels,
      RegionTally[] tallies) {
    CalibrationChecks found = new CalibrationChecks(references, sensor, limits, image);
    for (int c = 0; c < tallies.length; c++) {
      // A small region may hold no pixel of a colour of the mosaic.
      if (tallies[c].pixels > 0) {
        found.addChannel(channels.get(c), tallies[c]);
      }
    }
    return found.checks;
  }

  // -- Settings --

  private void addSettings() {
    boolean oneDark = references.dark() == references.whiteDark();
    String dark = oneDark ? "dark" : "dark of the picture";
    addReference("white", "white", references.white());
    addReference("dark", dark, references.dark());
    if (!oneDark) {
      addReference("whiteDark", "dark of the white", references.whiteDark());
    }
    String there = references.white().tags().channel();
    String here = image.tags().channel();
    checks.add(
        CalibrationCheck.of(
            "white.channel",
            "The white was taken in the step '%s', the picture in '%s'.".formatted(there, here),
            there.equals(here) ? 0 : 1,
            0,
            "Take the white of this step."));
    addExposure("dark", dark, references.dark(), "picture", image);
    addExposure(
        "whiteDark", "dark of the white", references.whiteDark(), "white", references.white());
  }

  private void addReference(String name, String what, FrameMean reference) {
    List<String> differences = reference.settings().differences(image.settings());
    checks.add(
        CalibrationCheck.of(
            name + ".settings",
            differences.isEmpty()
                ? "The %s was taken with the settings of the picture.".formatted(what)
                : "The %s differs from the picture: %s."
                    .formatted(what, String.join("; ", differences)),
            differences.size(),
            0,
            RETAKE));
    addAge(name, what, reference.tags().taken());
  }

  private void addAge(String name, String what, Instant taken) {
    Instant now = image.tags().taken();
    double limit = hours(limits.age());
    String remedy = "Take a new %s, or state a longer age limit.".formatted(what);
    if (taken == null || now == null) {
      String finding = "When the %s and the picture were taken is not known.".formatted(what);
      checks.add(CalibrationCheck.of(name + ".age", finding, Double.NaN, limit, remedy));
      return;
    }
    double hours = hours(Duration.between(taken, now));
    String finding =
        String.format(
            Locale.ROOT,
            "The %s was taken %.1f h %s the picture; the limit is %.1f h.",
            what,
            Math.abs(hours),
            hours < 0 ? "after" : "before",
            limit);
    checks.add(CalibrationCheck.of(name + ".age", finding, Math.abs(hours), limit, remedy));
  }

  private static double hours(Duration time) {
    return time.toMillis() / 3_600_000.0;
  }

  private void addExposure(
      String name, String what, FrameMean dark, String whatFor, FrameMean frame) {
    checks.add(
        CalibrationCheck.of(
            name + ".exposure",
            "The %s was exposed for %s, the %s for %s."
                .formatted(what, dark.settings().exposure(), whatFor, frame.settings().exposure()),
            dark.settings().exposureDeviation(frame.settings()),
            limits.exposure(),
            "Take a dark for %s.".formatted(frame.settings().exposure())));
  }

  // -- Pixels --

  private void addChannel(String channel, RegionTally tally) {
    double whiteScale = sensor.saturationOf(references.white());
    double imageScale = sensor.saturationOf(image);
    String picture = "The picture, channel " + channel;
    addLevel(
        "image.saturated." + channel,
        picture,
        imageScale,
        "are saturated (" + number(imageScale) + ")",
        tally.saturated,
        tally.good(),
        limits.saturated(),
        "Shorten the exposure or dim the light and take the picture again, or leave what shines out of the region of interest.");
    addFraction(
        "image.numbers." + channel,
        picture,
        "are no finite numbers",
        tally.notFinite,
        tally.good(),
        0,
        "Take the picture again; a camera delivers numbers.");
    addWhite(channel, tally, whiteScale);
    if (!Double.isNaN(sensor.blackLevel()) && !Double.isNaN(imageScale)) {
      addDark(channel, tally, imageScale);
    }
    addFraction(
        "sensor.bad." + channel,
        "The sensor, channel " + channel,
        "are dead, hot or unstable",
        tally.bad,
        tally.pixels,
        limits.bad(),
        "Clean the white target and fill the region of interest with it, cover the lens for the dark, and take both again.");
  }

  private void addWhite(String channel, RegionTally tally, double scale) {
    String white = "The white, channel " + channel;
    addLevel(
        "white.bright." + channel,
        white,
        scale,
        "are above %s (%s of full scale)"
            .formatted(number(limits.whiteHigh() * scale), percent(limits.whiteHigh())),
        tally.bright,
        tally.good(),
        limits.whiteOutside(),
        "Shorten the exposure of the white or dim the light, and take the white and its dark again.");
    addLevel(
        "white.dim." + channel,
        white,
        scale,
        "are below %s (%s of full scale)"
            .formatted(number(limits.whiteLow() * scale), percent(limits.whiteLow())),
        tally.dim,
        tally.pixels,
        limits.whiteOutside(),
        "Lengthen the exposure of the white or give more light, fill the region of interest with the target, and take the white and its dark again.");
    addFraction(
        "white.aboveDark." + channel,
        white,
        "are not brighter than their dark",
        tally.notAboveDark,
        tally.pixels,
        limits.whiteOutside(),
        "Check that white and dark were not exchanged, and take both again with the lens covered for the dark only.");
    double unevenness = tally.good() > 0 ? tally.unevenness() : 1;
    checks.add(
        CalibrationCheck.of(
            "white.even." + channel,
            "%s: its darkest part is %s below its brightest; the limit is %s."
                .formatted(white, percent(unevenness), percent(limits.unevenness())),
            unevenness,
            limits.unevenness(),
            "Fill the region of interest with the target, take shadows away, and take the white again."));
  }

  private void addDark(String channel, RegionTally tally, double scale) {
    double above = (tally.darkMean() - sensor.blackLevel()) / scale;
    checks.add(
        CalibrationCheck.of(
            "dark.black." + channel,
            "The dark, channel %s: its mean %s is %s of full scale above the black level %s; the limit is %s."
                .formatted(
                    channel,
                    number(tally.darkMean()),
                    percent(above),
                    number(sensor.blackLevel()),
                    percent(limits.darkAboveBlack())),
            above,
            limits.darkAboveBlack(),
            "Cover the lens, switch the lamps off and take the dark again."));
  }

  /** A fraction of pixels beyond a share of full scale, where there is one. */
  private void addLevel(
      String name,
      String frame,
      double fullScale,
      String what,
      int count,
      int of,
      double limit,
      String remedy) {
    if (Double.isNaN(fullScale)) {
      String unchecked =
          frame + ": its level is not checked, since 32-bit frames have no full scale.";
      checks.add(CalibrationCheck.of(name, unchecked, 0, limit, remedy));
    } else {
      addFraction(name, frame, what, count, of, limit, remedy);
    }
  }

  private void addFraction(
      String name, String frame, String what, int count, int of, double limit, String remedy) {
    double fraction = count == 0 ? 0 : (double) count / of;
    String finding =
        "%s: %s of the pixels (%d of %d) %s; the limit is %s."
            .formatted(frame, percent(fraction), count, of, what, percent(limit));
    checks.add(CalibrationCheck.of(name, finding, fraction, limit, remedy));
  }

  private static String percent(double fraction) {
    return rounded(100 * fraction, 4) + " %";
  }

  private static String number(double count) {
    return rounded(count, 6);
  }

  /** So many digits at most, none where they say nothing. */
  private static String rounded(double value, int digits) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }
}
