package org.skinspectra.camera;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ShortProcessor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.PixelType;
import org.skinspectra.session.CapturedFrame;
import org.skinspectra.session.FrameKind;
import org.skinspectra.session.SessionSetup;
import org.skinspectra.session.SessionWriter;

/** The contract of frame sources by what was stored: twelve frames of each of two cameras. */
class ReplaySourceContractTest {

  private static final int FRAMES = 12;

  private abstract static class Stored extends FrameSourceContract {

    @TempDir Path folder;

    private List<RigStep> steps;

    abstract ReplaySource replay();

    @Override
    FrameSource open() {
      ReplaySource source = replay();
      steps = source.steps();
      return source;
    }

    @Override
    List<RigStep> steps() {
      return steps;
    }

    @Override
    boolean isEndless() {
      return false;
    }

    @Override
    int sequenceLength() {
      return FRAMES;
    }
  }

  @Nested
  class OfASession extends Stored {

    @Override
    ReplaySource replay() {
      Path session = folder.resolve("session");
      try (SessionWriter writer = SessionWriter.create(session, SessionSetup.EMPTY)) {
        List<CapturedFrame> frames = new ArrayList<>();
        for (int t = 0; t < FRAMES; t++) {
          frames.add(colour(t));
          frames.add(infrared(t));
        }
        writer.write(frames);
      }
      return ReplaySource.ofSession(session, false);
    }

    private static CapturedFrame colour(int t) {
      return captured(t, Frame.of(3, 2, PixelType.BGRA32, 8, new byte[4 * 6], tags("RGB", t)));
    }

    private static CapturedFrame infrared(int t) {
      return captured(t, Frame.of(3, 2, PixelType.GRAY16, 12, new short[6], tags("N960", t)));
    }

    private static FrameTags tags(String channel, int t) {
      Instant taken = Instant.ofEpochSecond(1000 + t);
      return new FrameTags(channel, channel + "Cam", 2, 1.5, taken, Map.of());
    }

    private static CapturedFrame captured(int t, Frame frame) {
      return new CapturedFrame(FrameKind.IMAGE, t, 0, frame);
    }
  }

  @Nested
  class OfAFolderOfImages extends Stored {

    @Override
    ReplaySource replay() {
      for (int i = 0; i < FRAMES; i++) {
        save(new ImagePlus("RGB", new ByteProcessor(4, 3)), "RGB", i);
        save(new ImagePlus("N960", new ShortProcessor(4, 3)), "N960", i);
      }
      return ReplaySource.ofImages(folder, false);
    }

    private void save(ImagePlus image, String channel, int i) {
      Path file = folder.resolve(String.format(Locale.ROOT, "%s_%02d.tif", channel, i));
      IJ.saveAsTiff(image, file.toString());
      try {
        // As taken one after the other, however coarse the clock of the file system is.
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1000 + i)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
