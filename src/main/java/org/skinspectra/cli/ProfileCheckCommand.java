package org.skinspectra.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.CameraProfiles;
import org.skinspectra.profile.ChannelMap;
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

  /** Error from which on pictures are worth little. */
  private static final double POOR_RESIDUAL = 0.01;

  private static final double POOR_CONDITION = 30;

  @Parameters(paramLabel = "P", description = "Name of a shipped profile, or a file.")
  private String name;

  @Mixin private ReportOptions report;

  @Override
  public Integer call() {
    CameraProfile profile = CameraProfiles.find(name, Path.of(""));
    ProfileMaps maps = ProfileMaps.of(profile);
    List<String> warnings = warnings(profile, maps);
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

  private static List<String> warnings(CameraProfile profile, ProfileMaps maps) {
    List<String> warnings = new ArrayList<>();
    for (ChannelMap map : maps.maps()) {
      if (map.residualRms() > POOR_RESIDUAL) {
        warnings.add(
            "The %s map errs by %.4f over skin. A filter that cuts infrared before R, G and B would help."
                .formatted(map.kind(), map.residualRms()));
      }
      if (map.conditionNumber() > POOR_CONDITION) {
        warnings.add(
            "The %s map has the condition number %.1f, so noise grows. Check whether two channels see nearly the same."
                .formatted(map.kind(), map.conditionNumber()));
      }
    }
    if (profile.responses().names().size() < ChannelMap.CHANNELS) {
      warnings.add("How the sensor sees 960 nm is not measured; it is taken as even.");
    }
    if (profile.registration().isEmpty()) {
      warnings.add("There is no registration; each picture is registered by itself.");
    }
    return warnings;
  }
}
