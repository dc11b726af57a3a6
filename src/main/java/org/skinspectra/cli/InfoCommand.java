package org.skinspectra.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.format.Conversion;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.format.CubeSource;
import org.skinspectra.format.SeveralImagesException;
import org.skinspectra.format.SpectraFiles;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code info}: what files of cubes say of themselves. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description = "Shows size, bands and provenance of cubes and images without reading pixels.")
final class InfoCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files or folders.")
  private List<Path> files;

  @Mixin private CubeInputOptions input;
  @Mixin private ReportOptions report;

  @Override
  public Integer call() {
    List<Map<String, Object>> described = new ArrayList<>();
    int failed = 0;
    for (Path file : files) {
      try {
        described.add(Conversion.isTable(file) ? table(file) : describe(file));
      } catch (SkinSpectraException e) {
        if (files.size() == 1) {
          throw e;
        }
        report.err().println("skin-spectra: " + e.getMessage());
        failed++;
      }
    }
    report.finish(Map.of("files", described));
    return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Map<String, Object> table(Path file) {
    SpectralTable table = SpectraFiles.read(file);
    line("file", file.toString());
    line("format", "table of spectra");
    line("wavelengths (nm)", table.wavelengths().toString());
    line("spectra", table.names().size() + " (" + String.join(", ", table.names()) + ")");
    line("unit", table.unit());
    table.provenance().forEach(this::line);
    report.out().println();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", file.toString());
    json.put("wavelengths", table.wavelengths().toString());
    json.put("spectra", table.names());
    json.put("unit", table.unit());
    json.put("provenance", table.provenance());
    return json;
  }

  private Map<String, Object> describe(Path file) {
    try (CubeSource source = CubeFiles.open(file, input.reading())) {
      String format = CubeFiles.formatOf(file).name();
      Optional<Wavelengths> wavelengths = source.wavelengths();
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("file", file.toString());
      json.put("format", format);
      json.put("width", source.width());
      json.put("height", source.height());
      json.put("bands", source.bands());
      json.put("wavelengths", wavelengths.map(Wavelengths::toString).orElse(null));
      json.put("band_names", source.bandNames());
      json.put("fwhm", source.fwhm().orElse(null));
      json.put("bad_bands", source.badBands().orElse(null));
      json.put("storage", source.storage().orElse(null));
      json.put("provenance", source.provenance());
      print(file, format, source, wavelengths);
      return json;
    } catch (SeveralImagesException e) {
      return list(file, e.images());
    } catch (IOException e) {
      throw new SkinSpectraIOException("Cannot close " + file + ": " + e.getMessage() + ".", e);
    }
  }

  /** Which images a file holds; what they are of is shown of one at a time. */
  private Map<String, Object> list(Path file, List<String> images) {
    String format = CubeFiles.formatOf(file).name();
    line("file", file.toString());
    line("format", format);
    line("images", images.size() + "; --image N shows one of them");
    IntStream.range(0, images.size()).forEach(i -> line("image " + (i + 1), images.get(i)));
    report.out().println();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", file.toString());
    json.put("format", format);
    json.put("images", images);
    return json;
  }

  private void print(
      Path file, String format, CubeSource source, Optional<Wavelengths> wavelengths) {
    line("file", file.toString());
    line("format", format);
    source.storage().ifPresent(how -> line("stored as", how));
    line("pixels", source.width() + "x" + source.height());
    line("bands", String.valueOf(source.bands()));
    line("wavelengths (nm)", wavelengths.map(Wavelengths::toString).orElse("not stated"));
    if (wavelengths.isEmpty()) {
      line("band names", String.join(", ", source.bandNames()));
    }
    source.fwhm().ifPresent(widths -> line("FWHM (nm)", numbers(widths)));
    source.badBands().ifPresent(bad -> line("bad bands", marked(bad, source)));
    source.provenance().forEach(this::line);
    report.out().println();
  }

  /** What a file says may hold anything, even commands to a terminal. */
  private void line(String key, String value) {
    report.out().printf("%-18s%s%n", JsonText.printable(key), clean(value));
  }

  private static String clean(String value) {
    return value.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
  }

  private static String numbers(double[] values) {
    boolean same = Arrays.stream(values).allMatch(value -> value == values[0]);
    return same
        ? JsonText.printable(values[0]) + " for all"
        : Arrays.stream(values).mapToObj(JsonText::printable).collect(Collectors.joining(", "));
  }

  private static String marked(boolean[] bad, CubeSource source) {
    List<String> names = source.bandNames();
    String all =
        IntStream.range(0, bad.length)
            .filter(i -> bad[i])
            .mapToObj(names::get)
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? "none" : all;
  }
}
