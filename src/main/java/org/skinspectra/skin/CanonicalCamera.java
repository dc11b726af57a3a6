package org.skinspectra.skin;

import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.MsiImages;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.profile.SpectralResponse;
import org.skinspectra.spectra.Wavelengths;

/**
 * The camera that would deliver a canonical multispectral image: channels R, G, B are the CIE 1931
 * 2° functions under equal energy, each of sum 1 over the bands; the fourth is the reflectance at
 * 960 nm. Immutable.
 */
public final class CanonicalCamera {

  /** Wavelength of the fourth channel (nm). */
  public static final double INFRARED_NM = SpectralResponse.INFRARED_NM;

  private final Wavelengths wavelengths;
  private final SpectralResponse response;
  private final double[][] responses;

  /**
   * A camera that sees spectra on a grid.
   *
   * @throws SkinSpectraException if the grid has no band at 960 nm or none in the visible
   */
  public CanonicalCamera(Wavelengths wavelengths) {
    this.wavelengths = wavelengths;
    response = SpectralResponse.canonical(wavelengths);
    responses = response.weights();
  }

  /** Weights by which a reflectance spectrum becomes R, G, B, 960 nm: {@code [4][bands]}. */
  public double[][] responseMatrix() {
    return response.weights();
  }

  /**
   * R, G, B and 960 nm of one reflectance spectrum.
   *
   * @throws IllegalArgumentException if the spectrum has another length than the grid
   */
  public double[] capture(double[] spectrum) {
    return response.capture(spectrum);
  }

  /**
   * The image of a cube, without noise.
   *
   * @throws SkinSpectraException if the cube has other wavelengths than this camera
   */
  public Msi capture(SpectralCube cube) {
    if (!cube.wavelengths().matches(wavelengths)) {
      throw new SkinSpectraException(
          "The cube has the wavelengths "
              + cube.wavelengths()
              + ", but the camera was made for "
              + wavelengths
              + ".");
    }
    int pixels = cube.width() * cube.height();
    float[][] channels = new float[responses.length][pixels];
    for (int c = 0; c < channels.length; c++) {
      ChannelProjection.project(cube.planes(), responses[c], 0, pixels, channels[c]);
    }
    return MsiImages.ofPlanes(cube.width(), cube.height(), channels);
  }

  /**
   * The image of a cube with additive white Gaussian noise. The noise of a channel has the standard
   * deviation rms·10^(-snrDb/20), where rms is the root mean square of that channel over the whole
   * image; values below zero are kept.
   *
   * @param snrDb signal-to-noise ratio of each channel, dB
   * @param seed of the noise; the same seed gives the same noise on every platform
   * @throws IllegalArgumentException if {@code snrDb} is not finite
   * @throws SkinSpectraException if the cube has other wavelengths than this camera
   */
  public Msi capture(SpectralCube cube, double snrDb, long seed) {
    if (!Double.isFinite(snrDb)) {
      throw new IllegalArgumentException(
          "A signal-to-noise ratio of " + snrDb + " dB is no number.");
    }
    Msi clean = capture(cube);
    float[] pixels = clean.pixels();
    int channels = clean.channels();
    double[] deviation = new double[channels];
    for (int i = 0; i < pixels.length; i++) {
      deviation[i % channels] += (double) pixels[i] * pixels[i];
    }
    for (int c = 0; c < channels; c++) {
      deviation[c] =
          Math.sqrt(deviation[c] * channels / pixels.length) * FastMath.pow(10, -snrDb / 20);
    }
    RandomGenerator random = new Well19937c(seed);
    float[] noisy = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      noisy[i] = (float) (pixels[i] + deviation[i % channels] * random.nextGaussian());
    }
    return new Msi(clean.width(), clean.height(), channels, noisy);
  }
}
