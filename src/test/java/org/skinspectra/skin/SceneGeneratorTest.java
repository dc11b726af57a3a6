package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SceneGeneratorTest {

  private static final SceneGenerator SCENES = new SceneGenerator(new OpticalSkin());

  @ParameterizedTest
  @EnumSource(SceneKind.class)
  void everySceneIsFiniteNotNegativeAndOfTheAskedSize(SceneKind kind) {
    for (int seed = 0; seed < 8; seed++) {
      RenderedScene scene = SCENES.scene(kind, seed, 40, 32);
      assertTrue(scene.truth().width() == 40 && scene.truth().height() == 32);
      for (float[] plane : scene.truth().planes()) {
        for (float value : plane) {
          assertTrue(value >= 0 && value < 3, kind + " " + seed + ": " + value);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SceneKind.class)
  void theSameSeedGivesTheSameScene(SceneKind kind) {
    RenderedScene one = SCENES.scene(kind, 5, 32, 32);
    RenderedScene other = SCENES.scene(kind, 5, 32, 32);
    assertArrayEquals(one.truth().plane(30), other.truth().plane(30));
    assertArrayEquals(one.skin().weights(), other.skin().weights());
  }

  @ParameterizedTest
  @EnumSource(SceneKind.class)
  void someScenesShowSkinBesideOtherThings(SceneKind kind) {
    int mixed = 0;
    for (int seed = 0; seed < 20; seed++) {
      int skin = SCENES.scene(kind, seed, 32, 32).skin().count();
      mixed += skin > 0 && skin < 32 * 32 ? 1 : 0;
    }
    assertTrue(mixed >= 5, kind + ": " + mixed);
  }

  @Test
  void aSceneNeedsAPixelAtLeast() {
    assertThrows(RuntimeException.class, () -> SCENES.scene(1, 0, 32));
  }
}
