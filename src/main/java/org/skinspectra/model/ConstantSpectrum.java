package org.skinspectra.model;

import java.util.Arrays;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.skin.SpectralStatistics;
import org.skinspectra.spectra.Wavelengths;

/**
 * Predicts the mean spectrum of a set for every pixel, whatever the image shows: the baseline that
 * any model must beat.
 */
public final class ConstantSpectrum implements Reconstructor {

  private final Wavelengths wavelengths;
  private final double[] spectrum;
  private final ModelDescription model;

  /** The mean of the given statistics. */
  public ConstantSpectrum(SpectralStatistics statistics) {
    wavelengths = statistics.wavelengths();
    spectrum = statistics.mean();
    model =
        new ModelDescription(
            "predict the mean", "none", "mean of " + statistics.count() + " spectra");
  }

  @Override
  public ModelDescription model() {
    return model;
  }

  @Override
  public int inputChannels() {
    return Msi.CHANNEL_NAMES.size();
  }

  @Override
  public Wavelengths wavelengths() {
    return wavelengths;
  }

  @Override
  public Reconstruction reconstruct(Msi msi, ProgressMonitor progress) {
    ImageCheck.check(msi, model, inputChannels());
    long start = System.nanoTime();
    float[][] planes = new float[spectrum.length][msi.width() * msi.height()];
    for (int band = 0; band < planes.length; band++) {
      Arrays.fill(planes[band], (float) spectrum[band]);
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    return Reconstruction.of(
        SpectralCube.ofPlanes(msi.width(), msi.height(), wavelengths, planes),
        model,
        WienerEstimator.DEVICE,
        Precision.FLOAT32,
        seconds);
  }

  @Override
  public void close() {
    // Holds nothing outside the Java heap.
  }
}
