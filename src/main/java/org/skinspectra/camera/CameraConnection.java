package org.skinspectra.camera;

import java.util.List;
import java.util.function.Supplier;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.profile.CameraProfile;

/**
 * Connected cameras with the rig that they are used by. Closing it lets go of the cameras.
 *
 * @param source of the frames
 * @param rig whose steps are taken; all of its cameras are connected
 * @param profile of the cameras
 * @param description of the source at connection
 */
public record CameraConnection(
    FrameSource source, Rig rig, CameraProfile profile, SourceDescription description)
    implements AutoCloseable {

  /**
   * Connects.
   *
   * @param cameras opens the source
   * @throws SkinSpectraException if the cameras cannot be opened, or lack one of the rig's; nothing
   *     stays open then
   */
  public static CameraConnection open(
      Rig rig, CameraProfile profile, Supplier<? extends FrameSource> cameras) {
    FrameSource source = cameras.get();
    try {
      SourceDescription description = source.describe();
      List<String> missing =
          rig.steps().stream()
              .map(RigStep::camera)
              .distinct()
              .filter(camera -> !description.cameras().contains(camera))
              .toList();
      if (!missing.isEmpty()) {
        throw new SkinSpectraException(
            "The rig '%s' needs the cameras %s, but %s has %s. Name these in a copy of the rig, or take another."
                .formatted(rig.name(), missing, description.name(), description.cameras()));
      }
      return new CameraConnection(source, rig, profile, description);
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /** The same connection, used by a rig with other exposures. */
  public CameraConnection withRig(Rig value) {
    return new CameraConnection(source, value, profile, description);
  }

  /** The same connection, with another source in place of its own, which it stands for. */
  public CameraConnection withSource(FrameSource value) {
    return new CameraConnection(value, rig, profile, description);
  }

  /** What was found, for people. */
  public String text() {
    StringBuilder text = new StringBuilder();
    line(text, "Source", description.name());
    line(text, "Cameras", String.join(", ", description.cameras()));
    line(text, "Rig", rig.name());
    line(text, "Profile", profile);
    for (RigStep step : rig.steps()) {
      line(
          text,
          "Step " + step.channel(),
          "camera %s, %s ms, gain %s, mean of %d"
              .formatted(step.camera(), step.exposureMs(), step.gain(), step.average()));
    }
    description.versions().forEach((name, version) -> line(text, name, version));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append(name).append(": ").append(value).append('\n');
  }

  @Override
  public void close() {
    source.close();
  }
}
