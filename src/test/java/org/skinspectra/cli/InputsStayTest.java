package org.skinspectra.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** No verb writes over a file that it reads. */
class InputsStayTest {

  @TempDir private Path folder;

  private Path image;

  @BeforeEach
  void copyImage() throws IOException {
    image = folder.resolve("msi.tif");
    Files.copy(Path.of("test-images/portrait/msi.tif"), image);
  }

  private void assertRefused(Path input, String... arguments) throws IOException {
    byte[] before = Files.readAllBytes(input);
    StringWriter err = new StringWriter();
    CommandLine line = SkinSpectraCli.commandLine();
    line.setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(err));
    assertEquals(1, line.execute(arguments), err.toString());
    assertTrue(err.toString().contains("is the file that is read"), err.toString());
    assertArrayEquals(before, Files.readAllBytes(input));
  }

  @Test
  void anImageIsNotReplacedByItsCube() throws IOException {
    assertRefused(
        image, "reconstruct", image.toString(), "--model", "wiener", "--out", otherName(image));
  }

  @Test
  void aCubeIsNotReplacedByItsAngles() throws IOException {
    assertRefused(image, "sam", otherName(image), image.toString(), "--map", image.toString());
  }

  @Test
  void sensitivitiesAreNotReplacedByTheirProfile() throws IOException {
    Path csv = Files.writeString(folder.resolve("camera.csv"), "nm,R,G,B\n400,0,0,1\n");
    assertRefused(csv, "profile", "import", csv.toString(), "--out", otherName(csv));
  }

  /** The same file by another path. */
  private static String otherName(Path file) {
    return file.getParent().resolve(".").resolve(file.getFileName()).toString();
  }
}
