package org.skinspectra.camera;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The light that falls on the demo camera's sensors: what lies in front, rendered once for each
 * person, through the camera's response, where the lens sees it and with its vignetting.
 */
final class DemoLight {

  private final DemoOptions options;
  private final Map<String, float[][]> known = new HashMap<>();

  /** Rendered when it is looked at first, null before. */
  private DemoScene scene;

  DemoLight(DemoOptions options) {
    this.options = options;
  }

  /** A person, with the truth. */
  DemoScene person(long person) {
    if (scene == null || scene.person() != person) {
      int margin = options.alignment().margin(options.width(), options.height()) + 4;
      scene = DemoScene.render(person, options.width(), options.height(), margin);
      known.clear();
    }
    return scene;
  }

  /**
   * Electrons per millisecond in every pixel of a camera, by channel; empty in the dark.
   *
   * @param settings that are in force
   */
  Optional<float[][]> on(String camera, DemoSettings settings) {
    boolean colours = settings.seesColours(camera);
    boolean infrared = settings.seesInfrared(camera);
    if (settings.target() == DemoTarget.DARK || !colours && !infrared) {
      return Optional.empty();
    }
    String key =
        "%s %s %s %s %s %d"
            .formatted(
                camera,
                settings.target(),
                colours,
                infrared,
                settings.behindPrism(),
                settings.person());
    float[][] light = known.get(key);
    if (light == null) {
      light = newLight(camera, settings);
      known.put(key, light);
    }
    return Optional.of(light);
  }

  private float[][] newLight(String camera, DemoSettings settings) {
    boolean white = settings.target() == DemoTarget.WHITE;
    float[][] wide = white ? null : person(settings.person()).channels(options.response());
    List<Double> rates = options.sensor().whiteElectronsPerMs();
    float[][] light =
        new float[camera.equals(DemoSettings.N960) ? 1 : 3][options.width() * options.height()];
    for (int c = 0; c < light.length; c++) {
      if (settings.seesColours(camera)) {
        add(light[c], white ? null : scene.middle(wide[c]), rates.get(c));
      }
      if (settings.seesInfrared(camera)) {
        boolean aside = camera.equals(DemoSettings.N960) && !settings.behindPrism();
        add(light[c], white ? null : infraredView(wide[3], aside), rates.get(3));
      }
      vignette(light[c]);
    }
    return light;
  }

  private float[] infraredView(float[] wide, boolean aside) {
    return aside
        ? DemoWarp.seen(
            wide,
            scene.margin(),
            options.width(),
            options.height(),
            options.alignment().toColour(options.width(), options.height()))
        : scene.middle(wide);
  }

  private void add(float[] light, float[] reflectance, double rate) {
    for (int i = 0; i < light.length; i++) {
      double factor = reflectance == null ? options.whiteReflectance() : reflectance[i];
      light[i] += (float) (rate * factor);
    }
  }

  /** The loss grows with the square of the distance from the middle. */
  private void vignette(float[] light) {
    double middleX = (options.width() - 1) / 2.0;
    double middleY = (options.height() - 1) / 2.0;
    double corner = middleX * middleX + middleY * middleY;
    for (int i = 0; i < light.length; i++) {
      double dx = i % options.width() - middleX;
      double dy = i / options.width() - middleY;
      light[i] *= (float) (1 - options.sensor().vignetting() * (dx * dx + dy * dy) / corner);
    }
  }
}
