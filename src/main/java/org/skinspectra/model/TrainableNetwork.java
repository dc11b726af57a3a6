package org.skinspectra.model;

import java.util.Map;
import org.skinspectra.SkinSpectraException;

/**
 * A network that learns. Gradients of one or several batches of equal size are summed by {@link
 * #accumulate}, then {@link #step} takes one step of Adam with their mean, clipped, and moves the
 * running average of the weights.
 *
 * <p>Not thread-safe. The same calls with the same values give the same weights on one device.
 */
public interface TrainableNetwork extends AutoCloseable {

  /**
   * Puts weights onto a device to be trained.
   *
   * @param angleWeight λ of the loss L1 + λ·spectral angle
   * @throws SkinSpectraException if the weights are not those of a known network, TensorFlow cannot
   *     be used here, or the device cannot
   */
  static TrainableNetwork open(
      Weights initial, Device device, double angleWeight, AdamOptions adam) {
    if (WienerMatrix.isHeldBy(initial)) {
      throw new SkinSpectraException(
          initial.source() + " is a Wiener matrix alone; a network is needed to be trained.");
    }
    Architecture architecture = Architecture.infer(initial);
    architecture.check(initial);
    return EngineLoader.engine().trainable(initial, architecture, device, angleWeight, adam);
  }

  Architecture architecture();

  /** TensorFlow's name of the device in use, such as {@code CPU:0}. */
  String device();

  /**
   * Adds the gradient of a batch to those gathered since the last step.
   *
   * @return the loss of this batch; when it is no number, its gradient spoils the step, which then
   *     changes nothing
   */
  TrainingLoss accumulate(TrainingBatch batch);

  /**
   * Takes one step with the mean of the gathered gradients. If their norm is no finite number, the
   * weights, the moments and the average stay as they were.
   *
   * @param number of this step, from 1, by which Adam corrects its moments
   * @param rate learning rate
   * @param averaging share of the new weights in their running average, 0 to 1
   * @return norm of the mean gradient before clipping
   * @throws IllegalStateException if no gradient was gathered
   */
  double step(long number, double rate, double averaging);

  /** The weights as they are now. */
  Weights weights(Map<String, String> metadata, String source);

  /** The running average of the weights, which is what a trained model is. */
  Weights averagedWeights(Map<String, String> metadata, String source);

  /**
   * All that is needed to go on later: weights, moments and average. Only valid between steps.
   *
   * @throws IllegalStateException if gradients were gathered that no step has used
   */
  Weights state(Map<String, String> metadata, String source);

  /**
   * Goes back to a {@link #state}.
   *
   * @throws SkinSpectraException if it is not one of this network, or holds a value that is no
   *     finite number
   */
  void restore(Weights state);

  @Override
  void close();
}
