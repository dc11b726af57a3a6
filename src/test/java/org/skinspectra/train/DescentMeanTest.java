package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.model.WeightTensor;
import org.skinspectra.model.Weights;

class DescentMeanTest {

  private static Weights weights(Map<String, String> metadata, float... values) {
    return Weights.of(
        Map.of("a", new WeightTensor(new int[] {values.length}, values)), metadata, "test");
  }

  private static Weights checkpoint(DescentMean mean) {
    Map<String, String> metadata = new HashMap<>();
    mean.writeTo(metadata);
    return mean.with(weights(metadata, 7, 7));
  }

  @Test
  void theMeanIsOverAllEndsAndNamedAsTheLast() {
    DescentMean mean = new DescentMean();
    mean.add(weights(Map.of(), 1, 2));
    mean.add(weights(Map.of(), 2, 4));
    Weights last = weights(Map.of("step", "9"), 6, 0);
    mean.add(last);
    Weights middle = mean.mean(last);
    assertArrayEquals(new float[] {3, 2}, middle.tensor("a").values(), 1e-6f);
    assertEquals("9", middle.metadata().get("step"));
  }

  @Test
  void aCheckpointCarriesTheMean() {
    DescentMean mean = new DescentMean();
    mean.add(weights(Map.of(), 1, 2));
    mean.add(weights(Map.of(), 2, 4));
    DescentMean restored = new DescentMean();
    restored.restore(checkpoint(mean));
    Weights third = weights(Map.of(), 9, 0);
    mean.add(third);
    restored.add(third);
    assertEquals(mean.mean(third).id(), restored.mean(third).id());
  }

  @Test
  void aCheckpointOfTheFirstDescentCarriesNone() {
    DescentMean restored = new DescentMean();
    restored.add(weights(Map.of(), 1, 2));
    restored.restore(checkpoint(new DescentMean()));
    assertThrows(IllegalStateException.class, () -> restored.mean(weights(Map.of(), 1, 2)));
  }

  @Test
  void aCheckpointThatContradictsItselfIsRefused() {
    for (String count : new String[] {"2", "-1", "many", "99999"}) {
      SkinSpectraException e =
          assertThrows(
              SkinSpectraException.class,
              () -> new DescentMean().restore(weights(Map.of("descents", count), 1)));
      assertTrue(e.getMessage().contains("'" + count + "'"), e.getMessage());
    }
  }
}
