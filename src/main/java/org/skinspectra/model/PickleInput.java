package org.skinspectra.model;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.skinspectra.SkinSpectraException;

/**
 * The bytes of a pickle and the arguments of its opcodes. A length is checked against what is left
 * before anything is made of it.
 *
 * <p>Every method throws {@link BufferUnderflowException} where the pickle ends too early.
 */
final class PickleInput {

  private static final int MAX_NUMBER_CHARACTERS = 400;
  private static final int MAX_NUMBER_BYTES = 160;

  private final ByteBuffer bytes;

  PickleInput(byte[] pickle) {
    bytes = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
  }

  int unsignedByte() {
    return bytes.get() & 0xff;
  }

  int fourBytes() {
    return bytes.getInt();
  }

  long eightBytes() {
    return bytes.getLong();
  }

  boolean isAtEnd() {
    return !bytes.hasRemaining();
  }

  void skip(long length) {
    requireLength(length);
    bytes.position(bytes.position() + (int) length);
  }

  /** Skips a number of {@code length} bytes; converting a longer one would take too long. */
  void skipNumber(int length) {
    if (length < 0 || length > MAX_NUMBER_BYTES) {
      throw damaged("a number has " + length + " bytes");
    }
    skip(length);
  }

  String string(long length) {
    requireLength(length);
    byte[] text = new byte[(int) length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /** The text up to the end of the line. */
  String line() {
    int start = bytes.position();
    while (bytes.get() != '\n') {
      // get moves on
    }
    return new String(
        bytes.array(), start, bytes.position() - 1 - start, StandardCharsets.ISO_8859_1);
  }

  /** A line with a number; converting a longer one would take too long. */
  String numberLine() {
    String line = line();
    if (line.length() > MAX_NUMBER_CHARACTERS) {
      throw damaged("a number has " + line.length() + " characters");
    }
    return line;
  }

  /** A line with the text of a string, its quotes removed. */
  String quotedLine() {
    String text = line();
    boolean quoted = text.length() >= 2 && (text.startsWith("'") || text.startsWith("\""));
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  SkinSpectraException damaged(String problem) {
    return new SkinSpectraException(
        problem + " at byte " + bytes.position() + "; it is damaged or no file of tensors");
  }

  private void requireLength(long length) {
    if (length < 0) {
      throw damaged("a value has the length " + length);
    }
    if (length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
  }
}
