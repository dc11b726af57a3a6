package org.skinspectra.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SoftwareVersion;
import org.skinspectra.WholeFile;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.format.ReadOptions;
import org.skinspectra.model.Reconstruction;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.report.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code reconstruct}: a multispectral image becomes a reflectance cube. */
@Command(
    name = "reconstruct",
    mixinStandardHelpOptions = true,
    description = {
      "Reconstructs a reflectance cube from R, G, B and 960 nm.",
      "Reads and writes the formats of 'convert --formats'; a picture of red, green and blue is read"
          + " with --encoding and its image of 960 nm with --nir. "
          + "The result says which model, device and precision made it."
    })
final class ReconstructCommand implements Callable<Integer> {

  @Parameters(paramLabel = "IN", description = "The multispectral image, reflectance factors.")
  private Path input;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "OUT",
      description =
          "The cube, .hdr (ENVI), .ome.tif (OME-TIFF) or .tif (ImageJ); default: IN with -spectra.tif.")
  private Path output;

  @Option(
      names = "--variable",
      paramLabel = "NAME",
      description =
          "Variable of a .mat file that holds several; or the channels of a microscopy file that are red, green, blue and 960 nm, with commas.")
  private String variable;

  @Option(
      names = "--image",
      paramLabel = "N",
      description = "Image of the file, from 1, where it holds several.")
  private Integer image;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "After one warm-up, run N times and report the fastest (default: run once).")
  private int repeat;

  @Mixin private ColourOptions colours;
  @Mixin private ModelOptions model;
  @Mixin private ReportOptions report;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (repeat < 0) {
      throw new ParameterException(
          spec.commandLine(), "--repeat counts warm runs and cannot be " + repeat + ".");
    }
    Path target = output == null ? defaultOutput() : output;
    CubeFiles.requireWritable(target);
    WholeFile.requireOther(target, input);
    Msi msi =
        CubeFiles.readMsi(
            input, colours.in(ReadOptions.DEFAULT).withVariable(variable).withImage(image));
    Reconstruction result = reconstruct(msi);
    CubeFiles.write(withSource(result.cube()), target);
    report(result, msi, target);
    return 0;
  }

  private Path defaultOutput() {
    String name = input.getFileName().toString().replaceFirst("(\\.ome)?\\.[^.]+$", "");
    return input.resolveSibling(name + "-spectra.tif");
  }

  private Reconstruction reconstruct(Msi msi) {
    try (Reconstructor reconstructor = model.open()) {
      report.err().println("Model: " + reconstructor.model());
      report.err().flush();
      if (msi.channels() < reconstructor.inputChannels()) {
        throw new SkinSpectraException(
            "The model %s needs %d channels, but %s has %d %s. Give the image of 960 nm with --nir, or a file that holds it too."
                .formatted(
                    reconstructor.model().name(),
                    reconstructor.inputChannels(),
                    input,
                    msi.channels(),
                    msi.channelNames()));
      }
      Reconstruction best = reconstructor.reconstruct(msi, report.progress("Reconstruction"));
      for (int run = 0; run < repeat; run++) {
        Reconstruction next =
            reconstructor.reconstruct(
                msi, report.progress("Warm run " + (run + 1) + " of " + repeat));
        best = run == 0 || next.seconds() < best.seconds() ? next : best;
      }
      return best;
    }
  }

  private SpectralCube withSource(SpectralCube cube) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("source", input.getFileName() + colours.description());
    provenance.putAll(cube.provenance());
    provenance.put("software", "skin-spectra " + SoftwareVersion.text());
    return cube.withProvenance(provenance);
  }

  private void report(Reconstruction result, Msi msi, Path target) {
    SpectralCube cube = result.cube();
    report
        .out()
        .println(
            TextTable.of(
                    "model", "device", "precision", "pixels", "bands (nm)", "seconds", "output")
                .with(
                    result.model().name(),
                    result.device(),
                    result.precision().key(),
                    msi.width() + "x" + msi.height(),
                    cube.wavelengths(),
                    String.format("%.3f", result.seconds()),
                    target)
                .text());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", result.model().name());
    json.put("model_id", result.model().id());
    json.put("architecture", result.model().architecture());
    json.put("device", result.device());
    json.put("precision", result.precision().key());
    json.put("seconds", result.seconds());
    json.put("width", cube.width());
    json.put("height", cube.height());
    json.put("wavelengths", cube.wavelengths().toString());
    json.put("output", target.toString());
    report.finish(json);
  }
}
