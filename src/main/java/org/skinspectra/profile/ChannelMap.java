package org.skinspectra.profile;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.SpectralTable;

/**
 * A map from the calibrated channels R, G, B and 960 nm of a camera to those of a canonical
 * multispectral image. It keeps white, and so every grey; twice the exposure gives twice the
 * result. Immutable and thread-safe.
 */
public sealed interface ChannelMap permits CanonicalMap, RootPolynomialMap {

  /** R, G, B and 960 nm. */
  int CHANNELS = 4;

  /**
   * Fits a map of a kind.
   *
   * @param kind {@value CanonicalMap#KIND} or {@value RootPolynomialMap#KIND}
   * @param noiseAtWhite standard deviation of every channel at reflectance 1
   * @throws SkinSpectraException if there is no such kind, or as {@link
   *     CanonicalMap#fit(SpectralResponse, SpectralResponse, SpectralTable, double)}
   */
  static ChannelMap fit(
      String kind,
      SpectralResponse from,
      SpectralResponse canonical,
      SpectralTable reflectances,
      double noiseAtWhite) {
    return switch (kind) {
      case CanonicalMap.KIND -> CanonicalMap.fit(from, canonical, reflectances, noiseAtWhite);
      case RootPolynomialMap.KIND ->
          RootPolynomialMap.fit(from, canonical, reflectances, noiseAtWhite);
      default ->
          throw new SkinSpectraException(
              "There is no map of the kind '%s'; use %s or %s."
                  .formatted(kind, CanonicalMap.KIND, RootPolynomialMap.KIND));
    };
  }

  /** What a profile's file calls maps of this kind. */
  String kind();

  /** Weights of the terms (columns) in the canonical channels (rows), each row of sum 1; a copy. */
  double[][] coefficients();

  /** Root mean square error of the fit over all spectra and channels, in reflectance. */
  double residualRms();

  /**
   * Largest over smallest singular value of the map, of one that is not linear at a skin of 0.5,
   * 0.4, 0.3 and 0.6 in R, G, B and 960 nm. 1 at best; large where noise grows, and where a channel
   * is made of the others because the spectra of the fit are that much alike.
   */
  double conditionNumber();

  /**
   * The canonical channels of one pixel.
   *
   * @throws IllegalArgumentException if there are not four channels
   */
  double[] apply(double[] channels);

  /**
   * Maps pixels in place.
   *
   * @param planes {@code [4][pixels]}
   * @param start first pixel
   * @param end behind the last
   */
  void apply(float[][] planes, int start, int end);

  /**
   * The canonical channels of an image, on all processors.
   *
   * @param channels {@code [4][pixels]}, left as they are
   * @return {@code [4][pixels]}, new planes
   * @throws IllegalArgumentException if there are not four planes of one length
   */
  default float[][] apply(float[][] channels) {
    if (channels.length != CHANNELS
        || Arrays.stream(channels).anyMatch(plane -> plane.length != channels[0].length)) {
      throw new IllegalArgumentException(
          "The map is for four planes of one length, not for planes of %s values."
              .formatted(
                  Arrays.toString(Arrays.stream(channels).mapToInt(p -> p.length).toArray())));
    }
    int pixels = channels[0].length;
    int block = 1 << 14;
    float[][] mapped = new float[CHANNELS][pixels];
    IntStream.range(0, (pixels + block - 1) / block)
        .parallel()
        .forEach(
            i -> {
              int start = i * block;
              int end = (int) Math.min(pixels, (i + 1L) * block);
              for (int c = 0; c < CHANNELS; c++) {
                System.arraycopy(channels[c], start, mapped[c], start, end - start);
              }
              apply(mapped, start, end);
            });
    return mapped;
  }
}
