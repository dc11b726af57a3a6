package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;

class EngineFolderTest {

  @TempDir Path fiji;

  @Test
  void liesBesideTheFolderOfOurJar() throws IOException {
    Path jar = engineIn(fiji.resolve(EngineFolder.PLACE), "tensorflow.jar");
    Optional<EngineFolder> found = EngineFolder.find("", ourJar("jars"));
    assertEquals(List.of(jar), found.orElseThrow().jars());
    assertEquals(found, EngineFolder.find("", ourJar("plugins")));
  }

  @Test
  void withoutOneTheClassPathServes() {
    assertEquals(Optional.empty(), EngineFolder.find("", ourJar("jars")));
    assertEquals(Optional.empty(), EngineFolder.find("", Optional.empty()));
    assertEquals(Optional.empty(), EngineFolder.find("", Optional.of(Path.of("/our.jar"))));
  }

  @Test
  void thePropertyNamesAnother() throws IOException {
    engineIn(fiji.resolve(EngineFolder.PLACE), "beside.jar");
    Path b = engineIn(fiji.resolve("other"), "b.jar");
    Path a = engineIn(fiji.resolve("other"), "a.jar");
    engineIn(fiji.resolve("other"), "notes.txt");
    EngineFolder named =
        EngineFolder.find(fiji.resolve("other").toString(), ourJar("jars")).orElseThrow();
    assertEquals(List.of(a, b), named.jars());
  }

  @Test
  void aFolderThatIsMissingOrEmptyIsRefusedByName() throws IOException {
    Path missing = fiji.resolve("missing");
    assertMessage("skinspectra.engine.dir=" + missing, missing.toString());
    assertMessage("skinspectra.engine.dir=../", "../" + fiji.getFileName());
    Path empty = Files.createDirectories(fiji.resolve(EngineFolder.PLACE));
    assertMessage("holds no jars", empty.toString());
    assertMessage(empty + " holds no jars", "");
  }

  @Test
  void aPathThatIsNoneIsRefused() {
    assertMessage("is no folder", "a\0b");
  }

  private void assertMessage(String expected, String named) {
    String message =
        assertThrows(SkinSpectraException.class, () -> EngineFolder.find(named, ourJar("jars")))
            .getMessage();
    assertTrue(message.contains(expected), message);
  }

  private Optional<Path> ourJar(String place) {
    return Optional.of(fiji.resolve(place).resolve("skin-spectra.jar"));
  }

  private static Path engineIn(Path folder, String name) throws IOException {
    return Files.createFile(Files.createDirectories(folder).resolve(name));
  }
}
