package org.skinspectra.format;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.spectra.Wavelengths;

/** A three-dimensional variable (y, x, band) of a MATLAB file of either version. */
final class MatlabSource implements CubeSource {

  private final Closeable file;
  private final MatlabPlanes planes;
  private final MatlabNotes notes;
  private final String type;
  private final int width;
  private final int height;
  private final int bands;

  private MatlabSource(
      Closeable file, MatlabPlanes planes, String type, MatlabNotes notes, long[] size) {
    this.file = file;
    this.type = type;
    this.planes = planes;
    this.notes = notes;
    this.height = (int) size[0];
    this.width = (int) size[1];
    this.bands = (int) size[2];
  }

  /**
   * Opens one of the variables.
   *
   * @param file to be closed with the source
   * @param name of the variable; the only one where none is given
   */
  static MatlabSource open(Closeable file, MatlabVariables variables, Optional<String> name)
      throws IOException {
    MatlabVariable cube = variables.cube(name);
    for (long size : cube.size()) {
      if (size < 1 || size > Integer.MAX_VALUE) {
        throw new SkinSpectraIOException(
            "%s: the variable %s has an impossible size."
                .formatted(variables.file(), MatlabVariables.describe(cube)));
      }
    }
    MatlabPlanes planes = cube.planes(MatlabNotes.scale(variables, cube));
    return new MatlabSource(
        file, planes, cube.type(), MatlabNotes.read(variables, (int) cube.size()[2]), cube.size());
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int bands() {
    return bands;
  }

  @Override
  public Optional<Wavelengths> wavelengths() {
    return notes.wavelengths();
  }

  @Override
  public List<String> bandNames() {
    return notes.bandNames().orElseGet(CubeSource.super::bandNames);
  }

  @Override
  public Optional<double[]> fwhm() {
    return notes.fwhm();
  }

  @Override
  public Optional<boolean[]> badBands() {
    return notes.badBands();
  }

  @Override
  public Map<String, String> provenance() {
    return notes.provenance();
  }

  @Override
  public Optional<String> storage() {
    return Optional.of(type);
  }

  @Override
  public int bandsAtOnce() {
    return planes.bandsAtOnce();
  }

  @Override
  public void readBands(int first, float[][] into) throws IOException {
    planes.read(first, PixelRegion.whole(width, height), into);
  }

  @Override
  public void readRegion(int first, PixelRegion region, float[][] into) throws IOException {
    requireWithin(first, into.length, region);
    planes.read(first, region, into);
  }

  @Override
  public void close() throws IOException {
    planes.close();
    file.close();
  }
}
