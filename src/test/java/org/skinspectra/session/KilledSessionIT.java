package org.skinspectra.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.session.SessionVerification.Kind;

/** Kills a writer at every step that it does to the disk. */
class KilledSessionIT {

  @TempDir Path temporary;

  private static int stepsOfAWholeSession(Path folder) {
    KilledWriter alive = new KilledWriter(Integer.MAX_VALUE, () -> {});
    KilledWriter.write(folder, alive);
    assertEquals(2 * KilledWriter.TIME_POINTS, CaptureSession.open(folder).frames().size());
    return alive.steps();
  }

  @Test
  void aSessionKilledAtAnyStepReopensWithEveryCompletedFrame() {
    int steps = stepsOfAWholeSession(temporary.resolve("whole"));
    assertTrue(steps > 60, () -> steps + " steps");
    int killed = 0;
    for (int last = 0; last < steps; last++) {
      Path folder = temporary.resolve("killed-" + last);
      KilledWriter disk = new KilledWriter(last, () -> {});
      KilledWriter.write(folder, disk);
      requireEveryCompletedFrame(folder, disk.framesInPlace(), "killed after step " + last);
      killed++;
    }
    assertEquals(steps, killed);
  }

  /** What must hold wherever the writer was killed. */
  static void requireEveryCompletedFrame(Path folder, int completed, String when) {
    if (!Files.exists(folder.resolve(SessionManifest.FILE))) {
      // Killed before there was a session, so before any frame.
      assertEquals(0, completed, when);
      assertThrows(SkinSpectraException.class, () -> CaptureSession.open(folder), when);
      return;
    }
    CaptureSession session = CaptureSession.open(folder);
    assertEquals(completed, session.frames().size(), when);
    requirePixels(session, when);
    SessionVerification verification = session.verify(ProgressMonitor.NONE);
    assertTrue(verification.sound(), () -> when + ": " + verification.problems());
    assertFalse(
        verification.problems().stream().anyMatch(problem -> problem.kind() == Kind.UNKNOWN),
        () -> when + ": " + verification.problems());
    // It goes on from there, and nothing of before is lost or changed.
    try (SessionWriter writer =
        SessionWriter.append(folder, Map.of(), DiskStandIn.UNFORCED, 1 << 20)) {
      writer.write(KilledWriter.group(KilledWriter.TIME_POINTS));
      writer.requireCount(2);
    }
    CaptureSession continued = CaptureSession.open(folder);
    assertEquals(session.frames(), continued.frames().subList(0, completed), when);
    assertEquals(completed + 2, continued.frames().size(), when);
    assertEquals(List.of(), continued.recovered(), when);
    assertTrue(continued.verify(ProgressMonitor.NONE).sound(), when);
  }

  private static void requirePixels(CaptureSession session, String when) {
    Map<String, CapturedFrame> written = new HashMap<>();
    for (int t = 0; t < KilledWriter.TIME_POINTS; t++) {
      for (CapturedFrame frame : KilledWriter.group(t)) {
        written.put(t + frame.frame().tags().channel(), frame);
      }
    }
    for (StoredFrame frame : session.frames()) {
      CapturedFrame original = written.get(frame.timePoint() + frame.channel());
      assertEquals(original.frame().bytes(), session.read(frame).bytes(), when);
      assertEquals(original.frame().tags(), session.read(frame).tags(), when);
    }
  }

  @Test
  void recoveringIsItselfSafeToBeKilled() throws IOException {
    Path original = temporary.resolve("original");
    stepsOfAWholeSession(original);
    Files.writeString(original.resolve(SessionManifest.FILE), "{");
    for (int last = 0; last < 20; last++) {
      Path folder = temporary.resolve("recover-" + last);
      copy(original, folder);
      KilledWriter disk = new KilledWriter(last, () -> {});
      boolean killed = false;
      try {
        SessionStore.recover(folder, disk).close();
      } catch (SkinSpectraException e) {
        killed = true;
      }
      assertEquals(disk.steps() > last, killed);
      assertEquals(6, CaptureSession.recover(folder).frames().size());
      assertTrue(Files.exists(folder.resolve("manifest-damaged-1.json")));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }
}
