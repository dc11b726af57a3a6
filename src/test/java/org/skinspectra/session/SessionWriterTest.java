package org.skinspectra.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.Sha256;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.PixelType;
import org.skinspectra.profile.CalibrationCheck;
import org.skinspectra.session.SessionVerification.Kind;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SessionWriterTest {

  @TempDir Path temporary;

  private Path folder() {
    return temporary.resolve("session");
  }

  private static List<CapturedFrame> pair(FrameKind kind, int timePoint) {
    return CapturedFrame.group(
        kind,
        timePoint,
        List.of(
            Frames.random(PixelType.BGRA64, 8, 6, "RGB", 2L * timePoint),
            Frames.random(PixelType.GRAY16, 8, 6, "N960", 2L * timePoint + 1)));
  }

  private static SessionVerification verify(CaptureSession session) {
    return session.verify(ProgressMonitor.NONE);
  }

  @Test
  void everythingThatIsStoredComesBack() {
    SessionSetup setup =
        new SessionSetup(
            Optional.of("{\"rig\": 1}"),
            Optional.of("{\"profile\": \"ä\"}"),
            Map.of("MMCore", "10.1.1"),
            Map.of("RGB", new ChannelOptics(Optional.empty(), Optional.of(20.0))));
    SessionCheck check =
        new SessionCheck(
            new CalibrationCheck(
                "white.bright.G",
                false,
                "The white reference \"RGB\" is too bright.",
                Double.NaN,
                0.95,
                "dim the lamp"),
            OffsetDateTime.now());
    try (SessionWriter writer = SessionWriter.create(folder(), setup)) {
      writer.write(pair(FrameKind.WHITE, 0));
      for (int t = 0; t < 5; t++) {
        writer.write(pair(FrameKind.IMAGE, t));
      }
      writer.addChecks(List.of(check));
      writer.requireCount(12);
    }
    CaptureSession session = CaptureSession.open(folder());
    assertEquals(12, session.frames().size());
    List<StoredFrame> infrared = session.frames(FrameKind.IMAGE, "N960");
    for (int t = 0; t < 5; t++) {
      Frame stored = pair(FrameKind.IMAGE, t).get(1).frame();
      assertEquals(t, infrared.get(t).timePoint());
      assertEquals(stored.bytes(), session.read(infrared.get(t)).bytes());
      assertEquals(stored.tags(), session.read(infrared.get(t)).tags());
    }
    assertEquals(List.of(check), session.checks());
    assertEquals(setup.channels(), session.channels());
    assertEquals("{\"rig\": 1}", session.read(session.documents().get(0)));
    assertEquals("{\"profile\": \"ä\"}", session.read(session.documents().get(1)));
    assertEquals("10.1.1", session.uses().get(0).software().get("MMCore"));
    assertTrue(session.uses().get(0).software().containsKey("skin-spectra"));
    assertEquals(List.of(), verify(session).problems());
  }

  @Test
  void aSessionIsContinuedButNeverOverwritten() throws IOException {
    try (SessionWriter writer = SessionWriter.create(folder(), SessionSetup.EMPTY)) {
      writer.write(pair(FrameKind.IMAGE, 0));
    }
    CaptureSession before = CaptureSession.open(folder());
    assertThrows(
        SkinSpectraException.class, () -> SessionWriter.create(folder(), SessionSetup.EMPTY));
    try (SessionWriter writer = SessionWriter.append(folder(), Map.of())) {
      writer.write(pair(FrameKind.IMAGE, 1));
      writer.requireCount(2);
    }
    CaptureSession after = CaptureSession.open(folder());
    assertEquals(before.id(), after.id());
    assertEquals(before.frames(), after.frames().subList(0, 2));
    assertEquals(4, after.frames().size());
    assertEquals(2, after.uses().size());
  }

  @Test
  void aFolderWithSomethingElseInItIsNoPlaceForASession() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("thesis.txt"), "precious");
    String message =
        assertThrows(
                SkinSpectraException.class,
                () -> SessionWriter.create(folder(), SessionSetup.EMPTY))
            .getMessage();
    assertTrue(message.contains("not empty"), message);
    assertThrows(SkinSpectraException.class, () -> SessionWriter.append(folder(), Map.of()));
  }

  @Test
  void twoWritersOfOneSessionAreRefused() {
    try (SessionWriter first = SessionWriter.create(folder(), SessionSetup.EMPTY)) {
      String message =
          assertThrows(SkinSpectraException.class, () -> SessionWriter.append(folder(), Map.of()))
              .getMessage();
      assertTrue(message.contains("already"), message);
      first.write(pair(FrameKind.IMAGE, 0));
    }
    SessionWriter.append(folder(), Map.of()).close();
  }

  @Test
  void resultsAreAddedAndNeverReplaced() throws IOException {
    List<StoredFrame> inputs;
    try (SessionWriter writer = SessionWriter.create(folder(), SessionSetup.EMPTY)) {
      writer.write(pair(FrameKind.IMAGE, 0));
      writer.flush();
      inputs = CaptureSession.open(folder()).frames();
      for (String text : List.of("first", "second")) {
        writer.addDerived(
            "reflectance",
            inputs,
            "{\"white\": 0.99}",
            inner -> Files.writeString(inner.resolve("cube.txt"), text));
      }
    }
    CaptureSession session = CaptureSession.open(folder());
    assertEquals("derived/001-reflectance", session.derived().get(0).folder());
    assertEquals("derived/002-reflectance", session.derived().get(1).folder());
    assertEquals("first", Files.readString(folder().resolve("derived/001-reflectance/cube.txt")));
    String provenance =
        Files.readString(folder().resolve("derived/002-reflectance/provenance.json"));
    assertTrue(provenance.contains(inputs.get(1).file().sha256()), provenance);
    assertTrue(provenance.contains("\"white\": 0.99"), provenance);
    assertTrue(provenance.contains(Sha256.of("second".getBytes())), provenance);
    assertEquals(List.of(), verify(session).problems());
  }

  @Test
  void aResultThatFailsLeavesTheSessionAsItWas() {
    try (SessionWriter writer = SessionWriter.create(folder(), SessionSetup.EMPTY)) {
      assertThrows(
          SkinSpectraException.class,
          () ->
              writer.addDerived(
                  "reflectance",
                  List.of(),
                  "{}",
                  inner -> {
                    throw new IOException("no space");
                  }));
      assertThrows(
          IllegalArgumentException.class,
          () -> writer.addDerived("../up", List.of(), "{}", inner -> {}));
      assertThrows(
          IllegalArgumentException.class,
          () -> writer.addDerived("a", List.of(), "[1", inner -> {}));
    }
    CaptureSession session = CaptureSession.open(folder());
    assertEquals(List.of(), session.derived());
    assertTrue(verify(session).sound());
  }

  @Test
  void anotherRigIsKeptBesideTheFirst() {
    SessionSetup setup = new SessionSetup(Optional.of("{}"), Optional.empty(), Map.of(), Map.of());
    try (SessionWriter writer = SessionWriter.create(folder(), setup)) {
      assertEquals("rig.json", writer.addDocument("rig", "{}").file().path());
      assertEquals("rig-2.json", writer.addDocument("rig", "{\"a\":1}").file().path());
    }
    CaptureSession session = CaptureSession.open(folder());
    assertEquals(2, session.documents().size());
    assertEquals("{\"a\":1}", session.read(session.documents().get(1)));
  }

  @Test
  void referencesOfAnEarlierSessionAreCopiedAndSayWhereTheyComeFrom() {
    try (SessionWriter writer = SessionWriter.create(folder(), SessionSetup.EMPTY)) {
      writer.write(pair(FrameKind.DARK, 0));
    }
    CaptureSession earlier = CaptureSession.open(folder());
    Path next = temporary.resolve("next");
    try (SessionWriter writer = SessionWriter.create(next, SessionSetup.EMPTY)) {
      writer.write(pair(FrameKind.IMAGE, 0));
      writer.copy(earlier, earlier.frames());
      writer.requireCount(4);
    }
    CaptureSession session = CaptureSession.open(next);
    StoredFrame dark = session.frames(FrameKind.DARK, "RGB").get(0);
    assertEquals(
        Optional.of(earlier.id() + "/" + earlier.frames().get(0).file().path()), dark.copiedFrom());
    assertEquals(earlier.read(earlier.frames().get(0)).bytes(), session.read(dark).bytes());
    assertEquals(earlier.frames().get(0).taken(), dark.taken());
    assertTrue(verify(session).sound());
  }

  // -- Back-pressure and failures --

  /** A disk that waits until it is let go on, and counts. */
  private static final class SlowDisk implements DiskStandIn {
    final CountDownLatch go = new CountDownLatch(1);

    @Override
    public void write(Path file, ByteBuffer content) throws IOException {
      if (file.getParent().endsWith("frames")) {
        try {
          go.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
      Disk.REAL.write(file, content);
    }
  }

  @Test
  void whoCapturesWaitsWhenTooMuchIsInMemory() throws InterruptedException {
    SlowDisk disk = new SlowDisk();
    long pairBytes = 8 * 6 * (8 + 2);
    SessionWriter writer = SessionWriter.create(folder(), SessionSetup.EMPTY, disk, 3 * pairBytes);
    Thread producer =
        new Thread(
            () -> {
              for (int t = 0; t < 10; t++) {
                writer.write(pair(FrameKind.IMAGE, t));
              }
            });
    producer.start();
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (producer.getState() != Thread.State.WAITING && System.nanoTime() < deadline) {
      Thread.sleep(1);
    }
    assertEquals(6, writer.accepted());
    assertEquals(0, writer.written());
    disk.go.countDown();
    producer.join();
    writer.requireCount(20);
    writer.close();
    assertEquals(20, CaptureSession.open(folder()).frames().size());
  }

  @Test
  void aGroupLargerThanTheMemoryForThemIsStoredAlone() {
    try (SessionWriter writer = SessionWriter.create(folder(), SessionSetup.EMPTY, Disk.REAL, 10)) {
      writer.write(pair(FrameKind.IMAGE, 0));
      writer.write(pair(FrameKind.IMAGE, 1));
      writer.requireCount(4);
    }
  }

  @Test
  void aFullDiskIsToldAtTheNextCallAndWhatWasStoredStays() {
    DiskStandIn disk =
        new DiskStandIn() {
          private int frames;

          @Override
          public void write(Path file, ByteBuffer content) throws IOException {
            if (file.getParent().endsWith("frames") && ++frames > 2) {
              throw new IOException("No space left on device");
            }
            Disk.REAL.write(file, content);
          }
        };
    SessionWriter writer = SessionWriter.create(folder(), SessionSetup.EMPTY, disk, 1000);
    writer.write(pair(FrameKind.IMAGE, 0));
    writer.flush();
    writer.write(pair(FrameKind.IMAGE, 1));
    for (int i = 0; i < 2; i++) {
      String message = assertThrows(SkinSpectraException.class, writer::flush).getMessage();
      assertTrue(message.contains("2 of 4 frames are stored"), message);
      assertTrue(message.contains("No space left"), message);
      assertTrue(message.contains(folder().toString()), message);
    }
    assertThrows(SkinSpectraException.class, () -> writer.write(pair(FrameKind.IMAGE, 2)));
    assertThrows(SkinSpectraException.class, writer::close);
    assertDoesNotThrow(writer::close);
    CaptureSession session = CaptureSession.open(folder());
    assertEquals(2, session.frames().size());
    assertTrue(verify(session).sound());
    assertEquals(List.of(), session.unfinished());
  }

  @Test
  void aCountThatIsNotTheCamerasIsAnError() {
    try (SessionWriter writer = SessionWriter.create(folder(), SessionSetup.EMPTY)) {
      writer.write(pair(FrameKind.IMAGE, 0));
      String message =
          assertThrows(SkinSpectraException.class, () -> writer.requireCount(3)).getMessage();
      assertTrue(message.contains("delivered 3") && message.contains("2 came"), message);
    }
  }

  @Test
  void aFrameThatVanishesBeforeTheEndIsNoticed() throws IOException {
    SessionWriter writer = SessionWriter.create(folder(), SessionSetup.EMPTY);
    writer.write(pair(FrameKind.IMAGE, 0));
    writer.flush();
    Files.delete(SessionContents.entries(folder().resolve("frames")).get(0));
    String message = assertThrows(SkinSpectraException.class, writer::close).getMessage();
    assertTrue(message.contains("is gone"), message);
  }

  @Test
  void aClosedWriterTakesNothing() {
    SessionWriter writer = SessionWriter.create(folder(), SessionSetup.EMPTY);
    writer.close();
    assertThrows(SkinSpectraException.class, () -> writer.write(pair(FrameKind.IMAGE, 0)));
  }

  @Test
  void repetitionsAreNumberedByChannel() {
    Frame rgb = Frames.random(PixelType.BGRA32, 2, 2, "RGB", 1);
    Frame infrared = Frames.random(PixelType.GRAY8, 2, 2, "N960", 2);
    List<CapturedFrame> group =
        CapturedFrame.group(FrameKind.IMAGE, 4, List.of(rgb, rgb, infrared, rgb));
    List<Integer> repetitions = new ArrayList<>();
    group.forEach(captured -> repetitions.add(captured.repetition()));
    assertEquals(List.of(0, 1, 0, 2), repetitions);
  }

  @Test
  void aFrameOfAnyChannelNameHasAPlainFileName() {
    Frame frame = Frames.random(PixelType.GRAY8, 2, 2, "../../ü b/\\c:" + "x".repeat(300), 1);
    try (SessionWriter writer = SessionWriter.create(folder(), SessionSetup.EMPTY)) {
      writer.write(CapturedFrame.group(FrameKind.IMAGE, 0, List.of(frame)));
    }
    CaptureSession session = CaptureSession.open(folder());
    assertEquals(frame.tags(), session.read(session.frames().get(0)).tags());
    assertFalse(
        verify(session).problems().stream().anyMatch(problem -> problem.kind() == Kind.UNKNOWN));
  }
}
