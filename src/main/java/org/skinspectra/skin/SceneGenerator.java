package org.skinspectra.skin;

import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/**
 * Paints scenes of skin and other materials, to train on: no two alike, none of a real person. The
 * same seed, kind and size give the same values on every platform. Immutable and thread-safe.
 */
public final class SceneGenerator {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  private final SkinSource skins;

  /** Scenes with people from this source. */
  public SceneGenerator(SkinSource skins) {
    this.skins = skins;
  }

  /** A scene of a kind drawn from the seed. */
  public RenderedScene scene(long seed, int width, int height) {
    SceneKind[] kinds = SceneKind.values();
    return scene(kinds[new Well19937c(~seed).nextInt(kinds.length)], seed, width, height);
  }

  /** A scene of one kind. */
  public RenderedScene scene(SceneKind kind, long seed, int width, int height) {
    RandomGenerator random = new Well19937c(seed);
    PersonalSkin person = skins.person(random);
    SpectralCube truth = SpectralCube.zeros(width, height, GRID);
    double[] spectrum = new double[GRID.size()];
    person.spectrum(SkinSpot.bare(new double[SkinSpot.MAPS]), spectrum);
    for (int band = 0; band < spectrum.length; band++) {
      java.util.Arrays.fill(truth.plane(band), (float) spectrum[band]);
    }
    return new RenderedScene(truth, Mask.all(width, height));
  }
}
