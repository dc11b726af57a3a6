package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/**
 * Damages small Zarr stores at random, always in the same way, as {@link DamagedFilesTest} does.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DamagedZarrTest {

  private static final int MUTATIONS = 300;
  private static final long MOST_BYTES = 128 << 20;
  private static final Pattern TOKEN = Pattern.compile("-?\\d+(\\.\\d+)?|\"[^\"]*\"|null|true");
  private static final List<String> TOKENS =
      List.of(
          "0",
          "-1",
          "1",
          "3",
          "1e9",
          "1e999",
          "2147483647",
          "4294967296",
          "0.5",
          "null",
          "true",
          "[]",
          "{}",
          "\"\"",
          "\"../..\"",
          "\"/etc/passwd\"",
          "\"NaN\"",
          "\"<f8\"",
          "\">u2\"",
          "\"F\"",
          "\".\"",
          "\"zlib\"",
          "\"blosc\"",
          "[1, 2, 3]");

  @TempDir Path folder;

  private static final ReadOptions OPTIONS =
      ReadOptions.DEFAULT.withWavelengths(Wavelengths.range(500, 10, 540));

  @Test
  void oursCompressed() throws IOException {
    SpectralCube cube = OmeZarrFormatTest.cube(6, 4, Wavelengths.range(500, 10, 540));
    Path file = folder.resolve("a.zarr");
    CubeFiles.write(CubeSource.of(cube), file, WriteOptions.DEFAULT.withCompressed(true));
    damage(file);
  }

  @Test
  void oursAsIntegers() throws IOException {
    SpectralCube cube = OmeZarrFormatTest.cube(300, 4, Wavelengths.range(500, 10, 540));
    Path file = folder.resolve("a.zarr");
    CubeFiles.write(CubeSource.of(cube), file, WriteOptions.DEFAULT.withSample(SampleType.UINT16));
    damage(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "blosc", "lz4"})
  void thoseOfOthers(String codec) throws IOException {
    ZarrByHand zarr =
        new ZarrByHand(folder.resolve("a.zarr"))
            .axes("c", "y", "x")
            .array(new int[] {5, 4, 6}, new int[] {3, 3, 4}, false);
    zarr.change("0/.zarray", "\"compressor\": null", "\"compressor\": {\"id\": \"" + codec + "\"}");
    encodeChunks(zarr.path(), codec);
    damage(zarr.path());
  }

  @Test
  void thoseOfVersion3() throws IOException {
    ZarrByHand zarr = version3();
    damage(zarr.path());
  }

  private ZarrByHand version3() throws IOException {
    ZarrByHand zarr =
        new ZarrByHand(folder.resolve("a.zarr"))
            .axes("c", "y", "x")
            .array(new int[] {5, 4, 6}, new int[] {3, 3, 4}, false);
    encodeChunks(zarr.path(), "gzip");
    encodeChunks(zarr.path(), "crc32c");
    zarr.toVersion3(
        "{\"name\": \"bytes\", \"configuration\": {\"endian\": \"little\"}}, {\"name\": \"gzip\", \"configuration\": {\"level\": 5}}, {\"name\": \"crc32c\"}",
        new int[] {5, 4, 6},
        new int[] {3, 3, 4});
    return zarr;
  }

  private static void encodeChunks(Path zarr, String codec) throws IOException {
    try (Stream<Path> files = Files.list(zarr.resolve("0"))) {
      for (Path chunk : files.filter(f -> !f.getFileName().toString().startsWith(".")).toList()) {
        Files.write(chunk, EncodedChunk.of(codec, Files.readAllBytes(chunk)));
      }
    }
  }

  private static void read(Path file) {
    CubeFiles.readCube(file, OPTIONS);
  }

  private void damage(Path store) throws IOException {
    read(store);
    List<Path> files;
    try (Stream<Path> all = Files.walk(store)) {
      files = new ArrayList<>(all.filter(Files::isRegularFile).sorted().toList());
    }
    List<Path> metadata =
        files.stream()
            .filter(f -> f.getFileName().toString().matches("\\.z.*|zarr\\.json"))
            .toList();
    Random random = new Random(20240601);
    int errors = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      List<Path> among = random.nextBoolean() ? metadata : files;
      Path file = among.get(random.nextInt(among.size()));
      byte[] whole = Files.readAllBytes(file);
      Files.write(file, damaged(whole, random, metadata.contains(file)));
      long before = allocated();
      try {
        read(store);
      } catch (SkinSpectraException e) {
        errors++;
        assertTrue(e.getMessage().length() > 20, e.getMessage());
      } catch (Throwable e) {
        fail("mutation " + i + " of " + file + " came out as " + e, e);
      }
      assertTrue(allocated() - before < MOST_BYTES, "mutation " + i + " took too much memory");
      Files.write(file, whole);
    }
    read(store);
    assertTrue(errors > MUTATIONS / 5, errors + " errors");
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private static byte[] damaged(byte[] whole, Random random, boolean text) {
    if (text && random.nextBoolean()) {
      return withToken(new String(whole, StandardCharsets.UTF_8), random);
    }
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(whole, random.nextInt(whole.length));
    }
    byte[] damaged = whole.clone();
    byte[] extremes = {0, -1, 0x7f, (byte) 0x80};
    for (int i = 0; i <= random.nextInt(6); i++) {
      int at = random.nextInt(random.nextBoolean() ? Math.min(32, whole.length) : whole.length);
      damaged[at] = random.nextBoolean() ? extremes[random.nextInt(4)] : (byte) random.nextInt(256);
    }
    return damaged;
  }

  /** Another value, or another key, in the place of one. */
  private static byte[] withToken(String text, Random random) {
    List<int[]> places = new ArrayList<>();
    Matcher tokens = TOKEN.matcher(text);
    while (tokens.find()) {
      places.add(new int[] {tokens.start(), tokens.end()});
    }
    int[] place = places.get(random.nextInt(places.size()));
    String token = TOKENS.get(random.nextInt(TOKENS.size()));
    return (text.substring(0, place[0]) + token + text.substring(place[1]))
        .getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "end"})
  void thoseOfVersion3InShards(String index) throws IOException {
    damage(sharded(index).path());
  }

  /** All eight chunks in one shard but the last, which is not there. */
  private ZarrByHand sharded(String index) throws IOException {
    ZarrByHand zarr = version3();
    ByteBuffer places = ByteBuffer.allocate(8 * 16).order(ByteOrder.LITTLE_ENDIAN);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    boolean first = index.equals("start");
    for (int i = 0; i < 8; i++) {
      Path chunk = zarr.path().resolve("0/c/%d/%d/%d".formatted(i / 4, i / 2 % 2, i % 2));
      byte[] bytes = Files.readAllBytes(chunk);
      Files.delete(chunk);
      places.putLong(i < 7 ? data.size() + (first ? 8 * 16 + 4 : 0) : -1);
      places.putLong(i < 7 ? bytes.length : -1);
      data.write(bytes);
    }
    byte[] checked = EncodedChunk.of("crc32c", places.array());
    ByteArrayOutputStream shard = new ByteArrayOutputStream();
    shard.write(first ? checked : data.toByteArray());
    shard.write(first ? data.toByteArray() : checked);
    Files.write(zarr.path().resolve("0/c/0/0/0"), shard.toByteArray());
    zarr.change("0/zarr.json", "\"chunk_shape\": [3, 3, 4]", "\"chunk_shape\": [6, 6, 8]");
    zarr.change(
        "0/zarr.json",
        "\"codecs\": [",
        "\"codecs\": [{\"name\": \"sharding_indexed\", \"configuration\": {\"chunk_shape\": [3, 3, 4], \"index_location\": \""
            + index
            + "\", \"index_codecs\": [{\"name\": \"bytes\", \"configuration\": {\"endian\": \"little\"}}, {\"name\": \"crc32c\"}], \"codecs\": [");
    zarr.change("0/zarr.json", "{\"name\": \"crc32c\"}]}", "{\"name\": \"crc32c\"}]}}]}");
    return zarr;
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "end"})
  void chunksInShardsAreReadAndMissingOnesAreTheFillValue(String index) throws IOException {
    ZarrByHand zarr = sharded(index);
    try (CubeSource source = CubeFiles.open(zarr.path(), OPTIONS)) {
      float[][] planes = new float[5][24];
      source.readBands(0, planes);
      for (int i = 0; i < 5 * 24; i++) {
        int band = i / 24;
        int y = i % 24 / 6;
        int x = i % 6;
        float expected = band > 2 && y > 2 && x > 3 ? 0 : ZarrByHand.value(band, y, x);
        assertEquals(expected, planes[band][i % 24]);
      }
    }
    zarr.change("0/zarr.json", "\"chunk_shape\": [3, 3, 4]", "\"chunk_shape\": [4, 3, 4]");
    String message = assertThrows(SkinSpectraException.class, () -> read(zarr.path())).getMessage();
    assertTrue(message.contains("a divisor of the shard's [6, 6, 8]"), message);
  }

  @Test
  void version3IsReadAsVersion2Is() throws IOException {
    ZarrByHand zarr = version3();
    try (CubeSource source = CubeFiles.open(zarr.path(), OPTIONS)) {
      float[][] planes = new float[5][24];
      source.readBands(0, planes);
      for (int i = 0; i < 5 * 24; i++) {
        assertEquals(ZarrByHand.value(i / 24, i % 24 / 6, i % 6), planes[i / 24][i % 24]);
      }
    }
  }
}
