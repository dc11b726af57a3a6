package org.skinspectra.model;

import java.util.Locale;
import java.util.function.LongSupplier;
import org.skinspectra.SkinSpectraException;

/**
 * Refuses a frame that will not fit in memory before it starts.
 *
 * @param freeNative bytes free outside the Java heap
 * @param freeHeap bytes free on the Java heap
 */
public record MemoryCheck(LongSupplier freeNative, LongSupplier freeHeap) {

  /**
   * Maps of the network's first width that are alive at once at the peak, in a feed-forward block.
   * Peak resident memory grew by 13.6 of them for 1024² pixels (three stages, float32); the rest is
   * for what the allocator keeps.
   */
  private static final double PEAK_MAPS = 16;

  private static final double GIB = 1L << 30;

  public static final MemoryCheck OF_THIS_PROCESS =
      new MemoryCheck(FreeMemory::nativeBytes, FreeMemory::heapBytes);

  /** Bytes free outside the Java heap. */
  public long freeNativeBytes() {
    return freeNative.getAsLong();
  }

  /** Native bytes that one image of {@code pixels} takes at the peak, computed as a whole. */
  public static long nativeNeed(Architecture architecture, Precision precision, long pixels) {
    double maps = PEAK_MAPS * architecture.features() * precision.bytes();
    double ends = 4.0 * (architecture.inputs() + architecture.outputs());
    return (long) (pixels * (maps + ends));
  }

  /** Heap bytes of the resulting cube. */
  public static long heapNeed(int bands, long pixels) {
    return 4L * bands * pixels;
  }

  /**
   * @throws SkinSpectraException if either need exceeds what is free, naming both
   */
  public void check(int width, int height, long nativeNeed, long heapNeed) {
    refuseIfShort(
        width,
        height,
        nativeNeed,
        freeNative.getAsLong(),
        "of memory",
        "Close other programs, use bfloat16, or reconstruct a smaller region.");
    if (heapNeed > freeHeap.getAsLong()) {
      // Cubes that nobody holds any more still count as used until they are collected.
      System.gc();
    }
    refuseIfShort(
        width,
        height,
        heapNeed,
        freeHeap.getAsLong(),
        "of Java heap",
        "Give Java more memory (-Xmx, in Fiji: Edit > Options > Memory & Threads).");
  }

  private static void refuseIfShort(
      int width, int height, long need, long free, String what, String advice) {
    if (need > free) {
      throw new SkinSpectraException(
          String.format(
              Locale.ROOT,
              "A frame of %dx%d pixels needs about %.2f GiB %s, but only %.2f GiB are free. %s",
              width,
              height,
              need / GIB,
              what,
              free / GIB,
              advice));
    }
  }
}
