package org.skinspectra.commands;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.MsiImages;
import org.skinspectra.profile.CalibrationLimits;
import org.skinspectra.profile.CalibrationRefusedException;
import org.skinspectra.profile.CameraProfiles;
import org.skinspectra.session.CalibratedPicture;
import org.skinspectra.session.CalibrationOptions;
import org.skinspectra.session.CalibrationOutcome;

/** The pictures of a session become canonical multispectral images. */
@Plugin(
    type = Command.class,
    menuPath = "Plugins>Skin Spectra>Calibrate Session...",
    headless = true,
    description = "Makes canonical multispectral images of a session's pictures, with all checks.")
public final class CalibrateSession extends CameraCommand {

  private static final double MOST_HOURS = 1e6;
  private static final String OF_PROFILE = "as the profile says";

  @Parameter(label = "Session", style = "directory")
  private File session;

  @Parameter(
      label = "Time point",
      description = "Number of the picture; -1 calibrates all and shows the last.",
      min = "-1",
      persist = false,
      required = false)
  private int time_point = -1;

  @Parameter(
      label = "Map to canonical channels",
      choices = {OF_PROFILE, "linear", "root-polynomial"},
      persist = false,
      required = false)
  private String map = OF_PROFILE;

  @Parameter(
      label = "Camera profile",
      description = "Name or file of a profile in place of the session's copy.",
      persist = false,
      required = false)
  private String profile = "";

  @Parameter(label = "Largest age of references (h)", min = "0", persist = false, required = false)
  private double max_age_h = 12;

  @Parameter(
      label = "Largest share of saturated pixels (%)",
      min = "0",
      max = "100",
      persist = false,
      required = false)
  private double max_saturated_percent = 0.1;

  /** Reflectance factors of R, G, B and 960 nm. */
  @Parameter(type = ItemIO.OUTPUT)
  private ImagePlus msi;

  /**
   * Every check of every picture, with what was found and what to do: also where every picture is
   * refused, since it says why.
   */
  @Parameter(type = ItemIO.OUTPUT)
  private ResultsTable checks;

  private final List<String> refused = new ArrayList<>();
  private int stored;

  @Override
  protected void execute(ProgressMonitor progress) {
    Path folder = folder(session);
    ResultsTable table = CameraTables.empty();
    Optional<CalibratedPicture> last = Optional.empty();
    try (SessionPictures pictures = SessionPictures.of(folder, options())) {
      List<Integer> times = times(pictures, folder);
      for (int i = 0; i < times.size(); i++) {
        Optional<CalibratedPicture> picture =
            calibrated(pictures, times.get(i), table, progress.part(i, times.size()));
        checks = table;
        last = picture.isPresent() ? picture : last;
      }
    }
    show(table, "Checks of " + folder.getFileName());
    CalibratedPicture shown =
        last.orElseThrow(() -> new SkinSpectraException(String.join("\n", refused)));
    refused.forEach(this::say);
    say("%d images are stored in the session %s".formatted(stored, folder));
    msi =
        MsiImages.toImage(
            "%s time %d".formatted(folder.getFileName(), shown.timePoint()), shown.msi());
  }

  private Optional<CalibratedPicture> calibrated(
      SessionPictures pictures, int time, ResultsTable table, ProgressMonitor progress) {
    try {
      CalibrationOutcome outcome = pictures.calibrate(time, progress, worker);
      CameraTables.add(table, outcome);
      CalibratedPicture picture = outcome.picture();
      pictures.store(picture);
      stored++;
      return Optional.of(picture);
    } catch (CanceledException e) {
      throw stored == 0
          ? e
          : new CanceledException("The calibration", stored + " images are stored");
    } catch (SkinSpectraException e) {
      // One picture that lacks something must not keep the others from being calibrated.
      refused.add(e.getMessage());
      if (!(e instanceof CalibrationRefusedException)) {
        CameraTables.add(table, time, e.getMessage());
      }
      return Optional.empty();
    }
  }

  private List<Integer> times(SessionPictures pictures, Path folder) {
    List<Integer> all = pictures.timePoints();
    if (all.isEmpty()) {
      throw new SkinSpectraException(
          "The session %s has no pictures yet; take them with Capture...".formatted(folder));
    }
    return time_point < 0 ? all : List.of(time_point);
  }

  private CalibrationOptions options() {
    if (!(max_age_h >= 0 && max_age_h <= MOST_HOURS)) {
      throw new SkinSpectraException(
          "max_age_h is a number of hours from 0, it cannot be " + max_age_h + ".");
    }
    if (!(max_saturated_percent >= 0 && max_saturated_percent <= 100)) {
      throw new SkinSpectraException(
          "max_saturated_percent is 0 to 100, it cannot be " + max_saturated_percent + ".");
    }
    CalibrationOptions options =
        CalibrationOptions.DEFAULT.withLimits(
            CalibrationLimits.DEFAULT
                .withAge(Duration.ofSeconds(Math.round(3600 * max_age_h)))
                .withSaturated(max_saturated_percent / 100));
    if (!profile.isBlank()) {
      options = options.withProfile(CameraProfiles.find(profile.strip(), Path.of("")));
    }
    return map.equals(OF_PROFILE) ? options : options.withMapKind(map);
  }
}
