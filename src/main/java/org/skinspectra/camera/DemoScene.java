package org.skinspectra.camera;

import java.util.Arrays;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.profile.SpectralResponse;
import org.skinspectra.skin.CanonicalCamera;
import org.skinspectra.skin.OpticalSkin;
import org.skinspectra.skin.RenderedScene;
import org.skinspectra.skin.SceneGenerator;
import org.skinspectra.skin.SceneKind;

/**
 * The person before the demo camera, and what a perfect instrument would find: on the pixels of the
 * colour camera, free of noise. Around them the scene goes on, for a camera that looks elsewhere.
 */
public final class DemoScene {

  private final long person;
  private final SpectralCube wide;
  private final Mask wideSkin;
  private final int margin;

  private DemoScene(long person, SpectralCube wide, Mask wideSkin, int margin) {
    this.person = person;
    this.wide = wide;
    this.wideSkin = wideSkin;
    this.margin = margin;
  }

  /** Renders a person, and as many pixels more on every side. */
  static DemoScene render(long person, int width, int height, int margin) {
    RenderedScene scene =
        new SceneGenerator(new OpticalSkin())
            .scene(SceneKind.FACE, person, width + 2 * margin, height + 2 * margin);
    return new DemoScene(person, scene.truth(), scene.skin(), margin);
  }

  /** Number of the person. */
  public long person() {
    return person;
  }

  /** Apparent reflectance factor, 400:10:1000 nm. */
  public SpectralCube truth() {
    float[][] planes = new float[wide.bands()][];
    Arrays.setAll(planes, band -> middle(wide.plane(band)));
    return SpectralCube.ofPlanes(width(), height(), wide.wavelengths(), planes);
  }

  /** 1 where more than half of a pixel is skin, else 0. */
  public Mask skin() {
    return new Mask(width(), height(), middle(wideSkin.weights()));
  }

  /** The canonical multispectral image of the truth. */
  public Msi canonical() {
    return new CanonicalCamera(wide.wavelengths()).capture(truth());
  }

  int width() {
    return wide.width() - 2 * margin;
  }

  int height() {
    return wide.height() - 2 * margin;
  }

  int margin() {
    return margin;
  }

  /** What the four channels of a camera see, with the margin. */
  float[][] channels(SpectralResponse response) {
    double[][] weights = response.weights();
    float[][] channels = new float[weights.length][wide.width() * wide.height()];
    for (int c = 0; c < channels.length; c++) {
      for (int band = 0; band < weights[c].length; band++) {
        float weight = (float) weights[c][band];
        float[] plane = wide.plane(band);
        for (int i = 0; i < plane.length && weight != 0; i++) {
          channels[c][i] += weight * plane[i];
        }
      }
    }
    return channels;
  }

  /** The pixels within the margin. */
  float[] middle(float[] plane) {
    float[] middle = new float[width() * height()];
    for (int y = 0; y < height(); y++) {
      System.arraycopy(plane, (y + margin) * wide.width() + margin, middle, y * width(), width());
    }
    return middle;
  }
}
