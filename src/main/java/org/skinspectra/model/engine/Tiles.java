package org.skinspectra.model.engine;

import java.util.ArrayList;
import java.util.List;
import org.skinspectra.model.Architecture;

/**
 * The size of the tiles that a pass goes by.
 *
 * @param height rows, even
 * @param width columns, even
 */
record Tiles(int height, int width) {

  /**
   * Best of 16² to 256² on a processor with 1 MiB of second-level cache a core: the widest maps of
   * a tile take 4 MB at full resolution.
   */
  static final Tiles DEFAULT = new Tiles(64, 64);

  Tiles {
    if (height < 2 || width < 2 || height % 2 != 0 || width % 2 != 0) {
      throw new IllegalArgumentException(
          "Tiles of %dx%d pixels; both sides must be even.".formatted(width, height));
    }
  }

  /**
   * Native bytes that a thread takes at most for its tile: that of the bottleneck, whose maps are
   * the widest. Some six of its hidden maps in float32 are alive while an operation runs, or kept
   * by the allocator.
   */
  long bytes(Architecture architecture) {
    long hidden = 4L * architecture.width(architecture.depth());
    return 6L * (height + 6) * (width + 6) * hidden * Float.BYTES;
  }

  /** All tiles of a map, row by row; those at its right and its bottom may be smaller. */
  List<Window> of(int mapHeight, int mapWidth) {
    List<Window> windows = new ArrayList<>();
    for (int y = 0; y < mapHeight; y += height) {
      for (int x = 0; x < mapWidth; x += width) {
        windows.add(
            new Window(y, x, Math.min(height, mapHeight - y), Math.min(width, mapWidth - x)));
      }
    }
    return windows;
  }
}
