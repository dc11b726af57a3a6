package org.skinspectra.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.MsiImages;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.profile.CalibratedChannels;
import org.skinspectra.profile.CalibrationCheck;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.CameraProfileFiles;
import org.skinspectra.profile.CanonicalMap;
import org.skinspectra.profile.ChannelMap;
import org.skinspectra.profile.FrameMean;
import org.skinspectra.profile.Warp;
import org.skinspectra.skin.SkinReflectance;
import org.skinspectra.skin.SkinSampler;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * Makes canonical multispectral images of a session's pictures: the repetitions are averaged, each
 * channel becomes reflectance by its own references, 960 nm is laid on RGB, and the four channels
 * are mapped to the canonical ones.
 *
 * <p>References are the last of their channel that were taken before the picture, else the first
 * after it; darks those of the right exposure, where there are such. A sensor that took RGB took
 * 960 nm with all of its colours: their mean is used, weighted by the signal that each has from the
 * white. The registration is that of the profile, if it has one, and is otherwise found in the
 * images. An image is as large as the largest rectangle of the RGB frame that the 960 nm camera saw
 * all of; nothing is made up beyond it.
 *
 * <p>For one thread. References that several pictures share are read once.
 */
public final class SessionCalibration {

  /** What the folder of a result is called, after its number. */
  public static final String RESULT = "msi";

  /** The image in it. */
  public static final String RESULT_FILE = "msi.tif";

  private static final int MAP_SKINS = 400;
  private static final long MAP_SEED = 1;
  private static final int SMALLEST_SIDE = 8;

  private static final String TAKE_REFERENCES =
      "Take references ('capture --references', in Fiji 'Take References...') and, if they come after the picture, calibrate again.";

  private final CaptureSession session;
  private final CalibrationOptions options;
  private final CameraProfile profile;
  private final ChannelMap map;
  private final String mapOrigin;

  /** The references last used of each channel. */
  private final Map<String, ReferencesInUse> inUse = new HashMap<>();

  private record ReferencesInUse(List<StoredFrame> frames, ChannelCalibration calibration) {}

  private SessionCalibration(
      CaptureSession session, CalibrationOptions options, CameraProfile profile) {
    this.session = session;
    this.options = options;
    this.profile = profile;
    String kind =
        options
            .mapKind()
            .orElse(profile.map().map(stored -> stored.map().kind()).orElse(CanonicalMap.KIND));
    Optional<ChannelMap> stored =
        profile.map().map(known -> known.map()).filter(known -> known.kind().equals(kind));
    map = stored.orElseGet(() -> fit(profile, kind, options.noiseAtWhite()));
    mapOrigin =
        stored.isPresent()
            ? "the profile"
            : "fitted over %d simulated skins, seed %d, noise %s at white"
                .formatted(MAP_SKINS, MAP_SEED, options.noiseAtWhite());
  }

  /**
   * Makes a calibration ready.
   *
   * @throws SkinSpectraException if there is no profile, or it is damaged, or has no such map
   */
  public static SessionCalibration of(CaptureSession session, CalibrationOptions options) {
    return new SessionCalibration(
        session, options, options.profile().orElseGet(() -> storedProfile(session)));
  }

  /**
   * The profile that a session holds a copy of; of several the last.
   *
   * @throws SkinSpectraException if there is none, or it is damaged
   */
  public static CameraProfile storedProfile(CaptureSession session) {
    List<SessionDocument> copies =
        session.documents().stream().filter(d -> d.name().equals("profile")).toList();
    if (copies.isEmpty()) {
      throw new SkinSpectraException(
          "The session %s holds no camera profile. Give one with --profile, in Fiji as the camera profile of Calibrate Session."
              .formatted(session.folder()));
    }
    SessionDocument last = copies.get(copies.size() - 1);
    return CameraProfileFiles.parse(
        session.read(last), session.folder().resolve(last.file().path()).toString());
  }

  /**
   * Fits a map over simulated skins, the same for the same profile.
   *
   * @param kind {@code linear} or {@code root-polynomial}
   * @param noiseAtWhite standard deviation of every channel at reflectance 1
   * @throws SkinSpectraException if there is no such kind, or the noise is not within 0 to 1
   */
  public static ChannelMap fit(CameraProfile profile, String kind, double noiseAtWhite) {
    Wavelengths grid = Wavelengths.VIS_NIR;
    double[][] spectra = new SkinSampler(MAP_SEED).spectra(MAP_SKINS, new SkinReflectance(grid));
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int i = 0; i < spectra.length; i++) {
      columns.put("skin " + (i + 1), spectra[i]);
    }
    return profile.fitMap(
        kind, SpectralTable.of(grid, "reflectance factor", columns), noiseAtWhite);
  }

  public CameraProfile profile() {
    return profile;
  }

  public ChannelMap map() {
    return map;
  }

  /** Numbers of the time points that have a picture, in order. */
  public List<Integer> timePoints() {
    Set<Integer> found = new TreeSet<>();
    session.frames().stream()
        .filter(frame -> frame.kind() == FrameKind.IMAGE)
        .forEach(frame -> found.add(frame.timePoint()));
    return List.copyOf(found);
  }

  /**
   * Calibrates the picture of a time point.
   *
   * @return the image, or what prevents it
   * @throws SkinSpectraException if there is no such picture, a channel is missing, a frame is
   *     damaged, or the frames do not fit the profile or each other
   */
  public CalibrationOutcome calibrate(int timePoint, ProgressMonitor progress) {
    List<ChannelFrames> channels = channels(timePoint);
    boolean oneSensor = oneSensor(channels);
    List<CalibrationCheck> checks = new ArrayList<>();
    List<CalibrationCheck> warnings = new ArrayList<>();
    Map<String, FrameMean> images = new LinkedHashMap<>();
    int steps = channels.size() + 2;
    for (ChannelFrames frames : channels) {
      progress.checkCanceled("The calibration");
      progress.report("Averaging " + frames.channel(), images.size(), steps);
      List<CalibrationCheck> missing = missing(frames);
      checks.addAll(missing);
      if (missing.isEmpty()) {
        ChannelCalibration calibration = references(frames, oneSensor);
        FrameMean image = ChannelCalibration.mean(session, frames.image());
        checks.addAll(calibration.check(image));
        warnings.addAll(calibration.warnings());
        images.put(frames.channel(), image);
      }
    }
    if (checks.stream().anyMatch(check -> !check.passed())) {
      return new CalibrationOutcome(timePoint, checks, warnings, Optional.empty());
    }
    progress.checkCanceled("The calibration");
    progress.report("Registering", channels.size(), steps);
    PictureReflectance reflectance = reflectance(images);
    PictureRegistration registration =
        PictureRegistration.of(reflectance, oneSensor, profile.registration(), warnings);
    progress.checkCanceled("The calibration");
    progress.report("Mapping", channels.size() + 1L, steps);
    CalibratedPicture picture = picture(timePoint, reflectance, registration, channels);
    progress.report("Mapping", steps, steps);
    return new CalibrationOutcome(timePoint, checks, warnings, Optional.of(picture));
  }

  private PictureReflectance reflectance(Map<String, FrameMean> images) {
    Map<String, CalibratedChannels> calibrated = new LinkedHashMap<>();
    images.forEach(
        (channel, image) ->
            calibrated.put(channel, inUse.get(channel).calibration().calibrate(image)));
    String infrared = ChannelCalibration.N960;
    return PictureReflectance.of(
        calibrated, inUse.get(infrared).calibration().merged(calibrated.get(infrared)));
  }

  private CalibratedPicture picture(
      int timePoint,
      PictureReflectance reflectance,
      PictureRegistration registration,
      List<ChannelFrames> channels) {
    Warp warp = registration.warp(reflectance);
    CoveredRegion region = region(warp.coverage());
    float[] infrared =
        registration.changesNothing(reflectance)
            ? reflectance.infrared()
            : warp.apply(reflectance.infrared());
    Msi msi =
        MsiImages.ofPlanes(
            region.width(), region.height(), map.apply(reflectance.planes(infrared, region)));
    return new CalibratedPicture(
        timePoint,
        msi,
        region,
        profile,
        map,
        mapOrigin,
        registration,
        reflectance.reports(),
        channels.stream().flatMap(frames -> frames.all().stream()).distinct().toList());
  }

  /**
   * Stores an image in its session, beside all earlier ones.
   *
   * @param more further files for the same folder, such as a picture to look at
   */
  public static DerivedResult store(
      SessionWriter writer, CalibratedPicture picture, SessionWriter.Content more) {
    writer.addDocument("profile", picture.profile().json());
    return writer.addDerived(
        RESULT,
        picture.inputs(),
        picture.provenance(),
        folder -> {
          CubeFiles.write(picture.msi(), folder.resolve(RESULT_FILE));
          more.writeTo(folder);
        });
  }

  // -- Frames --

  /** R, G and B, or RGB, then 960 nm. */
  private List<ChannelFrames> channels(int timePoint) {
    for (List<String> names : List.of(List.of("RGB", "N960"), CameraProfile.CHANNEL_NAMES)) {
      List<ChannelFrames> found =
          names.stream()
              .flatMap(name -> ChannelFrames.of(session, timePoint, name).stream())
              .toList();
      if (found.size() == names.size()) {
        return found;
      }
    }
    if (!timePoints().contains(timePoint)) {
      throw new SkinSpectraException(
          "The session %s has no picture of time point %d; it has %s."
              .formatted(session.folder(), timePoint, timePoints()));
    }
    throw new SkinSpectraException(
        "Time point %d of the session %s has no picture of all channels: RGB (or R, G and B) and N960 are needed, there are %s. Take the picture again."
            .formatted(
                timePoint,
                session.folder(),
                session.frames().stream()
                    .filter(f -> f.kind() == FrameKind.IMAGE && f.timePoint() == timePoint)
                    .map(StoredFrame::channel)
                    .distinct()
                    .toList()));
  }

  /** Whether the camera of RGB took 960 nm too. */
  private static boolean oneSensor(List<ChannelFrames> channels) {
    return channels.stream().map(frames -> frames.image().get(0).camera()).distinct().count() == 1;
  }

  private static List<CalibrationCheck> missing(ChannelFrames frames) {
    List<CalibrationCheck> missing = new ArrayList<>();
    if (frames.white().isEmpty()) {
      missing.add(missing(frames.channel(), "white"));
    }
    if (frames.dark().isEmpty()) {
      missing.add(missing(frames.channel(), "dark"));
    }
    return missing;
  }

  private static CalibrationCheck missing(String channel, String kind) {
    return ChannelCalibration.named(
        channel,
        new CalibrationCheck(
            kind + ".there",
            false,
            "The session holds no %s reference.".formatted(kind),
            1,
            0,
            TAKE_REFERENCES));
  }

  private ChannelCalibration references(ChannelFrames frames, boolean oneSensor) {
    List<StoredFrame> references = new ArrayList<>(frames.white());
    references.addAll(frames.dark());
    references.addAll(frames.whiteDark());
    ReferencesInUse known = inUse.get(frames.channel());
    if (known == null || !known.frames().equals(references)) {
      known =
          new ReferencesInUse(
              references,
              ChannelCalibration.of(session, frames, profile, oneSensor, options.limits()));
      inUse.put(frames.channel(), known);
    }
    return known.calibration();
  }

  private static CoveredRegion region(Mask coverage) {
    CoveredRegion region = CoveredRegion.largestIn(coverage);
    if (Math.min(region.width(), region.height()) < SMALLEST_SIDE) {
      throw new SkinSpectraException(
          "RGB and 960 nm have only %dx%d pixels in common. Check the registration in the profile, and the regions and binnings of the rig."
              .formatted(region.width(), region.height()));
    }
    return region;
  }
}
