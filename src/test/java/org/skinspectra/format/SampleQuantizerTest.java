package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;

class SampleQuantizerTest {

  private static SampleQuantizer quantizer(WriteOptions options) {
    return new SampleQuantizer(options, Path.of("out.hdr"));
  }

  private static WriteOptions as(SampleType type) {
    return WriteOptions.DEFAULT.withSample(type);
  }

  @Test
  void reflectanceIsStoredTimesTheUsualScaleAndRounded() {
    SampleQuantizer words = quantizer(as(SampleType.UINT16));
    assertEquals(10_000, words.scale());
    assertArrayEquals(
        new short[] {0, 1000, 10_000, (short) 65_535, 0, 1},
        (short[]) words.toArray(new float[] {0, 0.1f, 1, 6.5535f, -0.00004f, 0.00006f}, 0, 6));
    SampleQuantizer bytes = quantizer(as(SampleType.UINT8));
    assertEquals(255, bytes.scale());
    assertArrayEquals(
        new byte[] {(byte) 128, (byte) 255},
        (byte[]) bytes.toArray(new float[] {9, 0.5f, 1, 9}, 1, 2));
    assertEquals(0, words.clipped() + bytes.clipped());
  }

  @Test
  void floatingPointIsStoredAsItIs() {
    float[] values = {Float.NaN, -1.5f, 0.1f};
    assertArrayEquals(values, (float[]) quantizer(WriteOptions.DEFAULT).toArray(values, 0, 3));
    assertArrayEquals(
        new double[] {Double.NaN, -1.5, 0.1f},
        (double[]) quantizer(as(SampleType.FLOAT64)).toArray(values, 0, 3));
  }

  @Test
  void buffersGetTheSamplesOfArraysInTheirOwnOrder() {
    float[] values = {9, 0.25f, 0.75f, 9};
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      for (SampleType type : SampleType.values()) {
        ByteBuffer out = ByteBuffer.allocate(3 * type.bytes()).order(order).position(type.bytes());
        quantizer(as(type)).put(values, 1, 2, out);
        assertEquals(out.capacity(), out.position(), type.key());
        double stored =
            switch (type) {
              case FLOAT32 -> out.getFloat(8);
              case FLOAT64 -> out.getDouble(16);
              case UINT16 -> out.getShort(4);
              case UINT8 -> out.get(2) & 0xff;
            };
        assertEquals(
            type.isInteger() ? Math.rint(0.75 * type.usualScale()) : 0.75, stored, type.key());
      }
    }
  }

  @Test
  void aValueThatIsTooHighIsRefusedWithTheScaleThatWouldDo() {
    SampleQuantizer quantizer = quantizer(as(SampleType.UINT16).withScale(40_000));
    String message =
        assertThrows(SkinSpectraException.class, () -> quantizer.toArray(new float[] {2.5f}, 0, 1))
            .getMessage();
    assertTrue(message.contains("out.hdr: the value 2.5 does not fit uint16"), message);
    assertTrue(message.contains("scale of at most 26214.0"), message);
    assertEquals(
        (short) 65_535,
        ((short[])
                quantizer(as(SampleType.UINT16).withScale(26_214))
                    .toArray(new float[] {2.5f}, 0, 1))
            [0]);
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.1f, Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY})
  void whatNoScaleHelpsIsRefusedToo(float value) {
    String message =
        assertThrows(
                SkinSpectraException.class,
                () -> quantizer(as(SampleType.UINT8)).toArray(new float[] {value}, 0, 1))
            .getMessage();
    assertTrue(message.contains("the value " + value), message);
    assertTrue(message.endsWith("or write float32."), message);
  }

  @Test
  void clippedValuesAreCounted() {
    SampleQuantizer quantizer = quantizer(as(SampleType.UINT8).withClip(true));
    byte[] samples =
        (byte[])
            quantizer.toArray(new float[] {2, -1, Float.NaN, Float.POSITIVE_INFINITY, 1, 0}, 0, 6);
    assertArrayEquals(new byte[] {-1, 0, 0, -1, -1, 0}, samples);
    assertEquals(4, quantizer.clipped());
  }
}
