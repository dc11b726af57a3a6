package org.skinspectra.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.skinspectra.JsonText;

/**
 * The {@code NDTiff.index} of an NDTiff data set, little-endian: for each frame its axes as JSON,
 * the name of its file, each with its length before it, and eight numbers (NDTiffStorage's README,
 * versions 2 and 3).
 */
final class NdTiffIndex {

  static final String NAME = "NDTiff.index";

  private static final int MOST_FRAMES = 2_000_000;
  private static final int LONGEST_AXES = 1 << 16;
  private static final int LONGEST_NAME = 1 << 10;
  private static final int NUMBERS = 8;

  private NdTiffIndex() {}

  /**
   * A frame.
   *
   * @param axes place on each, such as {@code time} 3 and {@code channel} DAPI
   * @param file name of its file
   * @param position of its pixels in the file
   * @param pixelType number of the type
   */
  record Frame(
      Map<String, String> axes,
      String file,
      long position,
      int width,
      int height,
      int pixelType,
      int compression,
      long metadataPosition,
      long metadataLength) {

    /** Its pixels, in the byte order of its file. */
    TiffImage image(ByteOrder order) throws IOException {
      if (compression != 0) {
        throw new IOException("NDTiff compression " + compression + " is not read");
      }
      return switch (pixelType) {
        case 0 -> plain(TiffImage.Kind.UINT8, 1, order);
        case 2 -> plain(TiffImage.Kind.UINT8, 3, order);
        // 16 bits, of which the camera used 16, 10, 12, 14 or 11.
        case 1, 3, 4, 5, 6 -> plain(TiffImage.Kind.UINT16, 1, order);
        default -> throw new IOException("NDTiff pixel type " + pixelType + " is not read");
      };
    }

    private TiffImage plain(TiffImage.Kind kind, int samples, ByteOrder order) throws IOException {
      return TiffImage.plain(width, height, samples, kind, position, order);
    }
  }

  /** All frames, in the order of the index. */
  static List<Frame> read(Path index) throws IOException {
    List<Frame> frames = new ArrayList<>();
    Map<String, String> once = new HashMap<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(index), 1 << 16)) {
      byte[] length = in.readNBytes(4);
      while (length.length > 0) {
        String axes = text(in, number(length), LONGEST_AXES);
        String file = text(in, number(in.readNBytes(4)), LONGEST_NAME);
        ByteBuffer numbers = ByteBuffer.wrap(in.readNBytes(4 * NUMBERS));
        if (numbers.remaining() < 4 * NUMBERS) {
          throw new EOFException("the index ends within a frame");
        }
        numbers.order(ByteOrder.LITTLE_ENDIAN);
        frames.add(
            new Frame(
                axes(axes, index, once),
                once.computeIfAbsent(file, name -> name),
                unsigned(numbers),
                numbers.getInt(),
                numbers.getInt(),
                numbers.getInt(),
                numbers.getInt(),
                unsigned(numbers),
                unsigned(numbers)));
        if (frames.size() > MOST_FRAMES) {
          throw new IOException("it names more than " + MOST_FRAMES + " frames");
        }
        length = in.readNBytes(4);
      }
    }
    return frames;
  }

  private static long unsigned(ByteBuffer numbers) {
    return numbers.getInt() & 0xffffffffL;
  }

  private static int number(byte[] bytes) throws IOException {
    if (bytes.length < 4) {
      throw new EOFException("the index ends within a frame");
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  private static String text(InputStream in, int length, int longest) throws IOException {
    if (length < 1 || length > longest) {
      throw new IOException("a text of the index is said to have %d bytes".formatted(length));
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the index ends within a frame");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Places are kept once each, however many frames there are. */
  private static Map<String, String> axes(String text, Path index, Map<String, String> once)
      throws IOException {
    JsonObject object = JsonText.parse(text, index.toString(), "place of a frame");
    Map<String, String> axes = new TreeMap<>();
    for (Map.Entry<String, JsonElement> axis : object.entrySet()) {
      if (!axis.getValue().isJsonPrimitive()) {
        throw new IOException(
            "a frame's place on the axis '%s' is none"
                .formatted(JsonText.printable(axis.getKey())));
      }
      String place =
          axis.getValue().getAsJsonPrimitive().isNumber()
              ? JsonText.number(axis.getValue().getAsDouble())
              : axis.getValue().getAsString();
      axes.put(
          once.computeIfAbsent(axis.getKey(), key -> key), once.computeIfAbsent(place, key -> key));
    }
    return axes;
  }
}
