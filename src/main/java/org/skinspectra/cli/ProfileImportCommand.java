package org.skinspectra.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.skinspectra.WholeFile;
import org.skinspectra.profile.BandFilter;
import org.skinspectra.profile.BayerPattern;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.CameraProfileFiles;
import org.skinspectra.profile.LinearityCurve;
import org.skinspectra.profile.ProfileImport;
import org.skinspectra.profile.ProfileLight;
import org.skinspectra.profile.SensorProfile;
import org.skinspectra.profile.WhiteReflectance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code profile import}: a profile from measured sensitivities. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a camera profile of sensitivities: JSON of rawtoaces or dcamprof, or CSV.",
      "What the file does not say is given here or assumed, warned of and noted in the profile."
    })
final class ProfileImportCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "Sensitivities.")
  private Path file;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "P.json",
      required = true,
      description = "The profile.")
  private Path output;

  @Option(
      names = "--illuminant",
      paramLabel = "NAME",
      description =
          "Light of the rig: D65, A, E or a temperature such as 3200K (default: ${DEFAULT-VALUE}).")
  private String illuminant = "3200K";

  @Option(
      names = "--filter-centre",
      paramLabel = "NM",
      description = "Centre of the filter before the 960 nm camera (default: 960).")
  private Double centreNm;

  @Option(
      names = "--filter-width",
      paramLabel = "NM",
      description = "Full width at half maximum of that filter (default: 10).")
  private Double widthNm;

  @Option(
      names = "--bits",
      paramLabel = "N",
      description = "Of the sensor, 0 for floating point (default: ${DEFAULT-VALUE}).")
  private int bits = 12;

  @Option(
      names = "--black",
      paramLabel = "DN",
      description = "Black level of the sensor (default: ${DEFAULT-VALUE}).")
  private double black;

  @Option(
      names = "--bayer",
      paramLabel = "PATTERN",
      description = "Bayer pattern of raw frames: RGGB, BGGR, GRBG or GBRG.")
  private BayerPattern bayer;

  @Option(
      names = "--white",
      paramLabel = "R",
      description = "Reflectance factor of the white reference (default: ${DEFAULT-VALUE}).")
  private double white = 0.99;

  @Option(names = "--author", paramLabel = "NAME", description = "Author (default: the file's).")
  private String author;

  @Option(
      names = "--licence",
      paramLabel = "TEXT",
      description = "Licence of the numbers (default: the file's).")
  private String licence;

  @Mixin private ReportOptions report;

  @Override
  public Integer call() {
    WholeFile.requireWritable(output);
    WholeFile.requireOther(output, file);
    Optional<LinearityCurve> linear = Optional.empty();
    ProfileImport imported =
        ProfileImport.read(
            file,
            new ProfileImport.Options(
                ProfileLight.named(illuminant),
                filter(),
                new SensorProfile(
                    bits, Optional.empty(), black, Optional.ofNullable(bayer), linear),
                WhiteReflectance.of(white),
                Optional.ofNullable(author),
                Optional.ofNullable(licence),
                LocalDate.now()));
    CameraProfile profile = imported.profile();
    CameraProfileFiles.write(output, profile);
    imported.warnings().forEach(warning -> report.err().println("Warning: " + warning));
    report.err().flush();
    profile.summary().forEach(report.out()::println);
    report.out().println(output);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("output", output.toString());
    json.put("profile_id", profile.id());
    json.put("warnings", imported.warnings());
    report.finish(json);
    return 0;
  }

  private Optional<BandFilter> filter() {
    if (centreNm == null && widthNm == null) {
      return Optional.empty();
    }
    return Optional.of(
        new BandFilter(
            centreNm == null ? BandFilter.ASSUMED.centreNm() : centreNm,
            widthNm == null ? BandFilter.ASSUMED.fwhmNm() : widthNm));
  }
}
