package org.skinspectra.format;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.spectra.Wavelengths;

/**
 * The planes of an ENVI data file as its header describes them: stored values divided by the
 * reflectance scale factor, those to be ignored as NaN. Only what is asked for is read, in one pass
 * over that part of the file.
 */
final class EnviSource implements CubeSource {

  private static final int BUFFER_BYTES = 1 << 20;
  private static final int MOST_BANDS = 65_535;

  /** Pixels that are sorted into their planes while they are in the fastest cache. */
  private static final int TILE = 64;

  /** Lines are read whole where no less than this share of them is wanted. */
  private static final int SHARE = 4;

  private final EnviHeader header;
  private final EnviBands description;
  private final boolean wavelengthsGiven;
  private final FileChannel data;
  private final long unread;
  private final int width;
  private final int height;
  private final int bands;
  private final long offset;
  private final Interleave interleave;
  private final EnviDataType type;
  private final double scale;
  private final OptionalDouble ignored;
  private final ByteBuffer buffer;
  private final float[] floats;

  /** For values that are altered or wanted in full precision; made when they are. */
  private double[] doubles;

  private EnviSource(EnviHeader header, Path dataFile, boolean wavelengthsGiven)
      throws IOException {
    this.header = header;
    this.wavelengthsGiven = wavelengthsGiven;
    description = new EnviBands(header);
    width = (int) header.whole("samples", 1, Integer.MAX_VALUE);
    height = (int) header.whole("lines", 1, Integer.MAX_VALUE);
    bands = (int) header.whole("bands", 1, MOST_BANDS, 1);
    offset = header.whole("header offset", 0, Long.MAX_VALUE / 2, 0);
    type = EnviDataType.of(header);
    interleave =
        Interleave.ofKey(header.oneOf("interleave", List.of("bsq", "bil", "bip"))).orElseThrow();
    scale = header.positive("reflectance scale factor", 1);
    ignored = header.number("data ignore value");
    boolean bigEndian = header.whole("byte order", 0, 1, 0) == 1;
    requirePlainData(dataFile);
    double need = (double) width * height * bands * type.bytes() + offset;
    long length = Files.size(dataFile);
    if (need > length) {
      throw new SkinSpectraIOException(
          "%s has %d bytes, but its header asks for %.0f (%d samples x %d lines x %d bands x %d bytes + %d); the file is cut off or the header is wrong."
              .formatted(dataFile, length, need, width, height, bands, type.bytes(), offset));
    }
    unread = length - (long) need;
    buffer =
        ByteBuffer.allocate(Math.max(BUFFER_BYTES, bands * type.bytes()))
            .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    floats = interleave == Interleave.BIP ? new float[buffer.capacity() / type.bytes()] : null;
    data = FileChannel.open(dataFile);
  }

  /**
   * @param wavelengthsGiven whether those of the header do not count
   */
  static EnviSource open(EnviHeader header, Path data, boolean wavelengthsGiven)
      throws IOException {
    return new EnviSource(header, data, wavelengthsGiven);
  }

  private void requirePlainData(Path dataFile) {
    if (header.whole("file compression", 0, 1, 0) == 1) {
      throw new SkinSpectraIOException(
          dataFile + " is compressed, which is not read. Save it uncompressed.");
    }
    for (String key : List.of("major frame offsets", "minor frame offsets")) {
      for (double frame : header.numbers(key).orElse(new double[0])) {
        if (frame != 0) {
          throw header.error("'%s' other than 0 are not read; save the image without them", key);
        }
      }
    }
  }

  private boolean isAltered() {
    return scale != 1 || ignored.isPresent();
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
    return description.wavelengths();
  }

  /** The wavelengths; the header's names only where there are none. */
  @Override
  public List<String> bandNames() {
    return header
        .list("band names")
        .filter(names -> names.size() == bands && wavelengths().isEmpty())
        .orElseGet(CubeSource.super::bandNames);
  }

  @Override
  public Optional<double[]> fwhm() {
    return description.fwhm();
  }

  @Override
  public Optional<boolean[]> badBands() {
    return description.bad();
  }

  @Override
  public Optional<String> storage() {
    return Optional.of(
        "%s%s, %s"
            .formatted(
                type.name().toLowerCase(Locale.ROOT),
                scale == 1 ? "" : " of scale " + JsonText.number(scale),
                interleave.key()));
  }

  /** A band that lies among others takes a pass over the whole file. */
  @Override
  public int bandsAtOnce() {
    return interleave == Interleave.BSQ ? 1 : bands;
  }

  /** Those of the header, and what had to be decided while it was read. */
  @Override
  public Map<String, String> provenance() {
    Map<String, String> provenance = new LinkedHashMap<>(header.provenance());
    if (!wavelengthsGiven) {
      description.guess().ifPresent(guess -> provenance.put("wavelength unit", guess));
    }
    if (ignored.isPresent() && !Double.isNaN(ignored.getAsDouble())) {
      provenance.put(
          "data ignore value", header.get("data ignore value").orElseThrow() + ", read as NaN");
    }
    if (unread > 0) {
      provenance.put("data after the last value", unread + " bytes, not read");
    }
    return provenance;
  }

  @Override
  public Map<String, String> attributes(String format) {
    return format.equals(EnviFormat.NAME) ? EnviKeys.kept(header, bands, isAltered()) : Map.of();
  }

  // -- Reading --

  @Override
  public void readBands(int first, float[][] planes) throws IOException {
    readRegion(first, PixelRegion.whole(width, height), planes);
  }

  @Override
  public void readRegion(int first, PixelRegion region, float[][] planes) throws IOException {
    requireWithin(first, planes.length, region);
    switch (interleave) {
      case BSQ -> readPlanes(first, region, planes);
      case BIL -> readLines(first, region, planes);
      case BIP -> readPixels(first, region, planes);
    }
  }

  private void readPlanes(int first, PixelRegion region, float[][] planes) throws IOException {
    for (int i = 0; i < planes.length; i++) {
      long start = ((long) (first + i) * height + region.y()) * width + region.x();
      if (region.width() == width) {
        readRun(start, planes[i], 0, width * region.height());
        continue;
      }
      for (int row = 0; row < region.height(); row++) {
        readRun(start + (long) row * width, planes[i], row * region.width(), region.width());
      }
    }
  }

  private void readLines(int first, PixelRegion region, float[][] planes) throws IOException {
    int count = region.width();
    int atOnce = buffer.capacity() / type.bytes() / width;
    if (atOnce == 0 || (long) count * SHARE < width) {
      for (int row = 0; row < region.height(); row++) {
        for (int i = 0; i < planes.length; i++) {
          long line = (long) (region.y() + row) * bands + first + i;
          readRun(line * width + region.x(), planes[i], row * count, count);
        }
      }
      return;
    }
    // Lines of all bands lie one after the other, those of some in runs.
    boolean all = planes.length == bands;
    long run = all ? (long) bands * region.height() : planes.length;
    for (int row = 0; row < (all ? 1 : region.height()); row++) {
      long line = (long) (region.y() + row) * bands + first;
      for (long done = 0; done < run; done += atOnce) {
        int now = (int) Math.min(atOnce, run - done);
        fill((line + done) * width, now * width);
        for (int i = 0; i < now; i++) {
          int inRun = (int) ((done + i) / planes.length);
          float[] plane = planes[(int) ((done + i) % planes.length)];
          take(i * width + region.x(), plane, (row + inRun) * count, count);
        }
      }
    }
  }

  private void readPixels(int first, PixelRegion region, float[][] planes) throws IOException {
    if (region.width() == width) {
      long start = (long) region.y() * width;
      readPixels(start, width * region.height(), first, planes, 0);
      return;
    }
    for (int row = 0; row < region.height(); row++) {
      long start = (long) (region.y() + row) * width + region.x();
      readPixels(start, region.width(), first, planes, row * region.width());
    }
  }

  /** Reads pixels, whose bands lie together. */
  private void readPixels(long pixel, int count, int first, float[][] planes, int start)
      throws IOException {
    int atOnce = floats.length / bands;
    int now;
    for (int done = 0; done < count; done += now) {
      now = Math.min(atOnce, count - done);
      fill((pixel + done) * bands, now * bands);
      take(0, floats, 0, now * bands);
      for (int tile = 0; tile < now; tile += TILE) {
        int end = Math.min(now, tile + TILE);
        for (int i = 0; i < planes.length; i++) {
          float[] plane = planes[i];
          for (int p = tile; p < end; p++) {
            plane[start + done + p] = floats[p * bands + first + i];
          }
        }
      }
    }
  }

  /** Reads samples that lie one after the other both in the file and in the plane. */
  private void readRun(long sample, float[] plane, int start, int count) throws IOException {
    int atOnce = buffer.capacity() / type.bytes();
    int now;
    for (int done = 0; done < count; done += now) {
      now = Math.min(atOnce, count - done);
      fill(sample + done, now);
      take(0, plane, start + done, now);
    }
  }

  /** Reads one line of the only band, in full precision. */
  double[] readLine(int line) throws IOException {
    double[] values = new double[width];
    int now;
    for (int done = 0; done < width; done += now) {
      now = Math.min(buffer.capacity() / type.bytes(), width - done);
      fill((long) line * width + done, now);
      buffer.rewind();
      takeDoubles(now);
      System.arraycopy(doubles, 0, values, done, now);
    }
    return values;
  }

  private void fill(long sample, int samples) throws IOException {
    buffer.clear().limit(samples * type.bytes());
    long position = offset + sample * type.bytes();
    while (buffer.hasRemaining()) {
      int read = data.read(buffer, position + buffer.position());
      if (read < 0) {
        throw new EOFException("the data end before their last value");
      }
    }
  }

  /** Takes values out of the buffer. */
  private void take(int sample, float[] out, int start, int count) {
    buffer.position(sample * type.bytes());
    if (!isAltered()) {
      type.get(buffer, out, start, count);
      return;
    }
    takeDoubles(count);
    for (int i = 0; i < count; i++) {
      out[start + i] = (float) doubles[i];
    }
  }

  private void takeDoubles(int count) {
    if (doubles == null) {
      doubles = new double[buffer.capacity() / type.bytes()];
    }
    type.get(buffer, doubles, count);
    double ignore = ignored.orElse(Double.NaN);
    // What the header states in decimal digits is in the data as the nearest of their kind.
    double nearest = type == EnviDataType.FLOAT32 ? (float) ignore : ignore;
    for (int i = 0; i < count; i++) {
      doubles[i] = doubles[i] == nearest ? Double.NaN : doubles[i] / scale;
    }
  }

  @Override
  public void close() throws IOException {
    data.close();
  }
}
