package org.skinspectra.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.skinspectra.SkinSpectraIOException;
import us.hebi.matlab.mat.format.CharEncoding;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5Serializable;
import us.hebi.matlab.mat.format.Mat5Type;
import us.hebi.matlab.mat.format.Mat5WriteUtil;
import us.hebi.matlab.mat.types.AbstractArray;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Char;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sink;
import us.hebi.matlab.mat.types.Sinks;

/**
 * Writes a cube and what stands beside it as a MAT-5 file, little-endian. MFL writes the variables;
 * the cube is one that takes its values from the source plane by plane.
 */
final class Matlab5Writer {

  /** What a variable may take in all, less what its header takes. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - 4096;

  private static final int DEFLATE_LEVEL = 4;
  private static final int BLOCK_BYTES = 1 << 16;

  private Matlab5Writer() {}

  /**
   * Makes sure that a cube is not too large.
   *
   * @throws SkinSpectraIOException if it takes 2 GiB or more
   */
  static void requireSize(CubeSource source, Path target, SampleType type) {
    double bytes = (double) source.width() * source.height() * source.bands() * type.bytes();
    if (bytes > MOST_BYTES) {
      throw new SkinSpectraIOException(
          "Cannot write %s: %dx%d pixels in %d bands of %s take 2 GiB or more, which MATLAB 5 files do not hold. Write MATLAB 7.3, or a smaller type."
              .formatted(target, source.width(), source.height(), source.bands(), type.key()));
    }
  }

  /** Writes a file that is there already, empty. */
  static void write(
      CubeSource source, Path file, String name, WriteOptions options, SampleQuantizer samples)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      OutputStream out = Channels.newOutputStream(channel);
      out.write(MatlabHeader.of("5.0", MatlabHeader.VERSION_5));
      Cube cube = new Cube(source, options.sample(), samples);
      write(channel, out, name, cube, options.compressed());
      for (MatlabNotes.Note note : MatlabNotes.of(source, options)) {
        write(channel, out, note.name(), array(note), false);
      }
    }
  }

  private static void write(
      FileChannel channel, OutputStream out, String name, Array array, boolean compressed)
      throws IOException {
    if (!compressed) {
      writeArray(name, array, out);
      return;
    }
    long start = channel.position();
    out.write(tag(0));
    Deflater deflater = new Deflater(DEFLATE_LEVEL);
    try {
      DeflaterOutputStream deflating = new DeflaterOutputStream(out, deflater, BLOCK_BYTES);
      writeArray(name, array, deflating);
      deflating.finish();
    } finally {
      deflater.end();
    }
    long end = channel.position();
    channel.position(start);
    out.write(tag(Math.toIntExact(end - start - Long.BYTES)));
    channel.position(end);
  }

  /** A tag of deflated data, whose length is known only afterwards. */
  private static byte[] tag(int bytes) {
    return ByteBuffer.allocate(Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(Mat5Type.Compressed.id())
        .putInt(bytes)
        .array();
  }

  private static void writeArray(String name, Array array, OutputStream out) throws IOException {
    Sink sink = Sinks.wrapNonSeeking(out, BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Mat5WriteUtil.writeArray(name, false, array, sink);
  }

  private static Array array(MatlabNotes.Note note) {
    List<String> lines = note.lines();
    if (lines.isEmpty()) {
      Matrix column = Mat5.newMatrix(note.numbers().length, 1);
      for (int i = 0; i < note.numbers().length; i++) {
        column.setDouble(i, note.numbers()[i]);
      }
      return column;
    }
    Char text = Mat5.newChar(lines.size(), lines.get(0).length(), CharEncoding.UInt16);
    for (int row = 0; row < lines.size(); row++) {
      for (int i = 0; i < lines.get(row).length(); i++) {
        text.setChar(row, i, lines.get(row).charAt(i));
      }
    }
    return text;
  }

  /** A numeric array whose values come when they are written. */
  private static final class Cube extends AbstractArray implements Mat5Serializable {

    private final CubeSource source;
    private final SampleType type;
    private final SampleQuantizer samples;

    Cube(CubeSource source, SampleType type, SampleQuantizer samples) {
      super(new int[] {source.height(), source.width(), source.bands()});
      this.source = source;
      this.type = type;
      this.samples = samples;
    }

    @Override
    public MatlabType getType() {
      return switch (type) {
        case FLOAT32 -> MatlabType.Single;
        case FLOAT64 -> MatlabType.Double;
        case UINT16 -> MatlabType.UInt16;
        case UINT8 -> MatlabType.UInt8;
      };
    }

    @Override
    public int getMat5Size(String name) {
      return Mat5.MATRIX_TAG_SIZE
          + Mat5WriteUtil.computeArrayHeaderSize(name, this)
          + stored().computeSerializedSize(getNumElements());
    }

    private Mat5Type stored() {
      return Mat5Type.fromNumericalType(getType());
    }

    @Override
    public void writeMat5(String name, boolean global, Sink sink) throws IOException {
      Mat5WriteUtil.writeMatrixTag(name, this, sink);
      Mat5WriteUtil.writeArrayHeader(name, global, this, sink);
      stored().writeTag(getNumElements(), sink);
      ColumnWriter.write(source, type, samples, sink.order(), sink::writeByteBuffer);
      stored().writePadding(getNumElements(), sink);
    }

    @Override
    public void close() {}

    @Override
    protected int subHashCode() {
      return System.identityHashCode(this);
    }

    @Override
    protected boolean subEqualsGuaranteedSameClass(Object other) {
      return this == other;
    }
  }
}
