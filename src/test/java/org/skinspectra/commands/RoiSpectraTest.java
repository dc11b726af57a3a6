package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Line;
import ij.gui.Overlay;
import ij.gui.Plot;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.cube.CubeImages;
import org.skinspectra.cube.Masks;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.format.SpectraFiles;
import org.skinspectra.measure.RoiSpectrum;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;
import org.skinspectra.view.RegionOfInterest;
import org.skinspectra.view.RegionSpectra;
import org.skinspectra.view.Tables;

class RoiSpectraTest {

  private static final Roi CHEEK = new Roi(1, 1, 2, 2);

  private final CommandRunner fiji = new CommandRunner();
  private final SpectralCube cube = TestCubes.skin(5, 4);
  private final ImagePlus image = TestCubes.reconstructed("arm", cube);

  @TempDir private Path folder;

  @AfterEach
  void close() {
    fiji.close();
  }

  private ResultsTable table(Map<String, Object> more) {
    return fiji.output("table", ResultsTable.class, RoiSpectra.class, inputs(more));
  }

  private String failure(Map<String, Object> more) {
    return fiji.failure(RoiSpectra.class, inputs(more));
  }

  private Map<String, Object> inputs(Map<String, Object> more) {
    Map<String, Object> inputs = new HashMap<>(Map.of("image", image));
    inputs.putAll(more);
    return inputs;
  }

  @Test
  void theTableHasMeanAndDeviationOfEveryBandAsTheCoreMeasuresThem() {
    image.setRoi(CHEEK);
    ResultsTable table = table(Map.of());
    RoiSpectrum expected = RoiSpectrum.measure("x", cube, Masks.of(CHEEK, 5, 4));
    assertEquals(1, table.size());
    assertEquals("arm: ROI", table.getLabel(0));
    assertEquals(4, table.getValue("n", 0));
    for (int band = 0; band < cube.bands(); band++) {
      String nm = cube.wavelengths().label(band);
      assertEquals(expected.mean()[band], table.getValue("Mean " + nm, 0));
      assertEquals(expected.sd()[band], table.getValue("SD " + nm, 0));
    }
    assertEquals(
        "inferred from 4 channels, not clinically validated", table.getStringValue("Note", 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"arm.sli", "arm.jdx", "arm.long.csv"})
  void theSpectraAreSavedForOtherProgramsToo(String name) {
    Overlay overlay = new Overlay(CHEEK);
    overlay.add(new Roi(3, 2, 2, 2));
    image.setOverlay(overlay);
    Path file = folder.resolve(name);
    table(Map.of("csv", file.toFile(), "regions", "overlay"));
    SpectralTable spectra = SpectraFiles.read(file);
    RoiSpectrum expected = RoiSpectrum.measure("x", cube, Masks.of(CHEEK, 5, 4));
    assertEquals(4, spectra.size());
    assertEquals(cube.wavelengths(), spectra.wavelengths());
    assertEquals("reflectance factor", spectra.unit());
    assertArrayEquals(expected.mean(), spectra.column(spectra.names().get(0)));
    assertArrayEquals(expected.sd(), spectra.column(spectra.names().get(1)));
    assertEquals(
        "inferred from 4 channels, not clinically validated",
        spectra.provenance().get("spectra of regions"));
  }

  @Test
  void thePlotIsOverNanometresWithABandAndALegend() {
    image.setRoi(CHEEK);
    ImagePlus picture = fiji.output("plot", ImagePlus.class, RoiSpectra.class, inputs(Map.of()));
    Plot plot = (Plot) picture.getProperty(Plot.PROPERTY_KEY);
    assertEquals("Wavelength (nm)", plot.getLabel('x'));
    assertEquals("Reflectance factor", plot.getLabel('y'));
    assertEquals(400, plot.getLimits()[0]);
    assertEquals(1000, plot.getLimits()[1]);
    RoiSpectrum expected = RoiSpectrum.measure("x", cube, Masks.of(CHEEK, 5, 4));
    assertTrue(labels(plot).contains("arm: ROI"), () -> "labels " + labels(plot));
    // Low, high and mean of the only region.
    float[] high = plot.getDataObjectArrays(1)[1];
    float[] mean = plot.getDataObjectArrays(2)[1];
    assertEquals((float) expected.mean()[30], mean[30]);
    assertEquals((float) (expected.mean()[30] + expected.sd()[30]), high[30]);
  }

  private static List<String> labels(Plot plot) {
    return IntStream.range(0, plot.getNumPlotObjects()).mapToObj(plot::getPlotObjectLabel).toList();
  }

  @Test
  void everyRegionOfTheOverlayIsARow() {
    Overlay overlay = new Overlay(CHEEK);
    Roi chin = new Roi(3, 2, 1, 1);
    chin.setName("chin");
    overlay.add(chin);
    image.setOverlay(overlay);
    ResultsTable table = table(Map.of("regions", "overlay"));
    assertEquals(2, table.size());
    assertEquals("arm: ROI 1", table.getLabel(0));
    assertEquals("arm: chin", table.getLabel(1));
    assertEquals(Double.NaN, table.getValue("SD 400 nm", 1));
  }

  @Test
  void aLineIsMeasuredOnItsPixels() {
    image.setRoi(new Line(0, 0, 4, 0));
    assertEquals(5, table(Map.of()).getValue("n", 0));
  }

  @Test
  void theCsvHoldsTheTable() throws IOException {
    image.setRoi(CHEEK);
    Path csv = folder.resolve("new/spectra.csv");
    ResultsTable table = table(Map.of("csv", csv.toFile()));
    List<String> lines = Files.readAllLines(csv);
    assertEquals(2, lines.size());
    assertTrue(lines.get(0).startsWith("Label,n,Least n in a band,Mean 400 nm,Mean 410 nm,"));
    String[] cells = lines.get(1).split(",");
    assertEquals("arm: ROI", cells[0]);
    assertEquals(table.getValue("Mean 400 nm", 0), Double.parseDouble(cells[3]));
  }

  @Test
  void valuesThatAreNotFiniteAreLeftOutAndCounted() {
    image.setRoi(CHEEK);
    cube.plane(0)[6] = Float.NaN;
    ResultsTable table = table(Map.of());
    assertEquals(4, table.getValue("n", 0));
    assertEquals(3, table.getValue("Least n in a band", 0));
    assertTrue(Double.isFinite(table.getValue("Mean 400 nm", 0)));
  }

  @Test
  void aBandWithoutAnyFiniteValueIsAGap() {
    image.setRoi(CHEEK);
    Arrays.fill(cube.plane(10), Float.NaN);
    assertEquals(Double.NaN, table(Map.of()).getValue("Mean 500 nm", 0));
  }

  @Test
  void othersAreOverlaidWithTheirOwnRegionOrElseTheFirsts() {
    try (BatchModeImages open = new BatchModeImages()) {
      ImagePlus leg = CubeImages.toImage("leg", cube);
      ImagePlus visible = visible();
      leg.setRoi(new Roi(0, 0, 1, 2));
      image.setRoi(CHEEK);
      List.of(image, leg, visible, IJ.createImage("photo", "8-bit", 5, 4, 1)).forEach(open::add);
      ResultsTable named = table(Map.of("others", "visible , leg"));
      assertEquals("visible: ROI", named.getLabel(1));
      assertEquals(4, named.getValue("n", 1));
      assertEquals("leg: ROI", named.getLabel(2));
      assertEquals(2, named.getValue("n", 2));
      assertEquals(3, table(Map.of("others", "all")).size());
    }
  }

  @Test
  void cubesThatAreChangedAndClosedMeanwhileGiveWhatTheyWereBefore() {
    try (BatchModeImages open = new BatchModeImages()) {
      ImagePlus leg = CubeImages.toImage("leg", TestCubes.skin(5, 4));
      List.of(image, leg).forEach(open::add);
      image.setOverlay(new Overlay(new Roi(1, 1, 2, 2)));
      double expected = RoiSpectrum.measure("x", cube, Masks.of(CHEEK, 5, 4)).mean()[30];
      List<String> steps = new ArrayList<>();
      TaskSteps.onEach(
          fiji,
          (task, step) -> {
            if (step.startsWith("Spectra of ") && steps.isEmpty()) {
              for (ImagePlus changed : List.of(image, leg)) {
                Arrays.fill((float[]) changed.getStack().getPixels(31), 0.9f);
                changed.setTitle("changed");
              }
              image.getOverlay().get(0).setLocation(3, 2);
              List.of(image, leg).forEach(ImagePlus::close);
              List.of(image, leg).forEach(ImagePlus::flush);
            }
            steps.add(step);
          });
      ResultsTable table = table(Map.of("others", "leg", "regions", "overlay"));
      assertTrue(steps.contains("Spectra of arm"), steps.toString());
      assertEquals("arm: ROI 1", table.getLabel(0));
      assertEquals(expected, table.getValue("Mean 700 nm", 0));
      assertEquals("leg: ROI 1", table.getLabel(1));
      assertEquals(expected, table.getValue("Mean 700 nm", 1));
    }
  }

  @Test
  void aMeasuredCubeIsNotCalledInferred() {
    ImagePlus measured = CubeImages.toImage("measured", cube);
    measured.setRoi(CHEEK);
    assertEquals(
        "not clinically validated", table(Map.of("image", measured)).getStringValue("Note", 0));
  }

  @Test
  void withoutARegionItSaysHowToMakeOne() {
    String message = failure(Map.of());
    assertTrue(message.contains("Image 'arm' has no ROI"), message);
    assertTrue(failure(Map.of("regions", "overlay")).contains("has no overlay"));
    assertTrue(failure(Map.of("regions", "manager")).contains("ROI Manager holds no ROI"));
  }

  @Test
  void aRegionOutsideTheImageIsRefusedByName() throws IOException {
    Roi outside = new Roi(50, 50, 3, 3);
    outside.setName("nose");
    image.setRoi(CHEEK);
    image.setOverlay(new Overlay(CHEEK));
    image.getOverlay().add(outside);
    Path csv = folder.resolve("spectra.csv");
    String message = failure(Map.of("regions", "overlay", "csv", csv.toFile()));
    assertTrue(message.contains("'nose' covers no pixel of the 5x4 image"), message);
    assertFalse(Files.exists(csv));
  }

  @Test
  void anImageThatIsNoCubeOrDoesNotSayItsWavelengthsIsRefused() {
    ImagePlus photo = IJ.createImage("photo", "8-bit", 5, 4, 1);
    photo.setRoi(CHEEK);
    assertTrue(failure(Map.of("image", photo)).contains("'photo' is 8-bit"));
    ImagePlus bare = IJ.createImage("bare", "32-bit", 5, 4, 3);
    bare.setRoi(CHEEK);
    String message = failure(Map.of("image", bare));
    assertTrue(message.contains("'bare' does not say its wavelengths"), message);
  }

  @Test
  void otherImagesRegionsAndPlacesThatAreNotThereAreRefused() throws IOException {
    image.setRoi(CHEEK);
    assertTrue(failure(Map.of("others", "leg")).contains("No open image has the title 'leg'"));
    assertTrue(failure(Map.of("regions", "everywhere")).contains("'everywhere'"));
    Path file = Files.writeString(folder.resolve("file"), "x");
    String message = failure(Map.of("csv", file.resolve("spectra.csv").toFile()));
    assertTrue(message.contains("is a file, not a folder"), message);
  }

  @Test
  void aMacroThatGivesEverythingButTheFileIsNotAskedForIt() {
    image.setRoi(CHEEK);
    assertEquals(1, table(Map.of("others", "", "regions", "active", "follow", false)).size());
  }

  @Test
  void aFolderThatRefusesTheTableIsNamed() {
    Path full = Path.of("/proc");
    assumeTrue(Files.isDirectory(full), "no folder that refuses files even to root");
    image.setRoi(CHEEK);
    String message = failure(Map.of("csv", full.resolve("spectra.csv").toFile()));
    assertTrue(message.contains("Cannot write /proc/spectra.csv"), message);
  }

  @Test
  void anEmptyKeyForTheFileSavesNothing() {
    image.setRoi(CHEEK);
    assertEquals(1, table(Map.of("csv", new File(""))).size());
  }

  @Test
  void followingNeedsAWindow() {
    image.setRoi(CHEEK);
    assertTrue(failure(Map.of("follow", true)).contains("'arm' has no window"));
  }

  @Test
  void cubesOfOtherBandsShareOneTable() {
    image.setRoi(CHEEK);
    var spectra =
        new RegionSpectra()
            .add(image, RegionOfInterest.of(image, ACTIVE))
            .add(visible(), List.of(new RegionOfInterest("all", CHEEK)));
    ResultsTable table = Tables.of(spectra.table());
    assertEquals("visible: all", table.getLabel(1));
    assertEquals(table.getValue("Mean 700 nm", 0), table.getValue("Mean 700 nm", 1));
    assertEquals(Double.NaN, table.getValue("Mean 710 nm", 1));
    assertArrayEquals(
        new int[] {4, 4}, spectra.rows().stream().mapToInt(r -> r.pixels()).toArray());
  }

  private static final RegionOfInterest.Source ACTIVE = RegionOfInterest.Source.ACTIVE;

  private ImagePlus visible() {
    return CubeImages.toImage("visible", cube.at(Wavelengths.VIS));
  }
}
