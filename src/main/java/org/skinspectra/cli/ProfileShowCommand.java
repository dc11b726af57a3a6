package org.skinspectra.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.skinspectra.WholeFile;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.CameraProfiles;
import org.skinspectra.report.Curve;
import org.skinspectra.report.ProfileMaps;
import org.skinspectra.report.SpectrumFigure;
import org.skinspectra.report.TextTable;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code profile show}: a profile in words, numbers and a picture. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Shows a camera profile: what it says, the effective response of each channel (sensitivity "
          + "times light, of sum 1), and how well it maps to canonical channels."
    })
final class ProfileShowCommand implements Callable<Integer> {

  @Parameters(paramLabel = "P", description = "Name of a shipped profile, or a file.")
  private String name;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "PNG",
      description = "Draw the responses there (default: no picture).")
  private Path output;

  @Mixin private ReportOptions report;

  @Override
  public Integer call() {
    CameraProfile profile = CameraProfiles.find(name, Path.of(""));
    if (output != null) {
      WholeFile.requireWritable(output);
    }
    SpectralTable responses = profile.effectiveResponses(Wavelengths.VIS_NIR);
    profile.summary().forEach(report.out()::println);
    report.out().println();
    report.out().println(table(responses));
    ProfileMaps maps = ProfileMaps.of(profile);
    report.out().print(maps.text());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("profile", profile.origin().name());
    json.put("profile_id", profile.id());
    json.put("summary", profile.summary());
    json.put("wavelengths", responses.wavelengths().toString());
    Map<String, double[]> channels = new LinkedHashMap<>();
    responses.names().forEach(channel -> channels.put(channel, responses.column(channel)));
    json.put("responses", channels);
    json.put("maps", maps.json());
    if (output != null) {
      draw(profile, responses);
      report.out().println(output);
      json.put("output", output.toString());
    }
    report.finish(json);
    return 0;
  }

  private static String table(SpectralTable responses) {
    TextTable table = TextTable.of("nm", "R", "G", "B", "N960");
    Wavelengths grid = responses.wavelengths();
    for (int i = 0; i < grid.size(); i++) {
      Object[] row = new Object[1 + responses.names().size()];
      row[0] = grid.label(i);
      for (int c = 1; c < row.length; c++) {
        row[c] = responses.column(responses.names().get(c - 1))[i];
      }
      table = table.with(row);
    }
    return table.text();
  }

  private void draw(CameraProfile profile, SpectralTable responses) {
    SpectrumFigure figure =
        SpectrumFigure.titled(profile.origin().name()).withYLabel("share of the channel");
    for (String channel : responses.names()) {
      figure = figure.with(Curve.of(channel, responses.wavelengths(), responses.column(channel)));
    }
    figure.save(output);
  }
}
