package org.skinspectra.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ij.ImagePlus;
import ij.gui.ImageWindow;
import ij.gui.PlotWindow;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.format.MaskFiles;
import org.skinspectra.measure.AngleDefinition;
import org.skinspectra.measure.AngleMap;
import org.skinspectra.measure.AngleUnit;
import org.skinspectra.measure.SpectralAngle;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstructor;

/** The map and the histogram in ImageJ's own windows; their pictures are kept in target. */
class AngleViewIT {

  private static final Path PORTRAIT = Path.of("test-images", "portrait");
  private static final Path PICTURES = Path.of("target", "windows");

  private static AngleMap angles() {
    SpectralCube truth = CubeFiles.readCube(PORTRAIT.resolve("truth.hdr"));
    try (Reconstructor wiener =
        Models.open(Models.WIENER, Optional.empty(), Device.CPU, Precision.FLOAT32)) {
      SpectralCube cube =
          wiener
              .reconstruct(CubeFiles.readMsi(PORTRAIT.resolve("msi.tif")), ProgressMonitor.NONE)
              .cube();
      return SpectralAngle.measure(
          cube, truth, MaskFiles.read(PORTRAIT.resolve("mask.png")), AngleDefinition.CLAMPED);
    }
  }

  /** Shows an image, keeps a picture of its window's content and closes it. */
  private static ImageWindow shown(ImagePlus image, int zooms, String name) throws Exception {
    image.show();
    for (int i = 0; i < zooms; i++) {
      image.getCanvas().zoomIn(0, 0);
    }
    ImageWindow window = image.getWindow();
    assertNotNull(window, "no window of " + image.getTitle());
    BufferedImage picture =
        new BufferedImage(
            image.getCanvas().getWidth(),
            image.getCanvas().getHeight(),
            BufferedImage.TYPE_INT_RGB);
    EventQueue.invokeAndWait(() -> image.getCanvas().paint(picture.getGraphics()));
    save(picture, name);
    image.changes = false;
    image.close();
    assertTrue(image.getWindow() == null, "the window stays");
    int[] colours =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    assertTrue(Arrays.stream(colours).distinct().count() > 10, name + " is empty");
    return window;
  }

  private static void save(BufferedImage picture, String name) throws IOException {
    Files.createDirectories(PICTURES);
    ImageIO.write(picture, "png", PICTURES.resolve(name).toFile());
  }

  @Test
  void theMapAndTheHistogramOpenInWindowsAndClose() throws Exception {
    assumeFalse(
        GraphicsEnvironment.isHeadless(), "no display: start Xvfb to see the windows of the angle");
    AngleMap angles = angles();
    ImagePlus map = AngleView.map("Spectral angle", angles, AngleUnit.DEGREES);
    shown(map, 2, "spectral-angle-map.png");
    ImagePlus histogram = AngleView.histogram("Histogram", angles, AngleUnit.DEGREES);
    ImageWindow window = shown(histogram, 0, "spectral-angle-histogram.png");
    assertEquals(PlotWindow.class, window.getClass());
  }
}
