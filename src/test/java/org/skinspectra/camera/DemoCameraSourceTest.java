package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skinspectra.camera.DemoSteps.step;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.PixelType;
import org.skinspectra.profile.Homography;

class DemoCameraSourceTest {

  /** Without noise to speak of, in 16 bits. */
  private static final DemoSensor QUIET = DemoSensor.EVEN.withElectrons(1e8).withReadNoise(0);

  private static final RigStep RGB = step("RGB", "RGB", 10, "RGB/BitDepth=16");
  private static final RigStep N960 = step("N960", "N960", 20, "N960/BitDepth=16");
  private static final RigStep WHITE = step("RGB", "RGB", 10, "Scene/Target=white");

  private DemoCameraSource source = DemoSteps.open();

  @AfterEach
  void close() {
    source.close();
  }

  private void open(DemoOptions options) {
    source.close();
    source = new DemoCameraSource(options);
  }

  // -- Always the same --

  @Test
  void oneSeedAlwaysGivesTheSameFramesWhateverElseIsTaken() {
    List<byte[]> first = List.of(bytes(source.snap(RGB)), bytes(source.snap(RGB)));
    open(DemoSteps.options());
    source.snap(N960);
    byte[] again = bytes(source.snap(RGB));
    source.snap(step("x", "Camera", 1));
    assertArrayEquals(first.get(0), again);
    assertArrayEquals(first.get(1), bytes(source.snap(RGB)));
    assertFalse(Arrays.equals(first.get(0), first.get(1)), "noise repeats");
  }

  @Test
  void anotherSeedGivesOtherNoise() {
    byte[] one = bytes(source.snap(RGB));
    open(DemoSteps.options().withSeed(2));
    assertFalse(Arrays.equals(one, bytes(source.snap(RGB))));
  }

  @Test
  void framesDoNotDependOnTheNumberOfThreads() throws Exception {
    byte[] many = bytes(source.snap(N960));
    open(DemoSteps.options());
    ForkJoinPool one = new ForkJoinPool(1);
    try {
      assertArrayEquals(many, bytes(one.submit(() -> source.snap(N960)).get()));
    } finally {
      one.shutdown();
    }
  }

  @Test
  void framesOfThisVersionStayAsTheyAre() {
    CRC32 crc = new CRC32();
    crc.update(bytes(source.snap(WHITE)));
    assertEquals(WHITE_CRC, crc.getValue());
  }

  private static final long WHITE_CRC = 4041851420L;

  @Test
  void framesAreTakenAtTheTimeOfTheClock() {
    Instant noon = Instant.parse("2026-01-02T12:00:00Z");
    open(DemoSteps.options().withClock(Clock.fixed(noon, ZoneOffset.UTC)));
    assertEquals(noon, source.snap(RGB).tags().taken());
  }

  // -- What is delivered --

  @ParameterizedTest
  @CsvSource({
    "RGB, 64bitRGB, BGRA64, 12",
    "RGB, 32bitRGB, BGRA32, 8",
    "RGB, 16bit, GRAY16, 12",
    "RGB, 8bit, GRAY8, 8",
    "RGB, 32bit, GRAY32, 0",
    "Camera, 64bitRGB, BGRA64, 12",
    "N960, 16bit, GRAY16, 12",
    "N960, 8bit, GRAY8, 8",
    "N960, 32bit, GRAY32, 0"
  })
  void everyPixelTypeIsDelivered(String camera, String key, PixelType type, int bits) {
    Frame frame = source.snap(step("X", camera, 5, camera + "/PixelType=" + key));
    assertEquals(type, frame.type());
    assertEquals(bits, frame.bits());
    assertEquals(key, frame.tags().all().get("PixelType"));
    assertEquals("48", frame.tags().all().get("Width"));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 10, 12, 14, 16})
  void countsStayWithinTheirBitsAndReachTheirEnd(int bits) {
    RigStep step =
        step("X", "RGB", 500, "RGB/PixelType=16bit", "RGB/BitDepth=" + bits, "Scene/Target=white");
    assertEquals((1 << bits) - 1, mean(source.snap(step).plane(0)), "saturated");
    float[] dark = source.snap(step("X", "RGB", 1, "Scene/Target=dark")).plane(0);
    assertEquals(0.02 * ((1 << bits) - 1), median(dark), 0.02 * (1 << bits));
  }

  @ParameterizedTest
  @CsvSource({"RGGB, 0112", "BGGR, 2110", "GRBG, 1021", "GBRG, 1201"})
  void aMosaicHasOneColourOfEachPixelInItsPattern(String pattern, String channels) {
    Frame colour = source.snap(RGB);
    open(DemoSteps.options());
    Frame mosaic =
        source.snap(
            step(
                "RGB",
                "RGB",
                10,
                "RGB/BitDepth=16",
                "RGB/PixelType=16bit",
                "RGB/Bayer=" + pattern));
    float[] counts = mosaic.plane(0);
    for (int i = 0; i < counts.length; i++) {
      int site = i / 48 % 2 * 2 + i % 2;
      assertEquals(colour.plane(channels.charAt(site) - '0')[i], counts[i], "pixel " + i);
    }
    assertEquals(pattern, mosaic.tags().all().get("BayerPattern"));
  }

  @Test
  void aRegionIsAPartOfTheWholeFrame() {
    float[] whole = source.snap(N960).plane(0);
    open(DemoSteps.options());
    Frame part = source.snap(region(N960, 5, 7, 20, 10));
    for (int y = 0; y < 10; y++) {
      assertArrayEquals(
          Arrays.copyOfRange(whole, (y + 7) * 48 + 5, (y + 7) * 48 + 25),
          Arrays.copyOfRange(part.plane(0), y * 20, y * 20 + 20));
    }
    assertEquals("5-7-20-10", part.tags().all().get("ROI"));
  }

  @Test
  void binnedPixelsAreMeans() {
    float[] whole = source.snap(N960).plane(0);
    open(DemoSteps.options());
    Frame binned = source.snap(step("N960", "N960", 20, 1, 4, "N960/BitDepth=16"));
    assertEquals(List.of(12, 8), List.of(binned.width(), binned.height()));
    double mean = 0;
    for (int i = 0; i < 16; i++) {
      mean += whole[(4 + i / 4) * 48 + 8 + i % 4] / 16;
    }
    assertEquals(mean, binned.plane(0)[12 + 2], 1);
  }

  // -- The sensor: EMVA 1288 --

  /** Variance over mean is the gain of the system, as the light is Poisson's (EMVA 1288, 2.3). */
  @Test
  void thePhotonTransferCurveHasTheSlopeOfTheGain() {
    open(DemoSteps.options().withSize(256, 256).withSensor(DemoSensor.EVEN));
    for (double gain : new double[] {1, 2}) {
      double k = 65535 * gain / 15_000;
      double[] dark = statistics("Scene/Target=dark", 1, gain);
      for (double ms : new double[] {2, 5, 10}) {
        double[] light = statistics("Scene/Target=white", ms, gain);
        assertEquals(k, (light[1] - dark[1]) / (light[0] - dark[0]), 0.02 * k, ms + " ms");
        // The signal: electrons of white at 960 nm.
        assertEquals(0.99 * 400 * ms, (light[0] - dark[0]) / k, 0.01 * 400 * ms + 1, ms + " ms");
      }
      assertEquals(0.02 * 65535, dark[0], 2 * k, "dark level");
      assertEquals(3 * k, Math.sqrt(dark[1]), 0.03 * 3 * k, "read noise");
    }
  }

  @Test
  void theDarkSignalGrowsWithTheExposure() {
    open(DemoSteps.options().withSensor(DemoSensor.EVEN.withDarkCurrent(1)));
    double k = 65535 / 15_000.0;
    double[] brief = statistics("Scene/Target=dark", 10, 1);
    double[] longer = statistics("Scene/Target=dark", 1010, 1);
    assertEquals(1000, (longer[0] - brief[0]) / k, 5);
    assertEquals(1000, (longer[1] - brief[1]) / k / k, 60, "its shot noise");
  }

  @Test
  void pixelsDifferByTheStatedNonUniformity() {
    open(DemoSteps.options().withSize(128, 128).withSensor(QUIET.withNonUniformity(5e8, 0.02)));
    float[] dark =
        source.snap(step("N960", "N960", 10, "Scene/Target=dark", "N960/BitDepth=16")).plane(0);
    float[] white = source.snap(step("N960", "N960", 10, "Scene/Target=white")).plane(0);
    double k = 65535 / 15_000e8;
    assertEquals(5e8, deviation(dark) / k, 0.03 * 5e8, "DSNU");
    float[] light = difference(white, dark);
    assertEquals(0.02, deviation(light) / mean(light), 0.0008, "PRNU");
  }

  @Test
  void whiteHasFortyDecibelsInGreenAfterTwelveMilliseconds() {
    open(DemoSteps.options().withSize(128, 128).withSensor(DemoSensor.EVEN));
    RigStep step = step("RGB", "RGB", 12, "Scene/Target=white", "RGB/BitDepth=16");
    float[] a = source.snap(step).plane(1);
    float[] b = source.snap(step).plane(1);
    double signal = mean(a) - 0.02 * 65535;
    double noise = deviation(difference(a, b)) / Math.sqrt(2);
    assertEquals(40, 20 * Math.log10(signal / noise), 0.3);
    assertTrue(mean(a) > 0.5 * 65535 && mean(a) < 0.8 * 65535);
  }

  @Test
  void theCornersLoseTheStatedLight() {
    open(DemoSteps.options().withSensor(QUIET.withVignetting(0.4)));
    RigStep step = step("N960", "N960", 10, "Scene/Target=white", "N960/BitDepth=16");
    float[] white = source.snap(step).plane(0);
    double dark = 0.02 * 65535;
    double middle = white[16 * 48 + 24] - dark;
    assertEquals(0.6, (white[0] - dark) / middle, 0.002);
    assertEquals(0.6, (white[white.length - 1] - dark) / middle, 0.002);
  }

  @Test
  void theStatedShareOfPixelsIsBad() {
    open(DemoSteps.options().withSize(256, 256).withSensor(QUIET.withBadPixels(0.01)));
    float[] dark =
        source.snap(step("N960", "N960", 20, "Scene/Target=dark", "N960/BitDepth=16")).plane(0);
    float[] white = source.snap(step("N960", "N960", 20, "Scene/Target=white")).plane(0);
    double hot = share(dark, v -> v > 10_000);
    double dead = share(white, v -> v < 5000);
    assertEquals(0.005, hot, 0.001);
    assertEquals(0.005, dead, 0.001);
  }

  @Test
  void theSignalIsProportionalToExposureAndGain() {
    open(DemoSteps.options().withSensor(QUIET));
    double dark = 0.02 * 65535;
    String[] settings = {"Scene/Target=white", "N960/BitDepth=16"};
    double once = mean(source.snap(step("N960", "N960", 5, settings)).plane(0)) - dark;
    double longer = mean(source.snap(step("N960", "N960", 15, settings)).plane(0)) - dark;
    double amplified = mean(source.snap(step("N960", "N960", 5, 3, 1, settings)).plane(0)) - dark;
    assertEquals(3 * once, longer, 2);
    assertEquals(3 * once, amplified, 2);
  }

  // -- The scene --

  @Test
  void calibratedFramesAreTheCanonicalImage() {
    open(DemoSteps.options().withSensor(QUIET.withNonUniformity(1e8, 0.05).withVignetting(0.3)));
    Msi truth = source.scene().canonical();
    for (RigStep step : List.of(RGB, withSetting(N960, "N960/Mount=prism"))) {
      float[][] reflectance = calibrated(step);
      for (int c = 0; c < reflectance.length; c++) {
        for (int i = 0; i < reflectance[c].length; i++) {
          float expected = truth.pixels()[4 * i + (reflectance.length == 1 ? 3 : c)];
          assertEquals(expected, reflectance[c][i], 2e-4 + 2e-4 * expected, "pixel " + i);
        }
      }
    }
  }

  @Test
  void theTruthHasTheSizeOfTheFramesAndSkin() {
    DemoScene scene = source.scene();
    assertEquals(
        List.of(48, 32, 61),
        List.of(scene.truth().width(), scene.truth().height(), scene.truth().bands()));
    int skin = scene.skin().count();
    assertTrue(skin > 48 * 32 / 4 && skin < 48 * 32, skin + " pixels of skin");
    assertEquals(16, scene.person());
  }

  @Test
  void anotherPersonIsAnotherScene() {
    byte[] one = bytes(source.snap(RGB));
    source.snap(withSetting(RGB, "Scene/Person=17"));
    assertEquals(17, source.scene().person());
    open(DemoSteps.options().withPerson(17));
    assertFalse(Arrays.equals(one, bytes(source.snap(RGB))));
  }

  @Test
  void theInfraredCameraBehindTheSplitterLooksElsewhere() {
    open(DemoSteps.options().withSensor(QUIET).withAlignment(DemoAlignment.of(5, -3, 0, 1)));
    float[] aligned = source.snap(withSetting(N960, "N960/Mount=prism")).plane(0);
    float[] shifted = source.snap(withSetting(N960, "N960/Mount=splitter")).plane(0);
    for (int y = 3; y < 32; y++) {
      for (int x = 0; x < 43; x++) {
        assertEquals(aligned[(y - 3) * 48 + x + 5], shifted[y * 48 + x], 1);
      }
    }
    assertNotEquals(aligned[10 * 48 + 10], shifted[10 * 48 + 10]);
  }

  @Test
  void theHomographyShiftsTurnsScalesAndTiltsAboutTheMiddle() {
    Homography h = new DemoAlignment(4, -2, 30.0 / 10, 1.05, 1e-4, -2e-4).toColour(101, 51);
    assertArrayEquals(new double[] {54, 23}, h.apply(50, 25), 1e-9, "middle");
    Homography flat = DemoAlignment.of(0, 0, 3, 1.05).toColour(101, 51);
    double[] right = flat.apply(60, 25);
    assertEquals(50 + 10.5 * Math.cos(Math.toRadians(3)), right[0], 1e-9);
    assertEquals(25 + 10.5 * Math.sin(Math.toRadians(3)), right[1], 1e-9);
    Homography tilted = new DemoAlignment(0, 0, 0, 1, 1e-4, 0).toColour(101, 51);
    assertEquals(50 + 50 / 1.005, tilted.apply(100, 25)[0], 1e-9);
    assertEquals(50 - 50 / 0.995, tilted.apply(0, 25)[0], 1e-9);
  }

  @Test
  void aWarpKeepsWhatIsFlatAndCurvesOfTheScene() {
    int margin = 6;
    float[] plane = new float[52 * 44];
    float[] flat = new float[52 * 44];
    Arrays.fill(flat, 0.7f);
    for (int i = 0; i < plane.length; i++) {
      plane[i] = wave(i % 52 - margin, i / 52 - margin);
    }
    Homography h = DemoAlignment.of(1.3, -0.6, 1, 1.01).toColour(40, 32);
    float[] warped = DemoWarp.seen(plane, margin, 40, 32, h);
    float[] still = DemoWarp.seen(flat, margin, 40, 32, h);
    for (int i = 0; i < warped.length; i++) {
      double[] place = h.apply(i % 40, i / 40);
      assertEquals(wave(place[0], place[1]), warped[i], 0.004, "pixel " + i);
      assertEquals(0.7f, still[i], 1e-6);
    }
  }

  private static float wave(double x, double y) {
    return (float) (0.5 + 0.2 * Math.sin(x / 2.5) + 0.2 * Math.cos(y / 3));
  }

  @ParameterizedTest
  @CsvSource({
    "Visible, white, true, false",
    "Visible, 960nm, false, false",
    "Visible, both, true, false",
    "960nm, white, false, false",
    "960nm, both, false, true",
    "none, white, true, false",
    "none, 960nm, false, true",
    "none, both, true, true",
    "none, off, false, false"
  })
  void filterAndLampDecideWhatTheSingleCameraSees(
      String filter, String light, boolean colours, boolean infrared) {
    open(DemoSteps.options().withSensor(QUIET));
    RigStep step =
        step(
            "X",
            "Camera",
            5,
            "Wheel/Filter=" + filter,
            "Lamp/Light=" + light,
            "Scene/Target=white",
            "Camera/BitDepth=16");
    Frame frame = source.snap(step);
    double[] rates = {600, 833, 700};
    for (int c = 0; c < 3; c++) {
      double rate = (colours ? rates[c] : 0) + (infrared ? 400 : 0);
      double expected = 65535 * (0.02 + 0.99 * rate * 5 / 15_000);
      assertEquals(expected, mean(frame.plane(c)), 2 + 1e-4 * expected);
    }
  }

  @Test
  void presetsTurnFilterAndLamp() {
    RigStep plain = step("N960", "Camera", 5);
    RigStep step =
        new RigStep(
            "N960",
            Optional.of(new ConfigPreset("Channel", "N960")),
            List.of(),
            "Camera",
            5,
            1,
            1,
            0,
            plain.region(),
            1,
            1000);
    Frame frame = source.snap(step);
    assertEquals("960nm", frame.tags().all().get("Wheel/Filter"));
    assertEquals("960nm", frame.tags().all().get("Lamp/Light"));
  }

  @Test
  void theTagsTellTheSettingsThatMatter() {
    Frame frame = source.snap(step("N960", "N960", 5, "Scene/Target=white"));
    assertEquals("white", frame.tags().all().get("Scene/Target"));
    assertEquals("16", frame.tags().all().get("Scene/Person"));
    assertFalse(frame.tags().all().containsKey("RGB/PixelType"), frame.tags().toString());
    assertEquals("0", frame.tags().all().get("FrameIndex"));
    assertEquals("1", source.snap(N960).tags().all().get("FrameIndex"));
  }

  // -- What cannot be --

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Scene/Target=moon | [scene, white, dark]",
        "Scene/Person=-1 | a whole number from 0",
        "Scene/Person=x | a whole number from 0",
        "RGB/PixelType=24bit | [64bitRGB, 32bitRGB, 16bit, 8bit, 32bit]",
        "N960/PixelType=64bitRGB | [16bit, 8bit, 32bit]",
        "RGB/BitDepth=17 | 16]",
        "Stage/Z=1 | no setting Stage/Z; it has [Scene/Target"
      })
  void anImpossibleSettingIsRefusedWithWhatIsPossible(String setting, String message) {
    RigStep step = step("RGB", "RGB", 5, "Scene/Target=white", setting);
    String told = assertThrows(SkinSpectraException.class, () -> source.snap(step)).getMessage();
    assertTrue(told.contains(message), told);
    assertEquals(
        "scene", source.snap(RGB).tags().all().get("Scene/Target"), "nothing of the step was set");
  }

  @Test
  void impossibleRegionsBinningsAndPresetsAreRefused() {
    refused(region(N960, 40, 0, 20, 8), "48x32 pixels after binning");
    refused(step("N960", "N960", 5, 1, 64), "smaller binning");
    refused(step("RGB", "RGB", 5, 1, 2, "RGB/PixelType=16bit"), "mix its colours");
    refused(
        region(step("RGB", "RGB", 5, "RGB/PixelType=8bit"), 1, 0, 8, 8), "Begin at even pixels");
  }

  private void refused(RigStep step, String message) {
    String told = assertThrows(SkinSpectraException.class, () -> source.snap(step)).getMessage();
    assertTrue(told.contains(message), told);
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    DemoOptions options = DemoSteps.options();
    assertThrows(IllegalArgumentException.class, () -> options.withSize(31, 64));
    assertThrows(IllegalArgumentException.class, () -> options.withSize(64, 2049));
    assertThrows(IllegalArgumentException.class, () -> options.withWhiteReflectance(0));
    assertThrows(IllegalArgumentException.class, () -> QUIET.withVignetting(1));
    assertThrows(IllegalArgumentException.class, () -> QUIET.withReadNoise(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> DemoAlignment.of(101, 0, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> DemoAlignment.of(0, 0, 0, 0));
  }

  // -- Tools --

  private static RigStep region(RigStep s, int x, int y, int width, int height) {
    return new RigStep(
        s.channel(),
        s.preset(),
        s.settings(),
        s.camera(),
        s.exposureMs(),
        s.gain(),
        s.average(),
        s.settleMs(),
        Optional.of(new SensorRegion(x, y, width, height)),
        s.binning(),
        s.timeoutMs());
  }

  private static RigStep withSetting(RigStep s, String setting) {
    List<String> all =
        new ArrayList<>(
            s.settings().stream()
                .map(d -> d.device() + "/" + d.property() + "=" + d.value())
                .toList());
    all.add(setting);
    return step(s.channel(), s.camera(), s.exposureMs(), all.toArray(String[]::new));
  }

  private float[][] calibrated(RigStep step) {
    Frame image = source.snap(withSetting(step, "Scene/Target=scene"));
    Frame white = source.snap(withSetting(step, "Scene/Target=white"));
    Frame dark = source.snap(withSetting(step, "Scene/Target=dark"));
    float[][] reflectance = new float[image.type().channels()][];
    for (int c = 0; c < reflectance.length; c++) {
      float[] i = image.plane(c);
      float[] w = white.plane(c);
      float[] d = dark.plane(c);
      reflectance[c] = new float[i.length];
      for (int p = 0; p < i.length; p++) {
        reflectance[c][p] = (float) (0.99 * (i[p] - d[p]) / (w[p] - d[p]));
      }
    }
    return reflectance;
  }

  /** Mean of two frames of the 960 nm camera and variance of their noise. */
  private double[] statistics(String target, double ms, double gain) {
    RigStep step = step("N960", "N960", ms, gain, 1, target, "N960/PixelType=32bit");
    float[] a = source.snap(step).plane(0);
    float[] b = source.snap(step).plane(0);
    double deviation = deviation(difference(a, b));
    return new double[] {(mean(a) + mean(b)) / 2, deviation * deviation / 2};
  }

  private static byte[] bytes(Frame frame) {
    return frame.bytes().array();
  }

  private static float[] difference(float[] a, float[] b) {
    float[] difference = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double median(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double deviation(float[] values) {
    double mean = mean(values);
    double sum = 0;
    for (float value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }

  private interface Condition {
    boolean holds(float value);
  }

  private static double share(float[] values, Condition condition) {
    int count = 0;
    for (float value : values) {
      count += condition.holds(value) ? 1 : 0;
    }
    return count / (double) values.length;
  }
}
