package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.skinspectra.cube.PixelType;

class BadPixelsTest {

  private static final int SIDE = 96;
  private static final int FRAMES = 8;

  /** Fixed pattern in counts and relative, temporal noise in counts. */
  private static final double DSNU = 5;

  private static final double PRNU = 0.02;
  private static final double READ = 4;

  @Test
  void theSpreadOfAGoodSensorIsMeasuredAndNothingIsFoundBad() {
    for (boolean mosaic : new boolean[] {false, true}) {
      BadPixels bad = find(new Sensor(), mosaic);
      assertEquals(0, bad.count());
      assertEquals(mosaic ? 3 : 1, bad.nonUniformity().size());
      for (BadPixels.NonUniformity channel : bad.nonUniformity()) {
        assertEquals(DSNU, channel.dsnu(), 0.1 * DSNU, channel.toString());
        assertEquals(PRNU, channel.prnu(), 0.1 * PRNU, channel.toString());
      }
    }
  }

  @Test
  void hotDeadAndUnstablePixelsAreFoundAndNoOthers() {
    for (boolean mosaic : new boolean[] {false, true}) {
      Sensor sensor = new Sensor();
      sensor.dark[at(10, 10)] += 400;
      sensor.dark[at(0, 0)] += 400;
      sensor.dark[at(11, 10)] += 900;
      sensor.response[at(40, 41)] = 0;
      sensor.response[at(40, 42)] = 0.5;
      sensor.response[at(95, 95)] = 1.6;
      sensor.noise[at(60, 20)] = 200;
      BadPixels bad = find(sensor, mosaic);
      assertEquals(3, bad.hot());
      assertEquals(3, bad.dead());
      assertEquals(1, bad.unstable());
      assertEquals(7, bad.count());
      assertTrue(bad.contains(0, at(11, 10)));
      assertFalse(bad.contains(0, at(12, 10)));
    }
  }

  /** Dark current grows with the exposure: the dark of the white alone does not show it. */
  @Test
  void aPixelThatIsHotInTheExposureOfThePictureAloneIsFound() {
    Sensor warm = new Sensor();
    warm.dark[at(33, 7)] += 300;
    FrameMean white = new Sensor().take(2500, 11);
    CalibrationReferences references =
        new CalibrationReferences(white, new Sensor().take(0, 12), warm.take(0, 13));
    BadPixels bad =
        ReflectanceCalibration.of(references, SensorRadiometry.LINEAR, CalibrationLimits.DEFAULT)
            .badPixels()
            .orElseThrow();
    assertEquals(1, bad.hot());
    assertTrue(bad.contains(0, at(33, 7)));
  }

  /** A glow of the dark and a light that falls off to a half are no faults of pixels. */
  @Test
  void whatChangesSlowlyOverTheSensorIsNotBad() {
    Sensor sensor = new Sensor();
    for (int i = 0; i < SIDE * SIDE; i++) {
      sensor.dark[i] += 600 * Math.exp(-(i % SIDE) / 30.0);
      sensor.response[i] *= 1 - 0.5 * (i / SIDE) / SIDE;
    }
    assertEquals(0, find(sensor, false).count());
    assertEquals(0, find(sensor, true).count());
  }

  @Test
  void aPerfectSensorHasNoSpread() {
    FrameMean white = FrameMean.of(Frames.gray16(9, 9, 12, Frames.tags(1, 1), (c, x, y) -> 3000));
    FrameMean dark = FrameMean.of(Frames.gray16(9, 9, 12, Frames.tags(1, 1), (c, x, y) -> 64));
    BadPixels bad =
        ReflectanceCalibration.of(
                CalibrationReferences.of(white, dark),
                SensorRadiometry.LINEAR,
                CalibrationLimits.DEFAULT)
            .badPixels()
            .orElseThrow();
    assertEquals(0, bad.count());
    assertEquals(new BadPixels.NonUniformity("RGB", 0, 0), bad.nonUniformity().get(0));
  }

  private static int at(int x, int y) {
    return y * SIDE + x;
  }

  private static BadPixels find(Sensor sensor, boolean mosaic) {
    SensorRadiometry radiometry = SensorRadiometry.LINEAR;
    return ReflectanceCalibration.of(
            CalibrationReferences.of(sensor.take(2500, 11), sensor.take(0, 12)),
            mosaic ? radiometry.withMosaic(BayerPattern.GRBG) : radiometry,
            CalibrationLimits.DEFAULT)
        .badPixels()
        .orElseThrow();
  }

  private static final class Sensor {

    private final double[] dark = new double[SIDE * SIDE];
    private final double[] response = new double[SIDE * SIDE];
    private final double[] noise = new double[SIDE * SIDE];

    Sensor() {
      RandomGenerator random = new Well19937c(1);
      for (int i = 0; i < dark.length; i++) {
        dark[i] = 100 + DSNU * random.nextGaussian();
        response[i] = 1 + PRNU * random.nextGaussian();
        noise[i] = READ;
      }
    }

    FrameMean take(double light, long seed) {
      RandomGenerator random = new Well19937c(seed);
      FrameAverager averager = new FrameAverager();
      for (int n = 0; n < FRAMES; n++) {
        averager.add(
            Frames.of(
                SIDE,
                SIDE,
                PixelType.GRAY32,
                0,
                Frames.tags(1, 1),
                (c, x, y) ->
                    dark[at(x, y)]
                        + light * response[at(x, y)]
                        + noise[at(x, y)] * random.nextGaussian()));
      }
      return averager.mean();
    }
  }
}
