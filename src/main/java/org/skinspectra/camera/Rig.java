package org.skinspectra.camera;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.skinspectra.JsonText;

/**
 * How a picture is taken: steps of a source, and the profile of its cameras. It is data, see {@link
 * RigFiles}.
 *
 * @param name for people
 * @param source {@code micro-manager}, {@code demo} or {@code replay}
 * @param profile name of a shipped camera profile, or the path of a file, relative to the rig's and
 *     not above it
 * @param steps in the order in which they are taken, 1 to {@value #MAX_STEPS}; no two of one
 *     channel
 */
public record Rig(String name, String source, String profile, List<RigStep> steps) {

  /** Where frames can come from. */
  public static final List<String> SOURCES = List.of("micro-manager", "demo", "replay");

  static final int MAX_STEPS = 64;

  /** Neither absolute nor upwards, by the rules of any file system. */
  private static final Pattern PROFILE =
      Pattern.compile("^(?!/)(?!(.*/)?\\.\\.(/|$))[^\\\\:*?\"<>|\\x00-\\x1f]{1,200}$");

  /**
   * @throws IllegalArgumentException if there is no such source, the profile's path leaves the
   *     rig's folder, or there are no steps, too many or two of one channel
   */
  public Rig {
    Text.require("name", name);
    if (!SOURCES.contains(source)) {
      throw new IllegalArgumentException(
          "There is no source of frames '%s'; use one of %s."
              .formatted(JsonText.printable(source), SOURCES));
    }
    if (!PROFILE.matcher(profile).find()) {
      throw new IllegalArgumentException(
          "'%s' is neither the name of a profile nor the path of a file beside or below the rig's."
              .formatted(JsonText.printable(profile)));
    }
    steps = List.copyOf(steps);
    if (steps.isEmpty() || steps.size() > MAX_STEPS) {
      throw new IllegalArgumentException(
          "A rig has 1 to %d steps, not %d.".formatted(MAX_STEPS, steps.size()));
    }
    Set<String> channels = new HashSet<>();
    for (RigStep step : steps) {
      if (!channels.add(step.channel())) {
        throw new IllegalArgumentException(
            "Two steps take the channel %s; give each a name of its own."
                .formatted(step.channel()));
      }
    }
  }

  /** The same rig with other steps. */
  public Rig withSteps(List<RigStep> value) {
    return new Rig(name, source, profile, value);
  }
}
