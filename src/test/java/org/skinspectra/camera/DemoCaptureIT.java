package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.MsiImages;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.AngleDefinition;
import org.skinspectra.measure.SpectralAngle;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.CameraProfiles;
import org.skinspectra.profile.Homography;
import org.skinspectra.session.CalibratedPicture;
import org.skinspectra.session.CalibrationOptions;
import org.skinspectra.session.CaptureSession;
import org.skinspectra.session.CoveredRegion;
import org.skinspectra.session.SessionCalibration;
import org.skinspectra.session.SessionSetup;
import org.skinspectra.session.SessionWriter;
import org.skinspectra.spectra.Wavelengths;

/**
 * From the demo camera to reflectance: 12 bits, 40 dB at white in green, a single frame a picture,
 * references of 16 frames; 256x256 pixels. What was reached is printed.
 */
class DemoCaptureIT {

  private static final int SIDE = 256;

  @TempDir private Path folder;

  private record Taken(CalibratedPicture picture, DemoScene scene) {

    /** RMS difference of all channels from those of a perfect camera. */
    double rmsError() {
      float[] found = picture.msi().pixels();
      float[] wanted = canonical().pixels();
      double sum = 0;
      for (int i = 0; i < found.length; i++) {
        sum += Math.pow(found[i] - wanted[i], 2);
      }
      return Math.sqrt(sum / found.length);
    }

    Msi canonical() {
      return MsiImages.ofPlanes(
          region().width(), region().height(), cut(MsiImages.planes(scene.canonical())));
    }

    SpectralCube truth() {
      SpectralCube whole = scene.truth();
      return SpectralCube.ofPlanes(
          region().width(), region().height(), whole.wavelengths(), cut(whole.planes()));
    }

    Mask skin() {
      return new Mask(
          region().width(), region().height(), region().of(scene.skin().weights(), SIDE));
    }

    CoveredRegion region() {
      return picture.region();
    }

    private float[][] cut(float[][] planes) {
      return Arrays.stream(planes).map(p -> region().of(p, SIDE)).toArray(float[][]::new);
    }

    /** RMS distance of the registration from where the cameras truly look, pixels of RGB. */
    double trueResidual(DemoAlignment alignment) {
      Homography truth = alignment.toColour(SIDE, SIDE).inverse();
      double sum = 0;
      int n = 0;
      for (int y = region().y(); y < region().y() + region().height(); y += 5) {
        for (int x = region().x(); x < region().x() + region().width(); x += 5) {
          double[] infrared = truth.apply(x, y);
          double[] found = picture.registration().homography().apply(infrared[0], infrared[1]);
          sum += Math.pow(found[0] - x, 2) + Math.pow(found[1] - y, 2);
          n++;
        }
      }
      return Math.sqrt(sum / n);
    }
  }

  private Taken take(String rigName, long person, DemoAlignment alignment) {
    Rig shipped = Rigs.named(rigName);
    Rig rig = shipped.withSteps(shipped.steps().stream().map(DemoCaptureIT::single).toList());
    CameraProfile profile = CameraProfiles.named(rig.profile());
    DemoOptions options =
        DemoOptions.of(profile.response(Wavelengths.VIS_NIR))
            .withSize(SIDE, SIDE)
            .withRealTime(false)
            .withPerson(person)
            .withAlignment(alignment);
    SessionSetup setup =
        new SessionSetup(
            Optional.of(RigFiles.json(rig)), Optional.of(profile.json()), Map.of(), Map.of());
    Path session = folder.resolve(rigName + person);
    try (DemoCameraSource source = new DemoCameraSource(options)) {
      Capture capture = new Capture(source, rig);
      try (SessionWriter writer = SessionWriter.create(session, setup)) {
        capture.references(
            16, source.technician(), frame -> writer.write(List.of(frame)), ProgressMonitor.NONE);
        capture.picture(frame -> writer.write(List.of(frame)), ProgressMonitor.NONE);
      }
      CalibratedPicture picture =
          SessionCalibration.of(CaptureSession.open(session), CalibrationOptions.DEFAULT)
              .calibrate(0, ProgressMonitor.NONE)
              .picture();
      return new Taken(picture, source.scene());
    }
  }

  /** One frame a picture, as the camera's signal-to-noise ratio is stated. */
  private static RigStep single(RigStep step) {
    return new RigStep(
        step.channel(),
        step.preset(),
        step.settings(),
        step.camera(),
        step.exposureMs(),
        step.gain(),
        1,
        0,
        step.region(),
        step.binning(),
        step.timeoutMs());
  }

  @ParameterizedTest
  @CsvSource({
    "demo-pair, 16",
    "demo-pair, 18",
    "demo-pair, 19",
    "demo-bayer, 16",
    "demo-bayer, 18",
    "demo-bayer, 19",
    "demo-two-cameras, 16",
    "demo-two-cameras, 18",
    "demo-two-cameras, 19",
    "demo-filter-wheel, 16",
    "demo-switched-lamps, 16"
  })
  void theCanonicalImageIsWithinAHundredthOfTheTruth(String rig, long person) {
    Taken taken = take(rig, person, DemoAlignment.SPLITTER);
    print("%s, person %d: RMS error %.4f", rig, person, taken.rmsError());
    assertTrue(taken.rmsError() <= 0.01, rig + " " + taken.rmsError());
  }

  @ParameterizedTest
  @CsvSource({
    "20, 0, 0, 1",
    "0, -20, 0, 1",
    "14, 14, 1, 1",
    "-14, 14, -1, 1.02",
    "14, -14, 1, 0.98",
    "-20, 0, -1, 0.98",
    "0, 0, 1, 1.02",
    "0, 0, 0, 1"
  })
  void theRegistrationIsWithinThreeTenthsOfAPixel(
      double dx, double dy, double degrees, double scale) {
    DemoAlignment alignment = DemoAlignment.of(dx, dy, degrees, scale);
    Taken taken = take("demo-two-cameras", 16, alignment);
    double residual = taken.trueResidual(alignment);
    double stated = taken.picture().registration().residualPx().orElseThrow();
    print(
        "shift (%s, %s), %s degrees, scale %s: true residual %.3f px, stated %.3f px",
        dx, dy, degrees, scale, residual, stated);
    assertTrue(residual <= 0.3, "true residual " + residual);
    assertTrue(stated <= 0.3, "stated residual " + stated);
    assertTrue(taken.rmsError() <= 0.01, "RMS error " + taken.rmsError());
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo-pair", "demo-bayer", "demo-two-cameras"})
  void theReconstructionIsAlmostThatOfAPerfectCamera(String rig) {
    Taken taken = take(rig, 16, DemoAlignment.SPLITTER);
    try (Reconstructor model =
        Models.open(Models.DEFAULT, Optional.empty(), Device.CPU, Precision.FLOAT32)) {
      double captured = angle(model, taken.picture().msi(), taken);
      double perfect = angle(model, taken.canonical(), taken);
      print("%s: SAM %.4f rad captured, %.4f noise-free", rig, captured, perfect);
      assertTrue(captured <= 1.3 * perfect, captured + " against " + perfect);
    }
  }

  private static double angle(Reconstructor model, Msi msi, Taken taken) {
    assertEquals(taken.region().width(), msi.width());
    SpectralCube cube = model.reconstruct(msi, ProgressMonitor.NONE).cube();
    return SpectralAngle.measure(
            cube, taken.truth(), taken.skin(), AngleDefinition.CLAMPED, ProgressMonitor.NONE)
        .mean();
  }

  private static void print(String format, Object... values) {
    System.out.println("DemoCaptureIT: " + String.format(Locale.ROOT, format, values));
  }
}
