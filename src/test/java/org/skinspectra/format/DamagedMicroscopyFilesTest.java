package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.format.MicroscopyFiles.StackFrame;
import org.skinspectra.spectra.Wavelengths;

/**
 * Damages small TIFFs, their texts and their indexes at random, always in the same way, and accepts
 * nothing but a result or an error for people, at once and in little memory.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DamagedMicroscopyFilesTest {

  private static final int MUTATIONS = 250;

  /** Opening a file of some kilobytes takes an XML parser and a buffer or two. */
  private static final long MOST_BYTES = 48L << 20;

  private static final long MOST_SECONDS = 5;

  private static final ReadOptions OPTIONS =
      ReadOptions.DEFAULT.withWavelengths(Wavelengths.range(500, 10, 530)).withImage(1);

  @TempDir Path folder;

  private static CubeSource cube() {
    SpectralCube cube = SpectralCube.zeros(24, 18, Wavelengths.range(500, 10, 530));
    for (int band = 0; band < cube.bands(); band++) {
      Arrays.fill(cube.plane(band), band);
    }
    return CubeSource.of(cube.withProvenance(Map.of("model", "none")));
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void omeTiffs(boolean big, boolean compressed) throws IOException {
    Path file = Files.createFile(folder.resolve("a.ome.tif"));
    WriteOptions options =
        WriteOptions.DEFAULT.withSample(SampleType.UINT16).withCompressed(compressed);
    OmeTiffWriter.write(
        file,
        cube(),
        options,
        new SampleQuantizer(options, file),
        OmeCubeXml.write(cube(), file, options),
        big);
    damage(file, file);
  }

  @Test
  void theTextsOfOmeTiffs() throws IOException {
    Path file = folder.resolve("a.ome.tif");
    CubeFiles.write(cube(), file, WriteOptions.DEFAULT);
    byte[] whole = Files.readAllBytes(file);
    int start = indexOf(whole, "<?xml");
    int end = indexOf(whole, "</OME>") + 6;
    damage(file, file, start, end);
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
  }

  @Test
  void stacksOfMicroManager() throws IOException {
    List<StackFrame> frames =
        List.of(
            new StackFrame(0, 0, 0, 0, 1),
            new StackFrame(0, 0, 0, 1, 2),
            new StackFrame(0, 1, 0, 0, 3),
            new StackFrame(0, 1, 0, 1, 4));
    for (boolean mapped : new boolean[] {true, false}) {
      Path file = folder.resolve("s.ome.tif");
      Files.write(
          file, MicroscopyFiles.stack("{\"ChNames\": [\"red\", \"green\"]}", frames, mapped));
      damage(file, file);
    }
  }

  @Test
  void metadataOfMicroManager() throws IOException {
    Path metadata = folder.resolve("metadata.txt");
    MicroscopyFiles.grey(folder.resolve("a.tif"), 1);
    MicroscopyFiles.colour(folder.resolve("b.tif"), 1, 2, 3);
    Files.writeString(
        metadata,
        "{\"Summary\": {\"ChNames\": [\"960\", \"RGB\"]},\n"
            + "\"FrameKey-0-0-0\": {\"FileName\": \"a.tif\", \"ChannelIndex\": 0, \"FrameIndex\": 0},\n"
            + "\"Coords-b.tif\": {\"channel\": 1, \"time\": 0, \"z\": 0, \"position\": 0}}");
    damage(metadata, metadata);
    damage(metadata, folder);
  }

  @Test
  void indexesAndFilesOfNdTiff() throws IOException {
    Path set =
        MicroscopyFiles.ndTiff(
            folder.resolve("set"),
            "a.tif",
            List.of("{\"time\": 0, \"channel\": 0}", "{\"time\": 0, \"channel\": 1}"),
            new int[] {1, 2},
            new int[] {1, 2});
    damage(set.resolve("NDTiff.index"), set);
    damage(set.resolve("a.tif"), set);
  }

  private void damage(Path file, Path opened) throws IOException {
    damage(file, opened, 0, (int) Files.size(file));
  }

  /**
   * @param opened the file, or the folder around it
   * @param start of what is damaged
   * @param end of what is damaged
   */
  private void damage(Path file, Path opened, int start, int end) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    read(opened);
    int refused = 0;
    Random random = new Random(20261125);
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(System.out);
    try {
      for (int i = 0; i < MUTATIONS; i++) {
        Files.write(file, damaged(whole, start, end, random));
        long bytes = allocated();
        long nanos = System.nanoTime();
        try {
          read(opened);
        } catch (SkinSpectraException e) {
          refused++;
          assertFalse(e.getMessage().isBlank(), "a mutation without a word");
          assertFalse(e.getMessage().contains("needs more memory"), e.getMessage());
        } catch (Throwable e) {
          fail("mutation " + i + " of " + file.getFileName() + " came out as " + e, e);
        }
        assertTrue(allocated() - bytes < MOST_BYTES, "mutation " + i + " takes memory");
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanos);
        assertTrue(seconds < MOST_SECONDS, "mutation " + i + " takes time");
      }
    } finally {
      System.setOut(out);
      System.setErr(err);
      Files.write(file, whole);
    }
    assertEquals("", printed.toString(StandardCharsets.UTF_8));
    assertTrue(refused > MUTATIONS / 10, refused + " were refused: too gently damaged");
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private static void read(Path path) {
    try {
      CubeFiles.readMsi(path, ReadOptions.DEFAULT.withImage(1));
    } catch (SkinSpectraException e) {
      assertFalse(e.getMessage().contains("needs more memory"), e.getMessage());
    }
    try (CubeSource source = CubeFiles.open(path, OPTIONS)) {
      float[][] planes = new float[source.bands()][source.width() * source.height()];
      source.readBands(0, planes);
    } catch (IOException e) {
      throw new AssertionError("it cannot be closed", e);
    }
  }

  /** Cut off, or with up to eight bytes changed: half of them to the extremes that hurt most. */
  private static byte[] damaged(byte[] whole, int start, int end, Random random) {
    if (random.nextInt(8) == 0) {
      return Arrays.copyOf(whole, start + random.nextInt(end - start));
    }
    byte[] damaged = whole.clone();
    int changes = 1 + random.nextInt(8);
    byte[] extremes = {0, -1, 0x7f, (byte) 0x80, '9', '"', '/', '.'};
    for (int i = 0; i < changes; i++) {
      damaged[start + random.nextInt(end - start)] =
          random.nextBoolean()
              ? extremes[random.nextInt(extremes.length)]
              : (byte) random.nextInt(256);
    }
    return damaged;
  }
}
