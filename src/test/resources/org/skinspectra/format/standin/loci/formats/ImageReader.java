package loci.formats;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import loci.formats.meta.MetadataStore;

/**
 * Reads files of properties that begin with {@code #stand-in}. A value is 1000 time + 400 focal
 * plane + 100 channel + 10 y + x, or its rest by 251 in a byte.
 */
public class ImageReader {

  /** How many readers were made and not closed. */
  public static int open;

  /** The parts of planes that were read. */
  public static final List<String> READS = new ArrayList<>();

  private static final int[] BYTES = {1, 1, 2, 2, 4, 4, 4, 8, 1};

  private Properties file;
  private MetadataStore store;
  private int series;

  public ImageReader() {
    open++;
  }

  public boolean isThisType(String name, boolean mayOpen) {
    try {
      return mayOpen && Files.readString(Path.of(name)).startsWith("#stand-in");
    } catch (IOException e) {
      return false;
    }
  }

  public void setMetadataStore(MetadataStore store) {
    this.store = store;
  }

  public void setFlattenedResolutions(boolean flattened) {
    if (flattened || file != null) {
      throw new IllegalStateException("to be set before the file");
    }
  }

  public void setId(String id) throws FormatException, IOException {
    if (!isThisType(id, true)) {
      throw new UnknownFormatException("Unknown file format: " + id);
    }
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(id), StandardCharsets.UTF_8)) {
      read.load(reader);
    }
    file = read;
    if (store != null) {
      ((StandInMetadata) store).file = read;
    }
    fail("open");
  }

  private void fail(String when) throws FormatException, IOException {
    switch (file.getProperty("fail." + when, "")) {
      case "format" -> throw new FormatException("stand-in of version 99");
      case "io" -> throw new IOException("stand-in is cut off");
      case "runtime" -> throw new IndexOutOfBoundsException("17");
      case "stack" -> throw new StackOverflowError();
      case "link" -> throw new NoClassDefFoundError("ome/codecs/Missing");
      default -> {
        return;
      }
    }
  }

  private int number(String key, int otherwise) {
    if (file == null) {
      throw new IllegalStateException("Current file should not be null");
    }
    String own = file.getProperty(key + "@" + series, file.getProperty(key));
    return own == null ? otherwise : Integer.parseInt(own);
  }

  public String getFormat() {
    return "Stand-in";
  }

  public int getSeriesCount() {
    return number("series", 1);
  }

  public void setSeries(int no) {
    series = no;
  }

  public int getSizeX() {
    return number("x", 4);
  }

  public int getSizeY() {
    return number("y", 3);
  }

  public int getSizeZ() {
    return number("z", 1);
  }

  public int getSizeT() {
    return number("t", 1);
  }

  public int getEffectiveSizeC() {
    return number("c", 1);
  }

  public int getRGBChannelCount() {
    return number("rgb", 1);
  }

  public boolean isInterleaved() {
    return number("interleaved", 0) == 1;
  }

  public boolean isLittleEndian() {
    return number("little", 1) == 1;
  }

  public boolean isIndexed() {
    return number("indexed", 0) == 1;
  }

  public boolean isFalseColor() {
    return number("falseColor", 0) == 1;
  }

  public int getPixelType() {
    return number("type", 3);
  }

  public int getIndex(int z, int c, int t) {
    return (t * getEffectiveSizeC() + c) * getSizeZ() + z;
  }

  public byte[] openBytes(int no, int x, int y, int w, int h) throws FormatException, IOException {
    fail("read");
    READS.add("%d: %dx%d at %d, %d".formatted(no, w, h, x, y));
    int samples = getRGBChannelCount();
    int type = getPixelType();
    int z = no % getSizeZ();
    int c = no / getSizeZ() % getEffectiveSizeC();
    int t = no / getSizeZ() / getEffectiveSizeC();
    int size = BYTES[type];
    ByteBuffer bytes = ByteBuffer.allocate(w * h * samples * size - number("missing", 0));
    bytes.order(isLittleEndian() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    for (int i = 0; i < w * h * samples && bytes.remaining() >= size; i++) {
      int sample = isInterleaved() ? i % samples : i / (w * h);
      int pixel = isInterleaved() ? i / samples : i % (w * h);
      int value =
          1000 * t + 400 * z + 100 * (c * samples + sample) + 10 * (y + pixel / w) + x + pixel % w;
      switch (type) {
        case 0, 1, 8 -> bytes.put((byte) (value % 251));
        case 2, 3 -> bytes.putShort((short) value);
        case 4, 5 -> bytes.putInt(value);
        case 6 -> bytes.putFloat(value);
        default -> bytes.putDouble(value);
      }
    }
    return bytes.array();
  }

  public void close() throws IOException {
    open--;
  }
}
