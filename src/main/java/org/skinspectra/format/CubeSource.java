package org.skinspectra.format;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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
   * @throws org.skinspectra.SkinSpectraException if it states them wrongly
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

  /** What the source says of its making, key by key; may be empty. */
  default Map<String, String> provenance() {
    return Map.of();
  }

  /**
   * Reads {@code planes.length} planes, the first of them number {@code first} (from 0), each
   * {@code [y][x]}. Values are not altered: negative and non-finite ones are kept.
   */
  void readBands(int first, float[][] planes) throws IOException;

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
