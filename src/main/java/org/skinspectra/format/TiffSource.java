package org.skinspectra.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.Msi;
import org.skinspectra.spectra.Wavelengths;

/**
 * Images of one TIFF or of several as the bands of a cube. Only the file that is read is open, so a
 * set may have more files than may be open.
 */
final class TiffSource implements CubeSource {

  /** Makes the value of a sample. */
  @FunctionalInterface
  interface Scale {
    /** The samples are the values. */
    Scale NONE = stored -> stored;

    float value(float stored);
  }

  private final Path file;
  private final List<TiffBand> bands;
  private final Scale scale;
  private final Optional<Wavelengths> wavelengths;
  private final Map<String, String> provenance;
  private final Optional<double[]> fwhm;
  private final Optional<boolean[]> badBands;
  private final boolean namesTell;
  private TiffFile open;

  private TiffSource(
      Path file,
      List<TiffBand> bands,
      Scale scale,
      Optional<Wavelengths> wavelengths,
      Map<String, String> provenance,
      Optional<double[]> fwhm,
      Optional<boolean[]> badBands,
      boolean namesTell) {
    this.file = file;
    this.bands = List.copyOf(bands);
    this.scale = scale;
    this.wavelengths = wavelengths;
    this.provenance = provenance;
    this.fwhm = fwhm;
    this.badBands = badBands;
    this.namesTell = namesTell;
  }

  /**
   * A source of bands that are as large as one another. That all their pixels are there is checked
   * here.
   *
   * @param file that the user named, for messages
   */
  static TiffSource of(Path file, List<TiffBand> bands, Scale scale, Map<String, String> provenance)
      throws IOException {
    TiffImage first = bands.get(0).image();
    Set<TiffImage> checked = new HashSet<>();
    TiffSource source =
        new TiffSource(
            file,
            bands,
            scale,
            Optional.empty(),
            provenance,
            Optional.empty(),
            Optional.empty(),
            false);
    // Closed again, since the source may still be refused: it is opened with the first pixels.
    try (source) {
      for (TiffBand band : bands) {
        TiffImage image = band.image();
        if (image.width() != first.width() || image.height() != first.height()) {
          throw new SkinSpectraIOException(
              "%s holds images of different sizes (%dx%d and %dx%d), so they are no stack of bands."
                  .formatted(file, first.width(), first.height(), image.width(), image.height()));
        }
        if (checked.add(image)) {
          image.requireReadable(source.opened(band.file()));
        }
      }
    }
    return source;
  }

  TiffSource with(Optional<Wavelengths> known) {
    return new TiffSource(file, bands, scale, known, provenance, fwhm, badBands, namesTell);
  }

  TiffSource withMarks(Optional<double[]> widths, Optional<boolean[]> bad) {
    return new TiffSource(file, bands, scale, wavelengths, provenance, widths, bad, namesTell);
  }

  /** The same, whose bands are channels of a camera that were named by people. */
  TiffSource ofNamedChannels() {
    return new TiffSource(file, bands, scale, wavelengths, provenance, fwhm, badBands, true);
  }

  @Override
  public int width() {
    return bands.get(0).image().width();
  }

  @Override
  public int height() {
    return bands.get(0).image().height();
  }

  @Override
  public int bands() {
    return bands.size();
  }

  @Override
  public Optional<Wavelengths> wavelengths() {
    return wavelengths;
  }

  @Override
  public List<String> bandNames() {
    if (wavelengths.isPresent() || bands.stream().allMatch(band -> band.name().isBlank())) {
      return CubeSource.super.bandNames();
    }
    return IntStream.range(0, bands.size())
        .mapToObj(i -> bands.get(i).name().isBlank() ? "Band " + (i + 1) : bands.get(i).name())
        .toList();
  }

  /** By the names of channels; many bands of known wavelengths are a cube and no such image. */
  @Override
  public Optional<int[]> msiBands() {
    if (!namesTell || wavelengths.isPresent() && bands.size() > Msi.CHANNEL_NAMES.size()) {
      return Optional.empty();
    }
    List<String> names = bands.stream().map(TiffBand::name).toList();
    return Optional.of(ChannelNames.msiBands(file, names));
  }

  @Override
  public Optional<double[]> fwhm() {
    return fwhm;
  }

  @Override
  public Optional<boolean[]> badBands() {
    return badBands;
  }

  @Override
  public Map<String, String> provenance() {
    return provenance;
  }

  @Override
  public Optional<String> storage() {
    try {
      String type = bands.get(0).image().kind().name().toLowerCase(Locale.ROOT);
      return Optional.of(scale == Scale.NONE ? type : type + ", scaled");
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** As many as lie together in pixels, where the bands are samples. */
  @Override
  public int bandsAtOnce() {
    return bands.get(0).image().samples();
  }

  @Override
  public void readBands(int first, float[][] planes) throws IOException {
    readRegion(first, PixelRegion.whole(width(), height()), planes);
  }

  @Override
  public void readRegion(int first, PixelRegion region, float[][] planes) throws IOException {
    requireWithin(first, planes.length, region);
    int done = 0;
    while (done < planes.length) {
      TiffBand band = bands.get(first + done);
      List<float[]> together = new ArrayList<>(List.of(planes[done]));
      while (done + together.size() < planes.length
          && isNextSample(band, bands.get(first + done + together.size()), together.size())) {
        together.add(planes[done + together.size()]);
      }
      band.image()
          .read(opened(band.file()), band.sample(), region, together.toArray(float[][]::new));
      done += together.size();
    }
    if (scale != Scale.NONE) {
      for (float[] plane : planes) {
        for (int i = 0; i < plane.length; i++) {
          plane[i] = scale.value(plane[i]);
        }
      }
    }
  }

  private static boolean isNextSample(TiffBand band, TiffBand other, int distance) {
    return other.image() == band.image() && other.sample() == band.sample() + distance;
  }

  private TiffFile opened(Path path) throws IOException {
    if (open == null || !open.path().equals(path)) {
      close();
      open = TiffFile.open(path);
    }
    return open;
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
