package org.skinspectra.cube;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Srgb;

class ColourImagesTest {

  private static ImagePlus colour(int... rgb) {
    return new ImagePlus("photo", new ColorProcessor(rgb.length, 1, rgb));
  }

  private static ImagePlus grey(float... values) {
    return new ImagePlus("960", new FloatProcessor(values.length, 1, values));
  }

  private static Msi linear(ImagePlus image) {
    return ColourImages.toMsi(image, Optional.empty(), ColourEncoding.LINEAR);
  }

  private static String refused(ImagePlus image, ImagePlus infrared, ColourEncoding encoding) {
    return assertThrows(
            SkinSpectraException.class,
            () -> ColourImages.toMsi(image, Optional.ofNullable(infrared), encoding))
        .getMessage();
  }

  @Test
  void aLinearColourImageIsScaledAndNothingElse() {
    Msi msi = linear(colour(0xff8000, 0x0000ff));
    assertEquals(3, msi.channels());
    assertArrayEquals(new float[] {1, 128 / 255f, 0, 0, 0, 1}, msi.pixels());
  }

  @ParameterizedTest
  @CsvSource({"8-bit black, 51, 0.2", "16-bit, 13107, 0.2", "32-bit, 0.2, 0.2"})
  void aStackOfAnyDepthIsAFractionOfItsWhite(String type, double value, float expected) {
    ImagePlus stack = IJ.createImage("stack", type, 2, 2, 4);
    for (int i = 1; i <= 4; i++) {
      stack.getStack().getProcessor(i).setf(3, (float) (value * (i == 4 ? 2 : 1)));
    }
    Msi msi = linear(stack);
    assertEquals(4, msi.channels());
    assertEquals(expected, msi.get(1, 1, 0), 1e-7);
    assertEquals(2 * expected, msi.get(1, 1, 3), 1e-7);
    assertEquals(0, msi.get(0, 0, 3));
  }

  @Test
  void aPictureOfSrgbIsUndoneToTheChannelsThatItShows() {
    double[] canonical = {0.42, 0.36, 0.3};
    double[] shown = new double[3];
    double[][] toSrgb = Srgb.fromEqualEnergy();
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        shown[i] += toSrgb[i][j] * canonical[j];
      }
    }
    Msi msi =
        ColourImages.toMsi(
            colour(Srgb.pack(shown[0], shown[1], shown[2])), Optional.empty(), ColourEncoding.SRGB);
    for (int channel = 0; channel < 3; channel++) {
      assertEquals(canonical[channel], msi.get(0, 0, channel), 0.003);
    }
  }

  @Test
  void whiteIsWhiteAndBlackIsBlackInEitherEncoding() {
    for (ColourEncoding encoding : ColourEncoding.values()) {
      Msi msi = ColourImages.toMsi(colour(0xffffff, 0), Optional.empty(), encoding);
      assertArrayEquals(new float[] {1, 1, 1, 0, 0, 0}, msi.pixels(), 1e-6f);
    }
  }

  @Test
  void theImageOf960IsLinearAlsoBesideAPictureOfSrgb() {
    ImagePlus infrared = new ImagePlus("960", new ByteProcessor(2, 1, new byte[] {51, 102}));
    Msi msi = ColourImages.toMsi(colour(0xffffff, 0), Optional.of(infrared), ColourEncoding.SRGB);
    assertEquals(4, msi.channels());
    assertEquals(0.2, msi.get(0, 0, 3), 1e-7);
    assertEquals(0.4, msi.get(1, 0, 3), 1e-7);
  }

  @Test
  void theFourthChannelOfAStackIsLinearToo() {
    ImagePlus stack = IJ.createImage("stack", "32-bit", 1, 1, 4);
    stack.getStack().getProcessor(4).setf(0, 0.5f);
    assertEquals(
        0.5f, ColourImages.toMsi(stack, Optional.empty(), ColourEncoding.SRGB).get(0, 0, 3));
  }

  @Test
  void theImageIsCopiedAndMayChangeAfterwards() {
    ImagePlus stack = IJ.createImage("stack", "32-bit", 1, 1, 3);
    Msi msi = linear(stack);
    ((float[]) stack.getStack().getPixels(1))[0] = 1;
    assertEquals(0, msi.get(0, 0, 0));
  }

  @Test
  void valuesThatAreNotFiniteAreKeptForWhoeverUsesThem() {
    ImagePlus stack = IJ.createImage("stack", "32-bit", 1, 1, 3);
    stack.getStack().getProcessor(2).setf(0, Float.NaN);
    assertTrue(Float.isNaN(linear(stack).get(0, 0, 1)));
    Msi undone = ColourImages.toMsi(stack, Optional.empty(), ColourEncoding.SRGB);
    assertTrue(Float.isNaN(undone.get(0, 0, 0)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 61})
  void anotherNumberOfSlicesIsRefused(int slices) {
    String message =
        refused(IJ.createImage("stack", "32-bit", 2, 2, slices), null, ColourEncoding.LINEAR);
    assertTrue(message.contains("'stack'") && message.contains(slices + " "), message);
    assertEquals(slices == 61, message.contains("cube"), message);
  }

  @Test
  void aStackOfColourImagesAndOneOfTwoAxesAreRefused() {
    String colours = refused(IJ.createImage("film", "RGB", 2, 2, 3), null, ColourEncoding.SRGB);
    assertTrue(colours.contains("RGB colour"), colours);
    ImagePlus axes = IJ.createImage("axes", "8-bit", 2, 2, 4);
    axes.setDimensions(2, 1, 2);
    String twoAxes = refused(axes, null, ColourEncoding.LINEAR);
    assertTrue(twoAxes.contains("2 channels, 1 slices and 2 frames"), twoAxes);
  }

  @Test
  void channelsThatAreLabelledInAnotherOrderAreRefused() {
    ImagePlus stack = IJ.createImage("stack", "16-bit", 1, 1, 3);
    stack.getStack().setSliceLabel("B", 1);
    String message = refused(stack, null, ColourEncoding.LINEAR);
    assertTrue(message.contains("Slice 1") && message.contains("'B'"), message);
  }

  @Test
  void anImageOf960ThatDoesNotFitIsRefused() {
    String size = refused(colour(0, 0), grey(0, 0, 0), ColourEncoding.LINEAR);
    assertTrue(size.contains("3x1") && size.contains("2x1"), size);
    String slices =
        refused(colour(0, 0), IJ.createImage("960", "8-bit", 2, 1, 2), ColourEncoding.LINEAR);
    assertTrue(slices.contains("2 slices"), slices);
    String colour = refused(colour(0, 0), colour(0, 0), ColourEncoding.LINEAR);
    assertTrue(colour.contains("grey"), colour);
    String two =
        refused(IJ.createImage("stack", "8-bit", 2, 1, 4), grey(0, 0), ColourEncoding.LINEAR);
    assertTrue(two.contains("another"), two);
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.1f, 1.5f, 200, Float.POSITIVE_INFINITY})
  void aPictureOfSrgbBeyondBlackAndWhiteIsRefused(float value) {
    ImagePlus stack = IJ.createImage("stack", "32-bit", 2, 1, 3);
    ImageProcessor green = stack.getStack().getProcessor(2);
    green.setf(1, value);
    String message = refused(stack, null, ColourEncoding.SRGB);
    assertTrue(message.contains("x=1, y=0, channel G"), message);
    assertTrue(message.contains(Float.toString(value)), message);
  }

  @Test
  void encodingsAreReadInAnyCaseAndOthersRefused() {
    assertEquals(ColourEncoding.SRGB, ColourEncoding.parse("srgb"));
    assertEquals(ColourEncoding.LINEAR, ColourEncoding.parse("linear"));
    String message =
        assertThrows(SkinSpectraException.class, () -> ColourEncoding.parse("gamma 2.2"))
            .getMessage();
    assertTrue(message.contains("gamma 2.2") && message.contains("sRGB"), message);
  }
}
