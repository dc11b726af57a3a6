package org.skinspectra.commands;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import java.io.File;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.WholeFile;
import org.skinspectra.profile.BandFilter;
import org.skinspectra.profile.BayerPattern;
import org.skinspectra.profile.CameraProfileFiles;
import org.skinspectra.profile.ProfileImport;
import org.skinspectra.profile.ProfileLight;
import org.skinspectra.profile.SensorProfile;
import org.skinspectra.profile.WhiteReflectance;
import org.skinspectra.view.ProfileView;
import org.skinspectra.view.Tables;

/** A camera profile made of measured sensitivities. */
@Plugin(
    type = Command.class,
    menuPath = "Plugins>Skin Spectra>Camera Profile>Import...",
    headless = true,
    description =
        "Makes a camera profile of sensitivities: JSON of rawtoaces or dcamprof, or CSV. What the"
            + " file does not say is given here or assumed and noted in the profile.")
public final class ImportCameraProfile extends SkinSpectraCommand {

  private static final String LAMP = "3200K";

  @Parameter(label = "Sensitivities", persist = false)
  private File file;

  @Parameter(
      label = "Profile to write (.json)",
      style = "save",
      description = "Leave empty to look at it only.",
      persist = false,
      required = false)
  private File output;

  @Parameter(
      label = "Illuminant",
      description = "Light of the rig: D65, A, E or a temperature such as 3200K.",
      persist = false,
      required = false)
  private String illuminant = LAMP;

  @Parameter(
      label = "State the 960 nm filter",
      description = "Otherwise the file's 960 nm channel serves, or a filter is assumed.",
      persist = false,
      required = false)
  private boolean filter;

  @Parameter(label = "Filter centre (nm)", persist = false, required = false)
  private double filter_centre = BandFilter.ASSUMED.centreNm();

  @Parameter(label = "Filter width (nm)", persist = false, required = false)
  private double filter_width = BandFilter.ASSUMED.fwhmNm();

  @Parameter(
      label = "Bits of the sensor",
      description = "0 for floating point.",
      persist = false,
      required = false)
  private int bits = 12;

  @Parameter(label = "Black level (DN)", persist = false, required = false)
  private double black;

  @Parameter(
      label = "Bayer pattern of raw frames",
      choices = {NO_MOSAIC, "RGGB", "BGGR", "GRBG", "GBRG"},
      persist = false,
      required = false)
  private String bayer = NO_MOSAIC;

  @Parameter(label = "Reflectance of the white reference", persist = false, required = false)
  private double white = 0.99;

  @Parameter(label = "Author", persist = false, required = false)
  private String author = "";

  @Parameter(label = "Licence of the numbers", persist = false, required = false)
  private String licence = "";

  @Parameter private ReconstructionService worker;

  @Parameter(type = ItemIO.OUTPUT)
  private ImagePlus plot;

  @Parameter(type = ItemIO.OUTPUT)
  private ResultsTable maps;

  @Parameter(type = ItemIO.OUTPUT)
  private ResultsTable responses;

  @Parameter(type = ItemIO.OUTPUT)
  private String summary;

  private static final String NO_MOSAIC = "none";

  @Override
  protected void execute(ProgressMonitor progress) {
    Path sensitivities =
        path(file)
            .orElseThrow(() -> new SkinSpectraException("Give the file of the sensitivities."));
    Optional<Path> target = path(output);
    target.ifPresent(WholeFile::requireWritable);
    target.ifPresent(json -> WholeFile.requireOther(json, sensitivities));
    ProfileImport.Options options = options();
    progress.report("Reading and fitting", 0, 1);
    Seen seen =
        worker.promptly(
            "The import",
            "nothing was written",
            progress,
            unused -> Seen.of(sensitivities, options));
    ProfileImport imported = seen.imported();
    ProfileView view = seen.view();
    ImagePlus drawn = view.plot().plot().getImagePlus();
    ResultsTable values = Tables.of(view.responses());
    progress.checkCanceled("The import");
    target.ifPresent(json -> CameraProfileFiles.write(json, imported.profile()));
    plot = drawn;
    responses = values;
    maps = Tables.of(view.maps());
    summary = view.summary(imported.warnings());
    show(responses, "Responses of " + imported.profile().origin().name());
    show(maps, "Maps of " + imported.profile().origin().name());
  }

  /** A profile and its maps, which take a moment to fit. */
  private record Seen(ProfileImport imported, ProfileView view) {
    static Seen of(Path sensitivities, ProfileImport.Options options) {
      ProfileImport imported = ProfileImport.read(sensitivities, options);
      return new Seen(imported, new ProfileView(imported.profile()));
    }
  }

  private ProfileImport.Options options() {
    return new ProfileImport.Options(
        ProfileLight.named(text(illuminant, LAMP)),
        filter ? Optional.of(new BandFilter(filter_centre, filter_width)) : Optional.empty(),
        new SensorProfile(bits, Optional.empty(), black, pattern(), Optional.empty()),
        WhiteReflectance.of(white),
        stated(author),
        stated(licence),
        LocalDate.now());
  }

  private Optional<BayerPattern> pattern() {
    try {
      return bayer.equals(NO_MOSAIC) ? Optional.empty() : Optional.of(BayerPattern.valueOf(bayer));
    } catch (IllegalArgumentException e) {
      throw new SkinSpectraException(
          "There is no Bayer pattern '%s'; there are %s, RGGB, BGGR, GRBG and GBRG."
              .formatted(bayer, NO_MOSAIC),
          e);
    }
  }

  private static Optional<String> stated(String text) {
    return Optional.ofNullable(text).map(String::strip).filter(t -> !t.isEmpty());
  }
}
