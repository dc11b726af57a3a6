package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.jhdf.api.DatasetCreationOptions;
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
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/**
 * Damages MATLAB files of each kind, always in the same way, and accepts nothing but a result or an
 * error for people, soon and without memory for sizes that only a damaged file claims.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class MatlabDamageIT {

  private static final int MUTATIONS = 1000;
  private static final double MOST_SECONDS = 20;

  /** The files are of some KB. jHDF 0.13 takes 2 GiB before it looks whether a file has them. */
  private static final long MOST_BYTES = 64L << 20;

  private static final long MOST_BYTES_OF_JHDF = (2L << 30) + MOST_BYTES;

  @TempDir Path folder;

  private static SpectralCube cube(int bands) {
    SpectralCube cube = SpectralCube.zeros(4, 3, Wavelengths.range(500, 10, 490 + 10 * bands));
    for (int band = 0; band < bands; band++) {
      for (int i = 0; i < 12; i++) {
        cube.plane(band)[i] = band + i / 16f;
      }
    }
    return cube.withProvenance(Map.of("model", "none"));
  }

  private Path ours(String format, SampleType type, boolean compressed, int bands) {
    Path file = folder.resolve("a.mat");
    WriteOptions options =
        WriteOptions.DEFAULT
            .withFormat(format)
            .withSample(type)
            .withClip(true)
            .withCompressed(compressed);
    CubeFiles.write(CubeSource.of(cube(bands)), file, options);
    return file;
  }

  @Test
  void version73Plain() throws IOException {
    damage(ours("MATLAB 7.3", SampleType.FLOAT32, false, 5), "7.3 plain");
  }

  @Test
  void version73WithATreeOfCompressedChunks() throws IOException {
    damage(ours("MATLAB 7.3", SampleType.UINT16, true, 70), "7.3 compressed");
  }

  @Test
  void version73WithAnArrayOfChunks() throws IOException {
    DatasetCreationOptions options =
        DatasetCreationOptions.builder().chunkDimensions(2, 2, 2).shuffle().deflate().build();
    damage(
        MatFile.write(
            folder.resolve("a.mat"),
            hdf -> {
              hdf.putDataset("cube", new double[5][4][3], options);
              hdf.putDataset("wl", new double[] {500, 510, 520, 530, 540});
            }),
        "7.3 newer chunks");
  }

  @Test
  void version5Plain() throws IOException {
    damage(ours("MATLAB 5", SampleType.FLOAT64, false, 5), "5 plain");
  }

  @Test
  void version5Compressed() throws IOException {
    damage(ours("MATLAB 5", SampleType.FLOAT32, true, 5), "5 compressed");
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private void damage(Path file, String what) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    CubeFiles.readCube(file);
    Random random = new Random(20240602);
    int refused = 0;
    double slowest = 0;
    long largest = 0;
    int large = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Files.write(file, damaged(whole, random));
      long before = allocated();
      long start = System.nanoTime();
      try {
        CubeFiles.readCube(file);
      } catch (SkinSpectraException e) {
        refused++;
        assertTrue(e.getMessage().contains(file.getFileName().toString()), e.getMessage());
      } catch (Throwable e) {
        fail("mutation " + i + " of " + what + " came out as " + e, e);
      }
      slowest = Math.max(slowest, (System.nanoTime() - start) / 1e9);
      largest = Math.max(largest, allocated() - before);
      large += allocated() - before > MOST_BYTES ? 1 : 0;
    }
    System.out.printf(
        "MATLAB %s: %d damaged, %d refused, slowest %.2f s, most memory %d MiB, %d over 64 MiB%n",
        what, MUTATIONS, refused, slowest, largest >> 20, large);
    assertTrue(slowest < MOST_SECONDS);
    assertTrue(largest < (what.startsWith("5") ? MOST_BYTES : MOST_BYTES_OF_JHDF));
    assertTrue(refused > MUTATIONS / 4);
  }

  /** Cut off, or some bytes changed, to extremes or a lying size of 4 or 8 bytes. */
  private static byte[] damaged(byte[] whole, Random random) {
    if (random.nextInt(6) == 0) {
      return Arrays.copyOf(whole, random.nextInt(whole.length));
    }
    byte[] damaged = whole.clone();
    int reach = random.nextBoolean() ? Math.min(whole.length, 1200) : whole.length;
    for (int i = random.nextInt(6); i >= 0; i--) {
      int place = random.nextInt(reach - 8);
      switch (random.nextInt(4)) {
        case 0 -> damaged[place] ^= (byte) (1 << random.nextInt(8));
        case 1 -> damaged[place] = new byte[] {0, -1, 0x7f, (byte) 0x80}[random.nextInt(4)];
        case 2 ->
            ByteBuffer.wrap(damaged)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(place & ~3, random.nextInt() >> random.nextInt(32));
        default ->
            // An address, which leads anywhere within the file.
            ByteBuffer.wrap(damaged)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(place, random.nextInt(whole.length));
      }
    }
    return damaged;
  }

  // -- Structures that lead in circles --

  private static int find(byte[] bytes, String text, int nth) {
    byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i <= bytes.length - wanted.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length) && nth-- == 0) {
        return i;
      }
    }
    throw new AssertionError("There is no " + text + " in the file.");
  }

  private static void assertEnds(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    long start = System.nanoTime();
    String message =
        assertThrows(SkinSpectraException.class, () -> CubeFiles.readCube(file)).getMessage();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("MATLAB 7.3 in circles: %.2f s, %s%n", seconds, message);
    assertTrue(seconds < MOST_SECONDS);
    assertTrue(message.contains("in circles"), message);
  }

  /** Two leaves and a root, in this order; 512 bytes of header are not counted by addresses. */
  @Test
  void aTreeOfChunksThatLeadsToItselfEnds() throws IOException {
    Path file = ours("MATLAB 7.3", SampleType.FLOAT32, true, 70);
    byte[] whole = Files.readAllBytes(file);
    int root = find(whole, "TREE", 2);
    assertEquals(1, whole[root + 5]);
    ByteBuffer buffer = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(root + 24 + 40, root - 512);
    assertEnds(file, whole);
  }

  @Test
  void aTreeThatBranchesWithoutEndEnds() throws IOException {
    Path file = ours("MATLAB 7.3", SampleType.FLOAT32, true, 70);
    byte[] whole = Files.readAllBytes(file);
    int root = find(whole, "TREE", 2);
    int node = 24 + 64 * 8 + 65 * 40;
    // 30 nodes behind the file, each of 64 times the next: 64^30 ways to go.
    byte[] longer = Arrays.copyOf(whole, whole.length + 31 * node);
    ByteBuffer buffer = ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> nodes = new ArrayList<>(List.of(root));
    for (int i = 0; i < 30; i++) {
      nodes.add(whole.length + i * node);
    }
    for (int i = 0; i < 30; i++) {
      int place = nodes.get(i);
      buffer.put(place, "TREE".getBytes(StandardCharsets.US_ASCII));
      buffer.put(place + 4, (byte) 1).put(place + 5, (byte) 1).putShort(place + 6, (short) 64);
      for (int child = 0; child < 64; child++) {
        buffer.putLong(place + 24 + child * 48 + 40, nodes.get(i + 1) - 512);
      }
    }
    // The last is a leaf without chunks.
    System.arraycopy(longer, root, longer, nodes.get(30), 6);
    longer[nodes.get(30) + 5] = 0;
    assertEnds(file, longer);
  }
}
