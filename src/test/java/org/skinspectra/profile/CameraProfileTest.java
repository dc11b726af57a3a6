package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

class CameraProfileTest {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  @Test
  void everyChannelSeesWhiteAsOne() {
    double[] white = new double[GRID.size()];
    Arrays.fill(white, 1);
    for (CameraProfile profile : List.of(Profiles.complete(), Profiles.least())) {
      assertArrayEquals(new double[] {1, 1, 1, 1}, profile.response(GRID).capture(white), 1e-12);
    }
  }

  @ParameterizedTest
  @CsvSource({"960, 10", "957.3, 2", "955, 0.5", "963, 40"})
  void aFilterSeesStraightSpectraAtItsCentre(double centre, double width) {
    double[] spectrum = GRID.toArray();
    for (int i = 0; i < spectrum.length; i++) {
      spectrum[i] = 0.2 + 0.0005 * spectrum[i];
    }
    // Daylight is not known there and counts as even, as the sensor does.
    double seen = withFilter(Profiles.least(), centre, width).response(GRID).capture(spectrum)[3];
    double reach = Math.min(centre + 1.5 * width, 1000) - (centre + 1.5 * width);
    assertEquals(0.2 + 0.0005 * centre, seen, reach < 0 ? 2e-3 : 1e-6);
  }

  @Test
  void theSensorAndTheLightShapeWhatPassesTheFilter() {
    // In the complete profile both fall towards 1100 nm, so the channel leans to the short side.
    CameraProfile profile = withFilter(Profiles.complete(), 960, 40);
    double[] weights = profile.response(GRID).weights()[3];
    assertTrue(
        weights[GRID.indexOf(950)] > weights[GRID.indexOf(970)],
        weights[GRID.indexOf(950)] + " " + weights[GRID.indexOf(970)]);
  }

  @Test
  void withoutAFilterTheColumnIsTheWholeChannel() {
    CameraProfile ideal = CameraProfiles.named("cie-1931-960-ideal");
    double[] weights = ideal.response(GRID).weights()[3];
    assertEquals(1, weights[GRID.indexOf(960)]);
    assertEquals(1, Arrays.stream(weights).sum());
  }

  @Test
  void theWhiteReferenceIsSeenByEveryChannel() {
    CameraProfile profile = Profiles.complete();
    double[] seen = profile.whiteReflectance();
    double[] expected = profile.response(GRID).capture(profile.white().on(GRID));
    assertArrayEquals(expected, seen);
    for (double value : seen) {
      assertTrue(value > 0.97 && value < 0.99, Arrays.toString(seen));
    }
    assertArrayEquals(new double[] {1, 1, 1, 1}, Profiles.least().whiteReflectance(), 1e-12);
  }

  @Test
  void aSensorIsFoundByTheChannelOfARig() {
    CameraProfile two = Profiles.complete();
    assertEquals(12, two.sensor("RGB").bits());
    assertEquals(12, two.sensor("G").bits());
    assertEquals(0, two.sensor("N960").bits());
    CameraProfile one = Profiles.least();
    assertEquals(one.sensor("RGB"), one.sensor("N960"));
    assertEquals(4000, two.sensor("RGB").fullScaleDn());
    assertEquals(255, one.sensor("RGB").fullScaleDn());
    assertTrue(Double.isNaN(two.sensor("N960").fullScaleDn()));
  }

  @Test
  void effectiveResponsesAreATableOfTheWeights() {
    SpectralTable table = Profiles.least().effectiveResponses(GRID);
    assertEquals(List.of("R", "G", "B", "N960"), table.names());
    assertArrayEquals(Profiles.least().response(GRID).weights()[1], table.column("G"));
  }

  @Test
  void aNewMapOrRegistrationChangesTheDateAndTheId() {
    CameraProfile profile = Profiles.least();
    ChannelMap map = profile.fitMap("root-polynomial", Profiles.reflectances(40, 1), 0.01);
    LocalDate later = Profiles.DAY.plusDays(3);
    CameraProfile mapped = profile.withMap(new ProfileMap(map, "40 spectra", later));
    assertEquals(later, mapped.origin().updated());
    assertNotEquals(profile.id(), mapped.id());
    CameraProfile read = CameraProfileFiles.parse(mapped.json(), "a.json");
    assertEquals(mapped, read);
    double[] pixel = {0.3, 0.25, 0.2, 0.6};
    assertArrayEquals(map.apply(pixel), read.map().orElseThrow().map().apply(pixel));
    CameraProfile registered =
        mapped.withRegistration(
            ProfileRegistration.of(new double[] {1, 0, 5, 0, 1, 3, 0, 0, 1}, 0.2, Profiles.DAY));
    assertEquals(later, registered.origin().updated());
    assertEquals(registered, CameraProfileFiles.parse(registered.json(), "a.json"));
  }

  @Test
  void aHomographyIsStoredWithItsLastNumberOne() {
    var registration =
        ProfileRegistration.of(new double[] {2, 0, 4, 0, 2, -6, 0, 0, 2}, 0, Profiles.DAY);
    assertArrayEquals(
        new double[] {1, 0, 2, 0, 1, -3, 0, 0, 1}, registration.homography().toArray());
  }

  @Test
  void theSummaryHasWhatPeopleAskFor() {
    String summary = String.join("\n", Profiles.complete().summary());
    for (String part :
        List.of(
            "D1 & D2",
            "A. Nobody",
            "CC0-1.0",
            "2026-03-31",
            "958.5 nm",
            "lamp 3",
            "12 bits",
            "GBRG",
            "0.21 px",
            "linear map",
            "70 forearms",
            "note: two",
            Profiles.complete().id())) {
      assertTrue(summary.contains(part), part + " in\n" + summary);
    }
  }

  @Test
  void mapsThatAreAsGoodAsSingularAreNotCarried() {
    double[][] singular = {{1, 0, 0, 0}, {1, 0, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
    ChannelMap map = CanonicalMap.of(singular, 0);
    var error =
        assertThrows(
            SkinSpectraException.class, () -> new ProfileMap(map, "nothing", Profiles.DAY));
    assertTrue(error.getMessage().contains("conditionNumber"), error.getMessage());
  }

  @Test
  void namesOfOtherChannelsAreRefused() {
    CameraProfile least = Profiles.least();
    SpectralTable table =
        SpectralTable.of(Profiles.ROWS, "relative", "Y", new double[] {1, 1, 1, 1});
    var error =
        assertThrows(
            SkinSpectraException.class,
            () ->
                new CameraProfile(
                    least.origin(),
                    table,
                    least.filter960(),
                    least.light(),
                    least.rgb(),
                    least.n960(),
                    least.white(),
                    least.registration(),
                    least.map()));
    assertTrue(error.getMessage().contains("[Y]"), error.getMessage());
  }

  private static CameraProfile withFilter(CameraProfile profile, double centre, double width) {
    return new CameraProfile(
        profile.origin(),
        profile.responses(),
        Optional.of(new BandFilter(centre, width)),
        profile.light(),
        profile.rgb(),
        profile.n960(),
        profile.white(),
        profile.registration(),
        profile.map());
  }
}
