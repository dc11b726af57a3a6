package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

class SkinSourceTest {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  /** Bands at 420, 550, 570 and 800 nm. */
  private static final int VIOLET = 2;

  private static final int GREEN = 15;
  private static final int INFRARED = 40;

  @Test
  void featuresDoToOpticalSkinWhatTheirNamesSay() {
    for (int seed = 0; seed < 20; seed++) {
      PersonalSkin person = new OpticalSkin().person(new Well19937c(seed));
      double[] bare = spectrum(person, SkinSpot.bare(new double[SkinSpot.MAPS]));
      double[] mole = spectrum(person, SkinSpot.average(SkinFeature.MOLE, 1));
      double[] flush = spectrum(person, SkinSpot.average(SkinFeature.FLUSH, 1));
      double[] pale = spectrum(person, SkinSpot.average(SkinFeature.PALLOR, 1));
      assertTrue(mole[GREEN] < 0.8 * bare[GREEN]);
      assertTrue(flush[GREEN] <= bare[GREEN]);
      assertEquals(1, flush[INFRARED] / bare[INFRARED], 0.2);
      assertTrue(pale[VIOLET] > bare[VIOLET]);
    }
  }

  @Test
  void opticalPeopleAreOfAllTones() {
    double[] greens = new double[200];
    Well19937c random = new Well19937c(1);
    for (int i = 0; i < greens.length; i++) {
      PersonalSkin person = new OpticalSkin().person(random);
      greens[i] = spectrum(person, SkinSpot.bare(new double[SkinSpot.MAPS]))[GREEN];
    }
    Arrays.sort(greens);
    assertTrue(greens[10] < 0.1, "dark: " + greens[10]);
    assertTrue(greens[190] > 0.3, "pale: " + greens[190]);
  }

  @Test
  void measuredPeopleAreNearTheMeasuredSpectra() {
    double[] measured = new SkinReflectance(GRID).of(SkinParameters.typical());
    MeasuredSkin source = new MeasuredSkin(SpectralTable.of(GRID, "", "only", measured));
    Well19937c random = new Well19937c(4);
    double[] mean = new double[GRID.size()];
    int people = 200;
    for (int n = 0; n < people; n++) {
      double[] bare = spectrum(source.person(random), SkinSpot.bare(new double[SkinSpot.MAPS]));
      for (int i = 0; i < mean.length; i++) {
        mean[i] += bare[i] / measured[i] / people;
      }
    }
    for (double ratio : mean) {
      assertEquals(1, ratio, 0.12);
    }
  }

  @Test
  void aMeasuredSkinWithoutAnotherToneIsAConvexMixture() {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("dark", filled(0.2));
    columns.put("light", filled(0.4));
    MeasuredSkin source = new MeasuredSkin(SpectralTable.of(GRID, "", columns));
    int within = 0;
    for (int seed = 0; seed < 50; seed++) {
      double[] bare =
          spectrum(source.person(new Well19937c(seed)), SkinSpot.bare(new double[SkinSpot.MAPS]));
      boolean inside = Arrays.stream(bare).allMatch(v -> v > 0.2 - 1e-9 && v < 0.4 + 1e-9);
      within += inside ? 1 : 0;
    }
    assertTrue(within >= 10, within + " of 50");
  }

  @Test
  void measuredSkinOnAnotherGridIsRefused() {
    SpectralTable visible = SpectralTable.of(Wavelengths.VIS, "", "skin", new double[31]);
    Exception e = assertThrows(SkinSpectraException.class, () -> new MeasuredSkin(visible));
    assertTrue(e.getMessage().contains("Resample"), e.getMessage());
  }

  @Test
  void measuredSkinThatReflectsNothingIsRefused() {
    for (double value : new double[] {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      double[] spectrum = filled(0.3);
      spectrum[7] = value;
      SpectralTable table = SpectralTable.of(GRID, "", "S7", spectrum);
      Exception e = assertThrows(SkinSpectraException.class, () -> new MeasuredSkin(table));
      assertTrue(e.getMessage().contains("S7"), e.getMessage());
      assertTrue(e.getMessage().contains("470"), e.getMessage());
    }
  }

  @Test
  void aMixtureDrawsInProportionToTheWeights() {
    PersonalSkin one = (spot, into) -> {};
    PersonalSkin three = (spot, into) -> {};
    MixedSkin mixed = MixedSkin.of(random -> one, 1).or(random -> three, 3);
    Well19937c random = new Well19937c(2);
    int ones = 0;
    for (int i = 0; i < 4000; i++) {
      ones += mixed.person(random) == one ? 1 : 0;
    }
    assertEquals(1000, ones, 120);
  }

  @Test
  void aWeightThatIsNotPositiveIsRefused() {
    SkinSource source = new OpticalSkin();
    for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> MixedSkin.of(source, weight));
    }
  }

  @Test
  void aSpotNeedsAllMapsAndFeatures() {
    assertThrows(IllegalArgumentException.class, () -> SkinSpot.bare(new double[3]));
    double[] maps = new double[SkinSpot.MAPS];
    assertThrows(IllegalArgumentException.class, () -> new SkinSpot(maps, new double[1]));
  }

  @Test
  void asSharpAsTheLatticeIsSmoothMapsAreFollowed() {
    // A person whose reflectance is the first map itself.
    PersonalSkin person = (spot, into) -> Arrays.fill(into, 1 + 0.1 * spot.map(0));
    View view = new View(64, 64, 0, 0, 1, 0.3);
    Well19937c random = new Well19937c(5);
    SkinSurface surface = new SkinSurface(person, view, new SmoothNoise(random, 1, 1), random, 0.5);
    double[] into = new double[GRID.size()];
    double previous = Double.NaN;
    for (int column = 0; column < 64; column++) {
      double share = surface.reflectance(column, 9, view.x(column, 9), view.y(column, 9), into);
      assertEquals(1, share);
      assertTrue(Double.isNaN(previous) || Math.abs(into[0] - previous) < 0.05);
      previous = into[0];
    }
  }

  @Test
  void aFeatureOfASurfaceIsSharp() {
    PersonalSkin person =
        (spot, into) -> Arrays.fill(into, 0.5 * (1 - spot.feature(SkinFeature.MOLE)) + 0.1);
    View view = new View(16, 16, 0, 0, 16, 0);
    Well19937c random = new Well19937c(6);
    SkinSurface surface =
        new SkinSurface(person, view, new SmoothNoise(random, 1, 1), random, 10)
            .with(SkinFeature.MOLE, (x, y) -> x > 0 ? 1 : 0);
    double[] into = new double[GRID.size()];
    surface.reflectance(7, 3, view.x(7, 3), view.y(7, 3), into);
    assertEquals(0.6, into[0], 1e-9);
    surface.reflectance(8, 3, view.x(8, 3), view.y(8, 3), into);
    assertEquals(0.1, into[0], 1e-9);
  }

  private static double[] spectrum(PersonalSkin person, SkinSpot spot) {
    double[] into = new double[GRID.size()];
    person.spectrum(spot, into);
    return into;
  }

  private static double[] filled(double value) {
    double[] spectrum = new double[GRID.size()];
    Arrays.fill(spectrum, value);
    return spectrum;
  }
}
