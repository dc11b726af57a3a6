package org.skinspectra.model.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skinspectra.model.engine.TilePass.Crop;
import org.skinspectra.model.engine.TilePass.Mixing;
import org.skinspectra.model.engine.TilePass.Slot;
import org.skinspectra.model.engine.TilePass.Source;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Puts one {@link TilePass} together.
 *
 * @param <T> number format of the maps
 */
final class TilePassBuilder<T extends TFloating> {

  private final Ops tf;
  private final Layers<T> layers;
  private final Class<T> type;
  private final String label;
  private final int level;
  private final List<Source> sources = new ArrayList<>();
  private final List<Crop> crops = new ArrayList<>();
  private Optional<Mixing> mixing = Optional.empty();

  TilePassBuilder(Ops tf, Layers<T> layers, Class<T> type, String label, int level) {
    this.tf = tf;
    this.layers = layers;
    this.type = type;
    this.label = label;
    this.level = level;
  }

  /** Reads a map, with {@code halo} pixels of the output around the tile. */
  Operand<T> source(Slot slot, int halo) {
    Placeholder<T> input =
        tf.placeholder(type, Placeholder.shape(Shape.of(1, -1, -1, slot.channels())));
    sources.add(new Source(slot, halo, input));
    return input;
  }

  /** Reads the image, which is float32 in every precision. */
  Operand<T> image(Slot slot, int halo) {
    Placeholder<TFloat32> input =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(1, -1, -1, slot.channels())));
    sources.add(new Source(slot, halo, input));
    return layers.fromFloat32(input);
  }

  /** Cuts a halo off. */
  Operand<T> crop(Operand<T> x, int from, int to) {
    Crop crop =
        crops.stream()
            .filter(known -> known.from() == from && known.to() == to)
            .findFirst()
            .orElseGet(() -> newCrop(from, to));
    return tf.slice(x, crop.begin(), crop.size());
  }

  private Crop newCrop(int from, int to) {
    Placeholder.Options four = Placeholder.shape(Shape.of(4));
    Crop crop =
        new Crop(from, to, tf.placeholder(TInt32.class, four), tf.placeholder(TInt32.class, four));
    crops.add(crop);
    return crop;
  }

  /** The matrix M for the map in a slot, by the attention of this name. */
  Operand<TFloat32> mixing(Slot slot, String name, int heads) {
    Placeholder.Options square = Placeholder.shape(Shape.of(1, slot.channels(), slot.channels()));
    Placeholder<TFloat32> gram = tf.placeholder(TFloat32.class, square);
    Placeholder<TFloat32> input = tf.placeholder(TFloat32.class, square);
    mixing =
        Optional.of(
            new Mixing(slot, gram, layers.mixing(gram, name, slot.channels(), heads), input));
    return input;
  }

  /** A pass that makes the map in a slot, and its Gram matrix where that is needed. */
  TilePass to(Slot slot, Operand<T> output, boolean withGram, double products) {
    Optional<Operand<TFloat32>> gram =
        withGram ? Optional.of(layers.gram(output, slot.channels())) : Optional.empty();
    return pass(output, Optional.of(slot), gram, products);
  }

  /** The pass that makes the network's result. */
  TilePass result(Operand<T> output, double products) {
    return pass(layers.toFloat32(output), Optional.empty(), Optional.empty(), products);
  }

  private TilePass pass(
      Operand<? extends TFloating> output,
      Optional<Slot> target,
      Optional<Operand<TFloat32>> gram,
      double products) {
    return new TilePass(
        label,
        level,
        List.copyOf(sources),
        List.copyOf(crops),
        mixing,
        output,
        target,
        gram,
        products);
  }
}
