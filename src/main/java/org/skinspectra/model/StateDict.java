package org.skinspectra.model;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.skinspectra.SkinSpectraException;

/** Finds the weights among what a PyTorch file holds. */
final class StateDict {

  /** Where training programs keep the weights of a checkpoint. */
  private static final List<String> CHECKPOINT_KEYS =
      List.of("state_dict", "model_state_dict", "params_ema", "params", "model");

  /** What {@code torch.nn.DataParallel} puts before every name. */
  private static final String PARALLEL_PREFIX = "module.";

  private StateDict() {}

  /**
   * The tensors of a plain state dict, or of the state dict inside a training checkpoint, without
   * the prefix {@code module.}.
   *
   * @throws SkinSpectraException if there are none; the caller adds the file
   */
  static SortedMap<String, StridedTensor> find(Object pickled) {
    if (!(pickled instanceof Map<?, ?> top)) {
      throw new SkinSpectraException("it holds no dictionary of weights");
    }
    for (String key : CHECKPOINT_KEYS) {
      if (top.get(key) instanceof Map<?, ?> inner && hasTensors(inner)) {
        return tensors(inner);
      }
    }
    if (hasTensors(top)) {
      return tensors(top);
    }
    throw new SkinSpectraException(
        "it holds no weights, neither itself nor under "
            + String.join(", ", CHECKPOINT_KEYS)
            + "; its keys are "
            + top.keySet().stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .sorted()
                .limit(8)
                .map(Quoted::of)
                .collect(Collectors.joining(", ", "[", "]")));
  }

  private static boolean hasTensors(Map<?, ?> map) {
    return map.values().stream().anyMatch(StridedTensor.class::isInstance);
  }

  private static SortedMap<String, StridedTensor> tensors(Map<?, ?> map) {
    boolean parallel =
        map.entrySet().stream()
            .filter(entry -> entry.getValue() instanceof StridedTensor)
            .allMatch(entry -> String.valueOf(entry.getKey()).startsWith(PARALLEL_PREFIX));
    SortedMap<String, StridedTensor> tensors = new TreeMap<>();
    map.forEach(
        (key, value) -> {
          if (value instanceof StridedTensor tensor) {
            if (!(key instanceof String name)) {
              throw new SkinSpectraException("it holds a tensor without a name");
            }
            tensors.put(parallel ? name.substring(PARALLEL_PREFIX.length()) : name, tensor);
          }
        });
    return tensors;
  }
}
