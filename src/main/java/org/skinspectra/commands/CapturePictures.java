package org.skinspectra.commands;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import java.io.File;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.camera.CameraConnection;
import org.skinspectra.camera.Capture;
import org.skinspectra.camera.Rig;
import org.skinspectra.camera.SessionRecording;
import org.skinspectra.cube.CubeImages;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstruction;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.session.CalibratedPicture;
import org.skinspectra.session.ReconstructedCube;

/** Pictures of a rig come into a session. */
@Plugin(
    type = Command.class,
    menuPath = "Plugins>Skin Spectra>Capture...",
    headless = true,
    description = "Takes pictures, RGB and 960 nm, into a session.")
public final class CapturePictures extends CameraCommand {

  private static final int MOST_PICTURES = 1_000_000;
  private static final double LONGEST_INTERVAL_S = 86_400;
  private static final long LOOK_EVERY_MS = 100;

  @Parameter(
      label = "Session",
      description = "A new or empty folder, or a session to append to.",
      style = "directory")
  private File session;

  @Parameter(label = "Time points", min = "1", max = "1000000", persist = false, required = false)
  private int count = 1;

  @Parameter(
      label = "Interval (s)",
      description = "From the beginning of a time point to that of the next; 0: without a pause.",
      min = "0",
      persist = false,
      required = false)
  private double interval_s;

  @Parameter(
      label = "Frames to average",
      description = "Of every step; 0: as the rig says.",
      min = "0",
      max = "10000",
      persist = false,
      required = false)
  private int average;

  @Parameter(
      label = "Reconstruct at once",
      description = "Calibrates the last picture and reconstructs its spectra.",
      persist = false,
      required = false)
  private boolean reconstruct;

  @Parameter(
      label = "Model",
      description =
          "default, wiener, the name of a file in Fiji's folder models, or a file of weights.",
      persist = false,
      required = false)
  private String model = Models.DEFAULT;

  /**
   * The numbers of the first and the last picture, of each step and channel; also where these were
   * taken and could not be reconstructed.
   */
  @Parameter(type = ItemIO.OUTPUT)
  private ResultsTable numbers;

  /** The cube of the last picture, where it was asked for. */
  @Parameter(type = ItemIO.OUTPUT)
  private ImagePlus spectra;

  private int lastPicture;

  @Override
  protected void execute(ProgressMonitor progress) {
    Path folder = folder(session);
    requireSensible();
    Optional<Reconstructor> opened = openedWhereAskedFor(progress);
    ResultsTable table =
        capture(folder, progress, (camera, waiting) -> take(camera, folder, waiting));
    show(table, "Pictures of " + folder.getFileName());
    numbers = table;
    opened.ifPresent(reconstructor -> spectra = reconstructed(folder, reconstructor, progress));
  }

  /** Before the first picture, which may not come again, so that a wrong model is noticed then. */
  private Optional<Reconstructor> openedWhereAskedFor(ProgressMonitor progress) {
    if (!reconstruct) {
      return Optional.empty();
    }
    // A model takes seconds to open; that there is no camera is said at once.
    cameras.connection();
    return Optional.of(worker.reconstructor(model, Device.AUTO, Precision.FLOAT32, progress));
  }

  private void requireSensible() {
    if (count < 1 || count > MOST_PICTURES) {
      throw new SkinSpectraException(
          "count is 1 to %d time points, not %d.".formatted(MOST_PICTURES, count));
    }
    if (!(interval_s >= 0 && interval_s <= LONGEST_INTERVAL_S)) {
      throw new SkinSpectraException(
          "interval_s is 0 to %.0f seconds, not %s.".formatted(LONGEST_INTERVAL_S, interval_s));
    }
  }

  private Rig rig(CameraConnection connection) {
    Rig rig = connection.rig();
    try {
      return average == 0
          ? rig
          : rig.withSteps(rig.steps().stream().map(step -> step.withAverage(average)).toList());
    } catch (IllegalArgumentException e) {
      throw new SkinSpectraException(e.getMessage(), e);
    }
  }

  private ResultsTable take(CameraConnection connection, Path folder, ProgressMonitor progress) {
    Rig rig = rig(connection);
    Capture capture = new Capture(connection.source(), rig);
    try (SessionRecording recording =
        SessionRecording.open(folder, rig, connection.profile(), connection.description())) {
      if (interval_s == 0) {
        recording.take(sink -> capture.pictures(count, sink, progress));
      } else {
        takeSlowly(recording, capture, progress);
      }
      lastPicture = recording.nextPicture() - 1;
      say("%d frames of pictures are in the session %s".formatted(recording.frames(), folder));
      return CameraTables.of(connection.profile(), recording.samples());
    }
  }

  private void takeSlowly(SessionRecording recording, Capture capture, ProgressMonitor progress) {
    long begin = System.nanoTime();
    for (int time = 0; time < count; time++) {
      long due = begin + Math.round(time * interval_s * 1e9);
      boolean wait = time > 0;
      recording.take(
          sink -> {
            if (wait) {
              await(due, progress);
            }
            capture.picture(sink, progress);
          });
      progress.report("Time points", time + 1L, count);
    }
  }

  private static void await(long due, ProgressMonitor progress) {
    try {
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        progress.checkCanceled("The capture");
        TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MS)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CanceledException("The capture");
    }
  }

  /** The picture is in its session, whatever becomes of this. */
  private ImagePlus reconstructed(
      Path folder, Reconstructor reconstructor, ProgressMonitor progress) {
    try (SessionPictures pictures = SessionPictures.of(folder)) {
      CalibratedPicture picture = pictures.calibrate(lastPicture, progress, worker).picture();
      pictures.store(picture);
      Reconstruction result = reconstructor.reconstruct(picture.msi(), progress);
      String source = "%s time %d".formatted(folder.getFileName(), lastPicture);
      String title =
          String.format(
              Locale.ROOT,
              "%s spectra (%s, %s, %.1f s)",
              source,
              result.model().name(),
              result.device(),
              result.seconds());
      say(title);
      return CubeImages.toImage(title, ReconstructedCube.of(result, source));
    } catch (CanceledException e) {
      throw new CanceledException(
          "The reconstruction", "the pictures are in the session " + folder);
    } catch (SkinSpectraException e) {
      throw new SkinSpectraException(
          "%s The pictures are in the session %s.".formatted(e.getMessage(), folder), e);
    }
  }
}
