package org.skinspectra.model;

import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Msi;
import org.skinspectra.spectra.Wavelengths;

/** What a benchmark needs of the engine beyond reconstruction. */
public interface EngineMeasurements {

  /**
   * Those of this process's engine.
   *
   * @throws org.skinspectra.SkinSpectraException if TensorFlow cannot be used here, saying why
   */
  static EngineMeasurements ofThisProcess() {
    return EngineLoader.engine().measurements();
  }

  /**
   * The network as it was published: queries, keys and values of every pixel, transposed, and the
   * whole image in one graph. A yardstick; the result is that of {@link NetworkReconstructor}. The
   * caller closes it.
   *
   * @param wavelengths bands of the result, as many as the network has outputs
   * @throws org.skinspectra.SkinSpectraException if the weights are not those of a known network,
   *     or the device cannot be used
   */
  Reconstructor literal(
      Weights weights, Wavelengths wavelengths, Device device, Precision precision);

  /**
   * Where the time of one reconstruction on the CPU goes: after a warm-up the image is computed
   * once as always, timed by pass, and once traced by TensorFlow, one tile at a time.
   *
   * @throws org.skinspectra.SkinSpectraException if the image does not fit in memory
   * @throws org.skinspectra.CanceledException if {@code progress} asks to stop
   */
  NetworkProfile profile(Weights weights, Precision precision, Msi image, ProgressMonitor progress);

  /** The result of a network of this size, still in its tensors; the caller closes it. */
  LayoutConversion layout(int width, int height, int bands);

  /** Ways from channel-last tensors to planes, as reconstruction goes them. */
  interface LayoutConversion extends AutoCloseable {

    /** Of all tiles of an image, as on the CPU: {@code [band][y · width + x]}. */
    float[][] planesFromTiles();

    /** Of one tensor of the whole image, as on a GPU: {@code [band][y · width + x]}. */
    float[][] planesFromWhole();

    @Override
    void close();
  }
}
