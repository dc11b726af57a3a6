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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;

class ModelFolderTest {

  @TempDir private Path fiji;

  private Path file(String name) throws IOException {
    Path file = fiji.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "weights");
  }

  private ModelFolder folder() {
    return ModelFolder.find("", Optional.of(fiji)).orElseThrow();
  }

  @Test
  void isModelsOfTheFijiWhereThereIsOne() throws IOException {
    assertEquals(Optional.empty(), ModelFolder.find("", Optional.of(fiji)));
    assertEquals(Optional.empty(), ModelFolder.find("", Optional.empty()));
    file("models/mine.pt");
    assertEquals(fiji.resolve("models"), folder().path());
  }

  @Test
  void aFileIsFoundByItsNameWithAndWithoutItsEnding() throws IOException {
    Path mine = file("models/mine.safetensors");
    Path torch = file("models/v1.2.pt");
    Path both = file("models/mine.pth");
    assertEquals(Optional.of(mine), folder().file("mine"));
    assertEquals(Optional.of(mine), folder().file("mine.safetensors"));
    assertEquals(Optional.of(both), folder().file("mine.pth"));
    assertEquals(Optional.of(torch), folder().file("v1.2"));
    assertEquals(Optional.empty(), folder().file("v1"));
    file("models/notes.txt");
    assertEquals(List.of(both, mine, torch), folder().files());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../secret", "../secret.pt", "sub/inner.pt", ".", "..", "", "a\0b", "sub"})
  void aNameDoesNotLeaveTheFolderNorGoBelowIt(String name) throws IOException {
    file("secret.pt");
    file("models/sub/inner.pt");
    assertEquals(Optional.empty(), folder().file(name));
    assertEquals(Optional.empty(), folder().file(fiji.resolve("secret.pt").toString()));
  }

  @Test
  void thePropertyNamesAnotherFolderOrIsRefused() throws IOException {
    Path other = file("other/mine.pt");
    assertEquals(
        Optional.of(other),
        ModelFolder.find(other.getParent().toString(), Optional.of(fiji))
            .orElseThrow()
            .file("mine"));
    for (String wrong : List.of(other.toString(), fiji.resolve("gone").toString(), "a\0b")) {
      String message =
          assertThrows(SkinSpectraException.class, () -> ModelFolder.find(wrong, Optional.empty()))
              .getMessage();
      assertTrue(message.contains("-Dskinspectra.models.dir=" + wrong), message);
    }
  }

  @Test
  void aModelIsOpenedByItsNameOrThePlacesAreNamed() throws IOException {
    Weights weights = Models.weights(Models.WIENER);
    Path inFolder = fiji.resolve("models/of-mine.safetensors");
    Files.createDirectories(inFolder.getParent());
    weights.writeSafetensors(inFolder);
    String before = System.setProperty(ModelFolder.PROPERTY, inFolder.getParent().toString());
    try {
      assertEquals(Optional.of(inFolder), Models.file("of-mine"));
      assertEquals(Weights.read(inFolder).id(), Models.weights("of-mine").id());
      assertEquals(Optional.empty(), Models.file(Models.DEFAULT));
      assertEquals(Optional.of(inFolder), Models.file(inFolder.toString()));
      assertEquals(List.of(inFolder), Models.inFolder());
      String message =
          assertThrows(SkinSpectraException.class, () -> Models.weights("of-yours")).getMessage();
      assertTrue(message.contains("no weights file of-yours"), message);
      assertTrue(message.contains("default, wiener") && message.contains(fiji.toString()), message);
    } finally {
      if (before == null) {
        System.clearProperty(ModelFolder.PROPERTY);
      } else {
        System.setProperty(ModelFolder.PROPERTY, before);
      }
    }
  }
}
