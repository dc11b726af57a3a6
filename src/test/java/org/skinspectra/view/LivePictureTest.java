package org.skinspectra.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.process.ColorProcessor;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.PixelType;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.CameraProfiles;
import org.skinspectra.spectra.Srgb;

class LivePictureTest {

  /** 12 bits; RGB frames that are grey are a mosaic. */
  private static final CameraProfile PROFILE = CameraProfiles.named("demo-camera");

  private static final double BLACK = PROFILE.rgb().blackLevelDn();

  private final LivePicture picture = new LivePicture(PROFILE);

  private static FrameTags tags(String channel) {
    return new FrameTags(channel, channel, 10, 1, Instant.EPOCH, Map.of());
  }

  /** All pixels of one colour. */
  private static Frame colour(int width, int height, int red, int green, int blue) {
    short[] samples = new short[width * height * 4];
    for (int i = 0; i < samples.length; i += 4) {
      samples[i] = (short) blue;
      samples[i + 1] = (short) green;
      samples[i + 2] = (short) red;
    }
    return Frame.of(width, height, PixelType.BGRA64, 12, samples, tags("RGB"));
  }

  private static Frame grey(String channel, int width, int height, int count) {
    short[] samples = new short[width * height];
    Arrays.fill(samples, (short) count);
    return Frame.of(width, height, PixelType.GRAY16, 12, samples, tags(channel));
  }

  private static Map<String, Frame> frames(Frame... frames) {
    Map<String, Frame> all = new LinkedHashMap<>();
    for (Frame frame : frames) {
      all.put(frame.tags().channel(), frame);
    }
    return all;
  }

  private static int encoded(double count) {
    return Srgb.encode((count - BLACK) / (4095 - BLACK));
  }

  private ColorProcessor rendered(Map<String, Frame> frames, LiveLayout layout, boolean mark) {
    return picture.render(frames, layout, mark, 1).orElseThrow();
  }

  @Test
  void coloursAreSharesOfFullScaleOverTheBlackLevel() {
    ColorProcessor shown =
        rendered(frames(colour(3, 2, 3000, 2000, 1000)), LiveLayout.COLOUR, true);
    int pixel = shown.get(1, 1);
    assertEquals(encoded(3000), pixel >> 16 & 0xff, 1);
    assertEquals(encoded(2000), pixel >> 8 & 0xff, 1);
    assertEquals(encoded(1000), pixel & 0xff, 1);
  }

  @Test
  void bothFramesStandSideBySideEvenOfOtherSizes() {
    Map<String, Frame> both = frames(colour(3, 2, 0, 4000, 0), grey("N960", 5, 4, 2000));
    ColorProcessor shown = rendered(both, LiveLayout.SIDE_BY_SIDE, true);
    assertEquals(8, shown.getWidth());
    assertEquals(4, shown.getHeight());
    int infrared = shown.get(3, 3);
    assertEquals(encoded(2000), infrared & 0xff, 1);
    assertEquals(infrared & 0xff, infrared >> 16 & 0xff);
    assertEquals(3, LivePicture.infraredX(both, LiveLayout.SIDE_BY_SIDE));
    assertEquals(0, LivePicture.infraredX(both, LiveLayout.BLENDED));
  }

  @Test
  void aBlendIsTheMeanOfBoth() {
    ColorProcessor shown =
        rendered(
            frames(colour(2, 2, 3000, 3000, 3000), grey("N960", 2, 2, 0)),
            LiveLayout.BLENDED,
            true);
    assertEquals(encoded(3000) / 2.0, shown.get(0, 0) & 0xff, 1);
  }

  @Test
  void pixelsAtFullScaleAreMarkedWhereAsked() {
    Map<String, Frame> full = frames(colour(2, 2, 4095, 10, 10), grey("N960", 2, 2, 100));
    assertEquals(LivePicture.SATURATED, rendered(full, LiveLayout.COLOUR, true).get(0, 0));
    assertEquals(LivePicture.SATURATED, rendered(full, LiveLayout.BLENDED, true).get(1, 1));
    assertEquals(0xffff0000, rendered(full, LiveLayout.COLOUR, false).get(0, 0) & 0xffff0000);
    assertTrue(rendered(full, LiveLayout.INFRARED, true).get(0, 0) != LivePicture.SATURATED);
  }

  @Test
  void whatIsShownBrighterIsMarkedAtFullScaleOnly() {
    Map<String, Frame> dim = frames(grey("N960", 2, 2, 1000));
    ColorProcessor shown = picture.render(dim, LiveLayout.INFRARED, true, 2).orElseThrow();
    assertEquals(Srgb.encode(2 * (1000 - BLACK) / (4095 - BLACK)), shown.get(0, 0) & 0xff, 1);
    assertEquals(
        0xffffffff, picture.render(dim, LiveLayout.INFRARED, true, 8).orElseThrow().get(0, 0));
  }

  @Test
  void everyTwoByTwoPixelsOfAMosaicHaveOneColour() {
    short[] samples = new short[3 * 3];
    // The pattern of the profile is RGGB: only red is lit.
    samples[0] = 4000;
    samples[2] = 4000;
    samples[6] = 4000;
    samples[8] = 4000;
    Frame mosaic = Frame.of(3, 3, PixelType.GRAY16, 12, samples, tags("RGB"));
    ColorProcessor shown = rendered(frames(mosaic), LiveLayout.COLOUR, true);
    for (int i = 0; i < 9; i++) {
      int pixel = shown.get(i);
      assertEquals(encoded(4000), pixel >> 16 & 0xff, 1, "pixel " + i);
      assertEquals(0, pixel & 0xffff, "pixel " + i);
    }
  }

  @Test
  void threeGreyFramesAreTheColoursOfAFilterWheel() {
    ColorProcessor shown =
        rendered(
            frames(grey("R", 2, 2, 3000), grey("G", 2, 2, 2000), grey("B", 2, 2, 1000)),
            LiveLayout.SIDE_BY_SIDE,
            true);
    assertEquals(encoded(3000), shown.get(0, 0) >> 16 & 0xff, 1);
    assertEquals(encoded(1000), shown.get(0, 0) & 0xff, 1);
    // The first alone is shown as the grey that it is.
    assertEquals(
        encoded(2000),
        rendered(frames(grey("G", 2, 2, 2000)), LiveLayout.SIDE_BY_SIDE, true).get(0, 0) & 0xff,
        1);
  }

  @Test
  void floatingPointIsShownUpToItsGreatestNumberAndNothingOfItIsFull() {
    Frame frame = Frame.of(2, 1, new float[] {Float.NaN, 8}, tags("N960"));
    ColorProcessor shown = rendered(frames(frame), LiveLayout.INFRARED, true);
    assertEquals(0xff000000, shown.get(0, 0));
    assertEquals(0xffffffff, shown.get(1, 0));
  }

  @Test
  void withoutAFrameThereIsNoPicture() {
    assertEquals(Optional.empty(), picture.render(Map.of(), LiveLayout.SIDE_BY_SIDE, true, 1));
    assertEquals(
        Optional.empty(),
        picture.render(frames(grey("N960", 2, 2, 1)), LiveLayout.COLOUR, true, 1));
  }
}
