package org.skinspectra.format;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.MsiImages;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/** Planes of equal size that can be read a few at a time: an open file, or an image in memory. */
public interface CubeSource extends Closeable {

  int width();

  int height();

  /** Number of planes, which need not be spectral bands. */
  int bands();

  /**
   * Wavelengths of the planes, if the source states them.
   *
   * @throws SkinSpectraException if it states them wrongly
   */
  default Optional<Wavelengths> wavelengths() {
    return Optional.empty();
  }

  /** One name per plane; the wavelength where it is known. */
  default List<String> bandNames() {
    return IntStream.range(0, bands())
        .mapToObj(band -> wavelengths().map(w -> w.label(band)).orElse("Band " + (band + 1)))
        .toList();
  }

  /**
   * Which planes are red, green, blue and, if there is one, 960 nm, where the source has names for
   * its channels; empty where 3 or 4 planes are to be taken as they come.
   *
   * @throws SkinSpectraException if it has names, but they do not tell
   */
  default Optional<int[]> msiBands() {
    return Optional.empty();
  }

  /**
   * How a value is stored, such as {@code uint16 of scale 10000}, for people; empty for images in
   * memory.
   */
  default Optional<String> storage() {
    return Optional.empty();
  }

  /** Width of each band at half of its maximum, in nm, if the source states it. */
  default Optional<double[]> fwhm() {
    return Optional.empty();
  }

  /** Which bands the source marks as not to be used, if it marks any or none. */
  default Optional<boolean[]> badBands() {
    return Optional.empty();
  }

  /** What the source says of its making, key by key; may be empty. */
  default Map<String, String> provenance() {
    return Map.of();
  }

  /**
   * What the source states in the words of one format and nobody here needs, such as {@code map
   * info} in ENVI. Who writes the same format again states it again.
   *
   * @param format its {@link CubeFormat#name}
   */
  default Map<String, String> attributes(String format) {
    return Map.of();
  }

  /**
   * Reads {@code planes.length} planes, the first of them number {@code first} (from 0), each
   * {@code [y][x]}. Values are not altered: negative and non-finite ones are kept.
   */
  void readBands(int first, float[][] planes) throws IOException;

  /**
   * Reads a rectangle of {@code planes.length} planes, the first of them number {@code first} (from
   * 0), each {@code [y][x]} of the region alone. Sources that need not read the rest do not; others
   * hold one plane at a time for it.
   *
   * @throws SkinSpectraException if the region or the bands are not in the source
   */
  default void readRegion(int first, PixelRegion region, float[][] planes) throws IOException {
    requireWithin(first, planes.length, region);
    float[][] whole = new float[1][width() * height()];
    for (int i = 0; i < planes.length; i++) {
      readBands(first + i, whole);
      region.crop(whole[0], width(), planes[i]);
    }
  }

  /**
   * Makes sure that bands and a region are in the source.
   *
   * @throws SkinSpectraException if not
   */
  default void requireWithin(int first, int count, PixelRegion region) {
    if (first < 0 || count > bands() - first) {
      throw new SkinSpectraException(
          "There are no bands %d to %d (from 0) in an image of %d bands."
              .formatted(first, first + count - 1, bands()));
    }
    region.requireWithin(width(), height());
  }

  /**
   * How many bands are best read together: 1 where planes lie apart, all where the bands of a pixel
   * lie together and a single band takes as long as all. {@link BandReader} heeds it.
   */
  default int bandsAtOnce() {
    return 1;
  }

  @Override
  default void close() throws IOException {}

  /** A cube in memory. */
  static CubeSource of(SpectralCube cube) {
    return new PlanesInMemory(
        cube.width(),
        cube.height(),
        cube.planes(),
        Optional.of(cube.wavelengths()),
        IntStream.range(0, cube.bands()).mapToObj(cube.wavelengths()::label).toList(),
        cube.provenance());
  }

  /** The channels of a multispectral image in memory. */
  static CubeSource of(Msi msi) {
    return new PlanesInMemory(
        msi.width(),
        msi.height(),
        MsiImages.planes(msi),
        Optional.empty(),
        msi.channelNames(),
        Map.of());
  }
}
