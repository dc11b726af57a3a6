package org.skinspectra.camera;

import java.util.List;

/**
 * How a picture is taken: steps of a source, and the profile of its cameras. It is data, see
 * RigFiles.
 *
 * @param name for people
 * @param source {@code micro-manager}, {@code demo} or {@code replay}
 * @param profile name of a shipped camera profile, or the path of a file, relative to the rig's
 * @param steps in the order in which they are taken
 */
public record Rig(String name, String source, String profile, List<RigStep> steps) {
  public Rig {
    steps = List.copyOf(steps);
  }
}
