package org.skinspectra.model.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;

/**
 * Places where a network's graph can be run in steps: at each cut, all that the rest of the graph
 * needs is a known set of live tensors. Running from cut to cut gives progress, a cancel that works
 * within one step, and maps that die as soon as they can, without changing a single operation.
 */
final class Cuts {

  /**
   * @param label what the step that ends here computes, for people
   * @param live every tensor that later steps need
   */
  record Cut(String label, List<Operand<?>> live) {}

  private final Deque<Operand<?>> held = new ArrayDeque<>();
  private final List<Cut> cuts = new ArrayList<>();

  /** Keeps a tensor alive, for a skip connection, until it is released. */
  void hold(Operand<?> tensor) {
    held.push(tensor);
  }

  /** Ends the life of the tensor held last. */
  void release() {
    held.pop();
  }

  /** Ends a step whose result is {@code tensor}; held tensors live on beside it. */
  void cut(String label, Operand<?> tensor) {
    Set<Operand<?>> live = new LinkedHashSet<>(List.of(tensor));
    live.addAll(held);
    cuts.add(new Cut(label, List.copyOf(live)));
  }

  List<Cut> list() {
    return List.copyOf(cuts);
  }
}
