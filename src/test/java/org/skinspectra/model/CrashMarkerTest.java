package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;

class CrashMarkerTest {

  /** No system gives a process this number. */
  private static final long NO_PROCESS = 1L << 40;

  private static final Path ENGINE = Path.of("Fiji.app", "lib", "tensorflow");

  @TempDir Path folder;

  @Test
  void theMarkOfAProcessThatEndedRefusesTheNextAndNamesItsFile() {
    CrashMarker crashed = CrashMarker.of(folder, ENGINE, NO_PROCESS);
    crashed.write();
    CrashMarker next = CrashMarker.in(folder, ENGINE);
    String message = assertThrows(SkinSpectraException.class, next::check).getMessage();
    assertTrue(message.contains("delete " + crashed.file()), message);
    assertTrue(message.contains(ENGINE.toString()), message);
    crashed.remove();
    assertDoesNotThrow(next::check);
  }

  @Test
  void aProcessThatIsStillLoadingIsNoCrash() {
    CrashMarker mine = CrashMarker.in(folder, ENGINE);
    mine.write();
    assertTrue(Files.exists(mine.file()));
    assertDoesNotThrow(mine::check);
    mine.remove();
    assertFalse(Files.exists(mine.file()));
  }

  @Test
  void aNumberThatAnotherProcessHasMeanwhileIsStillACrash() throws IOException {
    CrashMarker mine = CrashMarker.in(folder, ENGINE);
    mine.write();
    Instant before = ProcessHandle.current().info().startInstant().orElseThrow().minusSeconds(60);
    Files.setLastModifiedTime(mine.file(), FileTime.from(before));
    assertThrows(SkinSpectraException.class, mine::check);
  }

  @Test
  void filesOfOthersAreLeftAlone() throws IOException {
    Files.writeString(folder.resolve("loading-tensorflow-notes.txt"), "mine");
    Files.writeString(folder.resolve("other.txt"), "");
    assertDoesNotThrow(CrashMarker.in(folder, ENGINE)::check);
  }

  @Test
  void aMarkThatIsNoTextStillRefuses() throws IOException {
    CrashMarker crashed = CrashMarker.of(folder, ENGINE, NO_PROCESS);
    Files.write(crashed.file(), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
    assertThrows(SkinSpectraException.class, CrashMarker.in(folder, ENGINE)::check);
  }

  @Test
  void whereNothingCanBeWrittenNothingIsRefused() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    CrashMarker marker = CrashMarker.in(file, ENGINE);
    assertDoesNotThrow(marker::check);
    assertDoesNotThrow(marker::write);
    assertDoesNotThrow(marker::remove);
    assertEquals(0, Files.size(file));
  }
}
