package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class SeedsTest {

  /** The first outputs of SplitMix64 from state 0, as in Vigna's reference implementation. */
  @Test
  void theSeedsOfNumberedThingsAreTheOutputsOfSplitMix64() {
    assertEquals(0xE220A8397B1DCDAFL, Seeds.of(0, 0));
    assertEquals(0x6E789E6AA1B965F4L, Seeds.of(0, 1));
    assertEquals(0x06C45D188009454FL, Seeds.of(0, 2));
  }

  @Test
  void neighboursHaveUnlikeNumbers() {
    assertNotEquals(Seeds.generator(1, 0).nextInt(), Seeds.generator(1, 1).nextInt());
    assertEquals(Seeds.generator(1, 1).nextInt(), Seeds.generator(1, 1).nextInt());
  }
}
