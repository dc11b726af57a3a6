package org.skinspectra.skin;

import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.MsiImages;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.profile.ChannelMap;
import org.skinspectra.profile.SpectralResponse;
import org.skinspectra.spectra.Wavelengths;

/**
 * A camera with its errors and its calibration: spectra become channels, blurred and shifted, then
 * digital numbers with noise and clipping; those are divided by white and mapped to the canonical
 * channels. Noise is normal, with the variance of shot and read noise together, and one number is
 * drawn per pixel and channel, so that captures of one seed share their noise but for its size.
 * Immutable and thread-safe; the result does not depend on the number of threads.
 */
public final class SimulatedCamera {

  private static final int CHANNELS = 4;

  /** Pixels that are captured together, by a random generator of their own. */
  private static final int BLOCK = 4096;

  private final Wavelengths wavelengths;
  private final double[][] weights;

  /** Camera to canonical channels, or null where they are the same. */
  private final ChannelMap map;

  private SimulatedCamera(SpectralResponse response, ChannelMap map) {
    this.wavelengths = response.wavelengths();
    this.weights = response.weights();
    this.map = map;
  }

  /**
   * The camera whose channels are the canonical ones.
   *
   * @throws SkinSpectraException if the grid has no band at 960 nm or none in the visible
   */
  public static SimulatedCamera canonical(Wavelengths grid) {
    return new SimulatedCamera(SpectralResponse.canonical(grid), null);
  }

  /** A camera that is mapped to the canonical channels after its calibration. */
  public static SimulatedCamera calibrated(SpectralResponse response, ChannelMap map) {
    return new SimulatedCamera(response, map);
  }

  /** Bands of the cubes that this camera captures. */
  public Wavelengths wavelengths() {
    return wavelengths;
  }

  /**
   * The canonical image of a cube.
   *
   * @param seed of the noise; the same seed gives the same noise on every platform
   * @throws SkinSpectraException if the cube has other wavelengths than this camera
   */
  public Msi capture(SpectralCube truth, CaptureConditions conditions, long seed) {
    if (!truth.wavelengths().matches(wavelengths)) {
      throw new SkinSpectraException(
          "The cube has the wavelengths "
              + truth.wavelengths()
              + ", but the camera was made for "
              + wavelengths
              + ".");
    }
    return capture(truth.planes(), truth.width(), truth.height(), conditions, seed);
  }

  /**
   * The canonical image of one reflectance plane {@code [y][x]} per band.
   *
   * @throws IllegalArgumentException if there is another number of planes than of bands, or a plane
   *     has another length than {@code width * height}
   */
  public Msi capture(
      float[][] planes, int width, int height, CaptureConditions conditions, long seed) {
    requireImage(planes, width, height);
    float[][] channels = project(planes, width * height);
    IntStream.range(0, CHANNELS)
        .parallel()
        .forEach(
            c -> {
              channels[c] =
                  PlaneFilters.blurred(channels[c], width, height, conditions.blur().get(c));
            });
    channels[CHANNELS - 1] =
        PlaneFilters.shifted(
            channels[CHANNELS - 1], width, height, conditions.shiftX(), conditions.shiftY());
    Sensor sensor = new Sensor(conditions, width, height);
    forEachBlock(
        width * height,
        (start, end) -> {
          for (int c = 0; c < CHANNELS; c++) {
            sensor.expose(channels[c], start, end, Seeds.of(seed, (long) c << 32 | start));
          }
          if (map != null) {
            map.apply(channels, start, end);
          }
        });
    return MsiImages.ofPlanes(width, height, channels);
  }

  private void requireImage(float[][] planes, int width, int height) {
    if (planes.length != weights[0].length) {
      throw new IllegalArgumentException(
          planes.length + " planes for " + weights[0].length + " bands (" + wavelengths + ").");
    }
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "An image of " + width + "x" + height + " pixels is not possible.");
    }
    for (int band = 0; band < planes.length; band++) {
      if (planes[band].length != (long) width * height) {
        throw new IllegalArgumentException(
            "The plane at %s has %d values, not %dx%d."
                .formatted(wavelengths.label(band), planes[band].length, width, height));
      }
    }
  }

  /** What the channels see. */
  private float[][] project(float[][] planes, int pixels) {
    float[][] channels = new float[CHANNELS][pixels];
    forEachBlock(
        pixels,
        (start, end) -> {
          for (int c = 0; c < CHANNELS; c++) {
            ChannelProjection.project(planes, weights[c], start, end, channels[c]);
          }
        });
    return channels;
  }

  private static void forEachBlock(int pixels, BlockTask task) {
    IntStream.range(0, (pixels - 1) / BLOCK + 1)
        .parallel()
        .forEach(block -> task.run(block * BLOCK, (int) Math.min(pixels, (block + 1L) * BLOCK)));
  }

  private interface BlockTask {
    void run(int start, int end);
  }

  /** From the light on a pixel to its reflectance after calibration. */
  private static final class Sensor {

    private final double exposure;
    private final double shotVariance;
    private final double readVariance;
    private final double vignetting;
    private final double saturation;
    private final double step;
    private final int width;
    private final double middleX;
    private final double middleY;
    private final double cornerSquared;

    Sensor(CaptureConditions conditions, int width, int height) {
      exposure = conditions.exposure();
      shotVariance = FastMath.pow(10, -conditions.whiteSnrDb() / 10);
      readVariance = conditions.readNoise() * conditions.readNoise();
      vignetting = conditions.vignetting();
      saturation = conditions.saturation();
      step = conditions.bits() == 0 ? 0 : saturation / ((1L << conditions.bits()) - 1);
      this.width = width;
      middleX = (width - 1) / 2.0;
      middleY = (height - 1) / 2.0;
      cornerSquared = Math.max(middleX * middleX + middleY * middleY, 1e-9);
    }

    void expose(float[] plane, int start, int end, long seed) {
      boolean noisy = shotVariance > 0 || readVariance > 0;
      RandomGenerator random = noisy ? new Well19937c(seed) : null;
      for (int i = start; i < end; i++) {
        double gain = exposure * transmission(i % width, i / width);
        double signal = plane[i] * gain;
        if (noisy) {
          double variance = readVariance + shotVariance * Math.max(signal, 0);
          signal += Math.sqrt(variance) * random.nextGaussian();
        }
        // Below zero nothing clips: the black level of a sensor leaves room there.
        signal = Math.min(signal, saturation);
        if (step > 0) {
          signal = Math.rint(signal / step) * step;
        }
        plane[i] = (float) (signal / gain);
      }
    }

    private double transmission(int x, int y) {
      double dx = x - middleX;
      double dy = y - middleY;
      return 1 - vignetting * (dx * dx + dy * dy) / cornerSquared;
    }
  }
}
