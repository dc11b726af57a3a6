package org.skinspectra.format;

import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.filter.ByteShuffleFilter;
import io.jhdf.filter.DeflatePipelineFilter;
import io.jhdf.filter.FilterManager;
import io.jhdf.filter.PipelineFilterWithData;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks chunks, one at a time, into memory that is used again. It takes no more than a chunk may
 * hold, whatever the file makes of it, which jHDF's own way does not promise. For one thread.
 */
final class HdfChunkDecoder {

  private static final int FLETCHER_32 = 3;
  private static final int BLOCK_BYTES = 1 << 16;

  private final FileChannel file;
  private final HdfChunks chunks;
  private byte[] stored = {};
  private byte[] spare = {};
  private int length;

  HdfChunkDecoder(FileChannel file, HdfChunks chunks) {
    this.file = file;
    this.chunks = chunks;
  }

  /** The numbers of a chunk, valid until the next is asked for. */
  ByteBuffer decode(int index) throws IOException {
    Chunk chunk = chunks.chunks()[index];
    List<PipelineFilterWithData> filters = chunks.filters();
    length = chunk.getSize();
    stored = atLeast(stored, length);
    read(chunks.userBlock() + chunk.getAddress());
    for (int i = filters.size() - 1; i >= 0; i--) {
      // The writer leaves a filter out of a chunk that it would only lengthen.
      if (!chunk.getFilterMask().get(i)) {
        undo(filters.get(i));
      }
    }
    if (length != chunks.bytes()) {
      throw new IOException(
          "a chunk holds %d bytes in place of %d".formatted(length, chunks.bytes()));
    }
    return ByteBuffer.wrap(stored, 0, length);
  }

  private static byte[] atLeast(byte[] bytes, int length) {
    return bytes.length >= length ? bytes : new byte[length];
  }

  /** In blocks, since Java keeps a copy outside the heap of all that is read at once. */
  private void read(long position) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(stored);
    while (buffer.position() < length) {
      buffer.limit(Math.min(length, buffer.position() + BLOCK_BYTES));
      if (file.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException("the data end before their last value");
      }
    }
  }

  private void undo(PipelineFilterWithData filter) throws IOException {
    switch (filter.getId()) {
      case DeflatePipelineFilter.ID -> inflate();
      case ByteShuffleFilter.ID -> unshuffle(filter.getFilterData());
      case FLETCHER_32 -> check();
      default -> {
        FilterInfo info =
            new FilterInfo(filter.getId(), filter.getName(), false, filter.getFilterData());
        stored = FilterManager.getPipeline(List.of(info)).decode(Arrays.copyOf(stored, length));
        length = stored.length;
      }
    }
  }

  private void inflate() throws IOException {
    // A checksum may still follow the values.
    int most = chunks.bytes() + 64;
    spare = atLeast(spare, most);
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(stored, 0, length);
      int done = 0;
      while (!inflater.finished()) {
        int now = inflater.inflate(spare, done, most - done);
        done += now;
        if (now == 0 && !inflater.finished()) {
          throw new IOException(
              done == most ? "a chunk unpacks to more than it may" : "a chunk is cut off");
        }
      }
      length = done;
    } catch (DataFormatException e) {
      throw new IOException("a chunk cannot be unpacked", e);
    } finally {
      inflater.end();
    }
    swap();
  }

  /** First the first bytes of all numbers, then the second bytes. */
  private void unshuffle(int[] data) throws IOException {
    int bytes = data.length == 0 ? 0 : data[0];
    if (bytes < 1) {
      throw new IOException("a chunk is shuffled in numbers of " + bytes + " bytes");
    }
    int count = length / bytes;
    spare = atLeast(spare, length);
    for (int i = 0; i < bytes; i++) {
      int from = i * count;
      for (int to = i, end = count * bytes; to < end; to += bytes) {
        spare[to] = stored[from++];
      }
    }
    System.arraycopy(stored, count * bytes, spare, count * bytes, length - count * bytes);
    swap();
  }

  /** Takes off the checksum behind a chunk, which jHDF 0.13 neither does nor looks at. */
  private void check() throws IOException {
    length -= Integer.BYTES;
    if (length < 0) {
      throw new IOException("a chunk is shorter than its checksum");
    }
    ByteBuffer buffer = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
    int sum = fletcher32(stored, length);
    int found = buffer.getInt(length);
    // Libraries before HDF5 1.6.3 had the bytes of each half the other way round.
    int old = Integer.rotateLeft(Integer.reverseBytes(found), 16);
    if (sum != found && sum != old) {
      throw new IOException("a chunk does not match its checksum");
    }
  }

  /** J. G. Fletcher, IEEE Trans. Commun. 30:247 (1982), of 16-bit words, as HDF5 has it. */
  private static int fletcher32(byte[] bytes, int length) {
    int first = 0;
    int second = 0;
    for (int i = 0; i < length; i += 2) {
      int low = i + 1 < length ? bytes[i + 1] & 0xff : 0;
      first += (bytes[i] & 0xff) << 8 | low;
      first = (first & 0xffff) + (first >>> 16);
      second += first;
      second = (second & 0xffff) + (second >>> 16);
    }
    return second << 16 | first;
  }

  private void swap() {
    byte[] done = spare;
    spare = stored;
    stored = done;
  }
}
