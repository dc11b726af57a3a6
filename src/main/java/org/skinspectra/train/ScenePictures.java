package org.skinspectra.train;

import java.util.Optional;
import org.apache.commons.math3.random.RandomGenerator;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.skin.InstrumentArtefacts;
import org.skinspectra.skin.RenderedScene;
import org.skinspectra.skin.SceneGenerator;
import org.skinspectra.skin.Seeds;

/**
 * Rendered scenes.
 *
 * @param side of the scenes in pixels
 * @param artefactShare of the scenes, 0 to 1, that have the artefacts of an instrument; the others
 *     are what they are without any
 */
record ScenePictures(SceneGenerator scenes, int side, long seed, double artefactShare)
    implements PictureSource {

  /** Apart from the numbers of the scenes themselves. */
  private static final long ARTEFACT_STREAM = 0x415254454641L;

  @Override
  public Picture picture(long number) {
    RenderedScene scene = scenes.scene(Seeds.of(~seed, number), side, side);
    return new Picture(seen(scene.truth(), number), scene.skin(), Optional.empty());
  }

  private SpectralCube seen(SpectralCube truth, long number) {
    if (artefactShare == 0) {
      return truth;
    }
    RandomGenerator random = Seeds.generator(~seed ^ ARTEFACT_STREAM, number);
    return random.nextDouble() < artefactShare
        ? InstrumentArtefacts.typical().applied(truth, random.nextLong())
        : truth;
  }
}
