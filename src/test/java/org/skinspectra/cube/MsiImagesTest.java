package org.skinspectra.cube;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;

class MsiImagesTest {

  @Test
  void anImageOfTheChannelsLeadsBackToTheSamePixels() {
    Msi msi = new Msi(2, 1, 4, new float[] {.1f, .2f, .3f, .4f, .5f, .6f, .7f, Float.NaN});
    ImagePlus image = MsiImages.toImage("msi", msi);
    assertEquals(4, image.getNChannels());
    assertEquals("960 nm", image.getStack().getSliceLabel(4));
    assertEquals("R", image.getStack().getSliceLabel(1));
    Msi back = MsiImages.toMsi(image);
    assertEquals(msi.channels(), back.channels());
    assertArrayEquals(msi.pixels(), back.pixels());
  }

  @Test
  void threeChannelsAreAnRgbImage() {
    Msi msi = new Msi(1, 1, 3, new float[] {1, 2, 3});
    assertArrayEquals(msi.pixels(), MsiImages.toMsi(MsiImages.toImage("rgb", msi)).pixels());
  }

  @Test
  void otherTypesOtherCountsAndAnotherOrderAreRefused() {
    assertRefused("8-bit", new ImagePlus("x", new ByteProcessor(2, 2)));
    assertRefused("has 1 slices", new ImagePlus("x", new FloatProcessor(2, 2)));
    ImagePlus swapped = MsiImages.toImage("x", new Msi(1, 1, 3, new float[3]));
    swapped.getStack().setSliceLabel("B", 1);
    assertRefused("labelled 'B', but must be R", swapped);
  }

  @Test
  void aPlaneOfAnotherSizeIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> MsiImages.ofPlanes(2, 1, new float[2], new float[1], new float[2]));
    assertThrows(
        IllegalArgumentException.class,
        () -> MsiImages.ofPlanes(2, 1, new float[2], new float[3], new float[2]));
  }

  private static void assertRefused(String part, ImagePlus image) {
    String message =
        assertThrows(SkinSpectraException.class, () -> MsiImages.toMsi(image)).getMessage();
    assertTrue(message.contains(part), message);
  }
}
