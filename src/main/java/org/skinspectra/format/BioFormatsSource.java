package org.skinspectra.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.CubeInfo;
import org.skinspectra.spectra.Wavelengths;

/** The channels of one image that Bio-Formats reads, some rows of a plane at a time. */
final class BioFormatsSource implements CubeSource {

  private static final int STRIP_BYTES = 64 << 20;
  private static final int MOST_BANDS = 65_535;
  private static final List<String> RGB = List.of("R", "G", "B");

  /** One image of a file, from 0. */
  record Image(int series, int time, int focalPlane, String name) {}

  private final BioFormats reader;
  private final Image image;
  private final int width;
  private final int height;
  private final int channels;
  private final int samples;
  private final boolean interleaved;
  private final ByteOrder order;
  private final StoredNumber type;
  private final String format;

  BioFormatsSource(Path file, BioFormats reader, Image image) throws IOException {
    this.reader = reader;
    this.image = image;
    reader.setSeries(image.series());
    width = reader.width();
    height = reader.height();
    channels = reader.channels();
    samples = reader.samplesPerPixel();
    interleaved = reader.isInterleaved();
    order = reader.isLittleEndian() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    type = reader.pixelType();
    format = reader.format();
    if (width < 1
        || height < 1
        || channels < 1
        || samples < 1
        || (long) channels * samples > MOST_BANDS
        || (double) width * samples * type.bytes() > STRIP_BYTES) {
      throw new SkinSpectraIOException(
          "%s announces %dx%d pixels in %d channels of %d samples, which cannot be; it seems to be damaged."
              .formatted(file, width, height, channels, samples));
    }
    if (reader.isPalette()) {
      throw new SkinSpectraIOException(
          file
              + " has a table of colours, so its values are no measure. Save it as RGB or as grey values.");
    }
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
    return channels * samples;
  }

  @Override
  public Optional<String> storage() {
    return Optional.of(type.key());
  }

  /** The samples of a pixel come together. */
  @Override
  public int bandsAtOnce() {
    return samples;
  }

  /** The emission wavelengths of the channels, or those in their names, if all have one. */
  @Override
  public Optional<Wavelengths> wavelengths() {
    if (samples > 1) {
      return Optional.empty();
    }
    double[] nm = new double[channels];
    boolean increasing = true;
    for (int c = 0; c < channels; c++) {
      OptionalDouble emission = reader.emissionNm(image.series(), c);
      nm[c] = emission.orElse(Double.NaN);
      increasing &= emission.isPresent() && (c == 0 || nm[c] > nm[c - 1]);
    }
    return increasing ? Optional.of(Wavelengths.of(nm)) : names().flatMap(CubeInfo::wavelengths);
  }

  /** The names of all channels, if all have one. */
  private Optional<List<String>> names() {
    List<String> names = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      reader.channelName(image.series(), c).ifPresent(names::add);
    }
    return names.size() == channels ? Optional.of(names) : Optional.empty();
  }

  @Override
  public List<String> bandNames() {
    if (samples > 1) {
      return bands() == RGB.size() ? RGB : CubeSource.super.bandNames();
    }
    return names().orElseGet(CubeSource.super::bandNames);
  }

  @Override
  public Map<String, String> provenance() {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("read by", "Bio-Formats");
    provenance.put("file format", format);
    // Whoever takes them for reflectance can see that nobody said so.
    provenance.put("values", type.key() + " as in the file, not scaled");
    return provenance;
  }

  @Override
  public void readBands(int first, float[][] planes) throws IOException {
    readRegion(first, PixelRegion.whole(width, height), planes);
  }

  @Override
  public void readRegion(int first, PixelRegion region, float[][] planes) throws IOException {
    requireWithin(first, planes.length, region);
    reader.setSeries(image.series());
    int end = first + planes.length;
    for (int channel = first / samples; channel * samples < end; channel++) {
      readChannel(channel, first, region, planes);
    }
  }

  private void readChannel(int channel, int first, PixelRegion region, float[][] planes)
      throws IOException {
    int plane = reader.plane(image.focalPlane(), channel, image.time());
    int rowBytes = region.width() * samples * type.bytes();
    int rowsAtOnce = Math.max(1, Math.min(region.height(), STRIP_BYTES / rowBytes));
    for (int row = 0; row < region.height(); row += rowsAtOnce) {
      int rows = Math.min(rowsAtOnce, region.height() - row);
      byte[] bytes =
          reader.read(plane, new PixelRegion(region.x(), region.y() + row, region.width(), rows));
      if (bytes == null || bytes.length < rows * rowBytes) {
        throw new IOException(
            "Bio-Formats gave %d bytes for %d rows of %d bytes"
                .formatted(bytes == null ? 0 : bytes.length, rows, rowBytes));
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
      int pixels = rows * region.width();
      for (int sample = 0; sample < samples; sample++) {
        int band = channel * samples + sample - first;
        if (band >= 0 && band < planes.length) {
          int from = type.bytes() * (interleaved ? sample : sample * pixels);
          int stride = type.bytes() * (interleaved ? samples : 1);
          type.read(buffer, from, stride, planes[band], row * region.width(), pixels);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
