package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkCodecTest {

  private static final int HEADER_BYTES = 16;

  private static ChunkCodec codec(String name) {
    return ChunkCodec.ofName(name.replace("-zstd", "")).orElseThrow();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    Random random = new Random(1);
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 4 == 0 ? random.nextInt() : i / 100);
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"zlib", "gzip", "zstd", "lz4", "blosc", "blosc-zstd", "crc32c"})
  void whatWasEncodedIsDecodedAndNoMoreThanThereIsRoomFor(String name) throws IOException {
    for (int length : new int[] {0, 4, 1000, 40_000}) {
      byte[] bytes = bytes(length);
      byte[] encoded = EncodedChunk.of(name, bytes);
      if (length > 0 || !name.startsWith("blosc")) {
        assertArrayEquals(bytes, codec(name).decode(encoded, length));
        assertArrayEquals(bytes, codec(name).decode(encoded, length + 1000));
      }
      if (length > 0 && !name.equals("crc32c")) {
        assertThrows(Exception.class, () -> codec(name).decode(encoded, length - 1));
        assertThrows(
            Exception.class,
            () -> codec(name).decode(Arrays.copyOf(encoded, encoded.length / 2), length));
      }
    }
  }

  /** A gigabyte of zeros is a megabyte of deflate: what is announced decides, not what comes. */
  @ParameterizedTest
  @ValueSource(strings = {"zlib", "gzip", "zstd", "lz4", "blosc", "blosc-zstd"})
  void aBombIsRefusedWhereItHoldsMoreThanAnnounced(String name) throws IOException {
    byte[] bomb = EncodedChunk.of(name, new byte[8 << 20]);
    Exception e = assertThrows(Exception.class, () -> codec(name).decode(bomb, 4096));
    assertTrue(e instanceof IOException || e instanceof RuntimeException, e.toString());
  }

  @Test
  void noMemoryIsTakenThatAFewBytesCannotFill() {
    for (String name : new String[] {"zlib", "gzip", "zstd", "blosc"}) {
      // Two gigabytes, which the tests do not have.
      assertThrows(
          Exception.class, () -> codec(name).decode(new byte[20], Integer.MAX_VALUE - 64), name);
    }
  }

  @Test
  void aChecksumThatIsWrongIsRefused() throws IOException {
    byte[] encoded = EncodedChunk.of("crc32c", bytes(10));
    encoded[3]++;
    assertThrows(IOException.class, () -> codec("crc32c").decode(encoded, 10));
  }

  @Test
  void bloscWithALyingHeaderIsRefused() throws IOException {
    byte[] encoded = EncodedChunk.of("blosc", bytes(1000));
    for (int at = 0; at < HEADER_BYTES + 8; at += 4) {
      for (int lie : new int[] {-1, 0, 1, 999, 1001, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
        ByteBuffer lying = ByteBuffer.wrap(encoded.clone()).order(ByteOrder.LITTLE_ENDIAN);
        lying.putInt(at, lie);
        try {
          byte[] decoded = codec("blosc").decode(lying.array(), 2000);
          assertTrue(decoded.length <= 2000 && (lie >= 0 || at == 0), lie + " at " + at);
        } catch (IOException | RuntimeException e) {
          assertTrue(!e.toString().contains("OutOfMemory"), e.toString());
        }
      }
    }
    byte[] blosclz = encoded.clone();
    blosclz[2] &= 0x1f;
    String message =
        assertThrows(IOException.class, () -> codec("blosc").decode(blosclz, 1000)).getMessage();
    assertTrue(message.contains("blosclz"), message);
  }
}
