package org.skinspectra.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.skinspectra.Sha256;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.PixelType;

/**
 * All that a frame's file says beside its counts: which frame of which session it is, the tags of
 * the camera, and the shape of the counts.
 *
 * @param type of the pixels
 * @param width pixels
 * @param height pixels
 * @param bits that the camera uses; 0 for floating point
 */
record FrameMetadata(
    FrameIdentity identity, FrameTags tags, PixelType type, int width, int height, int bits) {

  static FrameMetadata of(Frame frame, FrameIdentity identity) {
    return new FrameMetadata(
        identity, frame.tags(), frame.type(), frame.width(), frame.height(), frame.bits());
  }

  /**
   * Reads what {@link #values} gave.
   *
   * @param tags all tags of the camera, see {@link FrameTags#all}
   * @throws IOException if something is missing or wrong, saying what
   */
  static FrameMetadata of(Map<String, String> values, Map<String, String> tags) throws IOException {
    try {
      PixelType type = pixelType(values.get("pixelType"));
      FrameIdentity identity =
          new FrameIdentity(
              UUID.fromString(required(values, "session")),
              OffsetDateTime.parse(required(values, "created")),
              whole(values, "number", 1, Integer.MAX_VALUE),
              kind(values.get("kind")),
              whole(values, "timePoint", 0, Integer.MAX_VALUE),
              whole(values, "repetition", 0, Integer.MAX_VALUE),
              Optional.ofNullable(values.get("copiedFrom")));
      FrameTags all =
          new FrameTags(
              required(values, "channel"),
              required(values, "camera"),
              Double.parseDouble(required(values, "exposureMs")),
              Double.parseDouble(required(values, "gain")),
              Instant.parse(required(values, "taken")),
              tags);
      return new FrameMetadata(
          identity,
          all,
          type,
          whole(values, "width", 1, Integer.MAX_VALUE),
          whole(values, "height", 1, Integer.MAX_VALUE),
          whole(values, "bits", type.maxBits() == 0 ? 0 : 1, type.maxBits()));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException("its OME-XML is wrong: " + e.getMessage(), e);
    }
  }

  /** All but the further tags of the camera, by name. */
  Map<String, String> values() {
    Map<String, String> map = new TreeMap<>();
    map.put("session", identity.session().toString());
    map.put("created", identity.created().toString());
    map.put("number", Integer.toString(identity.number()));
    map.put("kind", identity.kind().key());
    map.put("timePoint", Integer.toString(identity.timePoint()));
    map.put("repetition", Integer.toString(identity.repetition()));
    identity.copiedFrom().ifPresent(from -> map.put("copiedFrom", from));
    map.put("channel", tags.channel());
    map.put("camera", tags.camera());
    map.put("exposureMs", Double.toString(tags.exposureMs()));
    map.put("gain", Double.toString(tags.gain()));
    map.put("taken", tags.taken().toString());
    map.put("pixelType", type.key());
    map.put("width", Integer.toString(width));
    map.put("height", Integer.toString(height));
    map.put("bits", Integer.toString(bits));
    return map;
  }

  /**
   * SHA-256 of all that is said here and of the counts.
   *
   * @param samples as they are delivered, little endian, what is unused being 0
   */
  String sha256(ByteBuffer samples) {
    StringBuilder text = new StringBuilder();
    for (Map<String, String> map : List.of(values(), tags.all())) {
      map.forEach((key, value) -> text.append(key).append('\0').append(value).append('\0'));
      text.append('\0');
    }
    return Sha256.of(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)), samples);
  }

  /** The frame as a session's manifest names it. */
  StoredFrame in(StoredFile file) {
    return new StoredFrame(
        identity.number(),
        identity.kind(),
        identity.timePoint(),
        identity.repetition(),
        tags.channel(),
        tags.camera(),
        tags.exposureMs(),
        tags.gain(),
        tags.taken(),
        type,
        width,
        height,
        bits,
        identity.copiedFrom(),
        file);
  }

  /**
   * @throws IOException if there is no such value
   */
  static String required(Map<String, String> map, String key) throws IOException {
    String value = map.get(key);
    if (value == null) {
      throw new IOException("its OME-XML does not say '" + key + "'");
    }
    return value;
  }

  private static int whole(Map<String, String> map, String key, int min, int max)
      throws IOException {
    int value = Integer.parseInt(required(map, key));
    if (value < min || value > max) {
      throw new IOException("its OME-XML says '%s' is %d".formatted(key, value));
    }
    return value;
  }

  private static PixelType pixelType(String key) throws IOException {
    return PixelType.ofKey(key)
        .orElseThrow(
            () -> new IOException("it names the pixel type " + key + ", which there is not"));
  }

  private static FrameKind kind(String key) throws IOException {
    return FrameKind.ofKey(key)
        .orElseThrow(
            () -> new IOException("it names the kind of frame " + key + ", which there is not"));
  }
}
