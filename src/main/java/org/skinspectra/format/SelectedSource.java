package org.skinspectra.format;

import java.io.IOException;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.spectra.Wavelengths;

/** Some bands and a region of another source, which is read no further than needed. */
final class SelectedSource implements CubeSource {

  /** Where the chosen bands lie among others, so many bytes are read to pick them out. */
  private static final long STRIP_BYTES = 16L << 20;

  private final CubeSource source;
  private final int[] chosen;
  private final PixelRegion region;

  /**
   * @param chosen numbers of the bands; increasing, where they have wavelengths
   */
  SelectedSource(CubeSource source, int[] chosen, PixelRegion region) {
    this.source = source;
    this.chosen = chosen;
    this.region = region;
  }

  @Override
  public int width() {
    return region.width();
  }

  @Override
  public int height() {
    return region.height();
  }

  @Override
  public int bands() {
    return chosen.length;
  }

  @Override
  public Optional<Wavelengths> wavelengths() {
    return source
        .wavelengths()
        .map(all -> Wavelengths.of(Arrays.stream(chosen).mapToDouble(all::get).toArray()));
  }

  @Override
  public List<String> bandNames() {
    List<String> all = source.bandNames();
    return Arrays.stream(chosen).mapToObj(all::get).toList();
  }

  @Override
  public Optional<double[]> fwhm() {
    return source.fwhm().map(all -> Arrays.stream(chosen).mapToDouble(i -> all[i]).toArray());
  }

  @Override
  public Optional<boolean[]> badBands() {
    return source
        .badBands()
        .map(
            all -> {
              boolean[] some = new boolean[chosen.length];
              for (int i = 0; i < some.length; i++) {
                some[i] = all[chosen[i]];
              }
              return some;
            });
  }

  @Override
  public Map<String, String> provenance() {
    if (region.equals(PixelRegion.whole(source.width(), source.height()))) {
      return source.provenance();
    }
    Map<String, String> provenance = new LinkedHashMap<>(source.provenance());
    provenance.merge(
        "region",
        "%dx%d pixels at (%d, %d) of %dx%d"
            .formatted(
                region.width(),
                region.height(),
                region.x(),
                region.y(),
                source.width(),
                source.height()),
        (before, now) -> now + " of: " + before);
    return provenance;
  }

  @Override
  public int bandsAtOnce() {
    return Math.min(chosen.length, source.bandsAtOnce());
  }

  @Override
  public void readBands(int first, float[][] planes) throws IOException {
    readRegion(first, PixelRegion.whole(width(), height()), planes);
  }

  @Override
  public void readRegion(int first, PixelRegion part, float[][] planes) throws IOException {
    requireWithin(first, planes.length, part);
    if (planes.length == 0) {
      return;
    }
    PixelRegion there =
        new PixelRegion(region.x() + part.x(), region.y() + part.y(), part.width(), part.height());
    if (source.bandsAtOnce() > 1 && run(first, planes.length) < planes.length) {
      pick(first, there, planes);
      return;
    }
    for (int done = 0; done < planes.length; ) {
      int together = run(first + done, planes.length - done);
      read(chosen[first + done], there, Arrays.copyOfRange(planes, done, done + together));
      done += together;
    }
  }

  /** How many of the chosen bands follow one another in the source. */
  private int run(int first, int most) {
    int count = 1;
    while (count < most && chosen[first + count] == chosen[first] + count) {
      count++;
    }
    return count;
  }

  /** A few rows of everything between the chosen bands at a time, for one pass over the file. */
  private void pick(int first, PixelRegion there, float[][] planes) throws IOException {
    IntSummaryStatistics wanted =
        Arrays.stream(chosen, first, first + planes.length).summaryStatistics();
    int lowest = wanted.getMin();
    int span = wanted.getMax() - lowest + 1;
    long rowBytes = (long) span * there.width() * Float.BYTES;
    int rows = (int) Math.max(1, Math.min(there.height(), STRIP_BYTES / rowBytes));
    for (int row = 0; row < there.height(); row += rows) {
      int now = Math.min(rows, there.height() - row);
      float[][] strip = new float[span][there.width() * now];
      read(lowest, new PixelRegion(there.x(), there.y() + row, there.width(), now), strip);
      for (int i = 0; i < planes.length; i++) {
        float[] picked = strip[chosen[first + i] - lowest];
        System.arraycopy(picked, 0, planes[i], row * there.width(), picked.length);
      }
    }
  }

  private void read(int first, PixelRegion there, float[][] planes) throws IOException {
    if (there.equals(PixelRegion.whole(source.width(), source.height()))) {
      source.readBands(first, planes);
    } else {
      source.readRegion(first, there, planes);
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
