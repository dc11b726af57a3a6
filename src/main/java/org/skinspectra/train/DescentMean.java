package org.skinspectra.train;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.model.WeightTensor;
import org.skinspectra.model.Weights;

/**
 * Mean of the weights at the ends of the descents of the learning rate (stochastic weight
 * averaging, Izmailov et al., UAI 2018). Checkpoints carry it.
 */
final class DescentMean {

  private static final String COUNT = "descents";
  private static final String GROUP = "descents.";

  private int count;
  private SortedMap<String, WeightTensor> mean = new TreeMap<>();

  void add(Weights end) {
    SortedMap<String, WeightTensor> next = new TreeMap<>();
    int already = count;
    end.tensors()
        .forEach(
            (name, tensor) ->
                next.put(name, already == 0 ? tensor : moved(mean.get(name), tensor, already + 1)));
    mean = next;
    count++;
  }

  private static WeightTensor moved(WeightTensor mean, WeightTensor tensor, int count) {
    float[] values = mean.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += (tensor.values()[i] - values[i]) / count;
    }
    return new WeightTensor(tensor.shape(), values);
  }

  /**
   * The mean, with metadata and name of the end added last.
   *
   * @throws IllegalStateException if none was added
   */
  Weights mean(Weights last) {
    if (count == 0) {
      throw new IllegalStateException("No descent has ended yet.");
    }
    return Weights.of(mean, last.metadata(), last.source());
  }

  /** Adds to the metadata of a checkpoint how many ends this is the mean of. */
  void writeTo(Map<String, String> metadata) {
    metadata.put(COUNT, Integer.toString(count));
  }

  /** A checkpoint with this beside what it has. */
  Weights with(Weights checkpoint) {
    SortedMap<String, WeightTensor> tensors = new TreeMap<>(checkpoint.tensors());
    mean.forEach((name, tensor) -> tensors.put(GROUP + name, tensor));
    return Weights.of(tensors, checkpoint.metadata(), checkpoint.source());
  }

  /**
   * Goes back to what a checkpoint carries; to nothing where it carries none.
   *
   * @throws SkinSpectraException if it is damaged
   */
  void restore(Weights checkpoint) {
    SortedMap<String, WeightTensor> carried = new TreeMap<>();
    checkpoint
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(GROUP)) {
                carried.put(name.substring(GROUP.length()), tensor);
              }
            });
    String text = checkpoint.metadata().getOrDefault(COUNT, "0");
    if (!text.matches("[0-9]{1,4}") || carried.isEmpty() != (Integer.parseInt(text) == 0)) {
      throw new SkinSpectraException(
          "The checkpoint %s has weights of %s ended descents, but its metadata says '%s'."
              .formatted(checkpoint.source(), carried.isEmpty() ? "no" : "some", text));
    }
    count = Integer.parseInt(text);
    mean = carried;
  }
}
