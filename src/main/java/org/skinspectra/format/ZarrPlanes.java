package org.skinspectra.format;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.skinspectra.JsonText;

/**
 * Writes an array {@code [band][y][x]} of Zarr 2, plane by plane. Chunks are of one band; of images
 * that are smaller than a chunk, several bands share one.
 */
final class ZarrPlanes {

  /** Longest edge of a chunk. */
  static final int CHUNK = 256;

  /** How many values there are along each axis. */
  record Shape(int bands, int height, int width) {}

  private final Path folder;
  private final Shape shape;
  private final int chunkBands;
  private final int chunkHeight;
  private final int chunkWidth;
  private final boolean compressed;
  private final SampleQuantizer samples;
  private final ByteBuffer chunk;
  private final int sampleBytes;

  ZarrPlanes(Path folder, Shape shape, WriteOptions options, SampleQuantizer samples)
      throws IOException {
    this.folder = folder;
    this.shape = shape;
    this.chunkHeight = Math.min(CHUNK, shape.height());
    this.chunkWidth = Math.min(CHUNK, shape.width());
    boolean fits = shape.height() <= CHUNK && shape.width() <= CHUNK;
    int fitting = fits ? CHUNK * CHUNK / (chunkHeight * chunkWidth) : 1;
    this.chunkBands = Math.min(fitting, shape.bands());
    this.compressed = options.compressed();
    this.samples = samples;
    this.sampleBytes = options.sample().bytes();
    this.chunk =
        ByteBuffer.allocate(chunkBands * chunkHeight * chunkWidth * sampleBytes)
            .order(ByteOrder.LITTLE_ENDIAN);
    Files.createDirectory(folder);
    Files.writeString(
        folder.resolve(ZarrMetadata.ARRAY), JsonText.writeAscii(metadata(options.sample())));
  }

  private JsonObject metadata(SampleType type) {
    JsonObject json = new JsonObject();
    json.addProperty("zarr_format", 2);
    json.add("shape", numbers(shape.bands(), shape.height(), shape.width()));
    json.add("chunks", numbers(chunkBands, chunkHeight, chunkWidth));
    json.addProperty("dtype", dtype(type));
    JsonObject zlib = new JsonObject();
    zlib.addProperty("id", "zlib");
    zlib.addProperty("level", Deflater.BEST_SPEED);
    json.add("compressor", compressed ? zlib : JsonNull.INSTANCE);
    json.addProperty("fill_value", 0);
    json.addProperty("order", "C");
    json.add("filters", JsonNull.INSTANCE);
    json.addProperty("dimension_separator", "/");
    return json;
  }

  private static String dtype(SampleType type) {
    return switch (type) {
      case FLOAT32 -> "<f4";
      case FLOAT64 -> "<f8";
      case UINT16 -> "<u2";
      case UINT8 -> "|u1";
    };
  }

  private static JsonArray numbers(int... values) {
    JsonArray numbers = new JsonArray();
    for (int value : values) {
      numbers.add(value);
    }
    return numbers;
  }

  /**
   * Writes the next plane.
   *
   * @param band number of the plane, one more than that of the one before
   * @throws org.skinspectra.SkinSpectraIOException if a value does not fit the samples
   */
  void write(int band, float[] plane) throws IOException {
    int slot = band % chunkBands;
    boolean last = slot == chunkBands - 1 || band == shape.bands() - 1;
    Path bands = folder.resolve(Integer.toString(band / chunkBands));
    for (int top = 0; top < shape.height(); top += chunkHeight) {
      Path row = Files.createDirectories(bands.resolve(Integer.toString(top / chunkHeight)));
      for (int left = 0; left < shape.width(); left += chunkWidth) {
        fill(slot, plane, top, left);
        if (last) {
          writeChunk(row.resolve(Integer.toString(left / chunkWidth)));
        }
      }
    }
  }

  /** Chunks at the edges are as long as others, and zero where the image has ended. */
  private void fill(int slot, float[] plane, int top, int left) {
    if (slot == 0) {
      Arrays.fill(chunk.array(), (byte) 0);
    }
    int width = Math.min(chunkWidth, shape.width() - left);
    for (int y = 0; y < Math.min(chunkHeight, shape.height() - top); y++) {
      chunk.position((slot * chunkHeight + y) * chunkWidth * sampleBytes);
      samples.put(plane, (top + y) * shape.width() + left, width, chunk);
    }
  }

  private void writeChunk(Path file) throws IOException {
    if (!compressed) {
      Files.write(file, chunk.array());
      return;
    }
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (OutputStream out =
        new DeflaterOutputStream(Files.newOutputStream(file), deflater, 1 << 16)) {
      out.write(chunk.array());
    } finally {
      deflater.end();
    }
  }
}
