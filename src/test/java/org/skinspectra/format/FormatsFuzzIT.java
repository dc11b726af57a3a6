package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;

/**
 * Damages small files of every format there is and accepts nothing but a cube or an error for
 * people that names the file, in bounded time and memory.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FormatsFuzzIT {

  /** Damaged files of all formats together, and of each at least. */
  private static final int FILES = 6000;

  private static final int FILES_OF_A_FORMAT = 500;

  /** Samples of more bytes take their time to be written again and again. */
  private static final long LARGE_BYTES = 1 << 20;

  private static final int FILES_OF_A_LARGE_SAMPLE = 60;

  private static final long MOST_SECONDS = 10;

  /** Of memory taken for one file of some kilobytes, all that is given back at once included. */
  private static final long MOST_BYTES = 192L << 20;

  /** More values than that are not read here: they would be memory that the test takes. */
  private static final long MOST_VALUES = 1 << 22;

  @TempDir private Path folder;

  /** What became of the damaged files of a format. */
  private static final class Tally {
    private int files;
    private int refused;
    private int cubes;
    private long slowestNanos;
    private long mostBytes;

    @Override
    public String toString() {
      return "%5d damaged files: %5d refused, %4d cubes; slowest %4d ms, most memory %3d MiB"
          .formatted(files, refused, cubes, slowestNanos / 1_000_000, mostBytes >> 20);
    }
  }

  @Test
  void everyDamagedFileIsACubeOrAnErrorThatNamesIt() throws Exception {
    List<CubeFormat> formats = new ArrayList<>();
    for (CubeFormat format : CubeFiles.formats()) {
      if (FormatSamples.of(format, folder.resolve("count-" + format.name())).isEmpty()) {
        System.out.println(format.name() + ": no file to damage can be made here");
      } else {
        formats.add(format);
      }
    }
    int each = Math.max(FILES_OF_A_FORMAT, (FILES + formats.size() - 1) / formats.size());
    ExecutorService reader = Executors.newSingleThreadExecutor(FormatsFuzzIT::daemon);
    int all = 0;
    try {
      for (CubeFormat format : formats) {
        Tally tally = damaged(format, each, reader);
        System.out.printf("%-14s %s%n", format.name(), tally);
        assertTrue(
            tally.refused > tally.files / 10, format.name() + " refuses hardly anything: " + tally);
        all += tally.files;
      }
    } finally {
      reader.shutdownNow();
    }
    assertTrue(all >= 5000, all + " damaged files");
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "fuzz");
    thread.setDaemon(true);
    return thread;
  }

  private Tally damaged(CubeFormat format, int count, ExecutorService reader) throws Exception {
    Tally tally = new Tally();
    List<FormatSamples.Sample> samples =
        FormatSamples.of(format, folder.resolve("good-" + format.name()));
    for (int number = 0; number < samples.size(); number++) {
      // Each sample lies in a folder of its own, which is damaged in place and restored.
      FormatSamples.Sample sample = samples.get(number);
      Path home = sample.path().getParent();
      Map<String, byte[]> good = FormatSamples.files(home);
      float[][] planes = read(sample);
      int share = count / samples.size() + (number < count % samples.size() ? 1 : 0);
      if (good.values().stream().mapToLong(bytes -> bytes.length).sum() > LARGE_BYTES) {
        share = Math.min(share, FILES_OF_A_LARGE_SAMPLE);
      }
      Random random = new Random(format.name().hashCode() * 31L + number);
      for (int i = 0; i < share; i++) {
        String what = format.name() + " " + sample.name() + ", damage " + i;
        one(what, sample, good, planes, random, reader, tally);
      }
    }
    return tally;
  }

  private void one(
      String what,
      FormatSamples.Sample sample,
      Map<String, byte[]> good,
      float[][] planes,
      Random random,
      ExecutorService reader,
      Tally tally)
      throws Exception {
    List<String> names =
        good.entrySet().stream()
            .filter(f -> f.getValue().length > 0)
            .map(Map.Entry::getKey)
            .toList();
    String name = names.get(random.nextInt(names.size()));
    Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
    Path home = sample.path().getParent();
    Path file = home.resolve(name);
    Files.write(file, damage.applied(good.get(name), random));
    String where = what + " (" + damage + " of " + name + ")";
    try {
      tally.files++;
      long start = System.nanoTime();
      Outcome outcome = outcome(where, sample, reader);
      tally.slowestNanos = Math.max(tally.slowestNanos, System.nanoTime() - start);
      tally.mostBytes = Math.max(tally.mostBytes, outcome.bytes());
      assertTrue(
          outcome.bytes() < MOST_BYTES, () -> where + " took " + (outcome.bytes() >> 20) + " MiB");
      if (outcome.error() != null) {
        tally.refused++;
        requireWords(where, outcome.error(), sample.path(), file);
      } else {
        tally.cubes++;
        if (damage == Damage.CUT_OFF || damage == Damage.LONGER) {
          // Nothing that is there is another: what is read is right or not read at all.
          assertEquals(planes.length, outcome.planes().length, where);
          for (int band = 0; band < planes.length; band++) {
            assertArrayEquals(planes[band], outcome.planes()[band], where);
          }
        }
      }
    } finally {
      Files.write(file, good.get(name));
    }
  }

  private static void requireWords(String where, Throwable error, Path opened, Path damaged) {
    if (!(error instanceof SkinSpectraException) || error.getCause() instanceof OutOfMemoryError) {
      fail(where + " came out as " + error, error);
    }
    String message = String.valueOf(error.getMessage());
    // The file, or one that belongs to it: ENVI's data beside their header.
    boolean names =
        message.contains(opened.resolveSibling("sample").toString())
            || message.contains(damaged.toString());
    assertTrue(names, () -> where + " is refused without its name: " + message);
    assertTrue(message.length() < 2000, () -> where + " is refused at length: " + message);
    assertTrue(
        message.chars().noneMatch(c -> c < ' ' && c != '\n'),
        () -> where + " is refused with control characters: " + message);
  }

  /**
   * @param error null if it is read
   * @param bytes that the reading thread took
   */
  private record Outcome(float[][] planes, Throwable error, long bytes) {}

  private static Outcome outcome(String where, FormatSamples.Sample sample, ExecutorService reader)
      throws Exception {
    Thread[] working = new Thread[1];
    Future<Outcome> future =
        reader.submit(
            () -> {
              working[0] = Thread.currentThread();
              ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
              long before = threads.getCurrentThreadAllocatedBytes();
              float[][] planes = null;
              Throwable error = null;
              try {
                planes = read(sample);
              } catch (Throwable e) {
                error = e;
              }
              return new Outcome(planes, error, threads.getCurrentThreadAllocatedBytes() - before);
            });
    try {
      return future.get(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return fail(
          where
              + " does not end: "
              + (working[0] == null ? "" : Arrays.toString(working[0].getStackTrace())));
    }
  }

  /** Everything, or of what is too large a corner; all that a source says is asked for. */
  private static float[][] read(FormatSamples.Sample sample) throws IOException {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try (CubeSource source = CubeFiles.open(sample.path(), sample.options())) {
      source.provenance();
      int bands = source.bands();
      source.wavelengths();
      assertEquals(bands, source.bandNames().size());
      source.fwhm();
      source.badBands();
      assertTrue(source.width() > 0 && source.height() > 0 && bands > 0);
      double values = (double) source.width() * source.height() * bands;
      if (values > MOST_VALUES) {
        source.readRegion(bands - 1, new PixelRegion(0, 0, 1, 1), new float[1][1]);
        return new float[0][];
      }
      float[][] planes = new float[bands][source.width() * source.height()];
      source.readBands(0, planes);
      return planes;
    } finally {
      System.setOut(out);
      assertEquals("", printed.toString(StandardCharsets.UTF_8), "nothing is printed");
    }
  }
}
