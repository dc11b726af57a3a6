package org.skinspectra.model.engine;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.proto.RunOptions;

/** What a run of a session is fed; closes the tensors given to it. */
final class Feeds implements AutoCloseable {

  /**
   * Operations run in the thread that asks for them: a tile has one already, and handing every
   * operation to another takes 4 % of the time (512² pixels, three stages, two cores).
   */
  private static final RunOptions IN_THIS_THREAD =
      RunOptions.newBuilder().setInterOpThreadPool(-1).build();

  private final Session.Runner runner;
  private final List<Tensor> given = new ArrayList<>();

  Feeds(Session session) {
    runner = session.runner().setOptions(IN_THIS_THREAD);
  }

  /** Feeds a tensor and closes it in the end. */
  void give(Operand<?> input, Tensor tensor) {
    given.add(tensor);
    runner.feed(input, tensor);
  }

  /** Feeds a tensor that somebody else closes. */
  void lend(Operand<?> input, Tensor tensor) {
    runner.feed(input, tensor);
  }

  Session.Runner runner() {
    return runner;
  }

  @Override
  public void close() {
    given.forEach(Tensor::close);
  }
}
