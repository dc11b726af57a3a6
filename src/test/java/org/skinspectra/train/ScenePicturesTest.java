package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.skinspectra.skin.OpticalSkin;
import org.skinspectra.skin.SceneGenerator;

class ScenePicturesTest {

  private static final SceneGenerator SCENES = new SceneGenerator(new OpticalSkin());

  private static float[][] planes(double artefactShare, long number) {
    return new ScenePictures(SCENES, 32, 5, artefactShare).picture(number).truth().planes();
  }

  @Test
  void everySceneHasArtefactsWhereAllShould() {
    for (long number = 0; number < 3; number++) {
      float[][] ideal = planes(0, number);
      float[][] seen = planes(1, number);
      assertTrue(!Arrays.deepEquals(ideal, seen), "scene " + number);
      for (int band = 0; band < ideal.length; band++) {
        for (int i = 0; i < ideal[band].length; i++) {
          assertEquals(ideal[band][i], seen[band][i], 0.2 * ideal[band][i] + 0.03);
        }
      }
      assertArrayEquals(seen[60], planes(1, number)[60]);
    }
  }

  @Test
  void aShareOfTheScenesHasArtefactsAndTheOthersStayWhatTheyAre() {
    long changed =
        LongStream.range(0, 12)
            .filter(number -> !Arrays.deepEquals(planes(0, number), planes(0.5, number)))
            .count();
    assertTrue(changed >= 2 && changed <= 10, changed + " of 12");
  }
}
