package org.skinspectra.measure;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/**
 * The mean spectrum over the masked pixels of any number of cubes. As a constant cube it is the
 * predict-the-mean baseline, which every reconstruction has to beat. Cubes are added one after the
 * other and not kept, so that a whole data set can be gone through.
 */
public final class MeanSpectrum {

  private final Wavelengths wavelengths;
  private final double[] sums;
  private long pixels;

  /** A mean over no cubes yet. */
  public MeanSpectrum(Wavelengths wavelengths) {
    this.wavelengths = wavelengths;
    this.sums = new double[wavelengths.size()];
  }

  /**
   * Adds the pixels of {@code cube} whose mask weight is above one half, each with the same weight.
   *
   * @throws SkinSpectraException if the cube has other wavelengths, if the mask has another size,
   *     or if a value inside the mask is not finite; nothing is added then
   */
  public void add(SpectralCube cube, Mask mask) {
    CubePair.requireSameSize(cube, mask);
    if (!cube.wavelengths().matches(wavelengths)) {
      throw new SkinSpectraException(
          "The mean spectrum has the wavelengths "
              + wavelengths
              + " nm, the cube "
              + cube.wavelengths()
              + " nm; resample the cube.");
    }
    double[] added = new double[sums.length];
    for (int band = 0; band < added.length; band++) {
      float[] plane = cube.plane(band);
      for (int i = 0; i < plane.length; i++) {
        if (mask.contains(i)) {
          added[band] += plane[i];
        }
      }
      if (!Double.isFinite(added[band])) {
        throw new SkinSpectraException(
            "The cube holds values that are not finite at "
                + wavelengths.label(band)
                + " inside the mask; correct the cube or leave those pixels out of the mask.");
      }
    }
    Arrays.setAll(sums, band -> sums[band] + added[band]);
    pixels += mask.count();
  }

  /** Number of pixels added. */
  public long pixels() {
    return pixels;
  }

  /**
   * The mean of each band (reflectance).
   *
   * @throws SkinSpectraException if no pixel was added
   */
  public double[] spectrum() {
    if (pixels == 0) {
      throw new SkinSpectraException("There is no mean spectrum: no masked pixel was added.");
    }
    return Arrays.stream(sums).map(sum -> sum / pixels).toArray();
  }

  /** The baseline's prediction: a cube with the mean spectrum at every pixel. */
  public SpectralCube predict(int width, int height) {
    double[] spectrum = spectrum();
    float[][] planes =
        IntStream.range(0, spectrum.length)
            .mapToObj(
                band -> {
                  float[] plane = new float[width * height];
                  Arrays.fill(plane, (float) spectrum[band]);
                  return plane;
                })
            .toArray(float[][]::new);
    return SpectralCube.ofPlanes(width, height, wavelengths, planes);
  }
}
