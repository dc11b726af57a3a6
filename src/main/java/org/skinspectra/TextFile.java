package org.skinspectra;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads text that instruments and other programs wrote. */
public final class TextFile {

  private TextFile() {}

  /**
   * A file's text, see {@link #decode}.
   *
   * @param what what such a file is, for the message: {@code a spectral table}
   * @param mostBytes that such a file may have
   * @throws SkinSpectraIOException if the file is missing, larger or cannot be read
   */
  public static String read(Path file, String what, long mostBytes) {
    try (InputStream in = Files.newInputStream(file)) {
      long size = Files.size(file);
      if (size > mostBytes) {
        throw new SkinSpectraIOException(
            file + " has " + size + " bytes; " + what + " has at most " + mostBytes + ".");
      }
      // A file may grow after it was asked for its size.
      return decode(in.readNBytes((int) mostBytes));
    } catch (NoSuchFileException e) {
      throw new SkinSpectraIOException("There is no file " + file + ".", e);
    } catch (IOException e) {
      throw new SkinSpectraIOException("Cannot read " + file + ": " + e.getMessage() + ".", e);
    }
  }

  /**
   * UTF-8, or Latin-1 where it is none: instruments still write that, if only for the µ of their
   * units. A byte order mark is kept.
   */
  public static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }
}
