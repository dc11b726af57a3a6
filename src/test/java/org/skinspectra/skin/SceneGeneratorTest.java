package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skinspectra.spectra.Wavelengths;

class SceneGeneratorTest {

  private static final int SIDE = 24;
  private static final SceneGenerator OPTICAL = new SceneGenerator(new OpticalSkin());

  /** Skin of everybody reflects one half everywhere, whatever lies on it. */
  private static final SceneGenerator GREY =
      new SceneGenerator(random -> (spot, into) -> Arrays.fill(into, 0.5));

  @ParameterizedTest
  @EnumSource(SceneKind.class)
  void theSameSeedGivesTheSameScene(SceneKind kind) {
    RenderedScene one = OPTICAL.scene(kind, 7, SIDE, SIDE);
    RenderedScene other = new SceneGenerator(new OpticalSkin()).scene(kind, 7, SIDE, SIDE);
    assertArrayEquals(one.truth().planes(), other.truth().planes());
    assertArrayEquals(one.skin().weights(), other.skin().weights());
  }

  @ParameterizedTest
  @EnumSource(SceneKind.class)
  void otherSeedsGiveOtherScenes(SceneKind kind) {
    float[] one = OPTICAL.scene(kind, 1, SIDE, SIDE).truth().plane(20);
    float[] other = OPTICAL.scene(kind, 2, SIDE, SIDE).truth().plane(20);
    assertFalse(Arrays.equals(one, other));
  }

  @Test
  void threadsPaintWhatOneThreadPaints() {
    List<float[]> alone = LongStream.range(0, 12).mapToObj(SceneGeneratorTest::band).toList();
    List<float[]> together =
        LongStream.range(0, 12).parallel().mapToObj(SceneGeneratorTest::band).toList();
    for (int i = 0; i < alone.size(); i++) {
      assertArrayEquals(alone.get(i), together.get(i));
    }
  }

  private static float[] band(long seed) {
    return OPTICAL.scene(seed, SIDE, SIDE).truth().plane(40);
  }

  @ParameterizedTest
  @EnumSource(SceneKind.class)
  void everyValueIsAPlausibleReflectance(SceneKind kind) {
    for (long seed = 0; seed < 30; seed++) {
      for (float[] plane : OPTICAL.scene(kind, seed, SIDE, SIDE).truth().planes()) {
        for (float value : plane) {
          assertTrue(value >= 0 && value < 2, kind + " " + seed + ": " + value);
        }
      }
    }
  }

  @Test
  void aSceneIsAsWideAndHighAsAskedOnTheWholeGrid() {
    for (SceneKind kind : SceneKind.values()) {
      RenderedScene scene = OPTICAL.scene(kind, 3, 37, 21);
      assertEquals(37, scene.truth().width());
      assertEquals(21, scene.truth().height());
      assertTrue(scene.truth().wavelengths().matches(Wavelengths.VIS_NIR));
    }
  }

  @ParameterizedTest
  @EnumSource(SceneKind.class)
  void aboutHalfOfWhatIsSeenIsSkin(SceneKind kind) {
    double share =
        IntStream.range(0, 60)
            .mapToDouble(seed -> OPTICAL.scene(kind, seed, SIDE, SIDE).skin().count())
            .average()
            .orElseThrow();
    assertEquals(0.6, share / (SIDE * SIDE), 0.25);
  }

  @Test
  void shadingSpansTheRangeOfRealLight() {
    double[] factors =
        IntStream.range(0, 60)
            .mapToObj(seed -> GREY.scene(SceneKind.FACE, seed, SIDE, SIDE))
            .flatMapToDouble(SceneGeneratorTest::shading)
            .sorted()
            .toArray();
    assertEquals(0.2, factors[factors.length / 50], 0.12);
    assertEquals(1.1, factors[factors.length * 49 / 50], 0.15);
  }

  /** Apparent over true reflectance where there is skin. */
  private static DoubleStream shading(RenderedScene scene) {
    float[] plane = scene.truth().plane(30);
    return IntStream.range(0, plane.length)
        .filter(scene.skin()::contains)
        .mapToDouble(i -> plane[i] / 0.5);
  }

  @Test
  void lightAndGlossAreOfOneColour() {
    int frames = 0;
    for (long seed = 0; seed < 40; seed++) {
      RenderedScene scene = GREY.scene(SceneKind.PATCHES, seed, SIDE, SIDE);
      if (scene.skin().count() == SIDE * SIDE) {
        frames++;
        assertArrayEquals(scene.truth().plane(0), scene.truth().plane(60), 1e-6f);
      }
    }
    assertTrue(frames > 3, "frames of skin alone: " + frames);
  }

  @Test
  void sidesOutsideTheRangeAreRefused() {
    for (int side : new int[] {-1, 0, 7, 4097}) {
      assertThrows(IllegalArgumentException.class, () -> OPTICAL.scene(1, side, 64));
      assertThrows(IllegalArgumentException.class, () -> OPTICAL.scene(1, 64, side));
    }
  }
}
