package org.skinspectra.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.skinspectra.CanceledException;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.format.Conversion;
import org.skinspectra.format.ConversionTargets;
import org.skinspectra.format.CubeSelection;
import org.skinspectra.format.ImageSize;
import org.skinspectra.format.Interleave;
import org.skinspectra.format.NmRange;
import org.skinspectra.format.PixelRegion;
import org.skinspectra.format.SampleType;
import org.skinspectra.format.SpectraFiles;
import org.skinspectra.format.WriteOptions;
import org.skinspectra.report.TextTable;
import org.skinspectra.spectra.Wavelengths;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convert}: files of one format become files of another. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    customSynopsis = {
      "skin-spectra convert [OPTION...] IN OUT",
      "       skin-spectra convert [OPTION...] --to DIR --format .ENDING IN...",
      "       skin-spectra convert --formats",
    },
    description = {
      "Makes a cube or a multispectral image of one format into one of another, a few planes at a"
          + " time, or a table of spectra into another.",
      "Wavelengths, names, widths and marks of the bands and provenance are kept as far as the"
          + " format has a place for them."
    })
final class ConvertCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "IN, whose format is told by its content, and OUT; with --to only IN.")
  private List<Path> files = List.of();

  @Option(
      names = "--formats",
      description = "List the formats, with what can be read and written, and end.")
  private boolean listsFormats;

  @Option(names = "--to", paramLabel = "DIR", description = "Folder for the results of several IN.")
  private Path folder;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = {
        "Format to write: an ending, which names results in DIR, or a name from --formats where"
            + " several formats share an ending (default: by the ending of OUT)."
      })
  private String format;

  @Option(
      names = "--sample",
      paramLabel = "float32|float64|uint16|uint8",
      description = "How values are stored (default: float32).")
  private SampleType sample = SampleType.FLOAT32;

  @Option(
      names = "--scale",
      paramLabel = "NUMBER",
      description = "What integer samples store for 1 (default: 10000 for uint16, 255 for uint8).")
  private Double scale;

  @Option(
      names = "--clip",
      description =
          "Store values that integer samples cannot hold as the nearest they can, and count them"
              + " (default: refuse them).")
  private boolean clip;

  @Option(
      names = "--interleave",
      paramLabel = "bsq|bil|bip",
      description = "Order of the samples (default: bsq).")
  private Interleave interleave = Interleave.BSQ;

  @Option(names = "--compress", description = "Use the format's lossless compression.")
  private boolean compress;

  @Option(
      names = "--out-variable",
      paramLabel = "NAME",
      description = "Name of the variable in a .mat file that is written.")
  private String outVariable;

  @Option(
      names = "--bands",
      paramLabel = "first:step:last",
      description = "Only the bands at these wavelengths in nm (or a list: 450,550).")
  private Wavelengths bands;

  @Option(
      names = "--range",
      paramLabel = "first:last",
      description = "Only the bands between two wavelengths in nm, such as 400:700.")
  private NmRange range;

  @Option(
      names = "--region",
      paramLabel = "x,y,w,h",
      description = "Only the pixels of this rectangle; its corner counts from 0.")
  private PixelRegion region;

  @Option(
      names = "--overwrite",
      description = "Replace files that are there already (default: refuse).")
  private boolean overwrite;

  @Mixin private CubeInputOptions input;
  @Mixin private ReportOptions report;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (listsFormats) {
      return listFormats();
    }
    Conversion conversion = conversion();
    Map<Path, Path> targets = targets();
    if (folder != null) {
      // All are refused before the first is written.
      targets.forEach(conversion::require);
    }
    return convert(conversion, targets);
  }

  private Conversion conversion() {
    WriteOptions writing =
        WriteOptions.DEFAULT
            .withSample(sample)
            .withClip(clip)
            .withInterleave(interleave)
            .withCompressed(compress)
            .withVariable(outVariable);
    try {
      writing = scale == null ? writing : writing.withScale(scale);
      if (format != null && !format.startsWith(".")) {
        writing = writing.withFormat(format);
      }
      CubeSelection selection =
          CubeSelection.ALL.withBands(bands).withRange(range).withRegion(region);
      return new Conversion(input.reading(), selection, writing, overwrite);
    } catch (SkinSpectraException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Map<Path, Path> targets() {
    if (folder == null && files.size() != 2) {
      throw wrongUse(
          files.size() < 2
              ? "Give the file to read and the file to write."
              : "Give one file to read and one to write, or several to read and --to DIR.");
    }
    if (folder == null && format != null && format.startsWith(".")) {
      throw wrongUse("The ending of OUT says the format; --format .ENDING goes with --to DIR.");
    }
    if (folder == null) {
      return Map.of(files.get(0), files.get(1));
    }
    if (files.isEmpty() || format == null) {
      throw wrongUse(
          files.isEmpty()
              ? "There is nothing to convert into " + folder + "; give files to read."
              : "Say with --format what to write into "
                  + folder
                  + ", such as --format .hdr; --formats lists what there is.");
    }
    if (input.hasInfrared() && files.size() > 1) {
      throw wrongUse("--nir is the image of 960 nm of one picture; convert one at a time.");
    }
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new SkinSpectraException(folder + " is a file; --to takes a folder.");
    }
    return ConversionTargets.in(folder, files, format);
  }

  private ParameterException wrongUse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private int convert(Conversion conversion, Map<Path, Path> targets) {
    TextTable table =
        TextTable.of("input", "output", "format", "pixels", "bands (nm)", "samples", "clipped");
    List<Map<String, Object>> written = new ArrayList<>();
    List<Map<String, Object>> failed = new ArrayList<>();
    for (Map.Entry<Path, Path> pair : targets.entrySet()) {
      Path from = pair.getKey();
      try {
        Conversion.Result result =
            conversion.run(from, pair.getValue(), report.progress("Conversion of " + from));
        table = table.with(row(from, pair.getValue(), result));
        written.add(json(from, pair.getValue(), result));
      } catch (CanceledException e) {
        throw e;
      } catch (SkinSpectraException e) {
        if (targets.size() == 1) {
          throw e;
        }
        report.err().println("skin-spectra: " + e.getMessage());
        report.err().flush();
        failed.add(Map.of("input", from.toString(), "reason", e.getMessage()));
      }
    }
    if (!written.isEmpty()) {
      report.out().print(table.text());
    }
    if (!failed.isEmpty()) {
      report.out().printf("%d of %d files failed.%n", failed.size(), targets.size());
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("converted", written);
    json.put("failed", failed);
    report.finish(json);
    return failed.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Object[] row(Path from, Path to, Conversion.Result result) {
    boolean image = result.size().isPresent();
    return new Object[] {
      from,
      to,
      result.format().orElse("table of spectra"),
      result.size().map(ImageSize::toString).orElse("-"),
      image
          ? CubeText.bands(result.bands(), result.wavelengths())
          : result.bands()
              + " spectra"
              + result.wavelengths().map(nm -> " (" + nm + ")").orElse(""),
      image ? samples() : "-",
      result.clipped()
    };
  }

  private String samples() {
    return sample.isInteger()
        ? sample.key() + ", scale " + JsonText.number(usedScale())
        : sample.key();
  }

  private double usedScale() {
    return scale == null ? sample.usualScale() : scale;
  }

  private Map<String, Object> json(Path from, Path to, Conversion.Result result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("input", from.toString());
    json.put("output", to.toString());
    json.put("wavelengths", result.wavelengths().map(Wavelengths::toString).orElse(null));
    if (result.size().isEmpty()) {
      json.put("spectra", result.bands());
      return json;
    }
    json.put("format", result.format().orElse(null));
    json.put("width", result.size().get().width());
    json.put("height", result.size().get().height());
    json.put("bands", result.bands());
    json.put("sample", sample.key());
    json.put("scale", sample.isInteger() ? usedScale() : null);
    json.put("clipped", result.clipped());
    return json;
  }

  private int listFormats() {
    report.out().print(CubeText.formats().text());
    report.out().println("Tables of spectra, read and written: " + SpectraFiles.kinds() + ".");
    report.finish(Map.of("formats", CubeText.formatsAsJson()));
    return ExitCode.OK;
  }
}
