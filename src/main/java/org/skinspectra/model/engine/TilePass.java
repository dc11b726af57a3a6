package org.skinspectra.model.engine;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * One pass over the tiles of a map: from windows of the maps it reads to the same window of the map
 * it makes.
 *
 * @param label what it computes, for people
 * @param level of the map it makes; 0 is full resolution
 * @param sources maps it reads, the image among them
 * @param crops of the halo, once it has served
 * @param mixing what the attention of this pass needs of the whole map
 * @param output the tile, [1, y, x, channel]
 * @param target the map it makes; empty for the network's result
 * @param gram the tile's part of the Gram matrix of the map it makes, where the next pass needs it
 * @param products multiplications for one pixel of the output
 */
record TilePass(
    String label,
    int level,
    List<Source> sources,
    List<Crop> crops,
    Optional<Mixing> mixing,
    Operand<? extends TType> output,
    Optional<Slot> target,
    Optional<Operand<TFloat32>> gram,
    double products) {

  /**
   * A place for a map; passes take maps from it and put maps there.
   *
   * @param name tells slots apart
   * @param level 0 is full resolution; the sides halve from level to level
   */
  record Slot(String name, int level, int channels) {

    private static final String IMAGE = "image";

    /** The multispectral image itself. */
    static Slot image(int channels) {
      return new Slot(IMAGE, 0, channels);
    }

    /** Whether it holds the image, which is float32 in every precision. */
    boolean isImage() {
      return name.equals(IMAGE);
    }
  }

  /**
   * A map that is read.
   *
   * @param halo pixels of the output that the window reaches beyond the tile on every side
   */
  record Source(Slot slot, int halo, Placeholder<? extends TType> input) {}

  /**
   * Where a tile with one halo is cut to a smaller one. Without pixels beyond the edge of the map
   * there is nothing to cut.
   */
  record Crop(int from, int to, Placeholder<TInt32> begin, Placeholder<TInt32> size) {}

  /**
   * The matrix M of {@link Layers#attention}.
   *
   * @param slot the map it is made of
   * @param gram takes the Gram matrix of the whole map, [1, c, c]
   * @param matrix M from it
   * @param input takes M
   */
  record Mixing(
      Slot slot,
      Placeholder<TFloat32> gram,
      Operand<TFloat32> matrix,
      Placeholder<TFloat32> input) {}

  /** Whether its result may be written over the map it reads from the same slot. */
  boolean inPlace() {
    return target.isPresent()
        && sources.stream()
            .filter(source -> source.slot().equals(target.get()))
            .allMatch(source -> source.halo() == 0);
  }
}
