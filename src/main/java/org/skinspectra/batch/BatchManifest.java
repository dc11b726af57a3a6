package org.skinspectra.batch;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.skinspectra.JsonFields;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.batch.BatchResult.Made;
import org.skinspectra.batch.BatchResult.State;
import org.skinspectra.format.FileErrors;

/**
 * What became of every picture, in a file beside the cubes: JSON, one line each, the newest last.
 * Lines are only ever added, each at once and forced to the disk; a last line that was cut off,
 * because the computer was, is dropped. As long as it is open nobody else can open it.
 */
public final class BatchManifest implements AutoCloseable {

  /** Name of the file. */
  public static final String FILE = "batch.jsonl";

  private static final String FORMAT = "skin-spectra batch";
  private static final int SCHEMA = 1;
  private static final int LONGEST_LINE = 1 << 18;
  private static final int LONGEST_TEXT = 1 << 14;
  private static final int MOST_TIME_POINTS = 10_000_000;
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern FILE_NAME = Pattern.compile("[^/\\\\:\\p{Cntrl}]{1,255}");

  /** Far beyond every line, so that others can read the file where a lock forbids it. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private static final List<String> HEADER_KEYS = List.of("format", "schema");
  private static final List<String> KEYS =
      List.of(
          "input",
          "timePoint",
          "state",
          "source",
          "output",
          "files",
          "width",
          "height",
          "model",
          "modelId",
          "device",
          "precision",
          "seconds",
          "host",
          "finished",
          "message");
  private static final List<String> FILE_KEYS = List.of("file", "length", "sha256");

  private final Path file;
  private final FileChannel channel;
  private final Map<String, BatchResult> done = new HashMap<>();

  private BatchManifest(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens the manifest of a folder of results, which is made where it is missing.
   *
   * @throws SkinSpectraException if another batch has it open, it is damaged or none, or nothing
   *     can be written there
   */
  public static BatchManifest open(Path folder) {
    Path file = folder.resolve(FILE);
    FileChannel channel = null;
    boolean opened = false;
    try {
      Files.createDirectories(folder);
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      lock(channel, folder);
      BatchManifest manifest = new BatchManifest(file, channel);
      manifest.read();
      opened = true;
      return manifest;
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot write %s: %s. Check that the folder may be written to."
              .formatted(file, FileErrors.reason(e)),
          e);
    } finally {
      if (!opened) {
        close(channel);
      }
    }
  }

  private static void lock(FileChannel channel, Path folder) throws IOException {
    FileLock lock = null;
    try {
      lock = channel.tryLock(LOCKED_BYTE, 1, false);
    } catch (OverlappingFileLockException e) {
      // Another batch of this program: refused as one of another program.
    }
    if (lock == null) {
      throw new SkinSpectraException(
          "Another batch writes to %s at this moment; wait until it has ended, or choose another folder."
              .formatted(folder));
    }
  }

  // -- Reading --

  private void read() throws IOException {
    long end = 0;
    int number = 0;
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    for (Optional<byte[]> line = line(in, 1); line.isPresent(); line = line(in, number + 1)) {
      number++;
      end += line.get().length + 1L;
      try {
        JsonObject json =
            JsonText.parse(text(line.get(), number), place(number), "line of a batch");
        if (number == 1) {
          requireHeader(json);
        } else {
          remember(result(JsonFields.of(json, place(number), KEYS)));
        }
      } catch (SkinSpectraIOException e) {
        throw new SkinSpectraIOException(
            e.getMessage()
                + " Or remove the line, or the file: cubes are found by what they say themselves, too.",
            e);
      }
    }
    channel.truncate(end);
    channel.position(end);
    if (number == 0) {
      JsonObject header = new JsonObject();
      header.addProperty("format", FORMAT);
      header.addProperty("schema", SCHEMA);
      write(header);
    }
  }

  /** The next line without its end; none where there is none, or its end is missing. */
  private Optional<byte[]> line(InputStream in, int number) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return Optional.of(line.toByteArray());
      }
      if (line.size() == LONGEST_LINE) {
        throw new SkinSpectraIOException(
            "%s has more than %d characters, as no line of a batch has. Remove the file or choose another folder."
                .formatted(place(number), LONGEST_LINE));
      }
      line.write(next);
    }
    if (number == 1 && line.size() > 0 && line.toByteArray()[0] != '{') {
      throw new SkinSpectraIOException(
          "%s is no list of a batch. Move it away, or choose another folder.".formatted(file));
    }
    return Optional.empty();
  }

  private String place(int number) {
    return "%s, line %d,".formatted(file, number);
  }

  private String text(byte[] line, int number) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      throw new SkinSpectraIOException(place(number) + " is no text in UTF-8. Correct it.", e);
    }
  }

  private void requireHeader(JsonObject json) {
    JsonFields fields = JsonFields.of(json, place(1), HEADER_KEYS);
    if (!fields.text("format", LONGEST_TEXT).equals(FORMAT)) {
      throw fields.bad("format", FORMAT);
    }
    fields.whole("schema", SCHEMA, SCHEMA);
  }

  private void remember(BatchResult result) {
    if (result.hasCube()) {
      done.put(result.output(), result);
    }
  }

  private static BatchResult result(JsonFields fields) {
    State state =
        switch (fields.text("state", LONGEST_TEXT)) {
          case "done" -> State.DONE;
          case "failed" -> State.FAILED;
          default -> throw fields.bad("state", "done or failed");
        };
    List<OutputFile> files = new ArrayList<>();
    for (JsonFields one : fields.objects("files", FILE_KEYS)) {
      files.add(
          new OutputFile(
              one.text("file", FILE_NAME, "arm-spectra.tif"),
              one.whole("length", 0, Long.MAX_VALUE / 2),
              one.text("sha256", SHA256, "64 hexadecimal digits")));
    }
    if (state == State.DONE && files.isEmpty()) {
      throw fields.bad("files", "the files of the cube");
    }
    return new BatchResult(
        fields.anyText("input", LONGEST_TEXT),
        fields.whole("timePoint", BatchJob.IMAGE, MOST_TIME_POINTS),
        state,
        fields.anyText("source", LONGEST_TEXT),
        fields.anyText("output", LONGEST_TEXT),
        files,
        new Made(
            fields.whole("width", 0, Integer.MAX_VALUE),
            fields.whole("height", 0, Integer.MAX_VALUE),
            fields.anyText("model", LONGEST_TEXT),
            fields.anyText("modelId", LONGEST_TEXT),
            fields.anyText("device", LONGEST_TEXT),
            fields.anyText("precision", LONGEST_TEXT),
            fields.anyNumber("seconds")),
        fields.anyText("host", LONGEST_TEXT),
        fields.anyText("finished", LONGEST_TEXT),
        fields.anyText("message", LONGEST_TEXT));
  }

  /** What was done last of the picture that becomes this file. */
  public Optional<BatchResult> done(String output) {
    return Optional.ofNullable(done.get(output));
  }

  // -- Writing --

  /**
   * Adds a picture that has a cube, or failed.
   *
   * @throws SkinSpectraIOException if it cannot be written
   */
  public void add(BatchResult result) {
    try {
      write(json(result));
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot write %s: %s. The cubes that are done stay, and are found by the next run."
              .formatted(file, FileErrors.reason(e)),
          e);
    }
    remember(result);
  }

  private void write(JsonObject json) throws IOException {
    ByteBuffer line = ByteBuffer.wrap((json + "\n").getBytes(StandardCharsets.UTF_8));
    while (line.hasRemaining()) {
      channel.write(line);
    }
    channel.force(false);
  }

  private static JsonObject json(BatchResult result) {
    JsonObject json = new JsonObject();
    json.addProperty("input", cut(result.input()));
    json.addProperty("timePoint", result.timePoint());
    json.addProperty("state", (result.hasCube() ? State.DONE : State.FAILED).key());
    json.addProperty("source", cut(result.source()));
    json.addProperty("output", cut(result.output()));
    JsonArray files = new JsonArray();
    for (OutputFile file : result.files()) {
      JsonObject one = new JsonObject();
      one.addProperty("file", file.name());
      one.addProperty("length", file.length());
      one.addProperty("sha256", file.sha256());
      files.add(one);
    }
    json.add("files", files);
    Made made = result.made();
    json.addProperty("width", made.width());
    json.addProperty("height", made.height());
    json.addProperty("model", cut(made.model()));
    json.addProperty("modelId", cut(made.modelId()));
    json.addProperty("device", cut(made.device()));
    json.addProperty("precision", made.precision());
    json.add("seconds", JsonText.anyNumber(made.seconds()));
    json.addProperty("host", cut(result.host()));
    json.addProperty("finished", result.finished());
    json.addProperty("message", cut(result.message()));
    return json;
  }

  /** So that what was written can be read. */
  private static String cut(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
  }

  @Override
  public void close() {
    close(channel);
  }

  private static void close(FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // Every line was forced to the disk when it was written.
        return;
      }
    }
  }
}
