package org.skinspectra.session;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skinspectra.profile.CalibrationCheck;
import org.skinspectra.profile.CalibrationRefusedException;

/**
 * What became of the calibration of a picture.
 *
 * @param timePoint of the picture
 * @param checks all that decide whether it can be calibrated, passed or not; their names begin with
 *     the channel
 * @param warnings checks that do not prevent a calibration, passed or not
 * @param calibrated empty where a check was not passed
 */
public record CalibrationOutcome(
    int timePoint,
    List<CalibrationCheck> checks,
    List<CalibrationCheck> warnings,
    Optional<CalibratedPicture> calibrated) {

  public CalibrationOutcome {
    checks = List.copyOf(checks);
    warnings = List.copyOf(warnings);
  }

  /**
   * The calibrated picture.
   *
   * @throws CalibrationRefusedException if a check was not passed, telling all that were not
   */
  public CalibratedPicture picture() {
    return calibrated.orElseThrow(
        () -> new CalibrationRefusedException("time point " + timePoint, failed()));
  }

  /** The checks that prevent a calibration. */
  public List<CalibrationCheck> failed() {
    return checks.stream().filter(check -> !check.passed()).toList();
  }

  /** Checks and warnings. */
  public List<CalibrationCheck> all() {
    List<CalibrationCheck> all = new ArrayList<>(checks);
    all.addAll(warnings);
    return all;
  }

  /** Checks and warnings as a session keeps them. */
  public List<SessionCheck> sessionChecks(OffsetDateTime now) {
    return all().stream()
        .map(
            check ->
                new SessionCheck(
                    new CalibrationCheck(
                        "time " + timePoint + " " + check.name(),
                        check.passed(),
                        check.finding(),
                        check.value(),
                        check.limit(),
                        check.remedy()),
                    now))
        .toList();
  }
}
