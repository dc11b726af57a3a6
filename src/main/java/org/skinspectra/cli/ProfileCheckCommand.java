package org.skinspectra.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.CameraProfiles;
import org.skinspectra.report.ProfileMaps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code profile check}: whether a profile can be used. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a camera profile: schema, values, whether its parts fit, and how well it maps to "
          + "canonical channels.",
      "What is wrong ends with exit code 1; what only deserves a look is told as a warning."
    })
final class ProfileCheckCommand implements Callable<Integer> {

  @Parameters(paramLabel = "P", description = "Name of a shipped profile, or a file.")
  private String name;

  @Mixin private ReportOptions report;

  @Override
  public Integer call() {
    CameraProfile profile = CameraProfiles.find(name, Path.of(""));
    ProfileMaps maps = ProfileMaps.of(profile);
    List<String> warnings = maps.warnings();
    report.out().println(maps.text());
    warnings.forEach(warning -> report.out().println("Warning: " + warning));
    report.out().printf("%s: good, id %s%n", name, profile.id());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("profile", profile.origin().name());
    json.put("profile_id", profile.id());
    json.put("maps", maps.json());
    json.put("warnings", warnings);
    report.finish(json);
    return 0;
  }
}
