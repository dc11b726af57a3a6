package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Wavelengths;

/** A small network that learns on the CPU. */
class TrainableNetworkIT {

  private static final int BANDS = 7;
  private static final int SIDE = 16;
  private static final Weights START = start();

  private static Weights start() {
    double[][] matrix = new double[BANDS][4];
    for (int band = 0; band < BANDS; band++) {
      Arrays.fill(matrix[band], 0.25);
    }
    return new WienerMatrix(Wavelengths.range(400, 100, 1000), matrix)
        .mstPlusPlus(1, 5, Map.of(), "start");
  }

  private static TrainableNetwork open() {
    return TrainableNetwork.open(START, Device.CPU, 0.1, AdamOptions.DEFAULT);
  }

  /** Images whose truth is a fixed function of their input. */
  private static TrainingBatch batch(int images, long seed) {
    Random random = new Random(seed);
    int pixels = images * SIDE * SIDE;
    float[] input = new float[pixels * 4];
    float[] truth = new float[pixels * BANDS];
    float[] weight = new float[pixels];
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int c = 0; c < 4; c++) {
        input[pixel * 4 + c] = 0.2f + 0.6f * random.nextFloat();
      }
      for (int band = 0; band < BANDS; band++) {
        truth[pixel * BANDS + band] =
            0.3f * input[pixel * 4 + band % 4] + 0.5f * input[pixel * 4 + (band + 1) % 4];
      }
      weight[pixel] = pixel % 3 == 0 ? 0.5f : 1;
    }
    return new TrainingBatch(images, SIDE, SIDE, input, truth, weight);
  }

  private static TrainingBatch part(TrainingBatch batch, int image) {
    int pixels = SIDE * SIDE;
    return new TrainingBatch(
        1,
        SIDE,
        SIDE,
        Arrays.copyOfRange(batch.input(), image * pixels * 4, (image + 1) * pixels * 4),
        Arrays.copyOfRange(batch.truth(), image * pixels * BANDS, (image + 1) * pixels * BANDS),
        Arrays.copyOfRange(batch.weight(), image * pixels, (image + 1) * pixels));
  }

  private static double train(TrainableNetwork network, long from, long to) {
    double loss = Double.NaN;
    for (long step = from; step <= to; step++) {
      loss = network.accumulate(batch(2, step)).total();
      network.step(step, 1e-3, 0.1);
    }
    return loss;
  }

  private static Weights now(TrainableNetwork network) {
    return network.weights(Map.of(), "now");
  }

  @Test
  void theLossFallsToLessThanHalf() {
    try (TrainableNetwork network = open()) {
      double first = train(network, 1, 1);
      double last = train(network, 2, 120);
      assertTrue(last < 0.5 * first, first + " became " + last);
    }
  }

  @Test
  void equalCallsGiveEqualWeights() {
    try (TrainableNetwork one = open();
        TrainableNetwork other = open()) {
      train(one, 1, 5);
      train(other, 1, 5);
      assertEquals(now(one).id(), now(other).id());
      assertNotEquals(now(one).id(), START.id());
    }
  }

  @Test
  void aRestoredStateGoesOnAsIfNothingHadHappened() {
    Weights unbroken;
    Weights state;
    try (TrainableNetwork network = open()) {
      train(network, 1, 4);
      state = network.state(Map.of("step", "4"), "state");
      train(network, 5, 8);
      unbroken = network.averagedWeights(Map.of(), "average");
    }
    try (TrainableNetwork network = open()) {
      train(network, 1, 2);
      network.restore(state);
      train(network, 5, 8);
      assertEquals(unbroken.id(), network.averagedWeights(Map.of(), "average").id());
    }
  }

  @Test
  void gradientsGatheredInPartsAreThoseOfTheWholeBatch() {
    TrainingBatch whole = batch(2, 3);
    try (TrainableNetwork one = open();
        TrainableNetwork other = open()) {
      one.accumulate(whole);
      other.accumulate(part(whole, 0));
      other.accumulate(part(whole, 1));
      double norm = one.step(1, 1e-3, 1);
      assertEquals(norm, other.step(1, 1e-3, 1), 1e-4 * norm);
    }
  }

  @Test
  void aLossThatIsNoNumberChangesNothingAndTheNextStepLearns() {
    TrainingBatch bad = batch(1, 1);
    bad.truth()[3] = Float.NaN;
    try (TrainableNetwork network = open()) {
      train(network, 1, 2);
      String before = network.state(Map.of(), "state").id();
      assertFalse(Double.isFinite(network.accumulate(bad).total()));
      assertFalse(Double.isFinite(network.step(3, 1e-3, 0.1)));
      assertEquals(before, network.state(Map.of(), "state").id());
      assertTrue(Double.isFinite(train(network, 4, 5)));
      assertNotEquals(before, network.state(Map.of(), "state").id());
    }
  }

  @Test
  void blackPixelsAndPerfectPredictionsHaveALossAndAGradient() {
    TrainingBatch batch = batch(1, 1);
    Arrays.fill(batch.input(), 0);
    Arrays.fill(batch.truth(), 0);
    try (TrainableNetwork network = open()) {
      TrainingLoss loss = network.accumulate(batch);
      assertTrue(Double.isFinite(loss.total()), loss.toString());
      assertTrue(Double.isFinite(network.step(1, 1e-3, 0.1)));
    }
  }

  @Test
  void theLossIsTheMeanErrorPlusATenthOfTheAngle() {
    TrainingBatch batch = batch(1, 8);
    try (TrainableNetwork network = open()) {
      TrainingLoss loss = network.accumulate(batch);
      double l1 = 0;
      double angle = 0;
      double total = 0;
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        double mean = 0;
        for (int c = 0; c < 4; c++) {
          mean += 0.25 * batch.input()[pixel * 4 + c];
        }
        double dot = 0;
        double square = 0;
        double error = 0;
        for (int band = 0; band < BANDS; band++) {
          double t = batch.truth()[pixel * BANDS + band];
          dot += mean * t;
          square += t * t;
          error += Math.abs(mean - t) / BANDS;
        }
        double weight = batch.weight()[pixel];
        l1 += weight * error;
        angle += weight * Math.acos(dot / Math.sqrt(square * BANDS * mean * mean));
        total += weight;
      }
      assertEquals(l1 / total, loss.l1(), 1e-6);
      assertEquals(angle / total, loss.angle(), 1e-4);
      assertEquals(loss.l1() + 0.1 * loss.angle(), loss.total(), 1e-6);
    }
  }

  @Test
  void aStateWithAValueThatIsNoNumberIsRefused() {
    try (TrainableNetwork network = open()) {
      Weights state = network.state(Map.of(), "state");
      Map<String, WeightTensor> damaged = new TreeMap<>(state.tensors());
      String name = damaged.keySet().iterator().next();
      WeightTensor tensor = damaged.get(name);
      float[] values = tensor.values().clone();
      values[0] = Float.NaN;
      damaged.put(name, new WeightTensor(tensor.shape(), values));
      String message =
          assertThrows(
                  SkinSpectraException.class,
                  () -> network.restore(Weights.of(damaged, Map.of(), "damaged")))
              .getMessage();
      assertTrue(message.contains(name) && message.contains("NaN"), message);
      assertThrows(SkinSpectraException.class, () -> network.restore(START));
    }
  }

  @Test
  void aStepNeedsAGradient() {
    try (TrainableNetwork network = open()) {
      assertThrows(IllegalStateException.class, () -> network.step(1, 1e-3, 0.1));
    }
  }

  @Test
  void aBatchOfTheWrongShapeIsRefused() {
    try (TrainableNetwork network = open()) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              network.accumulate(
                  new TrainingBatch(
                      1,
                      12,
                      16,
                      new float[12 * 16 * 4],
                      new float[12 * 16 * BANDS],
                      new float[12 * 16])));
      assertThrows(
          IllegalArgumentException.class,
          () ->
              network.accumulate(
                  new TrainingBatch(
                      1,
                      16,
                      16,
                      new float[16 * 16 * 3],
                      new float[16 * 16 * BANDS],
                      new float[16 * 16])));
    }
  }
}
