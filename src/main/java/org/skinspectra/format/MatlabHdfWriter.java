package org.skinspectra.format;

import io.jhdf.Constants;
import io.jhdf.Superblock.SuperblockV2V3;
import io.jhdf.WritableGroupImpl;
import io.jhdf.WritableHdfFile;
import io.jhdf.checksum.ChecksumUtils;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.indexing.ChunkImpl;
import io.jhdf.exceptions.HdfWritingException;
import io.jhdf.filter.ByteShuffleFilter;
import io.jhdf.filter.DeflatePipelineFilter;
import io.jhdf.filter.FilterManager;
import io.jhdf.filter.FilterPipeline;
import io.jhdf.nio.FileChannelFromSeekableByteChannel;
import io.jhdf.object.message.DataLayoutMessage.ContiguousDataLayoutMessage;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import io.jhdf.object.message.Message;
import io.jhdf.storage.HdfFileChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a cube and what stands beside it as a MATLAB 7.3 file: HDF5 that libraries from 1.8 on
 * read, behind MATLAB's header, each variable with its {@code MATLAB_class}. One plane is held at a
 * time.
 */
final class MatlabHdfWriter {

  private static final int USER_BLOCK = 512;

  /** Places in a superblock of version 2 (HDF5 File Format Specification 3.0, II.A). */
  private static final int BASE_ADDRESS = 12;

  private static final int END_OF_FILE = 28;
  private static final int CHECKSUM = 44;

  /** Chunks are tiles of one plane, small enough to read a region by. */
  private static final int TILE = 256;

  private static final int DEFLATE_LEVEL = 4;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private final CubeSource source;
  private final SampleType type;
  private final SampleQuantizer samples;

  private MatlabHdfWriter(CubeSource source, SampleType type, SampleQuantizer samples) {
    this.source = source;
    this.type = type;
    this.samples = samples;
  }

  /** Writes a file that is there already, empty. */
  static void write(
      CubeSource source, Path file, String name, WriteOptions options, SampleQuantizer samples)
      throws IOException {
    MatlabHdfWriter writer = new MatlabHdfWriter(source, options.sample(), samples);
    WritableGroupImpl root = new WritableGroupImpl(null, "/");
    root.putDataset(name, writer.cube(root, name, options.compressed()));
    for (MatlabNotes.Note note : MatlabNotes.of(source, options)) {
      root.putDataset(note.name(), note(root, note));
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      HdfFileChannel hdf =
          new HdfFileChannel(
              new FileChannelFromSeekableByteChannel(new UserBlockChannel(channel, USER_BLOCK)),
              new SuperblockV2V3());
      long end = root.write(hdf, WritableHdfFile.ROOT_GROUP_ADDRESS);
      hdf.write(superblock(end), 0);
      byte[] header = new byte[USER_BLOCK];
      byte[] matlab = MatlabHeader.of("7.3", MatlabHeader.VERSION_7_3);
      System.arraycopy(matlab, 0, header, 0, matlab.length);
      ByteBuffer first = ByteBuffer.wrap(header);
      while (first.hasRemaining()) {
        channel.write(first, first.position());
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (HdfWritingException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
    }
  }

  /**
   * jHDF's, with the two addresses that count from the file's beginning: that of the superblock,
   * and the end of the file.
   */
  private static ByteBuffer superblock(long end) {
    ByteBuffer block = ByteBuffer.allocate(CHECKSUM + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    block.put(new SuperblockV2V3().toBuffer(end + USER_BLOCK));
    block.putLong(BASE_ADDRESS, USER_BLOCK);
    block.putLong(END_OF_FILE, end + USER_BLOCK);
    block.putInt(CHECKSUM, ChecksumUtils.checksum(Arrays.copyOf(block.array(), CHECKSUM)));
    return block.clear();
  }

  private static HdfVariable note(WritableGroupImpl root, MatlabNotes.Note note) {
    List<String> lines = note.lines();
    if (lines.isEmpty()) {
      ByteBuffer bytes = ByteBuffer.allocate(note.numbers().length * Double.BYTES).order(ORDER);
      bytes.asDoubleBuffer().put(note.numbers());
      return new HdfVariable(
          root,
          note.name(),
          new double[1][1],
          false,
          new long[] {1, note.numbers().length},
          "double",
          inMemory(bytes));
    }
    int columns = lines.get(0).length();
    ByteBuffer bytes = ByteBuffer.allocate(columns * lines.size() * Character.BYTES).order(ORDER);
    for (int column = 0; column < columns; column++) {
      for (String line : lines) {
        bytes.putChar(line.charAt(column));
      }
    }
    return new HdfVariable(
        root,
        note.name(),
        new short[1][1],
        true,
        new long[] {columns, lines.size()},
        "char",
        inMemory(bytes.flip()));
  }

  private static HdfVariable.Storage inMemory(ByteBuffer bytes) {
    return new Contiguous() {
      @Override
      public long put(HdfFileChannel file, long address) {
        file.write(bytes.rewind(), address);
        return bytes.limit();
      }
    };
  }

  private HdfVariable cube(WritableGroupImpl root, String name, boolean compressed) {
    Object sample =
        switch (type) {
          case FLOAT32 -> new float[1][1][1];
          case FLOAT64 -> new double[1][1][1];
          case UINT16 -> new short[1][1][1];
          case UINT8 -> new byte[1][1][1];
        };
    return new HdfVariable(
        root,
        name,
        sample,
        type.isInteger(),
        new long[] {source.bands(), source.width(), source.height()},
        MatlabNumbers.of(type).name(),
        compressed ? new Tiles() : new Columns());
  }

  /** One value after the other. */
  private abstract static class Contiguous implements HdfVariable.Storage {

    @Override
    public Message emptyLayout() {
      return ContiguousDataLayoutMessage.create(
          Constants.UNDEFINED_ADDRESS, Constants.UNDEFINED_ADDRESS);
    }

    @Override
    public HdfVariable.Stored write(HdfFileChannel file, long address) throws IOException {
      long bytes = put(file, address);
      return new HdfVariable.Stored(
          ContiguousDataLayoutMessage.create(address, bytes), address + bytes);
    }

    /** Writes the values and says how many bytes they took. */
    abstract long put(HdfFileChannel file, long address) throws IOException;
  }

  /** The cube column by column, uncompressed. */
  private final class Columns extends Contiguous {

    @Override
    long put(HdfFileChannel file, long address) throws IOException {
      long[] end = {address};
      ColumnWriter.write(
          source,
          type,
          samples,
          ORDER,
          block -> {
            int bytes = block.remaining();
            file.write(block, end[0]);
            end[0] += bytes;
          });
      return end[0] - address;
    }
  }

  /** The cube in tiles of single planes, shuffled and deflated. */
  private final class Tiles implements HdfVariable.Storage {

    private final int width = Math.min(TILE, source.width());
    private final int height = Math.min(TILE, source.height());
    private final int[] shape = {1, width, height};
    private final List<FilterInfo> filters =
        List.of(
            new FilterInfo(ByteShuffleFilter.ID, "shuffle", false, new int[] {type.bytes()}),
            new FilterInfo(DeflatePipelineFilter.ID, "deflate", false, new int[] {DEFLATE_LEVEL}));

    @Override
    public List<Message> filters() {
      return List.of(FilterPipelineMessage.create(filters));
    }

    @Override
    public Message emptyLayout() {
      return new HdfChunkLayout(Constants.UNDEFINED_ADDRESS, shape, type.bytes());
    }

    @Override
    public HdfVariable.Stored write(HdfFileChannel file, long address) throws IOException {
      FilterPipeline pipeline = FilterManager.getPipeline(filters);
      BandReader reader = new BandReader(source);
      List<Chunk> chunks = new ArrayList<>();
      long end = address;
      for (int band = 0; band < source.bands(); band++) {
        float[] plane = reader.plane(band);
        for (int x = 0; x < source.width(); x += width) {
          for (int y = 0; y < source.height(); y += height) {
            byte[] packed = pipeline.encode(tile(plane, x, y));
            file.write(ByteBuffer.wrap(packed), end);
            chunks.add(new ChunkImpl(end, packed.length, new long[] {band, x, y}));
            end += packed.length;
          }
        }
      }
      HdfChunkTree tree = HdfChunkTree.of(chunks, shape, end);
      long bytes = tree.bytes().remaining();
      file.write(tree.bytes(), end);
      return new HdfVariable.Stored(
          new HdfChunkLayout(tree.root(), shape, type.bytes()), end + bytes);
    }

    /** A tile column by column, 0 beyond the edges of the image. */
    private byte[] tile(float[] plane, int left, int top) {
      int columns = Math.min(width, source.width() - left);
      int rows = Math.min(height, source.height() - top);
      float[] values = new float[width * height];
      for (int y = 0; y < rows; y++) {
        int from = (top + y) * source.width() + left;
        for (int x = 0; x < columns; x++) {
          values[x * height + y] = plane[from + x];
        }
      }
      ByteBuffer bytes = ByteBuffer.allocate(values.length * type.bytes()).order(ORDER);
      samples.put(values, 0, values.length, bytes);
      return bytes.array();
    }
  }
}
