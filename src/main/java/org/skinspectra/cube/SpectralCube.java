package org.skinspectra.cube;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.planar.PlanarImg;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Fraction;
import org.skinspectra.spectra.Wavelengths;

/**
 * A reflectance cube: one float32 plane {@code [y][x]} per wavelength, as an ImgLib2 {@link
 * PlanarImg} of dimensions (width, height, bands). Planes are shared, never copied: the array of
 * {@link #plane} is the one of {@link #img} and of the ImageJ image made from the cube.
 */
public final class SpectralCube {

  private final PlanarImg<FloatType, FloatArray> img;
  private final Wavelengths wavelengths;
  private final Map<String, String> provenance;

  private SpectralCube(
      PlanarImg<FloatType, FloatArray> img,
      Wavelengths wavelengths,
      Map<String, String> provenance) {
    this.img = img;
    this.wavelengths = wavelengths;
    this.provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }

  /** A cube of zeros. */
  public static SpectralCube zeros(int width, int height, Wavelengths wavelengths) {
    return ofPlanes(width, height, wavelengths, band -> new float[width * height]);
  }

  /** A cube over existing planes, without a copy. */
  public static SpectralCube ofPlanes(
      int width, int height, Wavelengths wavelengths, float[]... planes) {
    if (planes.length != wavelengths.size()) {
      throw new IllegalArgumentException(
          planes.length
              + " planes for "
              + wavelengths.size()
              + " wavelengths ("
              + wavelengths
              + ").");
    }
    return ofPlanes(width, height, wavelengths, band -> planes[band]);
  }

  private static SpectralCube ofPlanes(
      int width, int height, Wavelengths wavelengths, IntFunction<float[]> planes) {
    if (width < 1 || height < 1 || (long) width * height > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "A plane of " + width + "x" + height + " pixels is not possible.");
    }
    var arrays =
        IntStream.range(0, wavelengths.size())
            .mapToObj(
                band -> {
                  float[] plane = planes.apply(band);
                  if (plane.length != width * height) {
                    throw new IllegalArgumentException(
                        "The plane at "
                            + wavelengths.label(band)
                            + " has "
                            + plane.length
                            + " values, not "
                            + width
                            + "x"
                            + height
                            + ".");
                  }
                  return new FloatArray(plane);
                })
            .toList();
    var img =
        new PlanarImg<FloatType, FloatArray>(
            arrays, new long[] {width, height, arrays.size()}, new Fraction());
    img.setLinkedType(new FloatType(img));
    return new SpectralCube(img, wavelengths, Map.of());
  }

  /**
   * The planes at some of the wavelengths, shared with this cube.
   *
   * @throws IllegalArgumentException if this cube has no band at one of them
   */
  public SpectralCube at(Wavelengths some) {
    float[][] planes = new float[some.size()][];
    for (int i = 0; i < planes.length; i++) {
      int band = wavelengths.nearestIndex(some.get(i));
      if (Math.abs(wavelengths.get(band) - some.get(i)) > Wavelengths.TOLERANCE_NM) {
        throw new IllegalArgumentException(
            "No band at " + some.label(i) + " in " + wavelengths + ".");
      }
      planes[i] = plane(band);
    }
    return ofPlanes(width(), height(), some, planes).withProvenance(provenance);
  }

  /** The same planes with the given provenance: what made the cube, key by key. */
  public SpectralCube withProvenance(Map<String, String> provenance) {
    return new SpectralCube(img, wavelengths, provenance);
  }

  /** What made this cube (model, device, source file …), in order; may be empty. */
  public Map<String, String> provenance() {
    return provenance;
  }

  public int width() {
    return (int) img.dimension(0);
  }

  public int height() {
    return (int) img.dimension(1);
  }

  public int bands() {
    return wavelengths.size();
  }

  public Wavelengths wavelengths() {
    return wavelengths;
  }

  /** The planes as one image of dimensions (width, height, bands). */
  public PlanarImg<FloatType, FloatArray> img() {
    return img;
  }

  /** The very array of one band, row by row. */
  public float[] plane(int band) {
    return img.getPlane(band).getCurrentStorageArray();
  }

  /** All planes, without a copy. */
  public float[][] planes() {
    return IntStream.range(0, bands()).mapToObj(this::plane).toArray(float[][]::new);
  }

  /** Number of pixels with a value that is not finite in any band. */
  public int pixelsNotFinite() {
    float[][] planes = planes();
    return (int)
        IntStream.range(0, width() * height())
            .parallel()
            .filter(pixel -> Arrays.stream(planes).anyMatch(plane -> !Float.isFinite(plane[pixel])))
            .count();
  }

  /** The spectrum of one pixel. */
  public float[] spectrum(int x, int y) {
    float[] spectrum = new float[bands()];
    int pixel = y * width() + x;
    for (int band = 0; band < spectrum.length; band++) {
      spectrum[band] = plane(band)[pixel];
    }
    return spectrum;
  }
}
