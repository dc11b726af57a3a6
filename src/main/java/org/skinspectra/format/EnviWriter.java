package org.skinspectra.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the samples of a source in one of ENVI's orders, little-endian. Of a source that is no
 * more than some planes, or where bands lie together some lines, are held at a time.
 */
final class EnviWriter {

  private static final long MOST_BYTES = 256L << 20;
  private static final int BUFFER_BYTES = 1 << 20;

  private final CubeSource source;
  private final Interleave interleave;
  private final SampleQuantizer samples;
  private final int width;
  private final int bands;
  private final ByteBuffer buffer;
  private final int atOnce;

  EnviWriter(CubeSource source, WriteOptions options, SampleQuantizer samples) {
    this.source = source;
    this.interleave = options.interleave();
    this.samples = samples;
    width = source.width();
    bands = source.bands();
    int bytes = options.sample().bytes();
    buffer = ByteBuffer.allocate(Math.max(BUFFER_BYTES, bands * bytes));
    buffer.order(ByteOrder.LITTLE_ENDIAN);
    atOnce = buffer.capacity() / bytes;
  }

  void write(Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
      if (interleave == Interleave.BSQ) {
        BandReader reader = new BandReader(source);
        for (int band = 0; band < bands; band++) {
          write(reader.plane(band), 0, width * source.height(), out);
        }
      } else {
        writeStrips(out);
      }
    }
  }

  private void writeStrips(OutputStream out) throws IOException {
    long most = Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 8);
    long fitting = most / ((long) width * bands * Float.BYTES);
    int rows = (int) Math.max(1, Math.min(source.height(), fitting));
    float[][] planes = {};
    PixelRegion strip;
    for (int y = 0; y < source.height(); y += strip.height()) {
      strip = new PixelRegion(0, y, width, Math.min(rows, source.height() - y));
      if (planes.length == 0 || planes[0].length != strip.pixels()) {
        planes = new float[bands][(int) strip.pixels()];
      }
      source.readRegion(0, strip, planes);
      if (interleave == Interleave.BIL) {
        for (int line = 0; line < strip.height(); line++) {
          for (float[] plane : planes) {
            write(plane, line * width, width, out);
          }
        }
      } else {
        writePixels(planes, (int) strip.pixels(), out);
      }
    }
  }

  private void writePixels(float[][] planes, int count, OutputStream out) throws IOException {
    float[] spectra = new float[atOnce / bands * bands];
    int now;
    for (int done = 0; done < count; done += now) {
      now = Math.min(atOnce / bands, count - done);
      for (int band = 0; band < bands; band++) {
        for (int pixel = 0; pixel < now; pixel++) {
          spectra[pixel * bands + band] = planes[band][done + pixel];
        }
      }
      write(spectra, 0, now * bands, out);
    }
  }

  private void write(float[] values, int start, int count, OutputStream out) throws IOException {
    int now;
    for (int done = 0; done < count; done += now) {
      now = Math.min(atOnce, count - done);
      samples.put(values, start + done, now, buffer.clear());
      out.write(buffer.array(), 0, buffer.position());
    }
  }
}
