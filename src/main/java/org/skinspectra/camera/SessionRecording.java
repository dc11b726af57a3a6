package org.skinspectra.camera;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.skinspectra.CanceledException;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.profile.BandFilter;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.session.CaptureSession;
import org.skinspectra.session.CapturedFrame;
import org.skinspectra.session.ChannelOptics;
import org.skinspectra.session.SessionSetup;
import org.skinspectra.session.SessionWriter;
import org.skinspectra.session.TimePoints;

/**
 * The way of captured frames into a session, which is begun or continued. What is added follows
 * what is there: a capture counts its time points from 0, the session goes on with its own. However
 * a capture ends, the session keeps every frame that was taken whole. For one thread.
 */
public final class SessionRecording implements AutoCloseable {

  private final Path folder;
  private final SessionWriter writer;
  private final Map<String, CapturedFrame> first = new LinkedHashMap<>();
  private final Map<String, CapturedFrame> last = new LinkedHashMap<>();
  private TimePoints times;

  private SessionRecording(Path folder, SessionWriter writer) {
    this.folder = folder;
    this.writer = writer;
  }

  /** Frames that a capture hands on, one by one, to the recording. */
  @FunctionalInterface
  public interface Work {
    void run(Consumer<CapturedFrame> sink);
  }

  /**
   * Begins a session, or continues the one that is there; it keeps copies of rig and profile.
   *
   * @param folder new, empty or a session
   * @throws SkinSpectraException if the folder holds something else, cannot be written, or another
   *     writer has it
   */
  public static SessionRecording open(
      Path folder, Rig rig, CameraProfile profile, SourceDescription source) {
    return new SessionRecording(folder, writer(folder, rig, profile, source.versions()));
  }

  private static SessionWriter writer(
      Path folder, Rig rig, CameraProfile profile, Map<String, String> versions) {
    if (CaptureSession.isIn(folder)) {
      SessionWriter writer = SessionWriter.append(folder, versions);
      writer.addDocument("rig", RigFiles.json(rig));
      writer.addDocument("profile", profile.json());
      return writer;
    }
    ChannelOptics infrared =
        new ChannelOptics(profile.filter960().map(BandFilter::centreNm), Optional.empty());
    return SessionWriter.create(
        folder,
        new SessionSetup(
            Optional.of(RigFiles.json(rig)),
            Optional.of(profile.json()),
            versions,
            profile.filter960().isPresent() ? Map.of("N960", infrared) : Map.of()));
  }

  /**
   * Records a capture, to its end or as far as it comes, and waits until all of it is stored.
   *
   * @throws CanceledException if the capture was canceled, saying what is kept
   * @throws SkinSpectraException if the capture failed, saying what is kept, or a frame could not
   *     be stored
   */
  public void take(Work capture) {
    writer.flush();
    times = TimePoints.of(CaptureSession.open(folder));
    try {
      capture.run(this::record);
    } catch (SkinSpectraException e) {
      writer.flush();
      String kept =
          "the %d frames that it had taken are in the session %s"
              .formatted(writer.accepted(), folder);
      if (e instanceof CanceledException) {
        throw new CanceledException("The capture", kept);
      }
      throw new SkinSpectraException(
          "%s The capture ends early; %s.".formatted(e.getMessage(), kept), e);
    }
    writer.requireCount(writer.accepted());
  }

  private void record(CapturedFrame frame) {
    CapturedFrame placed = times.after(frame);
    writer.write(List.of(placed));
    if (placed.repetition() == 0) {
      String step = placed.kind() + " " + placed.frame().tags().channel();
      if (first.putIfAbsent(step, placed) != null) {
        last.put(step, placed);
      }
    }
  }

  /** Number of the picture that is taken first from now on. */
  public int nextPicture() {
    writer.flush();
    return TimePoints.of(CaptureSession.open(folder)).nextImage();
  }

  /** Frames that were recorded. */
  public long frames() {
    return writer.accepted();
  }

  /**
   * Frames to look at when all is captured, since that takes longer than to take the next: of each
   * step the first of every kind of reference, and that of the first and of the last picture.
   */
  public List<CapturedFrame> samples() {
    List<CapturedFrame> all = new ArrayList<>(first.values());
    all.addAll(last.values());
    return all;
  }

  /** Lets go of the session. */
  @Override
  public void close() {
    writer.close();
  }
}
