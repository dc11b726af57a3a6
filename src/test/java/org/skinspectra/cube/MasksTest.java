package org.skinspectra.cube;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ShortProcessor;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;

class MasksTest {

  @Test
  void eightBitValuesAreDividedBy255() {
    ByteProcessor pixels = new ByteProcessor(3, 1, new byte[] {0, 51, (byte) 255});
    assertArrayEquals(new float[] {0, .2f, 1}, Masks.of(new ImagePlus("m", pixels)).weights());
  }

  @Test
  void anInvertingTableChangesNothing() {
    ByteProcessor pixels = new ByteProcessor(2, 1, new byte[] {0, (byte) 255});
    pixels.invertLut();
    assertArrayEquals(new float[] {0, 1}, Masks.of(new ImagePlus("m", pixels)).weights());
  }

  @Test
  void sixteenBitValuesAreDividedBy65535OrByTheStatedWhite() {
    ShortProcessor pixels = new ShortProcessor(2, 1);
    pixels.set(0, 65535);
    pixels.set(1, 13107);
    assertArrayEquals(new float[] {1, .2f}, Masks.of(new ImagePlus("m", pixels)).weights());
    pixels.set(0, 4000);
    pixels.set(1, 1000);
    assertArrayEquals(new float[] {1, .25f}, Masks.of(new ImagePlus("m", pixels), 4000).weights());
  }

  @Test
  void theRedChannelOfAColourImageCounts() {
    ColorProcessor pixels = new ColorProcessor(2, 1, new int[] {0xff330000, 0xff00ffff});
    assertArrayEquals(new float[] {.2f, 0}, Masks.of(new ImagePlus("m", pixels)).weights());
  }

  @Test
  void floatsMustBeWeights() {
    assertArrayEquals(
        new float[] {.25f},
        Masks.of(new ImagePlus("m", new FloatProcessor(1, 1, new float[] {.25f}))).weights());
    for (float bad : new float[] {-.1f, 255, Float.NaN}) {
      ImagePlus image = new ImagePlus("m", new FloatProcessor(2, 1, new float[] {0, bad}));
      String message = assertThrows(SkinSpectraException.class, () -> Masks.of(image)).getMessage();
      assertTrue(message.contains("(1, 0)") && message.contains("'m'"), message);
    }
  }

  @Test
  void zerosAndOnesAloneAreRefusedSinceNothingWouldCount() {
    ByteProcessor pixels = new ByteProcessor(2, 1, new byte[] {0, 1});
    ImagePlus image = new ImagePlus("m", pixels);
    String message = assertThrows(SkinSpectraException.class, () -> Masks.of(image)).getMessage();
    assertTrue(message.contains("Multiply it by 255"), message);
  }

  @Test
  void aRectangleIsCutOffAtTheImage() {
    Mask mask = Masks.of(new Roi(-1, 1, 3, 100), 4, 3);
    assertArrayEquals(new float[] {0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0}, mask.weights());
  }

  @Test
  void anOvalCoversWhatImageJMeasures() {
    Roi oval = new OvalRoi(1, 1, 8, 6);
    ByteProcessor pixels = new ByteProcessor(12, 12);
    pixels.setRoi(oval);
    assertEquals(pixels.getStatistics().pixelCount, Masks.of(oval, 12, 12).count());
  }

  @Test
  void holesOfACompositeAreOutside() {
    ShapeRoi ring = new ShapeRoi(new Roi(0, 0, 5, 5)).not(new ShapeRoi(new Roi(1, 1, 3, 3)));
    Mask mask = Masks.of(ring, 6, 6);
    assertEquals(16, mask.count());
    assertEquals(0, mask.weights()[2 * 6 + 2]);
  }

  @Test
  void pointsAndLinesCoverTheirPixels() {
    PointRoi points = new PointRoi(new float[] {1, 50}, new float[] {2, 1}, 2);
    Mask mask = Masks.of(points, 4, 4);
    assertEquals(1, mask.count());
    assertEquals(1, mask.weights()[2 * 4 + 1]);
    assertEquals(4, Masks.of(new Line(0, 1, 3, 1), 6, 4).count());
  }

  @Test
  void aRoiWithoutAPixelOfTheImageIsRefusedByName() {
    Roi outside = new Roi(10, 10, 5, 5);
    outside.setName("cheek");
    for (Roi roi : new Roi[] {outside, new OvalRoi(-9, -9, 3, 3)}) {
      String message =
          assertThrows(SkinSpectraException.class, () -> Masks.of(roi, 4, 4)).getMessage();
      assertTrue(message.contains("4x4"), message);
      assertEquals(roi == outside, message.contains("'cheek'"));
    }
  }

  @Test
  void aMaskOfAnotherSizeIsRefusedWithBothSizes() {
    Mask mask = Mask.all(3, 2);
    assertDoesNotThrow(() -> Masks.requireSize(mask, 3, 2));
    String message =
        assertThrows(SkinSpectraException.class, () -> Masks.requireSize(mask, 2, 3)).getMessage();
    assertTrue(message.contains("3x2") && message.contains("2x3"), message);
  }
}
