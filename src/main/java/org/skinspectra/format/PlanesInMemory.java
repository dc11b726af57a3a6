package org.skinspectra.format;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.spectra.Wavelengths;

/** Planes that are in memory already. */
record PlanesInMemory(
    int width,
    int height,
    float[][] planes,
    Optional<Wavelengths> wavelengths,
    List<String> bandNames,
    Map<String, String> provenance)
    implements CubeSource {

  @Override
  public int bands() {
    return planes.length;
  }

  @Override
  public void readRegion(int first, PixelRegion region, float[][] into) {
    requireWithin(first, into.length, region);
    for (int i = 0; i < into.length; i++) {
      region.crop(planes[first + i], width, into[i]);
    }
  }

  @Override
  public void readBands(int first, float[][] into) {
    for (int i = 0; i < into.length; i++) {
      System.arraycopy(planes[first + i], 0, into[i], 0, into[i].length);
    }
  }
}
