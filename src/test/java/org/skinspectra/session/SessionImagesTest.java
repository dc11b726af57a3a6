package org.skinspectra.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;

class SessionImagesTest {

  @TempDir private Path temporary;

  private static SessionImages pictures(Path folder) {
    return SessionImages.of(CaptureSession.open(folder));
  }

  private static Msi msi(Path folder, int timePoint) {
    return pictures(folder).msi(timePoint, ProgressMonitor.NONE);
  }

  @Test
  void aPictureThatWasNotCalibratedYetIsCalibratedAndNotStored() {
    Path folder = FlatSessions.write(temporary.resolve("arm"), 0.2, 0.6);
    SessionImages pictures = pictures(folder);
    assertEquals(List.of(0, 1), pictures.timePoints());
    assertEquals(0.6 * 0.99, pictures.msi(1, ProgressMonitor.NONE).get(3, 4, 1), 1e-3);
    assertEquals(List.of(), CaptureSession.open(folder).derived());
    assertTrue(
        pictures
            .origin(1)
            .matches("session [-0-9a-f]{36}, time point 1, calibrated with profile .*"),
        pictures.origin(1));
  }

  @Test
  void theLastStoredImageOfATimePointIsTaken() {
    Path folder = FlatSessions.write(temporary.resolve("arm"), 0.2, 0.6);
    Msi before = msi(folder, 0);
    String unstored = pictures(folder).origin(0);
    FlatSessions.calibrate(folder, 0);
    FlatSessions.calibrate(folder, 0);
    FlatSessions.calibrate(folder, 1);
    SessionImages pictures = pictures(folder);
    assertTrue(pictures.origin(0).endsWith("derived/002-msi/msi.tif"), pictures.origin(0));
    assertTrue(pictures.origin(1).endsWith("derived/003-msi/msi.tif"), pictures.origin(1));
    assertNotEquals(unstored, pictures.origin(0));
    assertArrayEquals(before.pixels(), pictures.msi(0, ProgressMonitor.NONE).pixels());
  }

  @Test
  void aStoredImageThatWasAlteredIsRefusedAndNotMadeAnew() throws IOException {
    Path folder = FlatSessions.write(temporary.resolve("arm"), 0.2);
    FlatSessions.calibrate(folder, 0);
    Path image = folder.resolve("derived/001-msi/msi.tif");
    byte[] bytes = Files.readAllBytes(image);
    bytes[bytes.length - 1] ^= 1;
    Files.write(image, bytes);
    String message = assertThrows(SkinSpectraException.class, () -> msi(folder, 0)).getMessage();
    assertTrue(message.contains("msi.tif") && message.contains("altered"), message);
  }

  @Test
  void aProvenanceThatWasAlteredIsRefused() throws IOException {
    Path folder = FlatSessions.write(temporary.resolve("arm"), 0.2);
    FlatSessions.calibrate(folder, 0);
    Path provenance = folder.resolve("derived/001-msi/provenance.json");
    Files.writeString(
        provenance, Files.readString(provenance).replace("\"timePoint\": 0", "\"timePoint\": 7"));
    String message = assertThrows(SkinSpectraException.class, () -> pictures(folder)).getMessage();
    assertTrue(message.contains("provenance.json"), message);
  }

  @Test
  void aPictureWithoutReferencesAndATimeWithoutPictureAreRefused() {
    Path folder = FlatSessions.withoutReferences(temporary.resolve("arm"), 0.2);
    String references = assertThrows(SkinSpectraException.class, () -> msi(folder, 0)).getMessage();
    assertTrue(references.contains("white"), references);
    String time = assertThrows(SkinSpectraException.class, () -> msi(folder, 5)).getMessage();
    assertTrue(time.contains("time point 5"), time);
  }
}
