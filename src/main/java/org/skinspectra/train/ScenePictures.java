package org.skinspectra.train;

import java.util.Optional;
import org.skinspectra.skin.RenderedScene;
import org.skinspectra.skin.SceneGenerator;
import org.skinspectra.skin.Seeds;

/**
 * Rendered scenes.
 *
 * @param side of the scenes in pixels
 */
record ScenePictures(SceneGenerator scenes, int side, long seed) implements PictureSource {

  @Override
  public Picture picture(long number) {
    RenderedScene scene = scenes.scene(Seeds.of(~seed, number), side, side);
    return new Picture(scene.truth(), scene.skin(), Optional.empty());
  }
}
