package org.skinspectra.cli;

import ij.gui.OvalRoi;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Masks;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.format.MaskFiles;
import org.skinspectra.format.PlaneFiles;
import org.skinspectra.measure.AngleMap;
import org.skinspectra.measure.RoiSpectrum;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstruction;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.report.AnglePanel;
import org.skinspectra.report.CubeFigure;
import org.skinspectra.report.Curve;
import org.skinspectra.report.SpectrumFigure;
import org.skinspectra.report.TextTable;
import org.skinspectra.session.CalibratedPicture;
import org.skinspectra.spectra.SpectralCsv;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.train.ImageScore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: the main job, on a test image and from the demo camera on. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Does the main job: on the test image that comes with the project, and from the camera on.",
      "Reconstructs the rendered portrait, measures the result against its ground truth and "
          + "writes cube, angle map, tables and pictures to a folder. Then the demo camera takes "
          + "references and a picture into a session; they are calibrated, reconstructed and "
          + "measured against the truth too. Given again, the session grows."
    })
final class DemoCommand implements Callable<Integer> {

  /** Set by the start script to the folder of the project. */
  private static final String HOME_PROPERTY = "skinspectra.home";

  /** The cheek in the light, in fractions of the image's sides. */
  private static final double CHEEK_X = 0.2;

  private static final double CHEEK_Y = 0.32;
  private static final double CHEEK_SIZE = 0.16;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      description = "Folder for the results (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("skin-spectra-demo");

  @Option(
      names = {"-d", "--device"},
      paramLabel = "auto|cpu|gpu",
      description = "Where to run (default: auto).")
  private Device device = Device.AUTO;

  @Mixin private ReportOptions report;

  @Override
  public Integer call() {
    TestImage files = TestImage.in(home().resolve("test-images").resolve("portrait"));
    Msi msi = CubeFiles.readMsi(files.msi());
    SpectralCube truth = CubeFiles.readCube(files.truth());
    Mask skin = MaskFiles.read(files.mask());
    Masks.requireSize(skin, truth.width(), truth.height());

    Reconstruction result;
    Reconstruction ofCapture;
    DemoCapture capture = DemoCapture.take(folder.resolve("session"), report.progress("Capture"));
    try (Reconstructor model =
        Models.open(Models.DEFAULT, Optional.empty(), device, Precision.FLOAT32)) {
      result = model.reconstruct(msi, report.progress("Reconstruction"));
      ofCapture = model.reconstruct(capture.picture().msi(), report.progress("Reconstruction"));
    }
    ImageScore score = score("portrait", result, truth, skin);
    ImageScore captured = score("captured", ofCapture, capture.truth(), capture.skin());
    Reconstruction baseline = wiener(msi);
    TextTable table = row(table(), result, score);
    table = row(table, baseline, score("portrait", baseline, truth, skin));
    table = row(table, ofCapture, captured);

    CubeFiles.write(result.cube(), folder.resolve("reconstruction.tif"));
    table.writeCsv(folder.resolve("scores.csv"));
    AngleMap angles = score.clamped();
    PlaneFiles.write(
        angles.radians(),
        angles.width(),
        angles.height(),
        "spectral angle (" + angles.definition().key() + ")",
        "rad",
        folder.resolve("angle-map.tif"));
    CubeFigure.of("Reconstructed from R, G, B and 960 nm", result.cube())
        .withAngles(AnglePanel.of(angles.radians(), "angle to the truth (clamped)"))
        .save(folder.resolve("overview.png"));
    cheekSpectra(result.cube(), truth);

    CubeFiles.write(ofCapture.cube(), folder.resolve("captured.tif"));
    CubeFigure.of("Captured by the demo camera, calibrated, reconstructed", ofCapture.cube())
        .withAngles(AnglePanel.of(captured.clamped().radians(), "angle to the truth (clamped)"))
        .save(folder.resolve("captured-overview.png"));

    PrintWriter out = report.out();
    out.printf("Test image: rendered portrait, %dx%d pixels%n", msi.width(), msi.height());
    describe(capture);
    out.println("Model: " + result.model());
    out.println();
    out.println(table.text());
    out.println("Angles and errors inside the skin mask; 'help sam' explains both definitions.");
    out.println("Results and pictures are in " + folder.toAbsolutePath().normalize());
    report.finish(json(result, score, capture, captured));
    return 0;
  }

  private void describe(DemoCapture capture) {
    CalibratedPicture picture = capture.picture();
    report
        .out()
        .printf(
            "Captured: %s%n  %d raw frames in the session, image in %s%n"
                + "  %dx%d pixels, 960 nm registered to %.3f px (standard error), error of the calibrated image"
                + " %.4f (RMS reflectance)%n",
            capture.rig().name(),
            picture.inputs().size(),
            capture.result().folder(),
            picture.msi().width(),
            picture.msi().height(),
            picture.registration().residualPx().orElse(Double.NaN),
            capture.rmsError());
  }

  private static Path home() {
    Path home = Path.of(System.getProperty(HOME_PROPERTY, "."));
    if (!Files.isDirectory(home.resolve("test-images"))) {
      throw new SkinSpectraException(
          "There is no folder test-images in "
              + home.toAbsolutePath().normalize()
              + "; run scripts/skin-spectra from a checkout of the project.");
    }
    return home;
  }

  private Reconstruction wiener(Msi msi) {
    try (Reconstructor model =
        Models.open(Models.WIENER, Optional.empty(), Device.AUTO, Precision.FLOAT32)) {
      return model.reconstruct(msi, report.progress("Reconstruction"));
    }
  }

  private ImageScore score(String image, Reconstruction result, SpectralCube truth, Mask skin) {
    return ImageScore.of(image, result.cube(), truth, skin, report.progress("Measuring"));
  }

  private static TextTable table() {
    return TextTable.of(
        "image",
        "model",
        "SAM challenge (rad)",
        "SAM clamped (rad)",
        "clamped (deg)",
        "RMSE",
        "SSIM",
        "device",
        "seconds");
  }

  private static TextTable row(TextTable table, Reconstruction result, ImageScore score) {
    return table.with(
        score.image(),
        result.model().architecture(),
        score.challenge().mean(),
        score.clamped().mean(),
        score.clamped().meanDegrees(),
        score.errors().rmse(),
        score.errors().ssim(),
        result.device(),
        String.format("%.3f", result.seconds()));
  }

  /** Mean and SD on the cheek, reconstructed against true, as a picture and as a table. */
  private void cheekSpectra(SpectralCube reconstruction, SpectralCube truth) {
    Mask cheek =
        Masks.of(
            new OvalRoi(
                CHEEK_X * truth.width(),
                CHEEK_Y * truth.height(),
                CHEEK_SIZE * truth.width(),
                CHEEK_SIZE * truth.height()),
            truth.width(),
            truth.height());
    RoiSpectrum predicted = RoiSpectrum.measure("reconstructed", reconstruction, cheek);
    RoiSpectrum actual = RoiSpectrum.measure("truth", truth, cheek);
    SpectrumFigure.titled("Cheek, mean ± SD of " + cheek.count() + " pixels")
        .with(curve(actual))
        .with(curve(predicted))
        .save(folder.resolve("cheek-spectrum.png"));
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("reconstructed mean", predicted.mean());
    columns.put("reconstructed SD", predicted.sd());
    columns.put("truth mean", actual.mean());
    columns.put("truth SD", actual.sd());
    SpectralCsv.write(
        folder.resolve("cheek-spectrum.csv"),
        SpectralTable.of(truth.wavelengths(), "reflectance factor", columns));
  }

  private static Curve curve(RoiSpectrum spectrum) {
    return new Curve(spectrum.name(), spectrum.wavelengths(), spectrum.mean(), spectrum.sd());
  }

  private Map<String, Object> json(
      Reconstruction result, ImageScore score, DemoCapture capture, ImageScore captured) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", result.model().name());
    json.put("model_id", result.model().id());
    json.put("device", result.device());
    json.put("precision", result.precision().key());
    json.put("seconds", result.seconds());
    json.put("sam_challenge_rad", score.challenge().mean());
    json.put("sam_clamped_rad", score.clamped().mean());
    json.put("rmse", score.errors().rmse());
    json.put("capture_rms", capture.rmsError());
    json.put(
        "capture_registration_residual_px",
        capture.picture().registration().residualPx().orElse(Double.NaN));
    json.put("capture_sam_clamped_rad", captured.clamped().mean());
    json.put("capture_result", capture.result().folder());
    json.put("output", folder.toString());
    return json;
  }
}
