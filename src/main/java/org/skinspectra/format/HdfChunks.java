package org.skinspectra.format;

import io.jhdf.Constants;
import io.jhdf.HdfFile;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.btree.BTreeV1;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.ChunkedDatasetV3;
import io.jhdf.dataset.chunked.ChunkedDatasetV4;
import io.jhdf.dataset.chunked.DatasetInfo;
import io.jhdf.dataset.chunked.indexing.BTreeIndex;
import io.jhdf.dataset.chunked.indexing.ChunkIndex;
import io.jhdf.dataset.chunked.indexing.ExtensibleArrayIndex;
import io.jhdf.dataset.chunked.indexing.FixedArrayIndex;
import io.jhdf.dataset.chunked.indexing.ImplicitChunkIndex;
import io.jhdf.dataset.chunked.indexing.SingleChunkIndex;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.filter.PipelineFilterWithData;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;

/**
 * Where the chunks of a data set lie in the file. Every one is there: HDF5 would fill a missing one
 * with zeros, which are credible reflectance.
 *
 * @param shape of a chunk, in the order of the data set's dimensions
 * @param bytes of an unpacked chunk
 * @param chunks in the order of the data set
 * @param userBlock where HDF5's addresses begin in the file
 */
record HdfChunks(
    int[] shape, int bytes, Chunk[] chunks, long userBlock, List<PipelineFilterWithData> filters) {

  /**
   * Looks up the chunks of a data set.
   *
   * @throws SkinSpectraIOException if they are none that a file can hold, or one is missing
   */
  static HdfChunks of(HdfFile hdf, ChunkedDataset dataset, Path file) throws IOException {
    String name = JsonText.printable(dataset.getName());
    int[] shape = dataset.getChunkDimensions();
    int[] size = dataset.getDimensions();
    double bytes = dataset.getDataType().getSize();
    double count = 1;
    for (int i = 0; i < size.length; i++) {
      bytes *= shape[i];
      count *= shape[i] < 1 ? Double.NaN : Math.ceil((double) size[i] / shape[i]);
    }
    // Every chunk takes some bytes of its index.
    if (!(bytes <= Integer.MAX_VALUE - 64) || !(count * Long.BYTES <= Files.size(file))) {
      throw new SkinSpectraIOException(
          "%s: the variable '%s' is stored in impossible chunks; the file is damaged."
              .formatted(file, name));
    }
    Chunk[] chunks = new Chunk[(int) count];
    for (Chunk chunk : found(hdf, dataset)) {
      int index = 0;
      for (int i = 0; i < size.length; i++) {
        long start = chunk.getChunkOffset()[i];
        if (start < 0 || start >= size[i] || start % shape[i] != 0) {
          throw damaged(file, name);
        }
        index = index * ((size[i] - 1) / shape[i] + 1) + (int) (start / shape[i]);
      }
      long end = hdf.getUserBlockSize() + chunk.getAddress() + chunk.getSize();
      // A filter that cannot shrink a chunk may lengthen it, but not to twice its size.
      if (chunks[index] != null
          || chunk.getAddress() < 0
          || chunk.getSize() < 1
          || chunk.getSize() > 2 * bytes + (1 << 16)
          || end > Files.size(file)) {
        throw damaged(file, name);
      }
      chunks[index] = chunk;
    }
    if (Arrays.asList(chunks).contains(null)) {
      throw new SkinSpectraIOException(
          "%s: a part of the variable '%s' was never written.".formatted(file, name));
    }
    return new HdfChunks(shape, (int) bytes, chunks, hdf.getUserBlockSize(), dataset.getFilters());
  }

  private static SkinSpectraIOException damaged(Path file, String name) {
    return new SkinSpectraIOException(
        "%s: the index of the variable '%s' names a chunk that cannot be; the file is damaged."
            .formatted(file, name));
  }

  private static Collection<Chunk> found(HdfFile hdf, ChunkedDataset dataset) {
    if (dataset instanceof ChunkedDatasetV3 plain) {
      long tree =
          plain.getHeader().getMessageOfType(ChunkedDataLayoutMessage.class).getBTreeAddress();
      return tree == Constants.UNDEFINED_ADDRESS
          ? List.of()
          : BTreeV1.createDataBTree(
                  hdf.getHdfBackingStorage(), tree, dataset.getDimensions().length)
              .getChunks();
    }
    ChunkedDataLayoutMessageV4 layout =
        ((ChunkedDatasetV4) dataset).getHeader().getMessageOfType(ChunkedDataLayoutMessageV4.class);
    return layout.getAddress() == Constants.UNDEFINED_ADDRESS
        ? List.of()
        : index(hdf, dataset, layout).getAllChunks();
  }

  /** By the numbers of the HDF5 File Format Specification 3.0, IV.A.2.i, version 4. */
  private static ChunkIndex index(
      HdfFile hdf, ChunkedDataset dataset, ChunkedDataLayoutMessageV4 layout) {
    int[] shape = dataset.getChunkDimensions();
    int bytes = dataset.getDataType().getSize();
    for (int length : shape) {
      bytes = Math.multiplyExact(bytes, length);
    }
    DatasetInfo info = new DatasetInfo(bytes, dataset.getDimensionsAsLong(), shape);
    long address = layout.getAddress();
    return switch (layout.getIndexingType()) {
      case 1 -> new SingleChunkIndex(layout, info);
      case 2 -> new ImplicitChunkIndex(address, info);
      case 3 -> new FixedArrayIndex(hdf.getHdfBackingStorage(), address, info);
      case 4 -> new ExtensibleArrayIndex(hdf.getHdfBackingStorage(), address, info);
      case 5 -> new BTreeIndex(hdf.getHdfBackingStorage(), address, info);
      default ->
          throw new UnsupportedHdfException("unknown index of chunks " + layout.getIndexingType());
    };
  }
}
