package org.skinspectra.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.skin.SpectralStatistics;
import org.skinspectra.spectra.Wavelengths;

/**
 * The linear estimate of a spectrum from camera channels with the least mean squared error (Pratt
 * and Mancill, Applied Optics 15:73, 1976): {@code W = R·Aᵀ·(A·R·Aᵀ + N)⁻¹}, where R is the second
 * moment of the spectra, A the response of the channels and N the noise.
 *
 * <p>R is not centred, so that the estimate is linear without an offset: half the light gives half
 * the spectrum.
 *
 * @param wavelengths bands of the estimate (nm)
 * @param values {@code [band][channel]}
 */
public record WienerMatrix(Wavelengths wavelengths, double[][] values) {

  /**
   * Signal-to-noise ratio (dB) used where none is given. Found by trying 25 to 50 dB on rendered
   * images of 45 dB; the README shows what other values give.
   */
  public static final double TYPICAL_SNR_DB = 40;

  /** Name of the tensor, [bands, channels], in a weights file that holds nothing else. */
  static final String TENSOR = "wiener.matrix";

  /**
   * Makes the matrix from statistics.
   *
   * @param statistics whose second moment is R, of reflectance factors
   * @param response A, channels × bands: each channel's signal from a spectrum
   * @param snrDb ratio of each channel's root-mean-square signal to the standard deviation of its
   *     noise, 20·log10 of it
   */
  public static WienerMatrix of(SpectralStatistics statistics, double[][] response, double snrDb) {
    if (!Double.isFinite(snrDb)) {
      throw new SkinSpectraException(
          "A signal-to-noise ratio of " + snrDb + " dB is no number; a good camera has about 40.");
    }
    RealMatrix moment = statistics.secondMoment();
    RealMatrix camera = new Array2DRowRealMatrix(response);
    RealMatrix cross = moment.multiply(camera.transpose());
    RealMatrix signal = camera.multiply(cross);
    double noise = FastMath.pow(10, -snrDb / 10);
    for (int channel = 0; channel < response.length; channel++) {
      signal.multiplyEntry(channel, channel, 1 + noise);
    }
    RealMatrix inverse =
        new CholeskyDecomposition(signal, 1e-9, Double.MIN_NORMAL).getSolver().getInverse();
    return new WienerMatrix(statistics.wavelengths(), cross.multiply(inverse).getData());
  }

  public int bands() {
    return values.length;
  }

  public int channels() {
    return values[0].length;
  }

  /** The matrix alone as weights. */
  public Weights weights(Map<String, String> metadata, String source) {
    float[] flat = new float[bands() * channels()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) values[i / channels()][i % channels()];
    }
    WeightTensor tensor = new WeightTensor(new int[] {bands(), channels()}, flat);
    return Weights.of(Map.of(TENSOR, tensor), withWavelengths(metadata), source);
  }

  static boolean isHeldBy(Weights weights) {
    return weights.tensors().containsKey(TENSOR);
  }

  static WienerMatrix read(Weights weights) {
    WeightTensor tensor = weights.tensor(TENSOR);
    Optional<Wavelengths> stated = WavelengthConvention.stated(weights);
    if (tensor.rank() != 2 || stated.isEmpty() || weights.tensors().size() != 1) {
      throw new SkinSpectraException(
          weights.source()
              + " is no Wiener matrix: it needs the one tensor '"
              + TENSOR
              + "' of bands x channels and the metadata '"
              + WavelengthConvention.METADATA_KEY
              + "'.");
    }
    Wavelengths wavelengths = stated.get();
    int channels = tensor.shape()[1];
    if (tensor.shape()[0] != wavelengths.size() || channels < 3 || channels > 4) {
      throw new SkinSpectraException(
          "The Wiener matrix of "
              + weights.source()
              + " is "
              + tensor.shapeText()
              + ", but its "
              + wavelengths.size()
              + " wavelengths and 3 or 4 channels ask for another shape.");
    }
    double[][] values = new double[wavelengths.size()][channels];
    for (int i = 0; i < tensor.size(); i++) {
      float value = tensor.values()[i];
      if (!Float.isFinite(value)) {
        throw new SkinSpectraException(
            "The tensor '" + TENSOR + "' of " + weights.source() + " holds " + value + ".");
      }
      values[i / channels][i % channels] = value;
    }
    return new WienerMatrix(wavelengths, values);
  }

  /**
   * An MST++ that computes exactly this estimate: {@code conv_in} has the matrix as its centre tap
   * and {@code conv_out} is zero, so the output is {@code conv_in} of the input. The body has the
   * published model's initial distributions, seeded, so that training can start from here.
   */
  public Weights mstPlusPlus(int stages, long seed, Map<String, String> metadata, String source) {
    Architecture architecture = Architecture.mstPlusPlus(channels(), bands(), stages);
    InitialWeights initial = new InitialWeights(new Random(seed));
    Map<String, WeightTensor> tensors = new TreeMap<>();
    architecture.tensors().forEach((name, shape) -> tensors.put(name, initial.draw(name, shape)));
    tensors.put("conv_in.weight", centreTap());
    tensors.put("conv_out.weight", WeightTensor.zeros(bands(), bands(), 3, 3));
    Map<String, String> all = new LinkedHashMap<>(architecture.metadata());
    all.putAll(withWavelengths(metadata));
    return Weights.of(tensors, all, source);
  }

  private WeightTensor centreTap() {
    WeightTensor taps = WeightTensor.zeros(bands(), channels(), 3, 3);
    for (int band = 0; band < bands(); band++) {
      for (int channel = 0; channel < channels(); channel++) {
        taps.values()[(band * channels() + channel) * 9 + 4] = (float) values[band][channel];
      }
    }
    return taps;
  }

  private Map<String, String> withWavelengths(Map<String, String> metadata) {
    Map<String, String> all = new LinkedHashMap<>(metadata);
    all.put(WavelengthConvention.METADATA_KEY, wavelengths.toString());
    return all;
  }
}
