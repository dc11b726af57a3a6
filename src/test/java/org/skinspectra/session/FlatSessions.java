package org.skinspectra.session;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.PixelType;
import org.skinspectra.profile.CameraProfiles;

/** Small sessions of one sensor whose pictures are grey all over, for tests of many sessions. */
public final class FlatSessions {

  public static final int WIDTH = 12;
  public static final int HEIGHT = 10;

  private static final int BLACK = 64;
  private static final int[] WHITE = {2000, 3000, 2500, 2400};

  private FlatSessions() {}

  /** Writes a session with references and one picture of each share of the white's counts. */
  public static Path write(Path folder, double... shares) {
    return write(folder, true, shares);
  }

  /** Writes a session that cannot be calibrated. */
  public static Path withoutReferences(Path folder, double... shares) {
    return write(folder, false, shares);
  }

  private static Path write(Path folder, boolean references, double... shares) {
    List<CapturedFrame> frames = new ArrayList<>();
    if (references) {
      take(frames, FrameKind.DARK, 0, 0);
      take(frames, FrameKind.WHITE, 0, 1);
    }
    for (int time = 0; time < shares.length; time++) {
      take(frames, FrameKind.IMAGE, time, shares[time]);
    }
    SessionSetup setup =
        new SessionSetup(
            Optional.empty(),
            Optional.of(CameraProfiles.named("demo-camera").json()),
            Map.of(),
            Map.of());
    try (SessionWriter writer =
        SessionWriter.create(folder, setup, DiskStandIn.UNFORCED, 1 << 20)) {
      writer.write(frames);
    }
    return folder;
  }

  private static void take(List<CapturedFrame> frames, FrameKind kind, int time, double share) {
    frames.add(frame(frames.size(), kind, time, "RGB", 10, share));
    frames.add(frame(frames.size(), kind, time, "N960", 20, share));
  }

  private static CapturedFrame frame(
      int number, FrameKind kind, int time, String channel, double exposureMs, double share) {
    Instant now = Instant.parse("2026-11-25T09:00:00Z").plusSeconds(number);
    FrameTags tags = new FrameTags(channel, "Cam", exposureMs, 1, now, Map.of());
    PixelType type = channel.equals("RGB") ? PixelType.BGRA64 : PixelType.GRAY16;
    short[] samples = new short[WIDTH * HEIGHT * type.samplesPerPixel()];
    for (int i = 0; i < samples.length; i++) {
      int c = i % type.samplesPerPixel();
      int white = type == PixelType.GRAY16 ? WHITE[3] : WHITE[(2 - c + 3) % 3];
      samples[i] = (short) (c == 3 ? 0 : BLACK + Math.round(share * white));
    }
    return new CapturedFrame(kind, time, 0, Frame.of(WIDTH, HEIGHT, type, 12, samples, tags));
  }

  /** Calibrates a picture and stores the image in its session. */
  public static void calibrate(Path folder, int timePoint) {
    CaptureSession session = CaptureSession.open(folder);
    CalibratedPicture picture =
        SessionCalibration.of(session, CalibrationOptions.DEFAULT)
            .calibrate(timePoint, ProgressMonitor.NONE)
            .picture();
    try (SessionWriter writer = SessionWriter.append(folder, Map.of())) {
      SessionCalibration.store(writer, picture, inner -> {});
    }
  }
}
