package org.skinspectra.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraIOException;

class SessionFolderTest {

  @TempDir Path path;

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes());
  }

  private List<String> names() {
    return SessionContents.entries(path).stream().map(p -> p.getFileName().toString()).toList();
  }

  @Test
  void whatIsWrittenHasItsNameOnlyWhenItIsPublished() throws IOException {
    SessionFolder folder = new SessionFolder(path, Disk.REAL);
    SessionFolder.Unfinished file = folder.write(path, "a", text("whole"));
    assertTrue(names().get(0).startsWith(SessionContents.UNFINISHED), names().toString());
    folder.publish(List.of(file));
    assertEquals(List.of("a"), names());
    assertEquals("whole", Files.readString(path.resolve("a")));
  }

  @Test
  void afterAFailedRenameNothingUnfinishedIsLeftAndTheOldFileStands() throws IOException {
    Files.writeString(path.resolve("a"), "old");
    Disk disk =
        new DiskStandIn() {
          @Override
          public void rename(Path from, Path to) throws IOException {
            throw new IOException("no more");
          }
        };
    SessionFolder folder = new SessionFolder(path, disk);
    assertThrows(IOException.class, () -> folder.replace("a", new byte[3]));
    assertEquals(List.of("a"), names());
    assertEquals("old", Files.readString(path.resolve("a")));
  }

  @Test
  void afterAFailedWriteNothingIsLeft() {
    Disk disk =
        new DiskStandIn() {
          @Override
          public void write(Path file, ByteBuffer content) throws IOException {
            Disk.REAL.write(file, content.slice(0, 1));
            throw new IOException("full");
          }
        };
    SessionFolder folder = new SessionFolder(path, disk);
    assertThrows(IOException.class, () -> folder.write(path, "a", text("whole")));
    assertEquals(List.of(), names());
  }

  @Test
  void anErrorNamesTheSessionAndTheCauseOnce() {
    SessionFolder folder = new SessionFolder(path, Disk.REAL);
    String message =
        assertThrows(
                SkinSpectraIOException.class,
                () ->
                    folder.writing(
                        () -> {
                          throw new FileSystemException("file", null, "No space left on device");
                        }))
            .getMessage();
    assertTrue(
        message.startsWith("Cannot write to the session " + path + ": No space left on device."),
        message);
  }

  @Test
  void theHighestNumberIsThatWhichANameBeginsWith() throws IOException {
    assertEquals(0, SessionFolder.highestNumberIn(path.resolve("none")));
    for (String name : List.of("000007-a", "12-b", "x-99", "123456789012-c", "15")) {
      Files.createFile(path.resolve(name));
    }
    assertEquals(15, SessionFolder.highestNumberIn(path));
  }
}
