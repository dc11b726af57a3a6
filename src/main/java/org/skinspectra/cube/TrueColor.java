package org.skinspectra.cube;

import ij.process.ColorProcessor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.Srgb;

/** A reflectance cube as the eye would see it under a light, in sRGB. */
public final class TrueColor {

  /** Enough for all processors, few enough for a cancel to be noticed. */
  private static final int ROWS = 256;

  private TrueColor() {}

  /**
   * Renders the cube, adapted so that a perfect white is (255, 255, 255) under any light. Colours
   * outside sRGB are clamped; a pixel is black where a visible band is not finite.
   *
   * @throws SkinSpectraException if the bands leave out part of 400 to 700 nm, or the illuminant is
   *     not known from 380 to 780 nm
   */
  public static ColorProcessor render(SpectralCube cube, Illuminant illuminant) {
    return render(cube, illuminant, ProgressMonitor.NONE);
  }

  /**
   * The same for somebody who waits for it.
   *
   * @throws org.skinspectra.CanceledException if the monitor asks to stop, which it is asked every
   *     few rows
   */
  public static ColorProcessor render(
      SpectralCube cube, Illuminant illuminant, ProgressMonitor progress) {
    double[][] matrix = Srgb.linearMatrix(cube.wavelengths(), illuminant);
    float[][] planes = cube.planes();
    int[] visible =
        IntStream.range(0, planes.length)
            .filter(band -> Arrays.stream(matrix).anyMatch(row -> row[band] != 0))
            .toArray();
    int width = cube.width();
    int height = cube.height();
    int[] pixels = new int[width * height];
    for (int first = 0; first < height; first += ROWS) {
      progress.checkCanceled("The picture");
      progress.report("Colours", first, height);
      IntStream.range(first, Math.min(first + ROWS, height))
          .parallel()
          .forEach(y -> renderRow(planes, visible, matrix, pixels, y * width, width));
    }
    return new ColorProcessor(width, height, pixels);
  }

  private static void renderRow(
      float[][] planes, int[] bands, double[][] matrix, int[] pixels, int start, int width) {
    double[] red = new double[width];
    double[] green = new double[width];
    double[] blue = new double[width];
    for (int band : bands) {
      float[] plane = planes[band];
      double r = matrix[0][band];
      double g = matrix[1][band];
      double b = matrix[2][band];
      for (int x = 0; x < width; x++) {
        float reflectance = plane[start + x];
        red[x] += r * reflectance;
        green[x] += g * reflectance;
        blue[x] += b * reflectance;
      }
    }
    for (int x = 0; x < width; x++) {
      boolean finite = Double.isFinite(red[x] + green[x] + blue[x]);
      pixels[start + x] = finite ? Srgb.pack(red[x], green[x], blue[x]) : Srgb.pack(0, 0, 0);
    }
  }
}
