package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import ij.process.ByteProcessor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scijava.command.CommandModule;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.CubeImages;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Masks;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.AngleDefinition;
import org.skinspectra.measure.AngleMap;
import org.skinspectra.measure.CubeErrors;
import org.skinspectra.measure.SpectralAngle;
import org.skinspectra.spectra.Wavelengths;

class MeasureSpectralAngleTest {

  private static final int WIDTH = 20;
  private static final int HEIGHT = 15;

  private final CommandRunner fiji = new CommandRunner();
  private final BatchModeImages open = new BatchModeImages();
  private final SpectralCube truth = cube(0);
  private final SpectralCube guess = cube(0.3);

  @AfterEach
  void close() {
    open.close();
    fiji.close();
  }

  /** Spectra that rise with the wavelength, and more so to the right. */
  private static SpectralCube cube(double slope) {
    SpectralCube cube = SpectralCube.zeros(WIDTH, HEIGHT, Wavelengths.VIS_NIR);
    for (int band = 0; band < cube.bands(); band++) {
      for (int i = 0; i < WIDTH * HEIGHT; i++) {
        cube.plane(band)[i] = (float) (0.4 + slope * band / 61 * (i % WIDTH) / WIDTH);
      }
    }
    return cube;
  }

  private Map<String, Object> cubes() {
    Map<String, Object> inputs = new HashMap<>();
    inputs.put("prediction", CubeImages.toImage("guess", guess));
    inputs.put("reference", CubeImages.toImage("truth", truth));
    return inputs;
  }

  private Map<String, Object> with(String key, Object value) {
    Map<String, Object> inputs = cubes();
    inputs.put(key, value);
    return inputs;
  }

  private CommandModule run(Map<String, Object> inputs) {
    CommandModule module = fiji.run(MeasureSpectralAngle.class, inputs);
    assertTrue(!module.isCanceled(), () -> module.getCancelReason());
    return module;
  }

  private static float[] pixels(CommandModule module) {
    return (float[]) ((ImagePlus) module.getOutput("map")).getProcessor().getPixels();
  }

  private AngleMap core(Mask mask, AngleDefinition definition) {
    return SpectralAngle.measure(guess, truth, mask, definition);
  }

  @Test
  void withTheTwoCubesAloneItIsTheChallengesAngleInDegrees() {
    CommandModule module = run(cubes());
    Mask all = Mask.all(WIDTH, HEIGHT);
    AngleMap expected = core(all, AngleDefinition.CHALLENGE);
    assertArrayEquals(expected.toDegrees(), pixels(module));
    ResultsTable table = (ResultsTable) module.getOutput("table");
    assertEquals(1, table.size());
    assertEquals("challenge", table.getStringValue("definition", 0));
    assertEquals("all pixels", table.getStringValue("mask", 0));
    assertEquals(expected.mean(), table.getValue("mean angle (rad)", 0), 1e-12);
    assertEquals(expected.meanDegrees(), table.getValue("mean angle (degrees)", 0), 1e-12);
    CubeErrors errors = CubeErrors.measure(guess, truth, all, ProgressMonitor.NONE);
    assertEquals(errors.rmse(), table.getValue("RMSE (reflectance)", 0), 1e-12);
    assertEquals(300, table.getValue("pixels with an angle", 0));
  }

  @Test
  void theMapHasItsUnitAndItsDefinition() {
    ImagePlus map = (ImagePlus) run(with("unit", "rad")).getOutput("map");
    assertEquals("rad", map.getCalibration().getValueUnit());
    assertEquals(0, map.getDisplayRangeMin());
    assertTrue(map.getDisplayRangeMax() > 0);
    assertTrue(map.getInfoProperty().contains("challenge"), map.getInfoProperty());
    ImagePlus histogram = (ImagePlus) run(cubes()).getOutput("histogram");
    assertNotNull(histogram.getProcessor());
    assertTrue(histogram.getTitle().contains("guess"), histogram.getTitle());
  }

  @Test
  void aMaskByItsTitleChoosesThePixels() {
    ByteProcessor half = new ByteProcessor(WIDTH, HEIGHT);
    half.setRoi(0, 0, 10, HEIGHT);
    half.setValue(255);
    half.fill();
    ImagePlus mask = new ImagePlus("skin", half);
    open.add(mask);
    Map<String, Object> inputs = with("mask", "skin");
    inputs.put("definition", "clamped");
    inputs.put("unit", "rad");
    CommandModule module = run(inputs);
    AngleMap expected = core(Masks.of(mask), AngleDefinition.CLAMPED);
    assertArrayEquals(expected.radians(), pixels(module));
    ResultsTable table = (ResultsTable) module.getOutput("table");
    assertEquals("skin", table.getStringValue("mask", 0));
    assertEquals(150, table.getValue("outside the mask", 0));
  }

  @Test
  void withoutAMaskTheRoiOfEitherCubeChooses() {
    for (String cube : new String[] {"prediction", "reference"}) {
      Map<String, Object> inputs = cubes();
      ((ImagePlus) inputs.get(cube)).setRoi(new Roi(2, 3, 4, 5));
      ResultsTable table = (ResultsTable) run(inputs).getOutput("table");
      assertEquals(20, table.getValue("pixels with an angle", 0));
      assertTrue(table.getStringValue("mask", 0).startsWith("ROI"));
    }
  }

  @Test
  void cubesThatAreChangedAndClosedMeanwhileGiveWhatTheyWereBefore() {
    Map<String, Object> inputs = cubes();
    List<String> steps = new ArrayList<>();
    TaskSteps.onEach(
        fiji,
        (task, step) -> {
          if (steps.isEmpty()) {
            for (Object image : inputs.values()) {
              ImagePlus cube = (ImagePlus) image;
              cube.getStack().getProcessor(1).set(0);
              cube.close();
              cube.flush();
            }
          }
          steps.add(step);
        });
    AngleMap expected =
        SpectralAngle.measure(
            cube(0.3), cube(0), Mask.all(WIDTH, HEIGHT), AngleDefinition.CHALLENGE);
    assertArrayEquals(expected.toDegrees(), pixels(run(inputs)));
    assertFalse(steps.isEmpty());
  }

  @Test
  void aCanceledRunGivesNoMap() {
    TaskSteps.onEach(
        fiji,
        (task, step) -> {
          if (!task.isCanceled()) {
            task.cancel("enough");
          }
        });
    String message = fiji.failure(MeasureSpectralAngle.class, cubes());
    assertTrue(message.contains("canceled"), message);
  }

  @Test
  void aMaskOfAnotherSizeAndOneThatIsNotOpenAreRefused() {
    open.add(new ImagePlus("small", new ByteProcessor(3, 3)));
    String size = fiji.failure(MeasureSpectralAngle.class, with("mask", "small"));
    assertTrue(size.contains("3x3") && size.contains("20x15"), size);
    String missing = fiji.failure(MeasureSpectralAngle.class, with("mask", "skin"));
    assertTrue(missing.contains("'skin'"), missing);
  }

  @Test
  void aValueThatIsNotFiniteIsRefusedUnlessTheMaskLeavesItOut() {
    guess.plane(7)[45] = Float.NaN;
    String message = fiji.failure(MeasureSpectralAngle.class, cubes());
    assertTrue(message.contains("470 nm") && message.contains("(5, 2)"), message);
    Map<String, Object> inputs = cubes();
    ((ImagePlus) inputs.get("prediction")).setRoi(new Roi(0, 5, 5, 5));
    assertEquals(
        25, ((ResultsTable) run(inputs).getOutput("table")).getValue("pixels with an angle", 0));
  }

  @Test
  void cubesOfOtherSizesOrWavelengthsAndWrongWordsAreRefused() {
    ImagePlus small = CubeImages.toImage("small", SpectralCube.zeros(4, 4, Wavelengths.VIS_NIR));
    String size = fiji.failure(MeasureSpectralAngle.class, with("prediction", small));
    assertTrue(size.contains("4x4"), size);
    ImagePlus visible =
        CubeImages.toImage(
            "visible", SpectralCube.zeros(WIDTH, HEIGHT, Wavelengths.parse("400:10:700")));
    String bands = fiji.failure(MeasureSpectralAngle.class, with("prediction", visible));
    assertTrue(bands.contains("700"), bands);
    String definition = fiji.failure(MeasureSpectralAngle.class, with("definition", "cosine"));
    assertTrue(definition.contains("cosine"), definition);
    String unit = fiji.failure(MeasureSpectralAngle.class, with("unit", "gon"));
    assertTrue(unit.contains("gon") && unit.contains("degrees"), unit);
  }
}
