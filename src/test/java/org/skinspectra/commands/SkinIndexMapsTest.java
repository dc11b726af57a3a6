package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.command.CommandService;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.CubeImages;
import org.skinspectra.cube.Masks;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.IndexMap;
import org.skinspectra.measure.SkinIndices;
import org.skinspectra.spectra.Wavelengths;

class SkinIndexMapsTest {

  private static final int SIZE = 64;
  private static final Roi CHEEK = new Roi(1, 1, 2, 2);

  private final CommandRunner fiji = new CommandRunner();
  private final SpectralCube cube = TestCubes.skin(SIZE, SIZE);
  private final ImagePlus image = TestCubes.reconstructed("arm", cube);

  @TempDir private Path folder;

  @AfterEach
  void close() {
    fiji.close();
  }

  private ImagePlus maps(Map<String, Object> more) {
    return fiji.output("maps", ImagePlus.class, SkinIndexMaps.class, inputs(more));
  }

  private ResultsTable table(Map<String, Object> more) {
    return fiji.output("table", ResultsTable.class, SkinIndexMaps.class, inputs(more));
  }

  private String failure(Map<String, Object> more) {
    return fiji.failure(SkinIndexMaps.class, inputs(more));
  }

  private Map<String, Object> inputs(Map<String, Object> more) {
    Map<String, Object> inputs = new HashMap<>(Map.of("image", image));
    inputs.putAll(more);
    return inputs;
  }

  private IndexMap expected(String key) {
    return IndexMap.measure(SkinIndices.discover().named(key).get(0), cube, ProgressMonitor.NONE);
  }

  @Test
  void theMapIsThatOfTheCoreWithItsUnitScaleAndFormula() {
    image.getCalibration().pixelWidth = 0.5;
    ImagePlus map = maps(Map.of("index", "erythema"));
    assertArrayEquals(expected("erythema").values(), (float[]) map.getProcessor().getPixels());
    assertEquals("arm Erythema index", map.getTitle());
    assertEquals("100·log10", map.getCalibration().getValueUnit());
    assertEquals(0.5, map.getCalibration().pixelWidth);
    assertEquals("Erythema index (100·log10)", map.getProp("Slice_Label"));
    String info = map.getInfoProperty();
    assertTrue(info.contains("100·[A560 + 1.5·(A540 + A580) − 2·(A510 + A610)]"), info);
    assertTrue(info.contains("inferred from 4 channels, not clinically validated"), info);
    assertTrue(map.getOverlay().size() > 1, "no calibration bar");
    assertTrue(map.getDisplayRangeMax() > map.getDisplayRangeMin());
    assertEquals(0x440154, map.getProcessor().getLut().getRGB(0) & 0xffffff);
  }

  @Test
  void byDefaultEveryIndexIsAChannelWithARangeOfItsOwn() {
    ImagePlus maps = maps(Map.of());
    List<String> keys = SkinIndices.discover().keys();
    assertEquals(keys.size(), maps.getNChannels());
    for (int c = 0; c < keys.size(); c++) {
      assertArrayEquals(
          expected(keys.get(c)).values(), (float[]) maps.getStack().getPixels(c + 1), keys.get(c));
    }
    assertEquals("Erythema index (100·log10)", maps.getStack().getSliceLabel(1));
    CompositeImage composite = (CompositeImage) maps;
    assertTrue(composite.getChannelLut(1).max != composite.getChannelLut(2).max);
    assertNotSame(image.getOverlay(), maps.getOverlay());
  }

  @Test
  void theTableHasARowForEachRegionAndIndexAsTheCoreMeasuresIt() {
    image.setRoi(CHEEK);
    ResultsTable table = table(Map.of("index", "sto2, ita"));
    IndexMap.RoiValue saturation = expected("sto2").in(Masks.of(CHEEK, SIZE, SIZE));
    assertEquals(2, table.size());
    assertEquals("arm: ROI", table.getLabel(0));
    assertEquals("Oxygen saturation StO2", table.getStringValue("Index", 0));
    assertEquals(saturation.mean(), table.getValue("Mean", 0));
    assertEquals(saturation.sd(), table.getValue("SD", 0));
    assertEquals(4, table.getValue("n", 0));
    assertEquals("%", table.getStringValue("Unit", 0));
    assertTrue(table.getStringValue("Formula", 1).startsWith("atan((L* − 50)/b*)"));
    assertEquals(
        "inferred from 4 channels, not clinically validated", table.getStringValue("Note", 1));
  }

  @Test
  void theColoursAreForWhatTheRegionHolds() {
    image.setRoi(CHEEK);
    ImagePlus map = maps(Map.of("index", "melanin"));
    float[] values = (float[]) map.getProcessor().getPixels();
    int[] inside = {SIZE + 1, SIZE + 2, 2 * SIZE + 1, 2 * SIZE + 2};
    assertEquals(
        Arrays.stream(inside).mapToDouble(i -> values[i]).min().orElseThrow(),
        map.getDisplayRangeMin());
    assertEquals(
        Arrays.stream(inside).mapToDouble(i -> values[i]).max().orElseThrow(),
        map.getDisplayRangeMax());
  }

  @Test
  void withoutARegionTheWholeImageIsMeasured() {
    ResultsTable table = table(Map.of("index", "melanin"));
    assertEquals("arm: whole image", table.getLabel(0));
    assertEquals(SIZE * SIZE, table.getValue("n", 0));
  }

  @Test
  void pixelsWithoutAValueAreLeftOutAndCounted() {
    for (float[] plane : cube.planes()) {
      plane[0] = Float.NaN;
      plane[1] = 0;
    }
    ResultsTable table = table(Map.of("index", "melanin"));
    assertEquals(2, table.getValue("Without value", 0));
    assertEquals(SIZE * SIZE - 2, table.getValue("n", 0));
    assertTrue(Double.isFinite(table.getValue("Mean", 0)));
  }

  @Test
  void aCubeOfNothingButNaNGivesAMapOfNaN() {
    Arrays.stream(cube.planes()).forEach(plane -> Arrays.fill(plane, Float.NaN));
    ImagePlus maps = maps(Map.of());
    assertEquals(Float.NaN, ((float[]) maps.getStack().getPixels(1))[0]);
  }

  @Test
  void theUsersImageIsNotTouched() {
    float[] before = cube.plane(20).clone();
    image.setRoi(CHEEK);
    maps(Map.of());
    assertArrayEquals(before, cube.plane(20));
    assertEquals(null, image.getOverlay());
    assertEquals(CHEEK, image.getRoi());
  }

  @Test
  void anImageThatIsChangedAndClosedMeanwhileGivesWhatItWasBefore() {
    List<String> steps = new ArrayList<>();
    float[] before = expected("melanin").values();
    TaskSteps.onEach(
        fiji,
        (task, step) -> {
          if (steps.isEmpty()) {
            for (int slice = 1; slice <= image.getStackSize(); slice++) {
              image.getStack().getProcessor(slice).set(0.5);
            }
            image.close();
            image.flush();
          }
          steps.add(step);
        });
    ImagePlus all = maps(Map.of());
    assertFalse(steps.isEmpty());
    int melanin = 1;
    while (!all.getStack().getSliceLabel(melanin).startsWith("Melanin")) {
      melanin++;
    }
    assertArrayEquals(before, (float[]) all.getStack().getPixels(melanin));
  }

  @Test
  void aCanceledRunGivesNoMapAndNoTable() {
    TaskSteps.onEach(
        fiji,
        (task, step) -> {
          if (!task.isCanceled()) {
            task.cancel("enough");
          }
        });
    File csv = folder.resolve("indices.csv").toFile();
    assertTrue(failure(Map.of("csv", csv)).contains("cancel"));
    assertFalse(csv.exists());
  }

  @Test
  void theCsvHoldsTheTable() throws IOException {
    Path csv = folder.resolve("indices.csv");
    table(Map.of("index", "melanin,nir", "csv", csv.toFile()));
    List<String> lines = Files.readAllLines(csv);
    assertEquals("Label,Index,Mean,SD,Unit,n,Without value,Formula,Source,Note", lines.get(0));
    assertTrue(lines.get(2).startsWith("arm: whole image,NIR perfusion index,"), lines.get(2));
    assertEquals(3, lines.size());
  }

  @Test
  void aCubeThatLacksTheBandsOfAnIndexIsRefusedByNameAndLeavesNothing() {
    ImagePlus visible = CubeImages.toImage("visible", cube.at(Wavelengths.VIS));
    Path csv = folder.resolve("indices.csv");
    String message = failure(Map.of("image", visible, "index", "water970", "csv", csv.toFile()));
    assertTrue(message.contains("Water band depth needs bands at 900 nm"), message);
    assertFalse(Files.exists(csv));
  }

  @Test
  void indicesImagesAndRegionsThatAreNoneAreRefused() {
    assertTrue(failure(Map.of("index", "redness")).contains("There is no index 'redness'"));
    assertTrue(
        failure(Map.of("image", IJ.createImage("bare", "32-bit", 4, 4, 3)))
            .contains("'bare' does not say its wavelengths"));
    image.setRoi(new Roi(500, 500, 2, 2));
    assertTrue(failure(Map.of()).contains("covers no pixel of the 64x64 image"));
    image.deleteRoi();
    assertTrue(failure(Map.of("regions", "active")).contains("has no ROI"));
  }

  @Test
  void theDialogOffersEveryIndex() {
    List<String> keys = new ArrayList<>(List.of("all"));
    keys.addAll(SkinIndices.discover().keys());
    assertEquals(
        keys,
        fiji.context()
            .service(CommandService.class)
            .getCommand(SkinIndexMaps.class)
            .getInput("index")
            .getChoices());
  }
}
