package org.skinspectra.model.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.model.engine.TilePass.Slot;
import org.skinspectra.model.engine.TilePass.Source;

class MapPlanTest {

  private static final PaddedImage IMAGE = new PaddedImage(100, 50, 104, 56);
  private static final long MAP = 104 * 56 * 10 * 4L;

  private static final Slot BODY = new Slot(TiledGraph.BODY, 0, 10);
  private static final Slot FEATURES = new Slot("features", 0, 10);
  private static final Slot HALF = new Slot("features", 1, 20);

  /** In: body; features from it; features anew; half of them; body from half and itself. */
  private static final List<TilePass> PASSES =
      List.of(
          pass(BODY),
          pass(FEATURES, source(BODY, 1)),
          pass(FEATURES, source(FEATURES, 3)),
          pass(HALF, source(FEATURES, 1)),
          pass(BODY, source(HALF, 0), source(BODY, 0)));

  @Test
  void withoutWantOfMemoryAllMapsAreKeptThere() {
    MapPlan plan = MapPlan.of(PASSES, IMAGE, 4, Long.MAX_VALUE);
    assertEquals(Set.of(), plan.onDisk());
    assertEquals(0, plan.diskBytes());
    // Body, features and features anew.
    assertEquals(3 * MAP, plan.memoryBytes());
  }

  @Test
  void theInputOfAStageGoesToDiskFirstThenTheOtherMapsOfFullResolution() {
    MapPlan body = MapPlan.of(PASSES, IMAGE, 4, 5 * MAP / 2);
    assertEquals(Set.of(BODY), body.onDisk());
    assertEquals(2 * MAP, body.memoryBytes());
    assertEquals(MAP, body.diskBytes());
    MapPlan full = MapPlan.of(PASSES, IMAGE, 4, MAP);
    assertEquals(Set.of(BODY, FEATURES), full.onDisk());
    assertEquals(MAP / 2, full.memoryBytes());
    assertEquals(3 * MAP, full.diskBytes());
    assertEquals(Set.of(BODY, FEATURES, HALF), MapPlan.of(PASSES, IMAGE, 4, 1000).onDisk());
  }

  @Test
  void aPassThatReadsNoNeighboursNeedsNoSecondMap() {
    assertTrue(PASSES.get(4).inPlace());
    assertTrue(!PASSES.get(2).inPlace());
    assertEquals(Set.of(BODY, HALF), MapPlan.neededAfter(PASSES, 3));
    List<TilePass> twice = Stream.concat(PASSES.stream(), PASSES.stream().skip(1)).toList();
    assertEquals(Set.of(BODY), MapPlan.neededAfter(twice, 4), "features are made anew");
  }

  @Test
  void aDiskThatIsTooSmallIsNamedWithItsNeed(@TempDir Path folder) {
    MapPlan plan = new MapPlan(Set.of(BODY), 0, 1L << 60);
    String message =
        assertThrows(SkinSpectraException.class, () -> plan.requireDisk(folder, IMAGE))
            .getMessage();
    assertTrue(message.contains("100x50") && message.contains(folder.toString()), message);
    assertTrue(message.contains("1073741824.00 GiB"), message);
  }

  private static Source source(Slot slot, int halo) {
    return new Source(slot, halo, null);
  }

  private static TilePass pass(Slot target, Source... sources) {
    return new TilePass(
        "pass",
        target.level(),
        Stream.of(sources).toList(),
        List.of(),
        Optional.empty(),
        null,
        Optional.of(target),
        Optional.empty(),
        1);
  }
}
