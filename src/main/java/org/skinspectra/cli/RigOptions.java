package org.skinspectra.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.skinspectra.camera.DemoCameraSource;
import org.skinspectra.camera.DemoOptions;
import org.skinspectra.camera.FrameSource;
import org.skinspectra.camera.MicroManagerSource;
import org.skinspectra.camera.ReplaySource;
import org.skinspectra.camera.Rig;
import org.skinspectra.camera.Rigs;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.CameraProfiles;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the frames of a rig come from: the same options for all verbs that connect to cameras. */
final class RigOptions {

  @Option(
      names = "--mm",
      paramLabel = "DIR",
      description = "Folder of Micro-Manager, for a rig of source micro-manager.")
  private Path microManager;

  @Option(
      names = "--mm-config",
      paramLabel = "FILE",
      description = "Hardware configuration of Micro-Manager (.cfg).")
  private Path configuration;

  @Option(
      names = "--replay",
      paramLabel = "DIR",
      description = "Session or folder of images, for a rig of source replay.")
  private Path replay;

  @Option(
      names = "--profile",
      paramLabel = "P",
      description = "Camera profile, a name or a file, in place of the rig's.")
  private String profile;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** The profile that was named, else the rig's, whose path starts from the rig's folder. */
  CameraProfile profile(String rigName, Rig rig) {
    if (profile != null) {
      return CameraProfiles.find(profile, Path.of(""));
    }
    return Rigs.profile(rigName, rig);
  }

  /** Connects to the cameras of a rig. */
  FrameSource open(Rig rig, CameraProfile of) {
    refuseOthers(rig);
    return switch (rig.source()) {
      case "demo" -> new DemoCameraSource(DemoOptions.of(of));
      case "replay" -> {
        require(rig, replay != null, "--replay DIR");
        yield ReplaySource.of(replay);
      }
      default -> {
        require(
            rig, microManager != null && configuration != null, "--mm DIR and --mm-config FILE");
        if (!Files.isRegularFile(configuration)) {
          throw new ParameterException(
              spec.commandLine(),
              "There is no file %s (--mm-config). Give the .cfg file that Micro-Manager's hardware configuration wizard has saved."
                  .formatted(configuration));
        }
        yield MicroManagerSource.open(microManager, configuration);
      }
    };
  }

  /** Whoever names a Micro-Manager must not get pictures of the demo camera. */
  private void refuseOthers(Rig rig) {
    String refused = null;
    if ((microManager != null || configuration != null) && !rig.source().equals("micro-manager")) {
      refused = "--mm and --mm-config are";
    } else if (replay != null && !rig.source().equals("replay")) {
      refused = "--replay is";
    }
    if (refused != null) {
      throw new ParameterException(
          spec.commandLine(),
          "The rig '%s' is of source %s, which %s not for. Leave them out, or copy the rig and change its 'source'."
              .formatted(rig.name(), rig.source(), refused));
    }
  }

  private void require(Rig rig, boolean given, String what) {
    if (!given) {
      throw new ParameterException(
          spec.commandLine(),
          "The rig '%s' is of source %s; give %s.".formatted(rig.name(), rig.source(), what));
    }
  }
}
