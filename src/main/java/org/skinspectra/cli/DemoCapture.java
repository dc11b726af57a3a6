package org.skinspectra.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.camera.Capture;
import org.skinspectra.camera.DemoCameraSource;
import org.skinspectra.camera.DemoOptions;
import org.skinspectra.camera.DemoScene;
import org.skinspectra.camera.Rig;
import org.skinspectra.camera.RigFiles;
import org.skinspectra.camera.Rigs;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.MsiImages;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.CameraProfiles;
import org.skinspectra.report.MsiPicture;
import org.skinspectra.session.CalibratedPicture;
import org.skinspectra.session.CalibrationOptions;
import org.skinspectra.session.CalibrationOutcome;
import org.skinspectra.session.CaptureSession;
import org.skinspectra.session.CapturedFrame;
import org.skinspectra.session.CoveredRegion;
import org.skinspectra.session.DerivedResult;
import org.skinspectra.session.SessionCalibration;
import org.skinspectra.session.SessionSetup;
import org.skinspectra.session.SessionWriter;
import org.skinspectra.session.TimePoints;

/**
 * A picture that the demo camera took, from raw frames in a session to canonical reflectance, with
 * the truth on the same pixels.
 *
 * @param rig that took it
 * @param result in the session
 * @param picture what was calibrated
 * @param canonical what a perfect camera would have delivered
 * @param truth true reflectance
 * @param skin 1 where there is skin
 */
record DemoCapture(
    Rig rig,
    DerivedResult result,
    CalibratedPicture picture,
    Msi canonical,
    SpectralCube truth,
    Mask skin) {

  private static final String RIG = "demo-two-cameras";
  private static final int REFERENCE_FRAMES = 16;

  /** Takes references and a picture into a session, new or grown by them, and calibrates it. */
  static DemoCapture take(Path session, ProgressMonitor progress) {
    Rig rig = Rigs.named(RIG);
    CameraProfile profile = CameraProfiles.named(rig.profile());
    try (DemoCameraSource source =
            new DemoCameraSource(DemoOptions.of(profile).withRealTime(false));
        SessionWriter writer = writer(session, rig, profile, source)) {
      Capture capture = new Capture(source, rig);
      TimePoints times = TimePoints.of(CaptureSession.open(session));
      capture.references(
          REFERENCE_FRAMES, source.technician(), frame -> store(writer, times, frame), progress);
      capture.picture(frame -> store(writer, times, frame), progress);
      writer.flush();
      CalibrationOutcome outcome =
          SessionCalibration.of(CaptureSession.open(session), CalibrationOptions.DEFAULT)
              .calibrate(times.nextImage(), progress);
      CalibratedPicture picture = outcome.picture();
      DerivedResult result =
          SessionCalibration.store(
              writer,
              picture,
              inner -> MsiPicture.write(picture.msi(), inner.resolve(MsiPicture.FILE)));
      return of(rig, result, picture, source.scene());
    }
  }

  private static SessionWriter writer(
      Path session, Rig rig, CameraProfile profile, DemoCameraSource source) {
    Map<String, String> versions = source.describe().versions();
    return CaptureSession.isIn(session)
        ? SessionWriter.append(session, versions)
        : SessionWriter.create(
            session,
            new SessionSetup(
                Optional.of(RigFiles.json(rig)), Optional.of(profile.json()), versions, Map.of()));
  }

  private static void store(SessionWriter writer, TimePoints times, CapturedFrame frame) {
    writer.write(List.of(times.after(frame)));
  }

  private static DemoCapture of(
      Rig rig, DerivedResult result, CalibratedPicture picture, DemoScene scene) {
    CoveredRegion region = picture.region();
    SpectralCube whole = scene.truth();
    int width = whole.width();
    SpectralCube truth =
        SpectralCube.ofPlanes(
            region.width(),
            region.height(),
            whole.wavelengths(),
            cut(whole.planes(), region, width));
    Msi canonical =
        MsiImages.ofPlanes(
            region.width(),
            region.height(),
            cut(MsiImages.planes(scene.canonical()), region, width));
    Mask skin = new Mask(region.width(), region.height(), region.of(scene.skin().weights(), width));
    return new DemoCapture(rig, result, picture, canonical, truth, skin);
  }

  private static float[][] cut(float[][] planes, CoveredRegion region, int width) {
    return Arrays.stream(planes).map(plane -> region.of(plane, width)).toArray(float[][]::new);
  }

  /** Root mean square difference from what a perfect camera would have delivered. */
  double rmsError() {
    float[] found = picture.msi().pixels();
    double sum = 0;
    for (int i = 0; i < found.length; i++) {
      double difference = found[i] - canonical.pixels()[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum / found.length);
  }
}
