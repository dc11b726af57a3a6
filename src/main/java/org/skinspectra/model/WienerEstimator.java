package org.skinspectra.model;

import java.util.stream.IntStream;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/**
 * Wiener estimation, the classical baseline: every pixel's spectrum is a fixed matrix times its
 * channels. Pure Java, always available.
 */
public final class WienerEstimator implements Reconstructor {

  /** What is named as the device of work done in Java. */
  static final String DEVICE = "CPU (Java)";

  private static final int ROWS_PER_REPORT = 64;

  private final ModelDescription model;
  private final WienerMatrix matrix;
  private final MemoryCheck memory;

  WienerEstimator(WienerMatrix matrix, ModelDescription model, MemoryCheck memory) {
    this.matrix = matrix;
    this.model = model;
    this.memory = memory;
  }

  /**
   * The estimator of weights that hold a Wiener matrix.
   *
   * @throws org.skinspectra.SkinSpectraException if they do not
   */
  public static WienerEstimator open(Weights weights) {
    WienerMatrix matrix = WienerMatrix.read(weights);
    String sizes = "Wiener estimation " + matrix.channels() + "→" + matrix.bands();
    return new WienerEstimator(
        matrix,
        new ModelDescription(weights.source(), weights.id(), sizes),
        MemoryCheck.OF_THIS_PROCESS);
  }

  @Override
  public ModelDescription model() {
    return model;
  }

  @Override
  public int inputChannels() {
    return matrix.channels();
  }

  @Override
  public Wavelengths wavelengths() {
    return matrix.wavelengths();
  }

  @Override
  public Reconstruction reconstruct(Msi msi, ProgressMonitor progress) {
    ImageCheck.check(msi, model, inputChannels());
    memory.check(
        msi.width(),
        msi.height(),
        0,
        MemoryCheck.heapNeed(matrix.bands(), (long) msi.width() * msi.height()));
    long start = System.nanoTime();
    float[][] planes = new float[matrix.bands()][msi.width() * msi.height()];
    for (int from = 0; from < msi.height(); from += ROWS_PER_REPORT) {
      progress.report("Wiener estimation", from, msi.height());
      progress.checkCanceled("Reconstruction");
      int to = Math.min(from + ROWS_PER_REPORT, msi.height());
      IntStream.range(from, to).parallel().forEach(y -> row(msi, y, planes));
    }
    progress.report("done", msi.height(), msi.height());
    double seconds = (System.nanoTime() - start) * 1e-9;
    SpectralCube cube =
        SpectralCube.ofPlanes(msi.width(), msi.height(), matrix.wavelengths(), planes);
    return Reconstruction.of(cube, model, DEVICE, Precision.FLOAT32, seconds);
  }

  private void row(Msi msi, int y, float[][] planes) {
    int width = msi.width();
    int channels = matrix.channels();
    for (int band = 0; band < planes.length; band++) {
      double[] weights = matrix.values()[band];
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int channel = 0; channel < channels; channel++) {
          sum += weights[channel] * msi.get(x, y, channel);
        }
        planes[band][y * width + x] = (float) sum;
      }
    }
  }

  @Override
  public void close() {
    // Holds nothing outside the Java heap.
  }
}
