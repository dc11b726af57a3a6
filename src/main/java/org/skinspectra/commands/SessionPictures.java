package org.skinspectra.commands;

import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.report.MsiPicture;
import org.skinspectra.session.CalibratedPicture;
import org.skinspectra.session.CalibrationOptions;
import org.skinspectra.session.CalibrationOutcome;
import org.skinspectra.session.CaptureSession;
import org.skinspectra.session.SessionCalibration;
import org.skinspectra.session.SessionWriter;

/** The pictures of a session on their way to images, which come into the session too. */
final class SessionPictures implements AutoCloseable {

  private final SessionCalibration calibration;
  private final SessionWriter writer;

  private SessionPictures(SessionCalibration calibration, SessionWriter writer) {
    this.calibration = calibration;
    this.writer = writer;
  }

  static SessionPictures of(Path folder) {
    return of(folder, CalibrationOptions.DEFAULT);
  }

  /**
   * @throws org.skinspectra.SkinSpectraException if there is no session, it has no profile, or it
   *     cannot be written to
   */
  static SessionPictures of(Path folder, CalibrationOptions options) {
    return new SessionPictures(
        SessionCalibration.of(CaptureSession.open(folder), options),
        SessionWriter.append(folder, Map.of()));
  }

  List<Integer> timePoints() {
    return calibration.timePoints();
  }

  /**
   * Calibrates a picture; the session keeps what was checked. A cancel does not wait for the step
   * that runs, which writes nothing.
   */
  CalibrationOutcome calibrate(
      int timePoint, ProgressMonitor progress, ReconstructionService worker) {
    CalibrationOutcome outcome =
        worker.promptly(
            "The calibration",
            "nothing was written",
            progress,
            waiting -> calibration.calibrate(timePoint, waiting));
    writer.addChecks(outcome.sessionChecks(OffsetDateTime.now()));
    return outcome;
  }

  /** Stores an image, with a picture to look at. */
  void store(CalibratedPicture picture) {
    SessionCalibration.store(
        writer, picture, inner -> MsiPicture.write(picture.msi(), inner.resolve(MsiPicture.FILE)));
  }

  @Override
  public void close() {
    writer.close();
  }
}
