package org.skinspectra.format;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skinspectra.JsonText;

/**
 * What a stack of Micro-Manager says of its frames: the summary behind the header and the map of
 * all frames, or, where the acquisition was broken off before the map was written, the metadata of
 * each frame (Micro-Manager File Formats, micro-manager.org).
 *
 * @param summary of the acquisition
 * @param frames in the order of the file
 */
record MicroManagerStack(JsonObject summary, List<Frame> frames) {

  private static final int MAP_HEADER = 54773648;
  private static final int MAP = 3453623;
  private static final int SUMMARY = 2355492;
  private static final int SUMMARY_AT = 32;
  private static final int ENTRY_BYTES = 20;

  /** A directory has more bytes than that. */
  private static final int LEAST_DIRECTORY_BYTES = 100;

  private static final int LONGEST_SUMMARY = 64 << 20;
  private static final int LONGEST_METADATA = 4 << 20;

  /**
   * Where a frame lies on the axes and in the file.
   *
   * @param directory position of its TIFF directory
   */
  record Frame(long position, long time, long slice, long channel, long directory) {}

  /** Whether a file that starts like this is such a stack. */
  static boolean startsOne(byte[] head) {
    if (head.length < SUMMARY_AT + 8 || !TiffBounds.startsOne(head)) {
      return false;
    }
    ByteBuffer header = ByteBuffer.wrap(head).order(order(head));
    return header.getInt(8) == MAP_HEADER && header.getInt(SUMMARY_AT) == SUMMARY;
  }

  private static ByteOrder order(byte[] head) {
    return head[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }

  static MicroManagerStack read(Path path) throws IOException {
    try (TiffFile file = TiffFile.open(path)) {
      ByteBuffer header = file.bytes(0, SUMMARY_AT + 8);
      int length = header.getInt(SUMMARY_AT + 4);
      if (length < 2 || length > LONGEST_SUMMARY) {
        throw new IOException("its summary is said to have %d bytes".formatted(length));
      }
      byte[] text = file.bytes(SUMMARY_AT + 8, length).array();
      JsonObject summary =
          JsonText.parse(
              new String(text, StandardCharsets.UTF_8).replaceAll("\u0000+$", ""),
              path.toString(),
              "summary of Micro-Manager");
      long map = header.getInt(12) & 0xffffffffL;
      List<Frame> frames = map == 0 ? labelled(file) : mapped(file, map);
      if (frames.isEmpty()) {
        throw new IOException("it holds no frame");
      }
      return new MicroManagerStack(summary, frames);
    }
  }

  private static List<Frame> mapped(TiffFile file, long start) throws IOException {
    ByteBuffer head = file.bytes(start, 8);
    long count = head.getInt(4) & 0xffffffffL;
    if (head.getInt(0) != MAP || count > file.length() / LEAST_DIRECTORY_BYTES) {
      throw new IOException("its map of frames is damaged");
    }
    List<Frame> frames = new ArrayList<>();
    ByteBuffer entries = file.bytes(start + 8, Math.toIntExact(count * ENTRY_BYTES));
    for (int i = 0; i < count; i++) {
      long[] numbers = new long[5];
      for (int k = 0; k < 5; k++) {
        numbers[k] = entries.getInt() & 0xffffffffL;
      }
      frames.add(new Frame(numbers[3], numbers[2], numbers[1], numbers[0], numbers[4]));
    }
    return frames;
  }

  private static List<Frame> labelled(TiffFile file) throws IOException {
    List<Frame> frames = new ArrayList<>();
    for (TiffImage image : file.images()) {
      JsonObject labels =
          metadata(file, image)
              .orElseThrow(
                  () -> new IOException("it has neither a map of its frames nor labels on them"));
      frames.add(
          new Frame(
              index(labels, "PositionIndex"),
              index(labels, "FrameIndex"),
              index(labels, "SliceIndex"),
              index(labels, "ChannelIndex"),
              image.position()));
    }
    return frames;
  }

  private static long index(JsonObject labels, String key) throws IOException {
    if (!(labels.get(key) instanceof JsonPrimitive number) || !number.isNumber()) {
      return 0;
    }
    double value = number.getAsDouble();
    if (!(value >= 0 && value <= Integer.MAX_VALUE)) {
      throw new IOException("a frame has the %s %s".formatted(key, value));
    }
    return (long) value;
  }

  /** What is said of one frame; empty where nothing is. */
  static Optional<JsonObject> metadata(TiffFile file, TiffImage image) throws IOException {
    Optional<String> text = file.text(image.microManager(), LONGEST_METADATA);
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(
            JsonText.parse(text.get(), file.path().toString(), "metadata of Micro-Manager"));
  }

  // -- Names --

  String channel(long number) {
    return text(summary.get("ChNames"), number).orElse("channel " + number);
  }

  String position(long number) {
    if (summary.get("InitialPositionList") instanceof JsonArray list
        && number < list.size()
        && list.get((int) number) instanceof JsonObject position
        && position.get("Label") instanceof JsonPrimitive label) {
      return label.getAsString();
    }
    return Long.toString(number);
  }

  Optional<String> version() {
    return summary.get("MicroManagerVersion") instanceof JsonPrimitive version
        ? Optional.of(version.getAsString())
        : Optional.empty();
  }

  /** An element of a list of texts. */
  private static Optional<String> text(JsonElement list, long number) {
    return list instanceof JsonArray array
            && number < array.size()
            && array.get((int) number) instanceof JsonPrimitive name
            && !name.getAsString().isBlank()
        ? Optional.of(name.getAsString())
        : Optional.empty();
  }
}
