package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skinspectra.camera.DemoSteps.step;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DemoLightTest {

  private final DemoOptions options = DemoSteps.options();
  private final DemoLight light = new DemoLight(options);
  private final DemoSettings settings = new DemoSettings(options.person());

  private float[][] on(String camera) {
    return light.on(camera, settings).orElseThrow();
  }

  @Test
  void noLightComesThroughTheLidOrFromLampsThatAreOff() {
    settings.place(DemoTarget.DARK);
    assertTrue(light.on("RGB", settings).isEmpty());
    settings.place(DemoTarget.SCENE);
    settings.apply(step("c", "Camera", 1, "Lamp/Light=off"));
    assertTrue(light.on("Camera", settings).isEmpty());
    assertFalse(light.on("RGB", settings).isEmpty());
  }

  @Test
  void theWhiteIsBrightestInTheMiddleAndByTheRatesOfTheSensor() {
    settings.place(DemoTarget.WHITE);
    double rate = options.sensor().whiteElectronsPerMs().get(3) * options.whiteReflectance();
    float[] infrared = on("N960")[0];
    int middle = options.height() / 2 * options.width() + options.width() / 2;
    double corner = rate * (1 - options.sensor().vignetting());
    assertEquals(rate, infrared[middle], 0.01 * rate);
    assertEquals(corner, infrared[0], 1e-4 * rate);
    assertEquals(3, on("RGB").length);
  }

  @Test
  void bothLampsGiveTheSumOfEach() {
    settings.apply(step("c", "Camera", 1, "Lamp/Light=white"));
    float[] white = on("Camera")[1];
    settings.apply(step("c", "Camera", 1, "Lamp/Light=960nm"));
    float[] infrared = on("Camera")[1];
    settings.apply(step("c", "Camera", 1, "Lamp/Light=both"));
    float[] both = on("Camera")[1];
    for (int i = 0; i < both.length; i++) {
      assertEquals(white[i] + infrared[i], both[i], 1e-4 * both[i]);
    }
  }

  @Test
  void anotherMountShiftsOnlyTheInfrared() {
    float[] aside = on("N960")[0];
    float[][] colours = on("RGB");
    settings.apply(step("c", "N960", 1, "N960/Mount=prism"));
    assertFalse(Arrays.equals(aside, on("N960")[0]));
    assertTrue(Arrays.deepEquals(colours, on("RGB")));
  }

  @Test
  void aPersonIsRenderedOnceAndAnotherOneAnew() {
    DemoScene first = light.person(3);
    float[][] seen = on("RGB");
    assertSame(seen, on("RGB"));
    assertSame(light.person(settings.person()), light.person(settings.person()));
    settings.apply(step("c", "RGB", 1, "Scene/Person=3"));
    assertNotSame(seen, on("RGB"));
    assertEquals(first.person(), light.person(3).person());
  }
}
