package org.skinspectra.commands;

import java.io.File;
import java.nio.file.Path;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.camera.CameraConnection;
import org.skinspectra.camera.DemoCameraSource;
import org.skinspectra.camera.DemoOptions;
import org.skinspectra.camera.FrameSource;
import org.skinspectra.camera.MicroManagerSource;
import org.skinspectra.camera.ReplaySource;
import org.skinspectra.camera.Rig;
import org.skinspectra.camera.Rigs;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.CameraProfiles;

/** Connects to the cameras of a rig, for all commands that follow. */
@Plugin(
    type = Command.class,
    menuPath = "Plugins>Skin Spectra>Connect Camera...",
    headless = true,
    description = "Connects to cameras through Micro-Manager, or to the demo camera.")
public final class ConnectCamera extends CameraCommand {

  private static final String DEMO = "demo-two-cameras";

  @Parameter(
      label = "Rig",
      description =
          "How a picture is taken: two-cameras, filter-wheel, switched-lamps, prism (Micro-Manager);"
              + " demo-two-cameras, demo-pair, demo-bayer, demo-filter-wheel, demo-switched-lamps;"
              + " or the path of a file of your own.",
      persist = false,
      required = false)
  private String rig = DEMO;

  @Parameter(
      label = "Micro-Manager folder",
      description = "Where Micro-Manager is installed; not needed for the demo camera.",
      style = "directory",
      persist = false,
      required = false)
  private File mm_folder;

  @Parameter(
      label = "Micro-Manager configuration (.cfg)",
      description = "As Micro-Manager's hardware configuration wizard has saved it.",
      style = "open",
      persist = false,
      required = false)
  private File mm_config;

  @Parameter(
      label = "Camera profile",
      description = "Name or file of a profile in place of the rig's.",
      persist = false,
      required = false)
  private String profile = "";

  @Parameter(
      label = "Replay folder",
      description = "Session or folder of images, for a rig of source 'replay'.",
      style = "directory",
      persist = false,
      required = false)
  private File replay;

  /** What was found: source, cameras, steps and versions. */
  @Parameter(type = ItemIO.OUTPUT, label = "Camera")
  private String connection;

  @Override
  protected void execute(ProgressMonitor progress) {
    String named = text(rig, DEMO);
    Rig chosen = Rigs.open(named);
    requireUsed(chosen);
    CameraProfile described =
        profile == null || profile.isBlank()
            ? Rigs.profile(named, chosen)
            : CameraProfiles.find(profile.strip(), Path.of(""));
    progress.report("Connecting to " + chosen.name(), 0, 1);
    CameraConnection found =
        worker.promptly(
            "Connecting",
            "the camera is let go of as soon as it answers",
            progress,
            waiting -> cameras.connect(waiting, () -> opened(chosen, described, waiting)));
    connection = found.text();
    say("Connected to " + found.description().name());
  }

  private CameraConnection opened(Rig of, CameraProfile described, ProgressMonitor progress) {
    CameraConnection opened = CameraConnection.open(of, described, () -> source(of, described));
    if (progress.isCanceled()) {
      opened.close();
      throw new CanceledException("Connecting", "nothing is connected");
    }
    return opened;
  }

  private FrameSource source(Rig of, CameraProfile described) {
    return switch (of.source()) {
      case "demo" -> new DemoCameraSource(DemoOptions.of(described));
      case "replay" -> ReplaySource.of(given(of, replay, "the folder to replay (replay)"));
      default ->
          MicroManagerSource.open(
              given(of, mm_folder, "the folder of Micro-Manager (mm_folder)"),
              given(of, mm_config, "its configuration, a .cfg file (mm_config)"));
    };
  }

  /**
   * Whoever gives a folder wants its pictures; rendered ones in their place could be taken for
   * them.
   */
  private void requireUsed(Rig chosen) {
    if (chosen.source().equals("demo")
        && (path(mm_folder).isPresent() || path(mm_config).isPresent())) {
      throw new SkinSpectraException(
          "The rig '%s' is of the built-in demo camera, which uses no Micro-Manager. Give the rig of your cameras, such as two-cameras or a file of your own, or leave mm_folder and mm_config empty."
              .formatted(chosen.name()));
    }
    if (!chosen.source().equals("replay") && path(replay).isPresent()) {
      throw new SkinSpectraException(
          "The rig '%s' is of source %s and replays nothing. Give a rig of source 'replay', or leave the folder to replay (replay) empty."
              .formatted(chosen.name(), chosen.source()));
    }
  }

  private static Path given(Rig of, File file, String what) {
    return path(file)
        .orElseThrow(
            () ->
                new SkinSpectraException(
                    "The rig '%s' is of source %s; give %s."
                        .formatted(of.name(), of.source(), what)));
  }
}
