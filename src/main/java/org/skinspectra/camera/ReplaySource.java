package org.skinspectra.camera;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SoftwareVersion;
import org.skinspectra.cube.Frame;
import org.skinspectra.session.CaptureSession;
import org.skinspectra.session.FrameKind;

/**
 * Gives the frames of a stored session, or of a folder of images, as if a camera took them: for
 * each step those of its channel and camera, in the order in which they were taken. Nothing waits
 * for the exposure time but a live view, which begins again after the last frame.
 *
 * <p>A frame comes with the tags that it was stored with. A step that asks for another exposure or
 * gain than was stored is refused, since what was captured cannot be exposed again; images in a
 * folder do not say their exposure and take the step's. Presets and settings are those of other
 * devices and are not made; only the setting {@code Replay}, {@code Kind} chooses between {@code
 * image}, {@code dark}, {@code white} and {@code linearity}.
 */
public final class ReplaySource implements FrameSource {

  /** Device whose setting {@link #KIND} chooses what is replayed. */
  public static final String DEVICE = "Replay";

  /** Property of {@link #DEVICE}: a key of {@link FrameKind}. */
  public static final String KIND = "Kind";

  private static final double UNKNOWN_EXPOSURE_MS = 1;
  private static final double TIMEOUT_MS = 5000;

  private final String name;
  private final List<ReplayPicture> pictures;
  private final Map<String, String> versions;
  private final boolean loop;
  private final ReentrantLock hardware = new ReentrantLock(true);
  private final Map<List<Object>, Integer> replayed = new HashMap<>();
  private volatile boolean closed;
  private volatile ReplayView live;

  private ReplaySource(
      String name, List<ReplayPicture> pictures, Map<String, String> versions, boolean loop) {
    this.name = name;
    this.pictures = pictures;
    this.versions = versions;
    this.loop = loop;
  }

  /**
   * Replays a session, or else images, once.
   *
   * @throws SkinSpectraException if the folder has neither
   */
  public static ReplaySource of(Path folder) {
    return CaptureSession.isIn(folder) ? ofSession(folder, false) : ofImages(folder, false);
  }

  /**
   * Replays a session.
   *
   * @param loop whether it begins again after the last frame of a channel
   * @throws SkinSpectraException if there is no session, or it has no frames
   */
  public static ReplaySource ofSession(Path folder, boolean loop) {
    CaptureSession session = CaptureSession.open(folder);
    if (session.frames().isEmpty()) {
      throw new SkinSpectraException("The session " + folder + " has no frames to replay.");
    }
    Map<String, String> versions = new TreeMap<>();
    session.uses().forEach(use -> use.software().forEach((k, v) -> versions.put("stored " + k, v)));
    versions.put("skin-spectra", SoftwareVersion.text());
    return new ReplaySource(
        "Replay of the session " + folder, ReplayFiles.of(session), versions, loop);
  }

  /**
   * Replays images of a folder: TIFF and PNG files whose name is a channel's and a number set off
   * from it, such as {@code N960_0001.png}, or which lie in a folder that is named after the
   * channel. The camera is named as the channel.
   *
   * @param loop whether it begins again after the last image of a channel
   * @throws SkinSpectraException if there is no such image
   */
  public static ReplaySource ofImages(Path folder, boolean loop) {
    return new ReplaySource(
        "Replay of the images in " + folder,
        ReplayFiles.ofImages(folder),
        Map.of("skin-spectra", SoftwareVersion.text()),
        loop);
  }

  @Override
  public SourceDescription describe() {
    Set<String> cameras =
        pictures.stream()
            .map(ReplayPicture::camera)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return new SourceDescription(name, List.copyOf(cameras), versions);
  }

  /**
   * The steps in which the images were taken, one for each channel, camera, exposure and gain, with
   * nothing to set. Where the exposure is not known it is 1 ms.
   */
  public List<RigStep> steps() {
    Map<List<Object>, RigStep> steps = new LinkedHashMap<>();
    for (ReplayPicture picture : pictures) {
      if (picture.kind() == FrameKind.IMAGE) {
        double exposureMs = picture.exposureMs().orElse(UNKNOWN_EXPOSURE_MS);
        double gain = picture.gain().orElse(1.0);
        steps.putIfAbsent(
            List.of(picture.channel(), picture.camera(), exposureMs, gain),
            new RigStep(
                picture.channel(),
                Optional.empty(),
                List.of(),
                picture.camera(),
                exposureMs,
                gain,
                1,
                0,
                Optional.empty(),
                1,
                TIMEOUT_MS));
      }
    }
    return List.copyOf(steps.values());
  }

  @Override
  public Frame snap(RigStep step) {
    return using(
        () -> {
          List<ReplayPicture> matching = matching(step);
          return read(next(step, matching), step);
        });
  }

  /**
   * {@inheritDoc} Where fewer frames than {@code count} are left, none is given and the error says
   * how many there are.
   */
  @Override
  public void sequence(RigStep step, int count, Consumer<Frame> sink, ProgressMonitor progress) {
    FrameNumbers.requireCount(count);
    using(
        () -> {
          List<ReplayPicture> matching = matching(step);
          int left = matching.size() - replayed.getOrDefault(key(step), 0);
          if (!loop && left < count) {
            throw new SkinSpectraException(
                "%s has %d frames of channel '%s' left, not the %d asked for. Ask for fewer, or replay it in a loop."
                    .formatted(name, left, step.channel(), count));
          }
          for (int i = 0; i < count; i++) {
            progress.checkCanceled("The sequence");
            requireOpen();
            sink.accept(read(next(step, matching), step));
            progress.report("Replaying", i + 1L, count);
          }
          return null;
        });
  }

  @Override
  public LiveView live(RigStep step) {
    return using(
        () -> {
          List<ReplayPicture> matching = matching(step);
          live =
              new ReplayView(
                  i -> read(matching.get((int) (i % matching.size())), step), step.exposureMs());
          if (closed) {
            // Closed meanwhile, when there was no view to stop yet.
            live.close();
          }
          requireOpen();
          return live;
        });
  }

  @Override
  public void close() {
    closed = true;
    ReplayView running = live;
    if (running != null) {
      running.close();
    }
  }

  // -- One at a time --

  private interface Use<T> {
    T use();
  }

  private <T> T using(Use<T> use) {
    EventThread.refuse();
    requireOpen();
    hardware.lock();
    try {
      requireOpen();
      if (live != null && live.isRunning()) {
        throw new SkinSpectraException(
            "A live view of %s is running; stop it first.".formatted(name));
      }
      return use.use();
    } finally {
      hardware.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new SkinSpectraException("%s was closed; open it again.".formatted(name));
    }
  }

  // -- Choosing --

  private List<ReplayPicture> matching(RigStep step) {
    FrameKind kind = kind(step);
    List<ReplayPicture> ofChannel =
        where(
            pictures,
            picture -> picture.channel().equals(step.channel()),
            "channel '%s'".formatted(step.channel()),
            ReplayPicture::channel);
    List<ReplayPicture> ofCamera =
        where(
            ofChannel,
            picture -> picture.camera().equals(step.camera()),
            "channel '%s' from a camera '%s'".formatted(step.channel(), step.camera()),
            ReplayPicture::camera);
    List<ReplayPicture> ofKind =
        where(
            ofCamera,
            picture -> picture.kind() == kind,
            "channel '%s' and kind '%s'".formatted(step.channel(), kind.key()),
            picture -> picture.kind().key());
    return where(
        ofKind,
        picture -> picture.isExposedAs(step),
        "channel '%s' exposed for %s ms at gain %s"
            .formatted(step.channel(), step.exposureMs(), step.gain()),
        picture -> picture.exposureMs().get() + " ms at gain " + picture.gain().get());
  }

  private interface Condition {
    boolean holds(ReplayPicture picture);
  }

  private interface Naming {
    String name(ReplayPicture picture);
  }

  private List<ReplayPicture> where(
      List<ReplayPicture> all, Condition condition, String wanted, Naming naming) {
    List<ReplayPicture> found = new ArrayList<>();
    Set<String> others = new LinkedHashSet<>();
    for (ReplayPicture picture : all) {
      if (condition.holds(picture)) {
        found.add(picture);
      } else {
        others.add(naming.name(picture));
      }
    }
    if (found.isEmpty()) {
      throw new SkinSpectraException(
          "%s has no frame of %s; there is: %s. Change the rig's step to what was stored."
              .formatted(name, wanted, String.join(", ", others)));
    }
    return found;
  }

  private static FrameKind kind(RigStep step) {
    FrameKind kind = FrameKind.IMAGE;
    for (DeviceSetting setting : step.settings()) {
      if (setting.device().equals(DEVICE)) {
        kind = kind(setting);
      }
    }
    return kind;
  }

  private static FrameKind kind(DeviceSetting setting) {
    return FrameKind.ofKey(setting.value())
        .filter(kind -> setting.property().equals(KIND))
        .orElseThrow(
            () ->
                new SkinSpectraException(
                    "The device '%s' has no '%s' = '%s'; it has '%s' = image, dark, white or linearity."
                        .formatted(DEVICE, setting.property(), setting.value(), KIND)));
  }

  private static List<Object> key(RigStep step) {
    return List.of(step.channel(), step.camera(), kind(step), step.exposureMs(), step.gain());
  }

  private ReplayPicture next(RigStep step, List<ReplayPicture> matching) {
    int number = replayed.getOrDefault(key(step), 0);
    if (number >= matching.size() && !loop) {
      throw new SkinSpectraException(
          "%s is at its end: all %d frames of channel '%s' were replayed. Open it again, or replay it in a loop."
              .formatted(name, matching.size(), step.channel()));
    }
    replayed.put(key(step), number % matching.size() + 1);
    return matching.get(number % matching.size());
  }

  private Frame read(ReplayPicture picture, RigStep step) {
    Frame frame = picture.reading().apply(step);
    step.region()
        .ifPresent(
            region -> {
              if (region.width() != frame.width() || region.height() != frame.height()) {
                throw new SkinSpectraException(
                    "%s has frames of %dx%d pixels, but the step of channel '%s' reads a region of %dx%d. Take the region out of the rig's step."
                        .formatted(
                            name,
                            frame.width(),
                            frame.height(),
                            step.channel(),
                            region.width(),
                            region.height()));
              }
            });
    return frame;
  }
}
