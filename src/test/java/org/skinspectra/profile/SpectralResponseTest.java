package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.StandardObserver;
import org.skinspectra.spectra.Wavelengths;

class SpectralResponseTest {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;
  private static final Wavelengths ROWS = Wavelengths.of(400, 500, 600, 700);

  @Test
  void theCanonicalChannelsAreTheObserverAndTheBandAt960() {
    double[][] weights = SpectralResponse.canonical(GRID).weights();
    double[][] observer = StandardObserver.canonicalWeights(GRID);
    for (int c = 0; c < 3; c++) {
      assertArrayEquals(observer[c], weights[c]);
    }
    assertEquals(1, weights[3][GRID.indexOf(960)]);
    assertEquals(1, Arrays.stream(weights[3]).sum());
  }

  @ParameterizedTest
  @ValueSource(strings = {"E", "A", "D65", "3200K"})
  void whiteIsOneInEveryChannelUnderAnyLight(String light) {
    double[] white = new double[GRID.size()];
    Arrays.fill(white, 1);
    SpectralResponse response =
        SpectralResponse.of(camera("R", "G", "B"), Illuminant.named(light), GRID);
    assertArrayEquals(new double[] {1, 1, 1, 1}, response.capture(white), 1e-12);
  }

  @Test
  void weightsAreSensitivityTimesLightOverTheirSum() {
    Illuminant light =
        Illuminant.measured(
            "ramp", SpectralTable.of(ROWS, "W", "p", new double[] {1, 2, 3, 4}), "p");
    double[][] weights =
        SpectralResponse.of(
                camera("R", "G", "B"), light, Wavelengths.of(450, 500, 550, 600, 650, 960))
            .weights();
    // Red is 0, 0, 1, 1 at the rows: 0 at 450 and 500, a half at 550, then 1.
    double sum = 0.5 * 2.5 + 3 + 3.5;
    assertArrayEquals(new double[] {0, 0, 1.25 / sum, 3 / sum, 3.5 / sum, 0}, weights[0], 1e-12);
  }

  @Test
  void aCameraWithoutAnInfraredColumnGetsABandOf10Nm() {
    double[] infrared =
        SpectralResponse.of(camera("R", "G", "B"), Illuminant.d65(), GRID).weights()[3];
    double sum = 1 + 2.0 / 16;
    assertEquals(1 / sum, infrared[GRID.indexOf(960)], 1e-12);
    assertEquals(1 / sum / 16, infrared[GRID.indexOf(950)], 1e-12);
    assertEquals(1 / sum / 16, infrared[GRID.indexOf(970)], 1e-12);
    assertEquals(0, infrared[GRID.indexOf(980)]);
  }

  @Test
  void columnsAreFoundByNameInAnyOrderAndOthersLeftOut() {
    double[][] expected =
        SpectralResponse.of(camera("R", "G", "B"), Illuminant.e(), GRID).weights();
    Map<String, double[]> columns = new LinkedHashMap<>();
    SpectralTable camera = camera("R", "G", "B");
    columns.put("W", new double[] {1, 1, 1, 1});
    columns.put("Blue", camera.column("B"));
    columns.put("green", camera.column("G"));
    columns.put("RED", camera.column("R"));
    double[][] found =
        SpectralResponse.of(SpectralTable.of(ROWS, "1", columns), Illuminant.e(), GRID).weights();
    assertTrue(Arrays.deepEquals(expected, found));
  }

  @Test
  void anInfraredColumnIsTakenAsItIs() {
    Wavelengths rows = Wavelengths.range(400, 10, 1000);
    double[] infrared = new double[61];
    infrared[55] = 1;
    infrared[56] = 3;
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (String name : new String[] {"R", "G", "B"}) {
      columns.put(name, StandardObserver.canonicalWeights(rows)[0]);
    }
    columns.put("960 nm", infrared);
    double[] weights =
        SpectralResponse.of(SpectralTable.of(rows, "1", columns), Illuminant.e(), GRID)
            .weights()[3];
    assertEquals(0.25, weights[55], 1e-12);
    assertEquals(0.75, weights[56], 1e-12);
  }

  @Test
  void theLightMustBeKnownWhereAChannelSeesSomething() {
    Wavelengths rows = Wavelengths.range(400, 10, 1000);
    double[] everywhere = new double[61];
    Arrays.fill(everywhere, 1);
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (String name : new String[] {"R", "G", "B"}) {
      columns.put(name, everywhere);
    }
    refuses(SpectralTable.of(rows, "1", columns), "840");
  }

  @Test
  void refusesTablesWithoutAChannelNamingThoseThereAre() {
    refuses(camera("R", "G", "W"), "[R, G, W]");
    refuses(SpectralTable.of(ROWS, "1", "R", new double[4]), "[R]");
  }

  @Test
  void refusesTwoColumnsForOneChannel() {
    SpectralTable camera = camera("R", "G", "B");
    Map<String, double[]> columns = new LinkedHashMap<>();
    camera.names().forEach(name -> columns.put(name, camera.column(name)));
    columns.put("red", camera.column("R"));
    refuses(SpectralTable.of(ROWS, "1", columns), "[R, red]");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesSensitivitiesThatAreNone(double value) {
    refuses(withRed(0, value, 1, 1), value + " at 500 nm");
  }

  @Test
  void refusesChannelsThatSeeNothing() {
    refuses(withRed(0, 0, 0, 0), "Channel R sees no light of D65");
  }

  @Test
  void refusesGridsWithoutABandAt960() {
    var error =
        assertThrows(
            SkinSpectraException.class,
            () -> SpectralResponse.of(camera("R", "G", "B"), Illuminant.e(), Wavelengths.VIS));
    assertTrue(error.getMessage().contains("700 nm"), error.getMessage());
  }

  @Test
  void refusesSpectraOfAnotherLength() {
    SpectralResponse response = SpectralResponse.canonical(GRID);
    assertThrows(IllegalArgumentException.class, () -> response.capture(new double[31]));
  }

  @Test
  void callersCannotChangeTheWeights() {
    SpectralResponse response = SpectralResponse.canonical(GRID);
    response.weights()[3][0] = 5;
    assertEquals(0, response.weights()[3][0]);
  }

  private static void refuses(SpectralTable table, String reason) {
    var error =
        assertThrows(
            SkinSpectraException.class, () -> SpectralResponse.of(table, Illuminant.d65(), GRID));
    assertTrue(error.getMessage().contains(reason), error.getMessage());
  }

  private static SpectralTable withRed(double... red) {
    return SpectralTable.of(
        ROWS,
        "1",
        Map.of("R", red, "G", new double[] {0, 1, 1, 0}, "B", new double[] {1, 1, 0, 0}));
  }

  private static SpectralTable camera(String... names) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put(names[0], new double[] {0, 0, 1, 1});
    columns.put(names[1], new double[] {0, 1, 1, 0});
    columns.put(names[2], new double[] {1, 1, 0, 0});
    return SpectralTable.of(ROWS, "1", columns);
  }
}
