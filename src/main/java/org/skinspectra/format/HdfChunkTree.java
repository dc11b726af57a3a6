package org.skinspectra.format;

import io.jhdf.Constants;
import io.jhdf.dataset.chunked.Chunk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The index of chunks that HDF5 libraries of all ages read: a B-tree of version 1 (HDF5 File Format
 * Specification 3.0, III.A.1), which jHDF 0.13 only reads.
 *
 * @param bytes its nodes, one after the other
 * @param root address of the node to begin with
 */
record HdfChunkTree(ByteBuffer bytes, long root) {

  /** Children of a node: twice the K that holds unless a file says otherwise. */
  private static final int CHILDREN = 64;

  /** Where a chunk or a node lies, and where its values begin in the data set. */
  private record Entry(long address, int size, long[] start) {}

  /**
   * Builds the tree.
   *
   * @param chunks at least one, in the order of the data set, none filtered in part
   * @param shape of a chunk
   * @param address where the nodes will lie
   */
  static HdfChunkTree of(List<Chunk> chunks, int[] shape, long address) {
    List<Entry> entries =
        chunks.stream()
            .map(chunk -> new Entry(chunk.getAddress(), chunk.getSize(), chunk.getChunkOffset()))
            .toList();
    int key = 2 * Integer.BYTES + (shape.length + 1) * Long.BYTES;
    int node = 24 + CHILDREN * Long.BYTES + (CHILDREN + 1) * key;
    List<ByteBuffer> nodes = new ArrayList<>();
    long[] end = entries.get(entries.size() - 1).start().clone();
    Arrays.setAll(end, i -> end[i] + shape[i]);
    for (int level = 0; level == 0 || entries.size() > 1; level++) {
      List<Entry> above = new ArrayList<>();
      int count = (entries.size() - 1) / CHILDREN + 1;
      long first = address + (long) nodes.size() * node;
      for (int i = 0; i < count; i++) {
        List<Entry> children =
            entries.subList(i * CHILDREN, Math.min(entries.size(), (i + 1) * CHILDREN));
        long place = first + (long) i * node;
        long[] next = i + 1 < count ? entries.get((i + 1) * CHILDREN).start() : end;
        long left = i > 0 ? place - node : Constants.UNDEFINED_ADDRESS;
        long right = i + 1 < count ? place + node : Constants.UNDEFINED_ADDRESS;
        nodes.add(node(node, level, children, next, left, right));
        above.add(new Entry(place, children.get(0).size(), children.get(0).start()));
      }
      entries = above;
    }
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(nodes.size(), node));
    nodes.forEach(bytes::put);
    return new HdfChunkTree(bytes.flip(), address + (nodes.size() - 1L) * node);
  }

  /**
   * @param next start of what comes after the last child
   */
  private static ByteBuffer node(
      int bytes, int level, List<Entry> children, long[] next, long left, long right) {
    ByteBuffer node = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    node.put("TREE".getBytes(StandardCharsets.US_ASCII))
        .put((byte) 1)
        .put((byte) level)
        .putShort((short) children.size())
        .putLong(left)
        .putLong(right);
    for (Entry child : children) {
      key(node, child.size(), child.start());
      node.putLong(child.address());
    }
    key(node, 0, next);
    return node.clear();
  }

  private static void key(ByteBuffer node, int size, long[] start) {
    node.putInt(size).putInt(0);
    for (long index : start) {
      node.putLong(index);
    }
    node.putLong(0);
  }
}
