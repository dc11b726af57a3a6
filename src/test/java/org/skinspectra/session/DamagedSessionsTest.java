package org.skinspectra.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.PixelType;

/**
 * Damages manifests and frames at random, always in the same way. Every one ends in an error that
 * names the file, or in the frame that was stored; never in another frame that nobody noticed, in a
 * hang, or in more memory than the file has reason to take.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DamagedSessionsTest {

  private static final int MANIFESTS = 500;
  private static final int FRAMES_OF_A_TYPE = 150;
  private static final int IN_SESSIONS = 300;

  /** What reading may take beside a few copies of the file: XML, JSON, messages. */
  private static final long MEMORY = 32L << 20;

  @TempDir Path temporary;
  private Path folder;
  private final Random random = new Random(20261125);

  @BeforeEach
  void writeASession() {
    folder = temporary.resolve("session");
    try (SessionWriter writer =
        SessionWriter.create(folder, SessionSetup.EMPTY, DiskStandIn.UNFORCED, 1 << 20)) {
      writer.addDocument("rig", "{}");
      for (int t = 0; t < 2; t++) {
        writer.write(KilledWriter.group(t));
      }
    }
  }

  @Test
  void manifests() throws IOException {
    Path manifest = folder.resolve("manifest.json");
    byte[] whole = Files.readAllBytes(manifest);
    List<StoredFrame> frames = CaptureSession.open(folder).frames();
    int refused = 0;
    for (int i = 0; i < MANIFESTS; i++) {
      Files.write(manifest, damaged(whole));
      refused +=
          attempt(
              manifest,
              i,
              () -> {
                CaptureSession session = CaptureSession.open(folder);
                // Only a manifest in which nothing was changed may pass.
                assertEquals(frames, session.frames());
                assertTrue(session.verify(ProgressMonitor.NONE).sound());
              });
    }
    assertTrue(refused > 0.95 * MANIFESTS, refused + " were refused");
  }

  @ParameterizedTest
  @EnumSource
  void framesWithoutTheirManifest(PixelType type) throws IOException {
    Path file = temporary.resolve("frame.ome.tif");
    FrameFile.Buffer buffer = new FrameFile.Buffer();
    Frame frame = Frames.random(type, 7, 5, "N960", 3);
    FrameIdentity identity =
        new FrameIdentity(
            CaptureSession.open(folder).id(),
            CaptureSession.open(folder).created(),
            1,
            FrameKind.IMAGE,
            0,
            0,
            Optional.empty());
    FrameFile.encode(frame, identity, ChannelOptics.ofName("N960"), "frame.ome.tif", buffer);
    byte[] whole = new byte[buffer.content().remaining()];
    buffer.content().get(whole);
    int refused = 0;
    for (int i = 0; i < FRAMES_OF_A_TYPE; i++) {
      Files.write(file, damaged(whole));
      refused +=
          attempt(
              file,
              i,
              () -> {
                FrameFile.Decoded back = FrameFile.read(file);
                assertEquals(frame.bytes(), back.frame().bytes());
                assertEquals(frame.tags(), back.frame().tags());
                assertEquals(identity, back.content().identity());
              });
    }
    assertTrue(refused > FRAMES_OF_A_TYPE / 4, refused + " were refused");
  }

  @Test
  void framesOfASessionAreTheSameOrAreFound() throws IOException {
    CaptureSession session = CaptureSession.open(folder);
    int refused = 0;
    for (int i = 0; i < IN_SESSIONS; i++) {
      StoredFrame frame = session.frames().get(i % session.frames().size());
      Path file = folder.resolve(frame.file().path());
      byte[] whole = Files.readAllBytes(file);
      byte[] damaged = damaged(whole);
      Files.write(file, damaged);
      assertEquals(Arrays.equals(whole, damaged), session.verify(ProgressMonitor.NONE).sound());
      refused +=
          attempt(
              file,
              i,
              () ->
                  assertEquals(
                      KilledWriter.group(frame.timePoint())
                          .get(frame.channel().equals("RGB") ? 0 : 1)
                          .frame()
                          .bytes(),
                      session.read(frame).bytes()));
      Files.write(file, whole);
    }
    assertTrue(refused > 0.95 * IN_SESSIONS, refused + " were refused");
  }

  @Test
  void sessionsAreRecoveredFromWhateverFramesAreLeft() throws IOException {
    List<StoredFrame> frames = CaptureSession.open(folder).frames();
    Path manifest = folder.resolve("manifest.json");
    for (int i = 0; i < 60; i++) {
      Path file = folder.resolve(frames.get(i % frames.size()).file().path());
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, damaged(whole));
      Files.deleteIfExists(manifest);
      attempt(
          folder,
          i,
          () -> {
            CaptureSession recovered = CaptureSession.recover(folder);
            assertTrue(recovered.frames().size() >= frames.size() - 1);
            for (StoredFrame frame : recovered.frames()) {
              int channel = frame.channel().equals("RGB") ? 0 : 1;
              assertEquals(
                  KilledWriter.group(frame.timePoint()).get(channel).frame().bytes(),
                  recovered.read(frame).bytes());
            }
          });
      Files.write(file, whole);
    }
  }

  private interface Reading {
    void read() throws IOException;
  }

  /** 1 if it was refused by name, 0 if it was read. */
  private int attempt(Path file, int number, Reading reading) throws IOException {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    long before = allocated();
    try {
      reading.read();
      return 0;
    } catch (SkinSpectraException e) {
      String message = String.valueOf(e.getMessage());
      assertTrue(message.contains(file.getFileName().toString()), () -> number + ": " + message);
      assertFalse(message.contains("-Xmx"), () -> number + ": " + message);
      return 1;
    } catch (AssertionError e) {
      throw e;
    } catch (Throwable e) {
      return fail("damage " + number + " of " + file.getFileName() + " came out as " + e, e);
    } finally {
      System.setOut(out);
      long taken = allocated() - before;
      assertTrue(taken < MEMORY, () -> number + " took " + taken + " bytes");
      assertEquals("", printed.toString(StandardCharsets.UTF_8));
    }
  }

  /** Bytes that this thread has taken since it began. */
  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  /**
   * Cut off, lengthened, or with up to eight bytes changed: half to the extremes that hurt most.
   */
  private byte[] damaged(byte[] whole) {
    switch (random.nextInt(10)) {
      case 0, 1 -> {
        return Arrays.copyOf(whole, random.nextInt(whole.length));
      }
      case 2 -> {
        return Arrays.copyOf(whole, whole.length + 1 + random.nextInt(100));
      }
      default -> {
        byte[] damaged = whole.clone();
        int changes = 1 + random.nextInt(8);
        // Headers are at the front, so half of the files are damaged there.
        int reach = random.nextBoolean() ? Math.min(whole.length, 200) : whole.length;
        for (int i = 0; i < changes; i++) {
          byte[] extremes = {0, -1, 0x7f, (byte) 0x80, '"', '9', '<', '.'};
          damaged[random.nextInt(reach)] =
              random.nextBoolean()
                  ? extremes[random.nextInt(extremes.length)]
                  : (byte) random.nextInt(256);
        }
        return damaged;
      }
    }
  }
}
