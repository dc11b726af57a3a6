package org.skinspectra.format;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code metadata.txt} of Micro-Manager for frames in files of their own: keys {@code FrameKey-}
 * time, channel, slice of version 1.4, or {@code Coords-} and the file's name of 2.0. Read as a
 * stream, of which little is kept: there may be thousands of frames with hundreds of settings each.
 *
 * @param frames in the order of the file
 * @param channels names of the channels in the summary; may be none
 */
record MicroManagerMetadata(List<Frame> frames, List<String> channels) {

  private static final int MOST_FRAMES = 2_000_000;
  private static final int LONGEST_NAME = 1000;
  private static final Pattern FRAME_KEY =
      Pattern.compile("FrameKey-(\\d{1,9})-(\\d{1,9})-(\\d{1,9})");
  private static final String COORDINATES = "Coords-";

  /**
   * What is kept of a frame.
   *
   * @param channelName blank where the frame does not name it
   * @param file its name as the file states it
   */
  record Frame(int position, int time, int slice, int channel, String channelName, String file) {}

  /** Whether a file that starts like this may be one. */
  static boolean startsOne(Path file, String head) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith("metadata.txt")
        && head.stripLeading().startsWith("{")
        && head.contains("\"Summary\"");
  }

  static MicroManagerMetadata read(Path file) throws IOException {
    List<Frame> frames = new ArrayList<>();
    List<String> channels = new ArrayList<>();
    try (BufferedReader text = Files.newBufferedReader(file);
        JsonReader json = new JsonReader(text)) {
      json.beginObject();
      while (json.hasNext()) {
        String key = json.nextName();
        if (key.equals("Summary") && json.peek() == JsonToken.BEGIN_OBJECT) {
          readSummary(json, channels);
        } else if (key.startsWith(COORDINATES) && json.peek() == JsonToken.BEGIN_OBJECT) {
          frames.add(frame(json, 0, 0, 0, key.substring(COORDINATES.length())));
        } else if (FRAME_KEY.matcher(key).matches() && json.peek() == JsonToken.BEGIN_OBJECT) {
          Matcher numbers = FRAME_KEY.matcher(key);
          numbers.matches();
          frames.add(frame(json, number(numbers, 1), number(numbers, 2), number(numbers, 3), ""));
        } else {
          json.skipValue();
        }
        if (frames.size() > MOST_FRAMES) {
          throw new IOException("it names more than " + MOST_FRAMES + " frames");
        }
      }
    } catch (EOFException e) {
      // Of an acquisition that was broken off, or still runs: what is complete counts.
      if (frames.isEmpty()) {
        throw e;
      }
    }
    return new MicroManagerMetadata(List.copyOf(frames), List.copyOf(channels));
  }

  private static int number(Matcher numbers, int group) {
    return Integer.parseInt(numbers.group(group));
  }

  private static void readSummary(JsonReader json, List<String> channels) throws IOException {
    json.beginObject();
    while (json.hasNext()) {
      if (!json.nextName().equals("ChNames") || json.peek() != JsonToken.BEGIN_ARRAY) {
        json.skipValue();
        continue;
      }
      json.beginArray();
      while (json.hasNext()) {
        channels.add(text(json));
      }
      json.endArray();
    }
    json.endObject();
  }

  private static Frame frame(JsonReader json, int time, int channel, int slice, String name)
      throws IOException {
    int position = 0;
    int t = time;
    int c = channel;
    int z = slice;
    String channelName = "";
    String file = name;
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "position", "PositionIndex" -> position = index(json);
        case "time", "FrameIndex" -> t = index(json);
        case "channel", "ChannelIndex" -> c = index(json);
        case "z", "SliceIndex" -> z = index(json);
        case "Channel" -> channelName = text(json);
        case "FileName" -> file = text(json);
        default -> json.skipValue();
      }
    }
    json.endObject();
    return new Frame(position, t, z, c, channelName, file);
  }

  private static int index(JsonReader json) throws IOException {
    if (json.peek() == JsonToken.NULL) {
      json.nextNull();
      return 0;
    }
    int value = json.nextInt();
    if (value < 0) {
      throw new IOException("a frame has the number " + value);
    }
    return value;
  }

  private static String text(JsonReader json) throws IOException {
    if (json.peek() != JsonToken.STRING && json.peek() != JsonToken.NUMBER) {
      json.skipValue();
      return "";
    }
    String text = json.nextString();
    if (text.length() > LONGEST_NAME) {
      throw new IOException("a name in it has %d characters".formatted(text.length()));
    }
    return text;
  }

  String channel(Frame frame) {
    if (!frame.channelName().isBlank()) {
      return frame.channelName();
    }
    return frame.channel() < channels.size() && !channels.get(frame.channel()).isBlank()
        ? channels.get(frame.channel())
        : "channel " + frame.channel();
  }
}
