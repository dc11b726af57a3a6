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
import org.skinspectra.session.CubeFiles;
import org.skinspectra.session.MaskFiles;
import org.skinspectra.session.PlaneFiles;
import org.skinspectra.spectra.SpectralCsv;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.train.ImageScore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: the main job on the test image that comes with the project. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Does the main job on the test image that comes with the project.",
      "Reconstructs the rendered portrait, measures the result against its ground truth and "
          + "writes cube, angle map, tables and pictures to a folder."
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

    Reconstruction result = reconstruct(Models.DEFAULT, device, msi);
    ImageScore score = score(result, truth, skin);
    Reconstruction baseline = reconstruct(Models.WIENER, Device.AUTO, msi);
    TextTable table = row(row(table(), result, score), baseline, score(baseline, truth, skin));

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

    PrintWriter out = report.out();
    out.printf("Test image: rendered portrait, %dx%d pixels%n", msi.width(), msi.height());
    out.println("Model: " + result.model());
    out.println();
    out.println(table.text());
    out.println("Angles and errors inside the skin mask; 'help sam' explains both definitions.");
    out.println("Results and pictures are in " + folder.toAbsolutePath().normalize());
    report.finish(json(result, score));
    return 0;
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

  private Reconstruction reconstruct(String name, Device where, Msi msi) {
    try (Reconstructor model = Models.open(name, Optional.empty(), where, Precision.FLOAT32)) {
      return model.reconstruct(msi, report.progress("Reconstruction"));
    }
  }

  private ImageScore score(Reconstruction result, SpectralCube truth, Mask skin) {
    return ImageScore.of("portrait", result.cube(), truth, skin, report.progress("Measuring"));
  }

  private static TextTable table() {
    return TextTable.of(
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

  private Map<String, Object> json(Reconstruction result, ImageScore score) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", result.model().name());
    json.put("model_id", result.model().id());
    json.put("device", result.device());
    json.put("precision", result.precision().key());
    json.put("seconds", result.seconds());
    json.put("sam_challenge_rad", score.challenge().mean());
    json.put("sam_clamped_rad", score.clamped().mean());
    json.put("rmse", score.errors().rmse());
    json.put("output", folder.toString());
    return json;
  }
}
