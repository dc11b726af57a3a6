package org.skinspectra.format;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.spectra.Wavelengths;

/** A source on its way into another file: says what it came from, and can be canceled. */
final class ConvertedSource implements CubeSource {

  private final CubeSource source;
  private final Map<String, String> provenance;
  private final ProgressMonitor progress;
  private final String work;
  private long done;

  /**
   * @param work what is canceled, for the message
   */
  ConvertedSource(
      CubeSource source, Map<String, String> provenance, String work, ProgressMonitor progress) {
    this.source = source;
    this.provenance = provenance;
    this.work = work;
    this.progress = progress;
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
    return source.wavelengths();
  }

  @Override
  public List<String> bandNames() {
    return source.bandNames();
  }

  @Override
  public Optional<double[]> fwhm() {
    return source.fwhm();
  }

  @Override
  public Optional<boolean[]> badBands() {
    return source.badBands();
  }

  @Override
  public Map<String, String> provenance() {
    return provenance;
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
  public void readBands(int first, float[][] planes) throws IOException {
    progress.checkCanceled(work);
    source.readBands(first, planes);
    report(planes.length, (long) width() * height());
  }

  @Override
  public void readRegion(int first, PixelRegion region, float[][] planes) throws IOException {
    progress.checkCanceled(work);
    source.readRegion(first, region, planes);
    report(planes.length, region.pixels());
  }

  /** Writers may look at some planes twice, and are done only when the file has its name. */
  private void report(int planes, long pixels) {
    long all = (long) bands() * width() * height();
    done = Math.min(done + planes * pixels, all);
    progress.report("bands", Math.min(done, all - 1), all);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
