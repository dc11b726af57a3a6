package org.skinspectra.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.skinspectra.JsonText;

/**
 * What ImageJ writes into a TIFF beside the pixels: lines of {@code key=value} in the description,
 * and the Info and the slice labels in two entries of its own (as ImageJ's TiffEncoder writes
 * them).
 *
 * @param values of the description; empty where the file is not ImageJ's
 * @param info may be empty
 * @param labels of the slices; may be fewer, or none
 */
record ImageJMetadata(Map<String, String> values, String info, List<String> labels) {

  private static final int LONGEST = 64 << 20;
  private static final int MOST_PLANES = 500_000;
  private static final int MAGIC = 0x494a494a;
  private static final int INFO = 0x696e666f;
  private static final int LABELS = 0x6c61626c;

  static ImageJMetadata of(TiffFile file, TiffImage image) throws IOException {
    String text = file.text(image.description(), LONGEST).orElse("");
    Map<String, String> values = new HashMap<>();
    if (text.startsWith("ImageJ=")) {
      for (String line : text.split("\n")) {
        int sign = line.indexOf('=');
        if (sign > 0) {
          values.putIfAbsent(line.substring(0, sign).strip(), line.substring(sign + 1).strip());
        }
      }
    }
    StringBuilder info = new StringBuilder();
    List<String> labels = new ArrayList<>();
    if (image.imagejCounts().isPresent() && image.imagejMetadata().isPresent()) {
      readItems(file, image.imagejCounts().get(), image.imagejMetadata().get(), info, labels);
    }
    return new ImageJMetadata(values, info.toString(), labels);
  }

  /** A header of (type, count) pairs, then the items, whose lengths are the byte counts. */
  private static void readItems(
      TiffFile file,
      TiffFile.Place counts,
      TiffFile.Place metadata,
      StringBuilder info,
      List<String> labels)
      throws IOException {
    ByteBuffer lengths = file.bytes(counts.position(), (int) counts.length());
    ByteBuffer items = file.bytes(metadata.position(), (int) metadata.length());
    int header = lengths.remaining() < 4 ? 0 : lengths.getInt();
    if (header < 4 || header > items.remaining() || items.getInt(0) != MAGIC) {
      return;
    }
    int at = header;
    for (int pair = 4; pair + 8 <= header; pair += 8) {
      int type = items.getInt(pair);
      int count = items.getInt(pair + 4);
      for (int i = 0; i < count; i++) {
        int length = lengths.remaining() < 4 ? -1 : lengths.getInt();
        if (length < 0 || length > items.limit() - at) {
          throw new IOException("ImageJ's metadata in it are damaged");
        }
        if (type == INFO) {
          info.append(text(items, at, length, file.order()));
        } else if (type == LABELS) {
          labels.add(text(items, at, length, file.order()));
        }
        at += length;
      }
    }
  }

  private static String text(ByteBuffer items, int at, int length, ByteOrder order) {
    Charset charset =
        order == ByteOrder.LITTLE_ENDIAN ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    return new String(items.array(), at, length, charset);
  }

  /**
   * A count of the description; 1 where there is none.
   *
   * @throws IOException if it is none
   */
  int count(String key) throws IOException {
    String text = values.getOrDefault(key, "1");
    try {
      double value = Double.parseDouble(text);
      if (value >= 1 && value <= MOST_PLANES && value == Math.rint(value)) {
        return (int) value;
      }
    } catch (NumberFormatException e) {
      // Refused below, with the text.
    }
    throw new IOException(
        "its description says %s=%s, which is no number from 1 to %d"
            .formatted(key, JsonText.printable(text), MOST_PLANES));
  }

  /** A number of the description. */
  OptionalDouble number(String key) {
    try {
      return values.containsKey(key)
          ? OptionalDouble.of(Double.parseDouble(values.get(key)))
          : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** The label of a slice on one line; blank where there is none. */
  String label(int slice) {
    return slice < labels.size() && labels.get(slice) != null
        ? labels.get(slice).lines().findFirst().orElse("")
        : "";
  }
}
