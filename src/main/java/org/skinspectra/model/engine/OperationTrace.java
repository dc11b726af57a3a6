package org.skinspectra.model.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skinspectra.model.NetworkProfile.Share;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunMetadata;

/** Time by kind of operation, from TensorFlow's trace of every tile. */
final class OperationTrace implements TileRun {

  /** Arguments and results of a run: a copy at most. */
  private static final String FEED_OR_FETCH = "(feeding and fetching)";

  private record Key(String pass, String operation) {}

  private final Map<Key, Share> shares = new LinkedHashMap<>();

  @Override
  public synchronized Result of(TilePass pass, Session.Runner runner) {
    Result result = TensorFlowDevices.traced(runner);
    try {
      add(pass.label(), result.getMetadata().orElseThrow());
      return result;
    } catch (RuntimeException e) {
      result.close();
      throw e;
    }
  }

  void add(String pass, RunMetadata metadata) {
    metadata.getStepStats().getDevStatsList().stream()
        .flatMap(device -> device.getNodeStatsList().stream())
        .forEach(
            node -> {
              Share share = new Share(pass, operation(node), 1, seconds(node));
              shares.merge(new Key(pass, share.operation()), share, OperationTrace::sum);
            });
  }

  private static Share sum(Share a, Share b) {
    return new Share(a.pass(), a.operation(), a.calls() + b.calls(), a.seconds() + b.seconds());
  }

  private static double seconds(NodeExecStats node) {
    long nanos = node.getOpEndRelNanos() - node.getOpStartRelNanos();
    return 1e-9 * nanos;
  }

  /** The type in a label such as {@code body/MatMul_3 = MatMul(a, b)}. */
  static String operation(NodeExecStats node) {
    String label = node.getTimelineLabel();
    int type = label.indexOf(" = ") + 3;
    int arguments = label.indexOf('(', type);
    if (type < 3 || arguments <= type) {
      return FEED_OR_FETCH;
    }
    String name = label.substring(type, arguments);
    return name.startsWith("_Arg") || name.startsWith("_Retval") ? FEED_OR_FETCH : name;
  }

  /** Forgets what a warm-up took. */
  synchronized void reset() {
    shares.clear();
  }

  synchronized List<Share> shares() {
    return new ArrayList<>(shares.values());
  }
}
