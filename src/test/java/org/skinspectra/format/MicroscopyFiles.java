package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ColorProcessor;
import ij.process.ShortProcessor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.skinspectra.SkinSpectraException;

/** Small files as Micro-Manager and NDTiff lay them out, frames of 2x2 pixels of one value each. */
final class MicroscopyFiles {

  private MicroscopyFiles() {}

  /** A frame of a stack, and its value. */
  record StackFrame(int position, int time, int slice, int channel, int value) {}

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * A stack of 16-bit frames.
   *
   * @param mapped whether the map of frames was written, as at the end of an acquisition
   */
  static byte[] stack(String summary, List<StackFrame> frames, boolean mapped) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] text = summary.getBytes(StandardCharsets.UTF_8);
    int start = even(40 + text.length);
    out.writeBytes(new byte[start]);
    ByteBuffer map = little(8 + 20 * frames.size()).putInt(3453623).putInt(frames.size());
    int[] directories = new int[frames.size()];
    int at = start;
    for (int i = 0; i < frames.size(); i++) {
      StackFrame frame = frames.get(i);
      byte[] labels =
          "{\"PositionIndex\": %d, \"FrameIndex\": %d, \"SliceIndex\": %d, \"ChannelIndex\": %d}\0"
              .formatted(frame.position(), frame.time(), frame.slice(), frame.channel())
              .getBytes(StandardCharsets.UTF_8);
      int directory = 2 + 9 * 12 + 4;
      int pixels = at + directory;
      int next = even(pixels + 8 + labels.length);
      directories[i] = at;
      ByteBuffer bytes = little(next - at);
      bytes.putShort((short) 9);
      entry(bytes, 256, 4, 1, 2);
      entry(bytes, 257, 4, 1, 2);
      entry(bytes, 258, 3, 1, 16);
      entry(bytes, 259, 3, 1, 1);
      entry(bytes, 262, 3, 1, 1);
      entry(bytes, 273, 4, 1, pixels);
      entry(bytes, 278, 3, 1, 2);
      entry(bytes, 279, 4, 1, 8);
      entry(bytes, 51123, 2, labels.length, pixels + 8);
      bytes.putInt(i + 1 < frames.size() ? next : 0);
      for (int k = 0; k < 4; k++) {
        bytes.putShort((short) frame.value());
      }
      bytes.put(labels);
      out.writeBytes(bytes.array());
      map.putInt(frame.channel()).putInt(frame.slice()).putInt(frame.time());
      map.putInt(frame.position()).putInt(at);
      at = next;
    }
    if (mapped) {
      out.writeBytes(map.array());
    }
    byte[] whole = out.toByteArray();
    ByteBuffer header = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(directories[0]);
    header.putInt(54773648).putInt(mapped ? at : 0);
    header.putInt(483765892).putInt(0).putInt(99384722).putInt(0);
    header.putInt(2355492).putInt(text.length).put(text);
    return whole;
  }

  private static void entry(ByteBuffer out, int tag, int type, int count, int value) {
    out.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }

  private static int even(int value) {
    return value + (value & 1);
  }

  /** A 16-bit TIFF as ImageJ writes it, 2x2 pixels. */
  static Path grey(Path file, int value) throws IOException {
    Files.createDirectories(file.getParent());
    short[] pixels = new short[4];
    Arrays.fill(pixels, (short) value);
    assertTrue(
        new FileSaver(new ImagePlus("", new ShortProcessor(2, 2, pixels, null)))
            .saveAsTiff(file.toString()));
    return file;
  }

  /** A colour TIFF as ImageJ writes it, 2x2 pixels. */
  static Path colour(Path file, int red, int green, int blue) throws IOException {
    Files.createDirectories(file.getParent());
    int[] pixels = new int[4];
    Arrays.fill(pixels, red << 16 | green << 8 | blue);
    assertTrue(
        new FileSaver(new ImagePlus("", new ColorProcessor(2, 2, pixels)))
            .saveAsTiff(file.toString()));
    return file;
  }

  /**
   * An NDTiff data set.
   *
   * @param axes of each frame, as JSON; frames of type 2 are colour (value, value + 1, value + 2)
   */
  static Path ndTiff(Path folder, String fileName, List<String> axes, int[] types, int[] values)
      throws IOException {
    Files.createDirectories(folder);
    ByteArrayOutputStream index = new ByteArrayOutputStream();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(
        little(28)
            .put((byte) 'I')
            .put((byte) 'I')
            .putShort((short) 42)
            .putInt(8)
            .putInt(483729)
            .putInt(3)
            .putInt(0)
            .putInt(2355492)
            .putInt(0)
            .array());
    for (int i = 0; i < axes.size(); i++) {
      int position = data.size();
      ByteBuffer pixels = little(types[i] == 2 ? 12 : types[i] == 0 ? 4 : 8);
      for (int k = 0; k < 4; k++) {
        switch (types[i]) {
          case 0 -> pixels.put((byte) values[i]);
          case 2 ->
              pixels.put((byte) values[i]).put((byte) (values[i] + 1)).put((byte) (values[i] + 2));
          default -> pixels.putShort((short) values[i]);
        }
      }
      data.writeBytes(pixels.array());
      byte[] metadata = "{\"Width\": 2}".getBytes(StandardCharsets.UTF_8);
      int metadataAt = data.size();
      data.writeBytes(metadata);
      indexEntry(index, axes.get(i), fileName, position, types[i], metadataAt, metadata.length);
    }
    Files.write(folder.resolve("NDTiff.index"), index.toByteArray());
    if (FolderEntry.isPlain(fileName)) {
      Files.write(folder.resolve(fileName), data.toByteArray());
    }
    return folder;
  }

  private static void indexEntry(
      ByteArrayOutputStream index,
      String axes,
      String fileName,
      int position,
      int type,
      int metadataAt,
      int metadataLength) {
    byte[] where = axes.getBytes(StandardCharsets.UTF_8);
    byte[] name = fileName.getBytes(StandardCharsets.UTF_8);
    ByteBuffer entry = little(8 + where.length + name.length + 32);
    entry.putInt(where.length).put(where).putInt(name.length).put(name);
    entry.putInt(position).putInt(2).putInt(2).putInt(type).putInt(0);
    entry.putInt(metadataAt).putInt(metadataLength).putInt(0);
    index.writeBytes(entry.array());
  }

  /** The value of the last pixel of every band. */
  static float[] values(Path file, ReadOptions options) throws IOException {
    try (CubeSource source = CubeFiles.open(file, options)) {
      float[][] planes = new float[source.bands()][source.width() * source.height()];
      source.readBands(0, planes);
      float[] values = new float[planes.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = planes[i][planes[i].length - 1];
      }
      return values;
    }
  }

  /** Makes sure that a cube is refused, with a message that has these parts. */
  static void assertRefused(Path file, ReadOptions options, String... parts) {
    String message =
        assertThrows(SkinSpectraException.class, () -> CubeFiles.readCube(file, options))
            .getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }
}
