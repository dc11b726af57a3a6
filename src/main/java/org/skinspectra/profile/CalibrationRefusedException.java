package org.skinspectra.profile;

import java.util.List;
import java.util.stream.Collectors;
import org.skinspectra.SkinSpectraException;

/**
 * A picture cannot be calibrated to reflectance. The message names every problem that was found and
 * what to do about it.
 */
public final class CalibrationRefusedException extends SkinSpectraException {

  private static final long serialVersionUID = 1L;

  private final transient List<CalibrationCheck> failed;

  /**
   * @param picture name of it
   * @param failed the checks that were not passed, at least one
   */
  public CalibrationRefusedException(String picture, List<CalibrationCheck> failed) {
    super(
        failed.stream()
            .map(check -> check.finding() + " " + check.remedy())
            .collect(
                Collectors.joining(
                    "\n- ", "The picture '" + picture + "' cannot be calibrated:\n- ", "")));
    this.failed = List.copyOf(failed);
  }

  /** The checks that were not passed, at least one. */
  public List<CalibrationCheck> failed() {
    return failed;
  }
}
