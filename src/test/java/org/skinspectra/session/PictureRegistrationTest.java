package org.skinspectra.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.profile.CalibrationCheck;
import org.skinspectra.profile.Homography;
import org.skinspectra.session.PictureRegistration.Origin;

class PictureRegistrationTest {

  /** Pictures state a standard error, which the true error may well be twice of. */
  @ParameterizedTest
  @CsvSource({
    "IMAGES, 0.12, true, 'within 0.284 px (images, mostly; standard error 0.120 px)'",
    "IMAGES, 0.181, false, 'within 0.428 px (images, mostly; standard error 0.181 px)'",
    "PROFILE, 0.181, true, within 0.181 px (profile)",
    "PROFILE, 0.301, false, within 0.301 px (profile)",
    "SAME_SENSOR, 0, true, within 0.000 px (same sensor)"
  })
  void anErrorThatIsProbablyTooLargeIsNotPassed(
      Origin origin, double standardError, boolean passed, String finding) {
    CalibrationCheck check =
        new PictureRegistration(Homography.IDENTITY, OptionalDouble.of(standardError), origin)
            .check()
            .orElseThrow();
    assertEquals(passed, check.passed());
    assertTrue(check.finding().contains(finding), check.finding());
    assertTrue(check.remedy().contains("profile measure"), check.remedy());
  }

  @Test
  void anErrorThatIsNotKnownIsNotChecked() {
    assertEquals(
        Optional.empty(),
        new PictureRegistration(Homography.IDENTITY, OptionalDouble.empty(), Origin.EDGE_TO_EDGE)
            .check());
  }
}
