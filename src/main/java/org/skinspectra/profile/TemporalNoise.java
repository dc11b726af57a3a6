package org.skinspectra.profile;

import java.util.OptionalDouble;
import org.skinspectra.cube.Mask;

/**
 * The temporal noise of a calibrated picture, by propagation from the frames. The variance of the
 * picture's frames is measured where there were several; else it follows from the photon transfer
 * of the references (EMVA 1288 Release 4): it grows with the signal by the gain K = (var W - var D)
 * / (W - D), from the variance in the dark. References that were not averaged add nothing.
 */
final class TemporalNoise {

  private final PreparedReferences prepared;
  private final FrameMean image;
  private final Mask region;
  private final int[] pixels;
  private final int plane;

  TemporalNoise(
      PreparedReferences prepared, FrameMean image, Mask region, int[] pixels, int plane) {
    this.prepared = prepared;
    this.image = image;
    this.region = region;
    this.pixels = pixels;
    this.plane = plane;
  }

  /**
   * Root mean square over the pixels of the region.
   *
   * @param reflectance of the plane, before demosaicing
   * @param scale reflectance of the white × exposure of the white / exposure of the picture
   */
  OptionalDouble rms(float[] reflectance, double scale) {
    CalibrationReferences references = prepared.references();
    PhotonTransfer transfer = image.count() > 1 ? null : photonTransfer();
    if (image.count() == 1 && transfer == null) {
      return OptionalDouble.empty();
    }
    double gains = image.tags().gain() / references.white().tags().gain();
    float[] signal = prepared.signal(plane);
    double sum = 0;
    int n = 0;
    for (int i : pixels) {
      if (region.contains(i) && !prepared.bad().contains(plane, i)) {
        double slope = scale / signal[i];
        double seen = reflectance[i] / slope;
        double own = transfer == null ? meanVariance(image, i) : transfer.variance(seen, gains);
        double relative = reflectance[i] / signal[i];
        sum +=
            slope * slope * (own + meanVariance(references.dark(), i))
                + relative
                    * relative
                    * (meanVariance(references.white(), i)
                        + meanVariance(references.whiteDark(), i));
        n++;
      }
    }
    return n == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(sum / n));
  }

  private double meanVariance(FrameMean frames, int pixel) {
    return frames.variance(plane).map(v -> v[pixel] / (double) frames.count()).orElse(0.0);
  }

  private PhotonTransfer photonTransfer() {
    CalibrationReferences r = prepared.references();
    if (r.white().count() < 2 || r.whiteDark().count() < 2 || r.dark().count() < 2) {
      return null;
    }
    float[] lit = r.white().variance(plane).orElseThrow();
    float[] unlit = r.whiteDark().variance(plane).orElseThrow();
    float[] dark = r.dark().variance(plane).orElseThrow();
    double variance = 0;
    double signal = 0;
    double floor = 0;
    int n = 0;
    for (int i : pixels) {
      if (!prepared.bad().contains(plane, i)) {
        variance += (double) lit[i] - unlit[i];
        signal += prepared.signal(plane)[i];
        floor += dark[i];
        n++;
      }
    }
    return n == 0 ? null : new PhotonTransfer(Math.max(0, variance / signal), floor / n);
  }

  /** Variance of one frame. */
  private record PhotonTransfer(double gain, double dark) {
    double variance(double signal, double gains) {
      return dark + gain * gains * Math.max(0, signal);
    }
  }
}
