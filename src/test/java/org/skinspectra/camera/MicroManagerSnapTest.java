package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skinspectra.camera.MicroManagerStandIn.fault;
import static org.skinspectra.camera.MicroManagerStandIn.nir;
import static org.skinspectra.camera.MicroManagerStandIn.plain;
import static org.skinspectra.camera.MicroManagerStandIn.rgb;
import static org.skinspectra.camera.MicroManagerStandIn.withSensor;
import static org.skinspectra.camera.MicroManagerStandIn.withTimes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.PixelType;

class MicroManagerSnapTest {

  private static final int RGB_NUMBER = 1;
  private static final int NIR_NUMBER = 2;

  @TempDir Path folder;

  private MicroManagerSource source;

  @BeforeEach
  void connect() {
    source = MicroManagerStandIn.openTwoCameras(folder);
  }

  @AfterEach
  void disconnect() {
    source.close();
  }

  @Test
  void aColourFrameIsThatOfItsCameraInBlueGreenRed() {
    Frame frame = source.snap(rgb());
    assertEquals(PixelType.BGRA32, frame.type());
    assertEquals(8, frame.bits());
    assertEquals(64, frame.width());
    assertEquals(48, frame.height());
    assertArrayEquals(new float[] {0, 1, RGB_NUMBER}, firstPixel(frame));
    assertEquals("RGB", frame.tags().channel());
    assertEquals("RGBCam", frame.tags().camera());
    assertEquals(1, frame.tags().exposureMs());
    assertEquals(1, frame.tags().gain());
    assertEquals("RGB32", frame.tags().all().get("PixelType"));
  }

  @Test
  void aMonochromeFrameHasTheBitsOfItsCameraAndIsTakenBehindItsFilter() {
    Frame frame = source.snap(nir());
    assertEquals(PixelType.GRAY16, frame.type());
    assertEquals(12, frame.bits());
    assertEquals(4095, frame.fullScale());
    assertArrayEquals(
        new float[] {NIR_NUMBER, 1, 1}, Arrays.copyOf(frame.plane(0), 3), "camera, count, filter");
  }

  @ParameterizedTest
  @CsvSource({
    "8bit, GRAY8, 8, 2",
    "16bit, GRAY16, 16, 2",
    "32bit, GRAY32, 0, 2",
    "32bitRGB, BGRA32, 8, 0",
    "64bitRGB, BGRA64, 16, 0"
  })
  void everyPixelTypeIsRead(String key, PixelType type, int bits, float first) {
    Frame frame = source.snap(plain("NIRCam", new DeviceSetting("NIRCam", "PixelType", key)));
    assertEquals(type, frame.type());
    assertEquals(bits, frame.bits());
    assertEquals(first, frame.plane(0)[0]);
    assertEquals(
        64L * 48 * type.samplesPerPixel() * type.bytesPerSample(), frame.bytes().remaining());
  }

  @ParameterizedTest
  @CsvSource({"8, 8", "24, 8", "32, 8", "7, 7"})
  void theBitsOfAColourPixelAreThoseOfItsSamples(String stated, int bits) {
    assertEquals(
        bits, source.snap(plain("RGBCam", new DeviceSetting("RGBCam", "BitDepth", stated))).bits());
  }

  /** MMCore gives zeros without an error of a camera that was never exposed. */
  @Test
  void theFirstFrameOfASecondCameraIsNotEmpty() {
    source.snap(rgb());
    assertEquals(NIR_NUMBER, source.snap(nir()).plane(0)[0]);
  }

  @Test
  void camerasThatTakeTurnsNeverGiveAnOldFrame() {
    for (int i = 1; i <= 20; i++) {
      assertArrayEquals(new float[] {0, i, RGB_NUMBER}, firstPixel(source.snap(rgb())));
      float[] samples = source.snap(nir()).plane(0);
      assertEquals(i, samples[1]);
      assertEquals(1, samples[2]);
    }
  }

  @Test
  void whatIsInForceIsNotSetAgain() {
    source.snap(nir());
    List<String> calls = MicroManagerStandIn.calls(source);
    calls.clear();
    source.snap(nir());
    assertEquals(List.of("snapImage NIRCam"), calls);
  }

  @Test
  void whatAnotherHandChangedIsSetAgain() {
    source.snap(nir());
    MicroManagerStandIn.set(source, "Wheel", "Label", "Visible");
    assertEquals(1, source.snap(nir()).plane(0)[2]);
  }

  @Test
  void numbersThatAreWrittenDifferentlyAreTheSameSetting() {
    RigStep step = plain("NIRCam", new DeviceSetting("NIRCam", "Gain", "0.000"));
    source.snap(step);
    List<String> calls = MicroManagerStandIn.calls(source);
    calls.clear();
    source.snap(plain("NIRCam", new DeviceSetting("NIRCam", "Gain", "0")));
    assertEquals(List.of("snapImage NIRCam"), calls);
  }

  @Test
  void aSettingThatReplacesOneOfThePresetIsNotSetBackAndForth() {
    RigStep step = rgb();
    RigStep replaced =
        new RigStep(
            step.channel(),
            step.preset(),
            List.of(new DeviceSetting("Wheel", "Label", "960nm")),
            step.camera(),
            1,
            1,
            1,
            0,
            Optional.empty(),
            1,
            10_000);
    source.snap(replaced);
    List<String> calls = MicroManagerStandIn.calls(source);
    calls.clear();
    source.snap(replaced);
    assertEquals(List.of("snapImage RGBCam"), calls);
  }

  @Test
  void afterAnErrorEverythingIsSetAnew() {
    source.snap(rgb());
    refused(plain("RGBCam", new DeviceSetting("Ghost", "Gain", "1")), "Ghost");
    List<String> calls = MicroManagerStandIn.calls(source);
    calls.clear();
    source.snap(rgb());
    assertTrue(calls.contains("setConfig Channel RGB"), calls.toString());
    assertTrue(calls.contains("clearROI"), calls.toString());
  }

  @Test
  void theStepSettlesOnlyWhereSomethingWasSet() {
    RigStep settling = withTimes(rgb(), 1, 60, 10_000);
    source.snap(nir());
    long begun = System.nanoTime();
    source.snap(settling);
    assertTrue(System.nanoTime() - begun >= 60_000_000L);
    List<Long> again = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      begun = System.nanoTime();
      source.snap(settling);
      again.add(System.nanoTime() - begun);
    }
    assertTrue(again.stream().mapToLong(Long::longValue).min().orElseThrow() < 60_000_000L);
  }

  @Test
  void theRegionIsSetAfterTheBinningThatResetsIt() {
    SensorRegion region = new SensorRegion(4, 2, 16, 10);
    Frame frame = source.snap(withSensor(nir(), Optional.of(region), 2));
    assertEquals(16, frame.width());
    assertEquals(10, frame.height());
    assertEquals("4-2-16-10", frame.tags().all().get("ROI"));
    assertEquals("2", frame.tags().all().get("Binning"));
    Frame whole = source.snap(withSensor(nir(), Optional.empty(), 1));
    assertEquals(64, whole.width());
    assertEquals(48, whole.height());
    Frame binned = source.snap(withSensor(nir(), Optional.empty(), 4));
    assertEquals(16, binned.width());
    assertEquals(12, binned.height());
  }

  @Test
  void aRegionThatTheCameraRoundsIsRefusedWithTheOneItReads() {
    refused(
        withSensor(nir(), Optional.of(new SensorRegion(0, 0, 17, 10)), 1),
        "reads the region 16x10 at (0, 0) in place of 17x10");
  }

  @Test
  void aBinningThatTheCameraCannotDoIsRefused() {
    refused(withSensor(nir(), Optional.empty(), 3), "bins 1, 2, 4, 8 pixels", "asks for 3");
  }

  @Test
  void anExposureThatTheCameraCannotDoIsRefused() {
    source.snap(plain("RGBCam", new DeviceSetting("RGBCam", "MaximumExposureMs", "5")));
    refused(
        withTimes(plain("RGBCam"), 50, 0, 10_000), "exposes for 5.0 ms in place of the 50.0 ms");
    assertEquals(5, source.snap(withTimes(plain("RGBCam"), 5.05, 0, 10_000)).tags().exposureMs());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NullImage | delivered no pixels at all",
        "WrongCamera | delivered an image of OtherCam",
        "WrongWidth | delivered an image of width 7",
        "WrongType | delivered an array of type int[]",
        "WrongSize | delivered an array of 1536 16-bit numbers in place of 64x48 pixels 16bit",
        "BadDepth | has 99 bits a sample",
        "FailOnSnap | Camera not responding (10013)"
      })
  void aFrameThatIsNotTheOneAskedForIsNeverHandedOn(String fault, String said) {
    refused(fault("NIRCam", fault), said, "NIRCam");
    source.snap(fault("NIRCam", ""));
  }

  @Test
  void aCameraThatStandsForSeveralIsRefused() {
    refused(
        plain("RGBCam", new DeviceSetting("RGBCam", "Channels", "2")),
        "stands for 2 cameras at once");
  }

  @Test
  void aStaleBufferIsRefused() {
    source.snap(nir());
    refused(fault("NIRCam", "Stale"), "the same image bit for bit");
  }

  @Test
  void aBufferThatIsStaleOnceIsReadAgain() {
    source.snap(fault("NIRCam", "StaleOnce"));
    for (int i = 0; i < 3; i++) {
      RigStep step =
          plain(
              "NIRCam",
              new DeviceSetting("NIRCam", "Fault", "StaleOnce"),
              new DeviceSetting("NIRCam", "Gain", Integer.toString(i + 1)));
      float before = source.snap(plain("NIRCam")).plane(0)[1];
      assertEquals(before + 1, source.snap(step).plane(0)[1]);
    }
  }

  @Test
  void aCoveredCameraMayGiveTheSameImageTwice() {
    for (int i = 0; i < 3; i++) {
      RigStep covered =
          plain(
              "NIRCam",
              new DeviceSetting("NIRCam", "Fault", "Covered"),
              new DeviceSetting("NIRCam", "Gain", Integer.toString(i)));
      assertEquals(0, source.snap(covered).plane(0)[0]);
    }
  }

  @Test
  void aDeviceThatIsNotThereIsNamed() {
    refused(plain("GhostCam"), "GhostCam", "The device is not there");
    refused(plain("RGBCam", new DeviceSetting("Ghost", "Gain", "1")), "Ghost", "not there");
    source.snap(rgb());
  }

  @Test
  void aCameraThatIsUnloadedBetweenStepsIsNamed() {
    source.snap(nir());
    MicroManagerStandIn.call(source, "unloadDevice", "NIRCam");
    refused(nir(), "NIRCam", "The device is not there");
    assertEquals("RGBCam", source.snap(rgb()).tags().camera());
  }

  @Test
  void aPropertyOrAValueThatTheDeviceHasNotIsNamed() {
    refused(
        plain("RGBCam", new DeviceSetting("RGBCam", "Gian", "1")),
        "Gian",
        "device property browser");
    refused(
        plain("RGBCam", new DeviceSetting("RGBCam", "PixelType", "9bit")),
        "9bit",
        "device property browser");
  }

  @Test
  void aPresetThatTheConfigurationHasNotIsNamed() {
    RigStep step = rgb();
    refused(
        new RigStep(
            "RGB",
            Optional.of(new ConfigPreset("Channel", "UV")),
            List.of(),
            step.camera(),
            1,
            1,
            1,
            0,
            Optional.empty(),
            1,
            10_000),
        "UV",
        "no such group or preset");
  }

  /** MMCore's own waitForConfig would keep quiet. */
  @Test
  void aDeviceThatDoesNotBecomeReadyIsNamedInTime() {
    source.snap(plain("RGBCam", new DeviceSetting("Wheel", "Gain", "0")));
    RigStep stuck = withTimes(nir(), 1, 0, 400);
    assertThrows(
        SkinSpectraException.class,
        () ->
            source.snap(
                withTimes(
                    plain("RGBCam", new DeviceSetting("Wheel", "Fault", "Stuck")), 1, 0, 400)));
    long begun = System.nanoTime();
    String message =
        assertThrows(SkinSpectraException.class, () -> source.snap(stuck)).getMessage();
    assertTrue(System.nanoTime() - begun < 5_000_000_000L);
    assertTrue(message.contains("Wheel"), message);
  }

  @Test
  void aCameraThatHangsIsNotWaitedForAndIsTakenAgainWhenItComesBack() throws Exception {
    source.snap(fault("RGBCam", ""));
    refused(
        withTimes(fault("RGBCam", "HangOnSnap"), 1, 0, 400),
        "RGBCam takes a frame at snapImage()",
        "no answer within 401 ms");
    refused(rgb(), "has not come back");
    MicroManagerStandIn.set(source, "RGBCam", "Fault", "");
    Frame frame = null;
    for (int i = 0; i < 1000 && frame == null; i++) {
      Thread.sleep(10);
      try {
        frame = source.snap(fault("RGBCam", ""));
      } catch (SkinSpectraException e) {
        assertTrue(e.getMessage().contains("has not come back"), e.getMessage());
      }
    }
    assertArrayEquals(new float[] {0, 3, RGB_NUMBER}, firstPixel(frame));
  }

  /** Red, green, blue: the wheel's state, how often the camera was exposed, and its number. */
  private static float[] firstPixel(Frame frame) {
    return new float[] {frame.plane(0)[0], frame.plane(1)[0], frame.plane(2)[0]};
  }

  private void refused(RigStep step, String... parts) {
    String message = assertThrows(SkinSpectraException.class, () -> source.snap(step)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }
}
