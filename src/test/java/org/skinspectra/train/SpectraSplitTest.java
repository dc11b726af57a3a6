package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

class SpectraSplitTest {

  private static final Wavelengths GRID = Wavelengths.range(400, 300, 1000);
  private static final Wavelengths MEASURED = Wavelengths.of(400, 700);

  private static CompletedSpectra table(String prefix, int count) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      columns.put(prefix + i, new double[] {0.1, 0.2, 0.3});
    }
    return new CompletedSpectra(SpectralTable.of(GRID, "reflectance factor", columns), MEASURED);
  }

  private static TrainingConfiguration configuration(String json) {
    return TrainingConfiguration.parse(json, "test");
  }

  private static Set<String> names(List<CompletedSpectra> tables) {
    Set<String> names = new HashSet<>();
    tables.forEach(part -> names.addAll(part.table().names()));
    return names;
  }

  @Test
  void noSpectrumIsBothLearnedFromAndValidatedWith() {
    SpectraSplit split =
        SpectraSplit.of(
            List.of(table("a", 200), table("b", 100)), configuration("{\"heldOutShare\": 0.25}"));
    Set<String> both = names(split.training());
    both.retainAll(names(split.validation()));
    assertTrue(both.isEmpty(), both.toString());
    int validated = CompletedSpectra.count(split.validation());
    assertEquals(300, CompletedSpectra.count(split.training()) + validated);
    assertTrue(validated > 45 && validated < 105, "validated: " + validated);
  }

  @Test
  void heldOutSpectraAreInNeither() {
    SpectraSplit split =
        SpectraSplit.of(List.of(table("a", 20)), configuration("{\"heldOut\": [\"a3\", \"a7\"]}"));
    Set<String> all = names(split.training());
    all.addAll(names(split.validation()));
    assertEquals(2, split.heldOut());
    assertEquals(18, all.size());
    assertTrue(!all.contains("a3") && !all.contains("a7"), all.toString());
  }

  @Test
  void bothPartsOfATableKeepWhatWasMeasuredOfIt() {
    SpectraSplit split = SpectraSplit.of(List.of(table("a", 50)), configuration("{}"));
    assertEquals(MEASURED, split.training().get(0).measured());
    assertEquals(MEASURED, split.validation().get(0).measured());
  }

  @Test
  void holdingOutOneSpectrumMovesNoOther() {
    SpectraSplit all = SpectraSplit.of(List.of(table("a", 50)), configuration("{}"));
    SpectraSplit fewer =
        SpectraSplit.of(List.of(table("a", 50)), configuration("{\"heldOut\": [\"a0\"]}"));
    Set<String> expected = names(all.training());
    expected.remove("a0");
    assertEquals(expected, names(fewer.training()));
  }

  @Test
  void aNameThatDoesNotExistCannotBeHeldOut() {
    String message =
        assertThrows(
                SkinSpectraException.class,
                () ->
                    SpectraSplit.requireNames(
                        List.of(table("a", 3).table(), table("b", 2).table()),
                        configuration("{\"heldOut\": [\"a0\", \"S99\", \"b1\"]}")))
            .getMessage();
    assertTrue(message.contains("[S99]"), message);
  }

  @Test
  void aSpectrumThatWasLeftOutForBeingNoSkinMayBeHeldOut() {
    SpectraSplit split =
        SpectraSplit.of(List.of(table("a", 3)), configuration("{\"heldOut\": [\"leaf\"]}"));
    assertEquals(0, split.heldOut());
  }

  @Test
  void aSpectrumThatIsBlackSomewhereIsRefusedByFileNameAndBand() {
    SpectralTable black =
        SpectralTable.of(
            GRID,
            "reflectance factor",
            Map.of("a0", new double[] {0.1, 0.2, 0.3}, "a1", new double[] {0.1, 0, 0.3}));
    String message =
        assertThrows(
                SkinSpectraException.class,
                () -> new CompletedSpectra(black, MEASURED).requirePositive("arm.csv"))
            .getMessage();
    assertTrue(message.startsWith("arm.csv: 'a1' reflects 0.0 at 700 nm"), message);
    table("a", 2).requirePositive("arm.csv");
  }

  @Test
  void somethingHasToBeLeftToLearnFrom() {
    assertThrows(
        SkinSpectraException.class,
        () -> SpectraSplit.of(List.of(table("a", 1)), configuration("{\"heldOut\": [\"a0\"]}")));
  }
}
