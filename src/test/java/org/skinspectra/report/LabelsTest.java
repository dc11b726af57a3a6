package org.skinspectra.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {

  @Test
  void aNameOfItsOwnIsALabel() {
    assertEquals(List.of("a", "b"), Labels.distinct(List.of("a", "b"), List.of("x/a", "x/b")));
  }

  @Test
  void thingsOfOneNameAreLabelledByTheirPlaces() {
    assertEquals(
        List.of("one/model", "wiener", "two/model"),
        Labels.distinct(
            List.of("model", "wiener", "model"), List.of("one/model", "wiener", "two/model")));
  }

  @Test
  void theSameThingTwiceIsNumbered() {
    assertEquals(
        List.of("x/a", "x/a (2)", "x/a (3)"),
        Labels.distinct(List.of("a", "a", "a"), List.of("x/a", "x/a", "x/a")));
    assertEquals(
        List.of("b", "a", "b (2)"),
        Labels.distinct(List.of("a", "a", "b"), List.of("b", "a", "x/b")));
  }
}
