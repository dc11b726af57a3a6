package org.skinspectra.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.spectra.Wavelengths;

/**
 * An open file as the user says it is: with the wavelengths given, or those that files of 61 bands
 * have without saying so. Errors while it is read name the file.
 */
final class OpenSource implements CubeSource {

  private final Path file;
  private final CubeSource source;
  private final Optional<Wavelengths> given;

  OpenSource(Path file, CubeSource source, ReadOptions options) {
    this.file = file;
    this.source = source;
    this.given = options.wavelengths();
  }

  @Override
  public int width() {
    return source.width();
  }

  @Override
  public int height() {
    return source.height();
  }

  @Override
  public int bands() {
    return source.bands();
  }

  @Override
  public Optional<Wavelengths> wavelengths() {
    Optional<Wavelengths> wavelengths =
        given
            .or(() -> stated(source::wavelengths))
            .or(
                () ->
                    bands() == Wavelengths.VIS_NIR.size()
                        ? Optional.of(Wavelengths.VIS_NIR)
                        : Optional.empty());
    if (wavelengths.isPresent() && wavelengths.get().size() != bands()) {
      throw new SkinSpectraIOException(
          "%s has %d bands, but there are %d wavelengths (%s); give one for each band."
              .formatted(file, bands(), wavelengths.get().size(), wavelengths.get()));
    }
    return wavelengths;
  }

  @Override
  public List<String> bandNames() {
    return given.isPresent() ? CubeSource.super.bandNames() : stated(source::bandNames);
  }

  @Override
  public Optional<int[]> msiBands() {
    return source.msiBands();
  }

  @Override
  public Optional<String> storage() {
    return stated(source::storage);
  }

  @Override
  public Optional<double[]> fwhm() {
    Optional<double[]> widths = stated(source::fwhm);
    return ofEachBand(widths, widths.map(each -> each.length), "band widths");
  }

  @Override
  public Optional<boolean[]> badBands() {
    Optional<boolean[]> bad = stated(source::badBands);
    return ofEachBand(bad, bad.map(each -> each.length), "band marks");
  }

  private <T> Optional<T> ofEachBand(Optional<T> values, Optional<Integer> count, String what) {
    if (count.isPresent() && count.get() != bands()) {
      throw new SkinSpectraIOException(
          "%s has %d bands, but states %d %s; mend the file."
              .formatted(file, bands(), count.get(), what));
    }
    return values;
  }

  @Override
  public Map<String, String> provenance() {
    return stated(source::provenance);
  }

  @Override
  public Map<String, String> attributes(String format) {
    return source.attributes(format);
  }

  @Override
  public int bandsAtOnce() {
    return source.bandsAtOnce();
  }

  @Override
  public void readBands(int first, float[][] planes) {
    requireWithin(first, planes.length, PixelRegion.whole(width(), height()));
    reading(() -> source.readBands(first, planes));
  }

  @Override
  public void readRegion(int first, PixelRegion region, float[][] planes) {
    requireWithin(first, planes.length, region);
    reading(() -> source.readRegion(first, region, planes));
  }

  private <T> T stated(FileErrors.Reading<T> statement) {
    return FileErrors.translating(file, CubeFiles.WHAT, statement);
  }

  private interface Step {
    void run() throws IOException;
  }

  private void reading(Step step) {
    FileErrors.translating(
        file,
        CubeFiles.WHAT,
        () -> {
          step.run();
          return null;
        });
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
