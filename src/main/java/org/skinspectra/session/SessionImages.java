package org.skinspectra.session;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.JsonFields;
import org.skinspectra.JsonText;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.format.CubeFiles;

/**
 * The pictures of a session as multispectral images: those that were calibrated and stored, the
 * last of each time point; others are calibrated when they are asked for, and not stored.
 *
 * <p>For one thread.
 */
public final class SessionImages {

  private static final int MOST_PROVENANCE_BYTES = 1 << 24;
  private static final int MOST_TIME_POINTS = 10_000_000;

  private final CaptureSession session;
  private final Map<Integer, StoredFile> stored = new HashMap<>();
  private Optional<SessionCalibration> calibration = Optional.empty();

  private SessionImages(CaptureSession session) {
    this.session = session;
    session.derived().forEach(this::remember);
  }

  /**
   * Looks for what was stored.
   *
   * @throws SkinSpectraException if the provenance of a calibrated image is damaged
   */
  public static SessionImages of(CaptureSession session) {
    return new SessionImages(session);
  }

  /** Numbers of the time points that have a picture, in order. */
  public List<Integer> timePoints() {
    return session.frames().stream()
        .filter(frame -> frame.kind() == FrameKind.IMAGE)
        .map(StoredFrame::timePoint)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Where the image of a time point comes from, in words that tell it apart from an image of
   * another calibration.
   */
  public String origin(int timePoint) {
    return "session %s, time point %d, %s"
        .formatted(
            session.id(),
            timePoint,
            stored.containsKey(timePoint) ? stored.get(timePoint).path() : unstored());
  }

  private String unstored() {
    return session.documents().stream()
        .filter(document -> document.name().equals("profile"))
        .reduce((earlier, later) -> later)
        .map(profile -> "calibrated with profile " + profile.file().sha256().substring(0, 12))
        .orElse("not calibrated");
  }

  /** The file of the image that was calibrated and stored last; empty where there is none. */
  public Optional<StoredFile> stored(int timePoint) {
    return Optional.ofNullable(stored.get(timePoint));
  }

  /**
   * The image of a time point.
   *
   * @throws SkinSpectraException if there is no such picture, the stored image is damaged, or the
   *     frames cannot be calibrated, saying why and what to do
   * @throws org.skinspectra.CanceledException if the monitor asks to stop
   */
  public Msi msi(int timePoint, ProgressMonitor progress) {
    StoredFile file = stored.get(timePoint);
    if (file != null) {
      progress.checkCanceled("Reading the image");
      return CubeFiles.readMsi(session.file(file));
    }
    if (calibration.isEmpty()) {
      progress.report("Preparing the calibration", 0, 1);
      calibration = Optional.of(SessionCalibration.of(session, CalibrationOptions.DEFAULT));
    }
    return calibration.get().calibrate(timePoint, progress).picture().msi();
  }

  private void remember(DerivedResult result) {
    if (result.folder().endsWith("-" + SessionCalibration.RESULT)) {
      Optional<StoredFile> image = file(result, SessionCalibration.RESULT_FILE);
      Optional<StoredFile> provenance = file(result, SessionManifest.PROVENANCE);
      if (image.isPresent() && provenance.isPresent()) {
        stored.put(timePoint(provenance.get()), image.get());
      }
    }
  }

  private static Optional<StoredFile> file(DerivedResult result, String name) {
    return result.files().stream()
        .filter(file -> file.path().equals(result.folder() + "/" + name))
        .findFirst();
  }

  private int timePoint(StoredFile provenance) {
    Path file = session.file(provenance);
    JsonObject json = JsonText.read(file, "provenance", MOST_PROVENANCE_BYTES);
    return JsonFields.ofForeign(json, file.toString())
        .foreignObject("parameters")
        .whole("timePoint", 0, MOST_TIME_POINTS);
  }
}
