package org.skinspectra.format;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.JsonFields;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.CubeInfo;
import org.skinspectra.spectra.Wavelengths;

/** An image of an OME-Zarr, of which only the chunks are read that are asked for. */
final class OmeZarrSource implements CubeSource {

  private static final int MOST_BANDS = 65_535;
  private static final int MOST_TEXT = 100_000;

  /** Chunks of values that are all alike need not be there, so a few bytes could announce any. */
  private static final double MOST_CHUNKS = 1e6;

  private final OmeZarrImage image;
  private final ZarrArray array;
  private final double scale;

  OmeZarrSource(OmeZarrImage image) throws IOException {
    this.image = image;
    this.scale =
        image
            .about()
            .filter(about -> about.has("scale"))
            .map(about -> about.positive("scale"))
            .orElse(1.0);
    boolean whole =
        image
            .about()
            .filter(about -> about.has("every_chunk_written"))
            .map(about -> about.flag("every_chunk_written"))
            .orElse(false);
    this.array = new ZarrArray(image.array(), image.layout(), whole);
    double chunks = 1;
    for (int axis : new int[] {image.axes().band(), image.axes().y(), image.axes().x()}) {
      chunks *= axis < 0 ? 1 : Math.ceil(length(axis) / (double) array.chunk(axis));
    }
    if (bands() > MOST_BANDS || chunks > MOST_CHUNKS) {
      throw new SkinSpectraIOException(
          "%s announces %dx%d pixels in %d bands and %.0f chunks; at most %d bands and %.0f chunks are read. It seems to be damaged."
              .formatted(
                  image.array().path(),
                  width(),
                  height(),
                  bands(),
                  chunks,
                  MOST_BANDS,
                  MOST_CHUNKS));
    }
    if (!image.array().hasChunks()) {
      throw new SkinSpectraIOException(
          "%s holds no chunk at all, only what describes them. Copy it again."
              .formatted(image.array().path()));
    }
  }

  private int length(int axis) {
    return image.layout().shape()[axis];
  }

  @Override
  public int width() {
    return length(image.axes().x());
  }

  @Override
  public int height() {
    return length(image.axes().y());
  }

  @Override
  public int bands() {
    return image.axes().band() < 0 ? 1 : length(image.axes().band());
  }

  @Override
  public Optional<String> storage() {
    String type = image.layout().type().key();
    return Optional.of(scale == 1 ? type : type + " of scale " + JsonText.number(scale));
  }

  /** As many as lie in a chunk together. */
  @Override
  public int bandsAtOnce() {
    return image.axes().band() < 0 ? 1 : Math.min(bands(), array.chunk(image.axes().band()));
  }

  @Override
  public Optional<Wavelengths> wavelengths() {
    Optional<double[]> stated = numbers("wavelengths_nm");
    try {
      return stated.isPresent()
          ? stated.map(Wavelengths::of)
          : image.labels().size() == bands()
              ? CubeInfo.wavelengths(image.labels())
              : Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new SkinSpectraException(
          "The wavelengths in %s are none: %s".formatted(image.array().path(), e.getMessage()), e);
    }
  }

  @Override
  public List<String> bandNames() {
    boolean named =
        image.labels().size() == bands() && image.labels().stream().noneMatch(String::isBlank);
    return named ? image.labels() : CubeSource.super.bandNames();
  }

  @Override
  public Optional<double[]> fwhm() {
    return numbers("fwhm_nm");
  }

  @Override
  public Optional<boolean[]> badBands() {
    return numbers("bad_bands")
        .map(
            marks -> {
              boolean[] bad = new boolean[marks.length];
              for (int i = 0; i < bad.length; i++) {
                bad[i] = marks[i] != 0;
              }
              return bad;
            });
  }

  private Optional<double[]> numbers(String key) {
    return image.about().filter(about -> about.has(key)).map(about -> about.numbers(key));
  }

  @Override
  public Map<String, String> provenance() {
    Map<String, String> provenance = new LinkedHashMap<>();
    if (image.about().isPresent() && image.about().get().isObject("provenance")) {
      JsonFields stated = image.about().get().foreignObject("provenance");
      for (String key : stated.keys()) {
        provenance.put(key, stated.anyText(key, MOST_TEXT));
      }
    }
    StoredNumber type = image.layout().type();
    if (type.isWhole() && image.about().isEmpty()) {
      // Whoever takes them for reflectance can see that nobody said so.
      provenance.put("values", type.key() + " as in the file, not scaled");
    }
    return provenance;
  }

  @Override
  public void readBands(int first, float[][] planes) throws IOException {
    readRegion(first, PixelRegion.whole(width(), height()), planes);
  }

  @Override
  public void readRegion(int first, PixelRegion region, float[][] planes) throws IOException {
    requireWithin(first, planes.length, region);
    if (planes.length == 0) {
      return;
    }
    int[] start = image.start().clone();
    int[] count = new int[start.length];
    Arrays.fill(count, 1);
    start[image.axes().y()] = region.y();
    count[image.axes().y()] = region.height();
    start[image.axes().x()] = region.x();
    count[image.axes().x()] = region.width();
    if (image.axes().band() >= 0) {
      start[image.axes().band()] = first;
      count[image.axes().band()] = planes.length;
    }
    array.read(start, count, image.axes(), planes);
    if (scale != 1) {
      for (float[] plane : planes) {
        for (int i = 0; i < plane.length; i++) {
          plane[i] = (float) (plane[i] / scale);
        }
      }
    }
  }
}
