package org.skinspectra.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;

/** Bytes of zlib and gzip, of which no more come out than there is room for. */
final class Inflated {

  private Inflated() {}

  /**
   * Inflates a zlib stream.
   *
   * @return how many bytes it held
   * @throws IOException if it is damaged or holds more than {@code size}
   */
  static int into(byte[] in, int at, int length, byte[] into, int start, int size)
      throws IOException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(in, at, length);
      int done = 0;
      while (!inflater.finished()) {
        // A byte of room more, to see whether there is more than there may be.
        int now =
            done < size
                ? inflater.inflate(into, start + done, size - done)
                : inflater.inflate(new byte[1]);
        if (now > 0 && done == size) {
          throw new IOException("compressed data hold more than " + size + " bytes");
        }
        done += now;
        if (now == 0
            && !inflater.finished()
            && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new IOException("compressed data are cut off");
        }
      }
      return done;
    } catch (DataFormatException e) {
      throw new IOException("compressed data are damaged (" + e.getMessage() + ")", e);
    } finally {
      inflater.end();
    }
  }

  /** Unpacks gzip into {@code into}, and gives how many bytes it held. */
  static int gzip(byte[] in, byte[] into) throws IOException {
    try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(in))) {
      int done = stream.readNBytes(into, 0, into.length);
      if (done == into.length && stream.read() >= 0) {
        throw new IOException("compressed data hold more than " + into.length + " bytes");
      }
      return done;
    }
  }
}
