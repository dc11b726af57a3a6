package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skinspectra.camera.DemoSteps.step;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.SkinSpectraException;

class DemoReadoutTest {

  private static DemoReadout of(RigStep step) {
    DemoSettings settings = new DemoSettings(1);
    settings.apply(step);
    return DemoReadout.of(settings, step, 48, 32);
  }

  private static RigStep in(RigStep step, SensorRegion region) {
    return new RigStep(
        step.channel(),
        step.preset(),
        step.settings(),
        step.camera(),
        step.exposureMs(),
        step.gain(),
        step.average(),
        step.settleMs(),
        Optional.of(region),
        step.binning(),
        step.timeoutMs());
  }

  @Test
  void withoutARegionTheWholeBinnedSensorIsRead() {
    DemoReadout read = of(step("c", "N960", 1, 1, 3));
    assertEquals(new SensorRegion(0, 0, 16, 10), read.region());
    assertEquals(4095, read.scale());
  }

  @Test
  void aMosaicIsReadAsItsSettingSays() {
    DemoReadout read = of(step("c", "RGB", 1, "RGB/PixelType=16bit", "RGB/Bayer=GBRG"));
    assertArrayEquals(new int[] {1, 2, 0, 1}, read.mosaic());
    assertEquals(2, read.channel(5, 4));
    assertEquals(0, read.channel(4, 5));
  }

  @Test
  void halfOfASingleRowIsThatRow() {
    RigStep step = step("c", "N960", 1);
    assertEquals(
        new SensorRegion(2, 4, 10, 5),
        of(in(step, new SensorRegion(2, 4, 10, 11))).halved().region());
    assertEquals(1, of(in(step, new SensorRegion(0, 0, 48, 1))).halved().region().height());
  }

  @ParameterizedTest
  @CsvSource({
    "RGB, 16bit, 2, 0, 0, 4, 4, mix its colours",
    "N960, 16bit, 33, 0, 0, 1, 1, smaller binning",
    "N960, 16bit, 1, 45, 0, 4, 4, Correct the region",
    "N960, 16bit, 2, 0, 13, 4, 4, Correct the region",
    "RGB, 8bit, 1, 1, 0, 4, 4, even pixels"
  })
  void whatTheSensorCannotReadIsRefusedWithTheRemedy(
      String camera, String type, int binning, int x, int y, int width, int height, String remedy) {
    RigStep step = step("c", camera, 1, 1, binning, camera + "/PixelType=" + type);
    String message =
        assertThrows(
                SkinSpectraException.class,
                () -> of(in(step, new SensorRegion(x, y, width, height))))
            .getMessage();
    assertTrue(message.contains(remedy), message);
  }
}
