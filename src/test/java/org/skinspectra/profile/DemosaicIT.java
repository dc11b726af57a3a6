package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.util.FastMath;
import org.junit.jupiter.api.Test;
import org.skinspectra.cube.Msi;
import org.skinspectra.skin.CanonicalCamera;
import org.skinspectra.skin.OpticalSkin;
import org.skinspectra.skin.RenderedScene;
import org.skinspectra.skin.SceneGenerator;
import org.skinspectra.skin.SceneKind;
import org.skinspectra.spectra.Wavelengths;

/** Which way of demosaicing errs less on rendered skin, and by how much. */
class DemosaicIT {

  private static final int SIDE = 192;
  private static final double[] SNR_DB = {Double.POSITIVE_INFINITY, 50, 40, 30};

  @Test
  void theGradientIsWorthItsNoiseFromFiftyDecibelsOn() {
    double[][] squares = new double[Demosaic.values().length][SNR_DB.length];
    int scenes = 0;
    for (SceneKind kind : SceneKind.values()) {
      for (long seed = 1; seed <= 2; seed++, scenes++) {
        RenderedScene scene = new SceneGenerator(new OpticalSkin()).scene(kind, seed, SIDE, SIDE);
        Msi truth = new CanonicalCamera(Wavelengths.VIS_NIR).capture(scene.truth());
        for (int s = 0; s < SNR_DB.length; s++) {
          float[] mosaic = mosaic(truth, SNR_DB[s]);
          for (Demosaic demosaic : Demosaic.values()) {
            squares[demosaic.ordinal()][s] += error(demosaic, mosaic, truth);
          }
        }
      }
    }
    for (Demosaic demosaic : Demosaic.values()) {
      for (int s = 0; s < SNR_DB.length; s++) {
        System.out.printf(
            Locale.ROOT,
            "%s at %.0f dB: RMS %.5f in reflectance%n",
            demosaic,
            SNR_DB[s],
            Math.sqrt(squares[demosaic.ordinal()][s] / scenes));
      }
    }
    double[] gradient = squares[Demosaic.GRADIENT_CORRECTED.ordinal()];
    double[] bilinear = squares[Demosaic.BILINEAR.ordinal()];
    assertTrue(gradient[0] < bilinear[0], "without noise");
    assertTrue(gradient[1] < bilinear[1], "at 50 dB");
    // The noise that the acceptance of a capture is measured at.
    assertEquals(Demosaic.BILINEAR, Demosaic.DEFAULT);
    assertTrue(bilinear[2] < gradient[2], "at 40 dB");
    assertTrue(Math.sqrt(bilinear[2] / scenes) < 0.005);
  }

  /** RGGB, with noise of the variance of the signal, whose white has the ratio stated. */
  private static float[] mosaic(Msi truth, double snrDb) {
    RandomGenerator random = new Well19937c(9);
    double variance = FastMath.pow(10, -snrDb / 10);
    float[] mosaic = new float[SIDE * SIDE];
    for (int i = 0; i < mosaic.length; i++) {
      double seen = truth.get(i % SIDE, i / SIDE, BayerPattern.RGGB.channel(i % SIDE, i / SIDE));
      mosaic[i] = (float) (seen + Math.sqrt(variance * seen) * random.nextGaussian());
    }
    return mosaic;
  }

  private static double error(Demosaic demosaic, float[] mosaic, Msi truth) {
    float[][] planes = demosaic.apply(mosaic, SIDE, SIDE, BayerPattern.RGGB);
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < mosaic.length; i++) {
        double difference = planes[c][i] - truth.get(i % SIDE, i / SIDE, c);
        sum += difference * difference;
      }
    }
    return sum / (3.0 * mosaic.length);
  }
}
