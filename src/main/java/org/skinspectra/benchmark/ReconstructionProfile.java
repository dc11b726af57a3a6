package org.skinspectra.benchmark;

import org.skinspectra.ProgressMonitor;
import org.skinspectra.model.Architecture;
import org.skinspectra.model.EngineMeasurements;
import org.skinspectra.model.NetworkProfile;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Weights;

/** Where the time of a reconstruction goes, in this process. */
public final class ReconstructionProfile {

  private ReconstructionProfile() {}

  /**
   * @param model a name of {@link BenchmarkModel}
   * @param side of the square image, pixels
   */
  public static NetworkProfile measure(
      String model, int side, Precision precision, ProgressMonitor progress) {
    Weights weights = BenchmarkModel.weights(model);
    int channels = Architecture.infer(weights).inputs();
    return EngineMeasurements.ofThisProcess()
        .profile(weights, precision, TestImages.square(side, channels), progress);
  }
}
