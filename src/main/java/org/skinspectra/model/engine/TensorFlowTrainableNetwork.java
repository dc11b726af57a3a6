package org.skinspectra.model.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.model.AdamOptions;
import org.skinspectra.model.Architecture;
import org.skinspectra.model.Precision;
import org.skinspectra.model.TrainableNetwork;
import org.skinspectra.model.TrainingBatch;
import org.skinspectra.model.TrainingLoss;
import org.skinspectra.model.WeightTensor;
import org.skinspectra.model.Weights;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The network, its loss and the optimizer as one graph, and the session that holds their state. */
final class TensorFlowTrainableNetwork implements TrainableNetwork {

  /** Groups of a state's tensor names. */
  private static final String WEIGHT = "weight/";

  private static final String FIRST_MOMENT = "adam.m/";
  private static final String SECOND_MOMENT = "adam.v/";
  private static final String AVERAGE = "average/";

  private final Architecture architecture;
  private final NetworkGraph network;
  private final LossGraph loss;
  private final StateVariables sums;
  private final AdamGraph adam;
  private final List<Operand<TFloat32>> accumulation = new ArrayList<>();
  private final Session session;
  private final String device;
  private int accumulated;

  TensorFlowTrainableNetwork(
      Weights initial,
      Architecture architecture,
      DeviceSpec spec,
      double angleWeight,
      AdamOptions options) {
    this.architecture = architecture;
    device = TensorFlowDevices.name(spec);
    network = NetworkGraph.build(architecture, Precision.FLOAT32, spec);
    try {
      Ops tf = Ops.create(network.graph()).withDevice(spec);
      loss = new LossGraph(tf, network, angleWeight);
      Map<String, GraphWeights.Parameter> parameters = network.weights().parameters();
      sums = new StateVariables(tf, parameters);
      addAccumulation(tf, parameters);
      adam = new AdamGraph(tf, parameters, sums, options);
      session = new Session(network.graph(), TensorFlowDevices.trainingSessionConfig());
      try {
        network.weights().assign(session, initial);
        sums.assign(session, Map.of());
        adam.firstMoments().assign(session, Map.of());
        adam.secondMoments().assign(session, Map.of());
        adam.averages().assign(session, inTensorFlowLayout(initial));
      } catch (RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (RuntimeException e) {
      network.graph().close();
      throw TensorFlowDevices.explained(device, e);
    }
  }

  @Override
  public Architecture architecture() {
    return architecture;
  }

  @Override
  public String device() {
    return device;
  }

  // -- Training --

  @Override
  public TrainingLoss accumulate(TrainingBatch batch) {
    requireShape(batch);
    int n = batch.images();
    int y = batch.height();
    int x = batch.width();
    try (TFloat32 input = tensor(batch.input(), n, y, x, batch.channels());
        TFloat32 truth = tensor(batch.truth(), n, y, x, batch.bands());
        TFloat32 weight = tensor(batch.weight(), n, y, x, 1)) {
      Session.Runner runner =
          session
              .runner()
              .feed(network.input(), input)
              .feed(loss.truth(), truth)
              .feed(loss.weight(), weight)
              .fetch(loss.l1())
              .fetch(loss.angle())
              .fetch(loss.total());
      accumulation.forEach(runner::addTarget);
      try (var result = runner.run()) {
        accumulated++;
        return new TrainingLoss(
            ((TFloat32) result.get(2)).getFloat(),
            ((TFloat32) result.get(0)).getFloat(),
            ((TFloat32) result.get(1)).getFloat());
      }
    } catch (RuntimeException e) {
      throw TensorFlowDevices.explained(device, e);
    }
  }

  @Override
  public double step(long number, double rate, double averaging) {
    if (accumulated == 0) {
      throw new IllegalStateException("No batch was accumulated since the last step.");
    }
    try {
      double norm = adam.step(session, accumulated, number, rate, averaging);
      accumulated = 0;
      return norm;
    } catch (RuntimeException e) {
      throw TensorFlowDevices.explained(device, e);
    }
  }

  // -- State --

  @Override
  public Weights weights(Map<String, String> metadata, String source) {
    return Weights.of(network.weights().read(session), withArchitecture(metadata), source);
  }

  @Override
  public Weights averagedWeights(Map<String, String> metadata, String source) {
    return Weights.of(
        network.weights().inPyTorchLayout(adam.averages().read(session)),
        withArchitecture(metadata),
        source);
  }

  @Override
  public Weights state(Map<String, String> metadata, String source) {
    if (accumulated > 0) {
      throw new IllegalStateException("Gradients are gathered that no step has used yet.");
    }
    Map<String, WeightTensor> tensors = new TreeMap<>();
    put(tensors, WEIGHT, network.weights().read(session));
    put(tensors, FIRST_MOMENT, layout(adam.firstMoments()));
    put(tensors, SECOND_MOMENT, layout(adam.secondMoments()));
    put(tensors, AVERAGE, layout(adam.averages()));
    return Weights.of(tensors, withArchitecture(metadata), source);
  }

  @Override
  public void restore(Weights state) {
    Weights weights = group(state, WEIGHT);
    Map<String, float[]> first = inTensorFlowLayout(group(state, FIRST_MOMENT));
    Map<String, float[]> second = inTensorFlowLayout(group(state, SECOND_MOMENT));
    Map<String, float[]> average = inTensorFlowLayout(group(state, AVERAGE));
    network.weights().assign(session, weights);
    adam.firstMoments().assign(session, first);
    adam.secondMoments().assign(session, second);
    adam.averages().assign(session, average);
    sums.assign(session, Map.of());
    accumulated = 0;
  }

  @Override
  public void close() {
    session.close();
    network.graph().close();
  }

  // -- Graph --

  private void addAccumulation(Ops tf, Map<String, GraphWeights.Parameter> parameters) {
    Output<?>[] gradients =
        network
            .graph()
            .addGradients(
                loss.total().asOutput(),
                parameters.values().stream()
                    .map(parameter -> parameter.value().asOutput())
                    .toArray(Output[]::new));
    int i = 0;
    for (String name : parameters.keySet()) {
      @SuppressWarnings("unchecked")
      Operand<TFloat32> gradient = (Operand<TFloat32>) gradients[i++];
      accumulation.add(tf.assignAdd(sums.variable(name), gradient));
    }
  }

  // -- Layouts --

  private void requireShape(TrainingBatch batch) {
    int multiple = NetworkGraph.sideMultiple(architecture);
    if (batch.channels() != architecture.inputs() || batch.bands() != architecture.outputs()) {
      throw new IllegalArgumentException(
          "The network turns %d channels into %d bands, the batch %d into %d."
              .formatted(
                  architecture.inputs(), architecture.outputs(), batch.channels(), batch.bands()));
    }
    if (batch.height() % multiple != 0 || batch.width() % multiple != 0) {
      throw new IllegalArgumentException(
          "Sides are multiples of %d, not %dx%d."
              .formatted(multiple, batch.width(), batch.height()));
    }
  }

  private static TFloat32 tensor(float[] values, long... shape) {
    return TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(values, true, false));
  }

  private Map<String, String> withArchitecture(Map<String, String> metadata) {
    Map<String, String> all = new LinkedHashMap<>(metadata);
    all.putAll(architecture.metadata());
    return all;
  }

  private Map<String, WeightTensor> layout(StateVariables variables) {
    return network.weights().inPyTorchLayout(variables.read(session));
  }

  private Map<String, float[]> inTensorFlowLayout(Weights weights) {
    return network.weights().inTensorFlowLayout(weights);
  }

  private static void put(
      Map<String, WeightTensor> all, String group, Map<String, WeightTensor> tensors) {
    tensors.forEach((name, tensor) -> all.put(group + name, tensor));
  }

  private Weights group(Weights state, String group) {
    Map<String, WeightTensor> tensors = new TreeMap<>();
    architecture.tensors().keySet().forEach(name -> tensors.put(name, finite(state, group + name)));
    Weights weights = Weights.of(tensors, Map.of(), state.source());
    architecture.check(weights);
    return weights;
  }

  private static WeightTensor finite(Weights state, String name) {
    WeightTensor tensor = state.tensor(name);
    for (float value : tensor.values()) {
      if (!Float.isFinite(value)) {
        throw new SkinSpectraException(
            "The tensor '%s' of %s holds %s; use an earlier checkpoint."
                .formatted(name, state.source(), value));
      }
    }
    return tensor;
  }
}
