package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.macro.Interpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.CubeImages;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.AngleDefinition;
import org.skinspectra.measure.IndexMap;
import org.skinspectra.measure.SkinIndices;
import org.skinspectra.measure.SpectralAngle;
import org.skinspectra.session.FlatSessions;

/**
 * Lines that macros hold since the first version, with the least of keys. They are never changed:
 * where one fails, a key was renamed, or a newer one is required.
 */
class OldMacrosTest {

  private final CommandRunner fiji = new CommandRunner();
  private final BatchModeImages open = new BatchModeImages();
  private final SpectralCube arm = TestCubes.skin(6, 5);
  private final SpectralCube leg = SpectralCube.zeros(6, 5, arm.wavelengths());
  private List<String> failures;

  @TempDir Path folder;

  @BeforeEach
  void open() {
    failures = MenuCommand.install(fiji.context());
    for (float[] plane : leg.planes()) {
      Arrays.fill(plane, 0.5f);
    }
    open.add(CubeImages.toImage("leg", leg));
    open.add(CubeImages.toImage("arm", arm));
  }

  @AfterEach
  void close() {
    for (int id : WindowManager.getIDList()) {
      Interpreter.removeBatchModeImage(WindowManager.getImage(id));
    }
    open.close();
    fiji.close();
  }

  private void run(String entry, String keys) {
    IJ.run(entry, keys);
    assertEquals(List.of(), failures, entry);
  }

  private static ImagePlus image(String title) {
    ImagePlus image = WindowManager.getImage(title);
    assertNotNull(image, () -> title + " is not open, but " + titles());
    return image;
  }

  private static List<String> titles() {
    return List.of(WindowManager.getImageTitles());
  }

  private static float[] pixels(String title) {
    return (float[]) image(title).getProcessor().getPixels();
  }

  @Test
  void anIndexOfACube() {
    run("Skin Indices...", "image=arm index=melanin");
    assertArrayEquals(
        IndexMap.measure(SkinIndices.discover().named("melanin").get(0), arm, ProgressMonitor.NONE)
            .values(),
        pixels("arm Melanin index"));
  }

  @Test
  void theAngleBetweenTwoCubes() {
    run("Measure Spectral Angle...", "prediction=arm reference=leg");
    assertArrayEquals(
        SpectralAngle.measure(arm, leg, Mask.all(6, 5), AngleDefinition.CHALLENGE).toDegrees(),
        pixels("Spectral angle of arm"));
  }

  @Test
  void theSpectraOfTheActiveImagesRoi() throws IOException {
    image("arm").setRoi(1, 1, 3, 2);
    Path csv = folder.resolve("my spectra.csv");
    run("ROI Spectra...", "image=arm csv=[" + csv + "]");
    List<String> lines = Files.readAllLines(csv);
    assertEquals(2, lines.size());
    assertTrue(lines.get(1).startsWith("arm: ROI,6,"), lines.get(1));
  }

  @Test
  void thePictureOfTheActiveImage() {
    run("True Colour...", "");
    assertEquals(24, image("arm true colour (D65)").getBitDepth());
  }

  @Test
  void aFolderOfSessions() throws IOException {
    FlatSessions.write(folder.resolve("in/arm"), 0.2);
    Path out = folder.resolve("out");
    run(
        "Reconstruct Sessions...",
        "input=[%s] output=[%s] model=wiener".formatted(folder.resolve("in"), out));
    assertTrue(Files.exists(out.resolve("arm-t000-spectra.tif")));
  }

  @Test
  void aSessionsLastPicture() throws IOException {
    FlatSessions.write(folder.resolve("arm"), 0.2);
    run("Calibrate Session...", "session=[" + folder.resolve("arm") + "]");
    assertEquals(4, image("arm time 0").getStackSize());
    run("Reconstruct Spectra...", "image=[arm time 0] model=wiener");
    assertTrue(
        titles().stream().anyMatch(title -> title.startsWith("arm time 0 spectra (")),
        titles()::toString);
  }

  @Test
  void aShippedProfile() {
    int before = WindowManager.getImageCount();
    run("Show...", "profile=demo-camera");
    assertEquals(before + 1, WindowManager.getImageCount());
  }
}
