package org.skinspectra.session;

import ij.io.FileInfo;
import ij.io.TiffEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.PixelType;
import org.skinspectra.format.FileErrors;
import org.skinspectra.format.TiffDirectories;
import org.skinspectra.format.TiffPixels;

/**
 * One frame as an OME-TIFF that plain ImageJ opens: grey of 8 or 16 bits or 32-bit float, or red,
 * green and blue of 8 or 16 bits, uncompressed. The fourth, unused number of a colour pixel is not
 * stored and is 0 when the frame is read again; every other count is as it was delivered.
 */
final class FrameFile {

  /** Ending of every file that holds a frame. */
  static final String ENDING = ".ome.tif";

  private static final int HEADER_BYTES = 1 << 14;

  private FrameFile() {}

  /** A frame and what its file says of it. */
  record Decoded(FrameMetadata content, Frame frame) {}

  // -- Writing --

  /** Bytes of files that are encoded one after the other without new memory for each. */
  static final class Buffer extends ByteArrayOutputStream {

    Buffer() {
      super(HEADER_BYTES);
    }

    /** The bytes written since the last reset, valid until the next. */
    ByteBuffer content() {
      return ByteBuffer.wrap(buf, 0, count).asReadOnlyBuffer();
    }

    private void reserve(int bytes) {
      if (buf.length < bytes) {
        buf = new byte[bytes];
      }
    }
  }

  /**
   * Encodes a whole file into {@code buffer}, which is emptied first.
   *
   * @param fileName that it will have
   * @throws SkinSpectraException if the frame is larger than a TIFF or an array can be
   */
  static void encode(
      Frame frame, FrameIdentity identity, ChannelOptics optics, String fileName, Buffer buffer)
      throws IOException {
    PixelType type = frame.type();
    ByteBuffer samples = samples(frame);
    String sha256 = FrameMetadata.of(frame, identity).sha256(samples);
    byte[] text = OmeXml.write(frame, identity, sha256, optics, fileName);
    long bytes = bytes(type, frame.width(), frame.height()) + text.length + HEADER_BYTES;
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new SkinSpectraException(
          "A frame of %dx%d pixels %s is larger than the 2 GB that one file holds; read a smaller region of the sensor."
              .formatted(frame.width(), frame.height(), type.key()));
    }
    FileInfo info = new FileInfo();
    info.width = frame.width();
    info.height = frame.height();
    info.description = new String(text, StandardCharsets.US_ASCII);
    switch (type) {
      case GRAY8 -> {
        info.fileType = FileInfo.GRAY8;
        info.pixels = samples.array();
      }
      case GRAY16 -> {
        info.fileType = FileInfo.GRAY16_UNSIGNED;
        short[] pixels = new short[frame.width() * frame.height()];
        samples.asShortBuffer().get(pixels);
        info.pixels = pixels;
      }
      case GRAY32 -> {
        info.fileType = FileInfo.GRAY32_FLOAT;
        float[] pixels = new float[frame.width() * frame.height()];
        samples.asFloatBuffer().get(pixels);
        info.pixels = pixels;
      }
      case BGRA32 -> {
        // Blue, green, red, unused, read as a little endian number, is what ImageJ has for colour.
        info.fileType = FileInfo.RGB;
        int[] pixels = new int[frame.width() * frame.height()];
        samples.asIntBuffer().get(pixels);
        info.pixels = pixels;
      }
      case BGRA64 -> {
        info.fileType = FileInfo.RGB48;
        info.pixels = colourPlanes(samples, frame.width() * frame.height());
      }
    }
    buffer.reset();
    buffer.reserve((int) bytes);
    new TiffEncoder(info).write(buffer);
  }

  /** The counts with zeros for what is unused. */
  private static ByteBuffer samples(Frame frame) {
    ByteBuffer samples = frame.bytes();
    if (frame.type() == PixelType.BGRA32) {
      for (int i = 3; i < samples.capacity(); i += 4) {
        samples.put(i, (byte) 0);
      }
    } else if (frame.type() == PixelType.BGRA64) {
      for (int i = 6; i < samples.capacity(); i += 8) {
        samples.putShort(i, (short) 0);
      }
    }
    return samples;
  }

  private static Object[] colourPlanes(ByteBuffer samples, int pixels) {
    short[] all = new short[4 * pixels];
    samples.asShortBuffer().get(all);
    short[][] planes = new short[3][pixels];
    for (int i = 0; i < pixels; i++) {
      planes[0][i] = all[4 * i + 2];
      planes[1][i] = all[4 * i + 1];
      planes[2][i] = all[4 * i];
    }
    return planes;
  }

  // -- Reading --

  /**
   * What a file says of its frame. Its pixels are there, but are not read.
   *
   * @throws SkinSpectraIOException if it is no such file or is damaged
   */
  static FrameMetadata readContent(Path file) {
    return FileErrors.reading(file, "frame", () -> signed(file, directory(file)).metadata());
  }

  /**
   * Reads a frame, which is held against the SHA-256 that the file has of it.
   *
   * @throws SkinSpectraIOException if the file is no such file, is damaged or was altered
   */
  static Decoded read(Path file) {
    return FileErrors.reading(
        file,
        "frame",
        () -> {
          FileInfo directory = directory(file);
          OmeXml.Signed signed = signed(file, directory);
          FrameMetadata metadata = signed.metadata();
          Frame frame = TiffPixels.read(file, directory, metadata.bits(), metadata.tags());
          if (!metadata.sha256(frame.bytes()).equals(signed.sha256())) {
            throw new IOException("its pixels or tags are not those that were stored");
          }
          return new Decoded(metadata, frame);
        });
  }

  private static FileInfo directory(Path file) throws IOException {
    FileInfo[] directories = TiffDirectories.decode(file);
    if (directories.length != 1) {
      throw new IOException("it holds " + directories.length + " images, not one frame");
    }
    return directories[0];
  }

  private static OmeXml.Signed signed(Path file, FileInfo directory) throws IOException {
    OmeXml.Signed signed = OmeXml.read(directory.description);
    FrameMetadata metadata = signed.metadata();
    PixelType type = TiffPixels.type(directory);
    if (metadata.type() != type
        || metadata.width() != directory.width
        || metadata.height() != directory.height) {
      throw new IOException(
          "its OME-XML states %dx%d pixels %s, but it holds %dx%d pixels %s"
              .formatted(
                  metadata.width(),
                  metadata.height(),
                  metadata.type().key(),
                  directory.width,
                  directory.height,
                  type.key()));
    }
    TiffPixels.requireLength(file, directory);
    return signed;
  }

  private static long bytes(PixelType type, int width, int height) {
    return (long) width * height * type.channels() * type.bytesPerSample();
  }
}
