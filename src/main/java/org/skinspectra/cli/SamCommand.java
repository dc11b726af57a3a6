package org.skinspectra.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.skinspectra.WholeFile;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Masks;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.format.MaskFiles;
import org.skinspectra.format.PlaneFiles;
import org.skinspectra.format.ReadOptions;
import org.skinspectra.measure.AngleDefinition;
import org.skinspectra.measure.AngleMap;
import org.skinspectra.measure.CubeErrors;
import org.skinspectra.measure.SpectralAngle;
import org.skinspectra.report.TextTable;
import org.skinspectra.spectra.Wavelengths;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sam}: spectral angle and errors between two cubes. */
@Command(
    name = "sam",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the spectral angle between two cubes.",
      "Errors that see the scale too (RMSE, MRAE, PSNR, SSIM) are shown beside it."
    })
final class SamCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "PREDICTION", description = "Predicted cube.")
  private Path prediction;

  @Parameters(index = "1", paramLabel = "REFERENCE", description = "Reference cube.")
  private Path reference;

  @Option(
      names = "--mask",
      paramLabel = "MASK",
      description = "Image of the pixels that count, white = 1; without, all pixels count.")
  private Path mask;

  @Option(
      names = "--definition",
      paramLabel = "challenge|clamped",
      description = {
        "challenge: mask multiplied into both cubes, float32, no clamping (default).",
        "clamped: cosine clamped to [-1, 1], float64, zero spectra excluded, mask above one half."
      })
  private AngleDefinition definition = AngleDefinition.CHALLENGE;

  @Option(
      names = "--map",
      paramLabel = "OUT",
      description = "Write the angle of every pixel (rad) as a 32-bit ImageJ .tif.")
  private Path map;

  @Option(
      names = "--wavelengths",
      paramLabel = "first:step:last",
      description =
          "Bands of both cubes in nm (or a list: 450,550), in place of what the files say.")
  private Wavelengths wavelengths;

  @Option(
      names = "--variable",
      paramLabel = "NAME",
      description =
          "Variable of .mat files that hold several; or channels of microscopy files, with commas.")
  private String variable;

  @Option(
      names = "--image",
      paramLabel = "N",
      description = "Image of both files, from 1, where they hold several.")
  private Integer image;

  @Mixin private ReportOptions report;

  @Override
  public Integer call() {
    if (map != null) {
      PlaneFiles.requireWritable(map);
      Stream.of(prediction, reference, mask)
          .filter(Objects::nonNull)
          .forEach(read -> WholeFile.requireOther(map, read));
    }
    ReadOptions options =
        ReadOptions.DEFAULT.withVariable(variable).withWavelengths(wavelengths).withImage(image);
    SpectralCube predicted = CubeFiles.readCube(prediction, options);
    SpectralCube truth = CubeFiles.readCube(reference, options);
    Mask region = region(truth);
    AngleMap angles =
        SpectralAngle.measure(
            predicted, truth, region, definition, report.progress("Spectral angle"));
    CubeErrors errors = CubeErrors.measure(predicted, truth, region, report.progress("Errors"));
    if (map != null) {
      PlaneFiles.write(
          angles.radians(),
          angles.width(),
          angles.height(),
          "spectral angle (" + definition.key() + ")",
          "rad",
          map);
    }
    report(angles, errors);
    return 0;
  }

  private Mask region(SpectralCube truth) {
    if (mask == null) {
      return Mask.all(truth.width(), truth.height());
    }
    Mask read = MaskFiles.read(mask);
    Masks.requireSize(read, truth.width(), truth.height());
    return read;
  }

  private void report(AngleMap angles, CubeErrors errors) {
    TextTable table =
        TextTable.of("measure", "value", "unit")
            .with("mean spectral angle (" + definition.key() + ")", angles.mean(), "rad")
            .with("", angles.meanDegrees(), "degrees")
            .with("RMSE", errors.rmse(), "reflectance")
            .with("MRAE", errors.mrae(), "relative")
            .with("PSNR", errors.psnr(), "dB")
            .with(
                "SSIM",
                errors.ssim(),
                errors.ssimWindows() == 0 ? "no 11x11 window lies inside the mask" : "")
            .with("pixels with an angle", angles.counted(), "pixels")
            .with("pixels of the errors (mask above 0.5)", errors.pixels(), "pixels");
    report.out().println(definition.key() + ": " + definition.description());
    report.out().print(table.text());
    report.out().println("Left out: " + angles.excluded());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("definition", definition.key());
    json.put("sam_rad", angles.mean());
    json.put("sam_deg", angles.meanDegrees());
    json.put("pixels", angles.counted());
    json.put("excluded", angles.excluded());
    json.put("error_pixels", errors.pixels());
    json.put("rmse", errors.rmse());
    json.put("mrae", errors.mrae());
    json.put("psnr_db", errors.psnr());
    json.put("ssim", errors.ssim());
    if (map != null) {
      json.put("map", map.toString());
    }
    report.finish(json);
  }
}
