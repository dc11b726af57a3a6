package org.skinspectra.format;

/** Undoes the reordering by which numbers compress better: first all first bytes (or bits), … */
final class Shuffle {

  private static final int BITS = 8;

  private Shuffle() {}

  /**
   * Puts the bytes of each value together again; what is left of a last value stays.
   *
   * @param size how many bytes of {@code shuffled}, from its start
   * @param typeSize bytes of a value
   */
  static void undoBytes(byte[] shuffled, int size, int typeSize, byte[] into, int start) {
    int values = size / typeSize;
    for (int part = 0; part < typeSize; part++) {
      int from = part * values;
      for (int i = 0, to = start + part; i < values; i++, to += typeSize) {
        into[to] = shuffled[from + i];
      }
    }
    int whole = values * typeSize;
    System.arraycopy(shuffled, whole, into, start + whole, size - whole);
  }

  /**
   * Puts the bits of each value together again. Blosc leaves blocks as they are whose values are
   * not a multiple of eight.
   */
  static void undoBits(byte[] shuffled, int size, int typeSize, byte[] into, int start) {
    int values = size / typeSize;
    if (values % BITS != 0) {
      System.arraycopy(shuffled, 0, into, start, size);
      return;
    }
    int rowBytes = values / BITS;
    for (int part = 0; part < typeSize; part++) {
      for (int i = 0; i < values; i++) {
        int value = 0;
        for (int bit = 0; bit < BITS; bit++) {
          int row = (part * BITS + bit) * rowBytes;
          value |= (shuffled[row + i / BITS] >> (i % BITS) & 1) << bit;
        }
        into[start + i * typeSize + part] = (byte) value;
      }
    }
    int whole = values * typeSize;
    System.arraycopy(shuffled, whole, into, start + whole, size - whole);
  }
}
