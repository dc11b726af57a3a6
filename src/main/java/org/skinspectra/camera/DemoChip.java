package org.skinspectra.camera;

import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.PixelType;

/**
 * The pixels of one demo camera, each unlike the others, and how light becomes counts in them:
 *
 * <pre>
 * electrons = light · response + warmth · exposure, with their number as variance, plus read noise
 * count     = dark level + K · gain · (electrons + offset), rounded and clipped
 * </pre>
 *
 * after EMVA 1288 R4, section 2; the normal distribution stands for Poisson's. Binning takes the
 * mean before rounding. Noise depends on seed, channel and pixel alone.
 */
final class DemoChip {

  /** The longest exposure in which a hot pixel does not saturate, ms. */
  private static final double HOT_MS = 40;

  /** What a dead pixel keeps of its light. */
  private static final float DEAD = 0.02f;

  private final DemoSensor sensor;
  private final int width;
  private final int height;
  private final float[][] response;
  private final float[][] darkRate;
  private final float[][] offset;

  DemoChip(DemoSensor sensor, int width, int height, int channels, long seed) {
    this.sensor = sensor;
    this.width = width;
    this.height = height;
    response = new float[channels][width * height];
    darkRate = new float[channels][width * height];
    offset = new float[channels][width * height];
    double hot = sensor.fullScaleElectrons() / HOT_MS;
    for (int c = 0; c < channels; c++) {
      RandomGenerator random = new Well19937c(NormalNoise.mixed(seed, c));
      for (int i = 0; i < response[c].length; i++) {
        response[c][i] =
            (float) Math.max(0, 1 + sensor.responseNonUniformity() * random.nextGaussian());
        offset[c][i] = (float) (sensor.darkNonUniformity() * random.nextGaussian());
        darkRate[c][i] = (float) sensor.darkCurrent();
        double fate = random.nextDouble();
        if (fate < sensor.badPixels() / 2) {
          darkRate[c][i] += (float) hot;
        } else if (fate < sensor.badPixels()) {
          response[c][i] *= DEAD;
        }
      }
    }
  }

  /**
   * Exposes and reads a frame.
   *
   * @param electronsPerMs of light, one plane a channel; empty where no light comes
   * @param level factor of the light
   */
  Frame expose(
      Optional<float[][]> electronsPerMs,
      double level,
      double exposureMs,
      double gain,
      DemoReadout read,
      long seed,
      FrameTags tags) {
    SensorRegion region = read.region();
    int samples = read.type().samplesPerPixel();
    int count = region.width() * region.height() * samples;
    byte[] bytes = read.type().bytesPerSample() == 1 ? new byte[count] : null;
    short[] shorts = read.type().bytesPerSample() == 2 ? new short[count] : null;
    float[] floats = read.type() == PixelType.GRAY32 ? new float[count] : null;
    double full = read.scale();
    Exposure exposure =
        new Exposure(electronsPerMs.orElse(null), level, exposureMs, gain, full, seed);
    IntStream.range(0, region.height())
        .parallel()
        .forEach(
            row -> {
              for (int c = 0; c < read.type().channels(); c++) {
                double[] counts = binned(exposure, read, row + region.y(), c);
                // Red is channel 0 but third of the delivered samples.
                int at = row * region.width() * samples + (samples == 1 ? 0 : 2 - c);
                for (int column = 0; column < counts.length; column++, at += samples) {
                  if (floats != null) {
                    floats[at] = (float) counts[column];
                  } else {
                    int digital = (int) Math.max(0, Math.min(full, Math.rint(counts[column])));
                    if (bytes != null) {
                      bytes[at] = (byte) digital;
                    } else {
                      shorts[at] = (short) digital;
                    }
                  }
                }
              }
            });
    if (floats != null) {
      return Frame.of(region.width(), region.height(), floats, tags);
    }
    return bytes != null
        ? Frame.of(region.width(), region.height(), read.type(), read.bits(), bytes, tags)
        : Frame.of(region.width(), region.height(), read.type(), read.bits(), shorts, tags);
  }

  /** Counts of a row of the region before rounding. */
  private double[] binned(Exposure exposure, DemoReadout read, int y, int c) {
    int b = read.binning();
    int from = read.region().x() * b;
    double[] mean = new double[read.region().width()];
    for (int j = 0; j < b; j++) {
      int row = y * b + j;
      double[] counts = new double[mean.length * b];
      for (int odd = 0; odd < 2; odd++) {
        int channel = read.type().channels() == 3 ? c : read.channel(from + odd, row);
        exposure.expose(channel, row * width + from, odd, counts);
      }
      if (b == 1) {
        return counts;
      }
      for (int i = 0; i < counts.length; i++) {
        mean[i / b] += counts[i] / (b * b);
      }
    }
    return mean;
  }

  /** The physics of one frame. */
  private final class Exposure {

    private final float[][] light;
    private final double level;
    private final double exposureMs;
    private final double countsPerElectron;
    private final double darkCount;
    private final double readVariance = sensor.readNoise() * sensor.readNoise();
    private final long seed;

    /**
     * @param light null in the dark
     */
    Exposure(
        float[][] light, double level, double exposureMs, double gain, double scale, long seed) {
      this.light = light;
      this.level = level;
      this.exposureMs = exposureMs;
      this.countsPerElectron = scale * gain / sensor.fullScaleElectrons();
      this.darkCount = scale * sensor.darkLevel();
      this.seed = seed;
    }

    /** Fills in every second count of pixels that follow each other. */
    void expose(int channel, int pixel, int first, double[] counts) {
      float[] dark = darkRate[channel];
      float[] factor = response[channel];
      float[] bias = offset[channel];
      float[] lit = light == null ? null : light[channel];
      long place = (long) channel * width * height;
      for (int i = first; i < counts.length; i += 2) {
        int p = pixel + i;
        double rate = dark[p];
        if (lit != null) {
          rate += level * lit[p] * factor[p];
        }
        double mean = rate * exposureMs;
        double noise = NormalNoise.at(seed, place + p);
        double electrons = mean + Math.sqrt(mean + readVariance) * noise;
        counts[i] = darkCount + countsPerElectron * (electrons + bias[p]);
      }
    }
  }
}
