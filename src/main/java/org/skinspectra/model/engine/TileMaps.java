package org.skinspectra.model.engine;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skinspectra.model.engine.TilePass.Slot;
import org.skinspectra.model.engine.TilePass.Source;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** The maps of one image that are alive, by their slots, and the Gram matrices of them. */
final class TileMaps implements AutoCloseable {

  private final PaddedImage image;
  private final Class<? extends TType> type;
  private final int elementBytes;
  private final Set<Slot> onDisk;
  private final Path folder;
  private final Map<Slot, FeatureMap> maps = new HashMap<>();
  private final Map<Slot, GramSum> grams = new HashMap<>();
  private FeatureMap unfinished;

  /**
   * @param pixels the image, [1, y, x, channel]; closed with the maps
   * @param type number format of all other maps
   * @param onDisk slots whose maps are kept in files
   * @param folder for these files
   */
  TileMaps(
      PaddedImage image,
      TFloat32 pixels,
      Class<? extends TType> type,
      int elementBytes,
      Set<Slot> onDisk,
      Path folder) {
    this.image = image;
    this.type = type;
    this.elementBytes = elementBytes;
    this.onDisk = onDisk;
    this.folder = folder;
    maps.put(Slot.image(Math.toIntExact(pixels.shape().get(3))), new MemoryMap(pixels));
  }

  int height(int level) {
    return image.paddedHeight() >> level;
  }

  int width(int level) {
    return image.paddedWidth() >> level;
  }

  /** A window with its halo, as far as the maps of its level go. */
  Window grown(Window window, int halo, int level) {
    return window.grown(halo, height(level), width(level));
  }

  /**
   * What a pass needs of a map for a tile; the caller closes it.
   *
   * @param level of the tile
   */
  TType read(Source source, int level, Window tile) {
    Slot slot = source.slot();
    Window window = grown(tile, source.halo(), level).onLevel(slot.level() - level);
    Class<? extends TType> format = slot.isImage() ? TFloat32.class : type;
    TType tensor = Tensor.of(format, Shape.of(1, window.height(), window.width(), slot.channels()));
    maps.get(slot).read(window, tensor);
    return tensor;
  }

  /** Where a pass puts its tiles: over the map it reads where it may, else into a new one. */
  FeatureMap target(TilePass pass, Slot slot) {
    if (maps.containsKey(slot) && pass.inPlace()) {
      return maps.get(slot);
    }
    unfinished =
        onDisk.contains(slot)
            ? FileMap.create(folder, width(slot.level()), (long) slot.channels() * elementBytes)
            : MemoryMap.allocate(type, height(slot.level()), width(slot.level()), slot.channels());
    return unfinished;
  }

  /** All tiles of the map in a slot are there. */
  void finish(Slot slot, Optional<GramSum> gram) {
    if (unfinished != null) {
      FeatureMap before = maps.put(slot, unfinished);
      unfinished = null;
      if (before != null) {
        before.close();
      }
    }
    gram.ifPresent(sum -> grams.put(slot, sum));
  }

  GramSum gram(Slot slot) {
    return grams.get(slot);
  }

  /** Lets go of all maps but some. */
  void keepOnly(Set<Slot> needed) {
    for (Slot slot : List.copyOf(maps.keySet())) {
      if (!needed.contains(slot)) {
        maps.remove(slot).close();
      }
    }
  }

  @Override
  public void close() {
    keepOnly(Set.of());
    if (unfinished != null) {
      unfinished.close();
    }
  }
}
