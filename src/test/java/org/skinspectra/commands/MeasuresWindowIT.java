package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.OvalRoi;
import ij.gui.Plot;
import ij.gui.PlotWindow;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.plugin.frame.RoiManager;
import ij.text.TextWindow;
import java.awt.EventQueue;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scijava.command.CommandModule;
import org.skinspectra.cube.Masks;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.RoiSpectrum;
import org.skinspectra.skin.SceneRenderer;
import org.skinspectra.view.RoiFollower;

/** The windows of ROI spectra, skin indices and camera profiles, as ImageJ shows them. */
class MeasuresWindowIT {

  private static final int SIZE = 192;

  private CommandRunner fiji;
  private SpectralCube cube;
  private ImagePlus image;

  @BeforeEach
  void open() {
    Screen.require("MeasuresWindowIT");
    fiji = new CommandRunner();
    cube = SceneRenderer.render(10, SIZE, SIZE).truth();
    image = TestCubes.reconstructed("portrait", cube);
  }

  @AfterEach
  void close() {
    if (fiji != null) {
      RoiManager manager = RoiManager.getInstance2();
      if (manager != null) {
        manager.reset();
        manager.close();
      }
      WindowManager.closeAllWindows();
      fiji.close();
    }
  }

  private static Roi named(String name, Roi roi) {
    roi.setName(name);
    return roi;
  }

  private static Plot plotIn(ImagePlus image) {
    return ((PlotWindow) image.getWindow()).getPlot();
  }

  /** Means of the curve that was added last, which is that of the ROI drawn on the image. */
  private static float[] lastMean(Plot plot) {
    int last = 0;
    while (plot.getDataObjectArrays(last + 1) != null) {
      last++;
    }
    return plot.getDataObjectArrays(last)[1];
  }

  private float[] expected(Roi roi) {
    double[] mean =
        RoiSpectrum.measure("x", cube, Masks.of(roi, cube.width(), cube.height())).mean();
    float[] floats = new float[mean.length];
    IntStream.range(0, mean.length).forEach(i -> floats[i] = (float) mean[i]);
    return floats;
  }

  @Test
  void theRegionsOfTheManagerArePlottedAndTheDrawnOneIsFollowed() throws Exception {
    image.show();
    RoiManager manager = RoiManager.getRoiManager();
    manager.addRoi(named("cheek", new OvalRoi(100, 130, 40, 40)));
    manager.addRoi(named("forehead", new Roi(112, 40, 16, 40)));
    Roi drawn = new Roi(20, 20, 10, 10);
    image.setRoi(drawn);
    CommandModule module = fiji.run(RoiSpectra.class, Map.of("image", image, "follow", true));
    assertFalse(module.isCanceled(), module::getCancelReason);
    assertEquals(3, ((ResultsTable) module.getOutput("table")).size());
    ImagePlus plot = (ImagePlus) module.getOutput("plot");
    plot.show();
    assertArrayEquals(expected(drawn), lastMean(plotIn(plot)));

    Roi moved = new Roi(100, 110, 30, 12);
    image.setRoi(moved);
    Screen.await("the plot follows", () -> Arrays.equals(expected(moved), lastMean(plotIn(plot))));
    Screen.save(plot.getWindow(), "roi-spectra");

    image.setRoi(new Roi(10_000, 10_000, 5, 5));
    Thread.sleep(300);
    assertArrayEquals(expected(moved), lastMean(plotIn(plot)));
    plot.close();
    image.setRoi(drawn);
    Screen.await(
        "the follower's thread ends",
        () -> Thread.getAllStackTraces().keySet().stream().noneMatch(this::isFollower));
  }

  private boolean isFollower(Thread thread) {
    return thread.getName().equals("ROI spectra");
  }

  @Test
  void followingEndsWithEitherWindow() throws Exception {
    for (boolean closeImage : new boolean[] {true, false}) {
      ImagePlus followed = TestCubes.reconstructed("followed", cube);
      followed.show();
      ImagePlus drawn = new Plot("plot", "x", "y").getImagePlus();
      drawn.show();
      AtomicInteger measured = new AtomicInteger();
      RoiFollower follower =
          new RoiFollower(
              followed,
              drawn,
              () -> {
                measured.incrementAndGet();
                return new Plot("plot", "x", "y");
              });
      EventQueue.invokeAndWait(() -> followed.setRoi(new Roi(1, 1, 3, 3)));
      Screen.await("a first change is measured", () -> measured.get() > 0);
      (closeImage ? followed : drawn).close();
      Screen.await("the follower closes", follower::isClosed);
      Thread.sleep(200);
      int before = measured.get();
      followed.setRoi(new Roi(2, 2, 3, 3));
      Thread.sleep(200);
      assertEquals(before, measured.get());
      followed.close();
      drawn.close();
    }
  }

  @Test
  void anIndexMapHasItsColoursAndScale() throws Exception {
    image.setRoi(new OvalRoi(80, 60, 60, 60));
    ImagePlus map =
        fiji.output(
            "maps",
            ImagePlus.class,
            SkinIndexMaps.class,
            Map.of("image", image, "index", "melanin"));
    map.show();
    EventQueue.invokeAndWait(() -> map.getCanvas().zoomIn(0, 0));
    Screen.save(map.getWindow(), "skin-index-melanin");
    assertTrue(map.getWindow().isVisible());
  }

  @Test
  void allIndicesAreChannelsOfOneWindow() throws Exception {
    image.setRoi(new OvalRoi(100, 130, 40, 40));
    CommandModule module = fiji.run(SkinIndexMaps.class, Map.of("image", image));
    ImagePlus maps = (ImagePlus) module.getOutput("maps");
    maps.show();
    maps.setC(7);
    maps.deleteRoi();
    EventQueue.invokeAndWait(() -> maps.getCanvas().zoomIn(0, 0));
    Screen.save(maps.getWindow(), "skin-indices");
    ((ResultsTable) module.getOutput("table")).show("Skin Indices");
    TextWindow table = (TextWindow) WindowManager.getWindow("Skin Indices");
    EventQueue.invokeAndWait(() -> table.setSize(1400, 320));
    Screen.save(table, "skin-indices-table");
    table.close(false);
  }

  @Test
  void aCameraProfileIsPlotted() throws Exception {
    ImagePlus plot = fiji.output("plot", ImagePlus.class, ShowCameraProfile.class, Map.of());
    plot.show();
    assertEquals("Wavelength (nm)", plotIn(plot).getLabel('x'));
    Screen.save(plot.getWindow(), "camera-profile");
  }
}
