package org.skinspectra.session;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.skinspectra.Sha256;
import org.skinspectra.cube.PixelType;

/**
 * How fast pairs of 1024x1024 pixels of 16 bits, RGB and 960 nm, come into a session, beside the
 * speed of just writing the same bytes to files in the same folder. All of it is waited for until
 * it is on the medium.
 *
 * <p>Not a JMH benchmark: a disk has caches that need seconds, not iterations.
 */
public final class SessionBenchmark {

  private static final int SIDE = 1024;
  private static final int PAIRS = 100;
  private static final int ROUNDS = 3;

  private SessionBenchmark() {}

  /**
   * Runs the benchmark and prints the rates.
   *
   * @param args folder on the disk to be measured; the system's for temporary files if left out
   */
  public static void main(String[] args) throws IOException {
    Path place = args.length > 0 ? Path.of(args[0]) : Path.of(System.getProperty("java.io.tmpdir"));
    Path folder = Files.createTempDirectory(place, "session-benchmark");
    try {
      for (int round = 1; round <= ROUNDS; round++) {
        for (PixelType rgb : List.of(PixelType.BGRA64, PixelType.GRAY16)) {
          measure(folder, rgb, round);
        }
      }
    } finally {
      delete(folder);
    }
  }

  private static void measure(Path folder, PixelType rgb, int round) throws IOException {
    List<List<CapturedFrame>> pairs = new ArrayList<>();
    for (int t = 0; t < PAIRS; t++) {
      // Four different pairs are enough: nothing is compressed.
      pairs.add(
          t < 4
              ? CapturedFrame.group(
                  FrameKind.IMAGE,
                  t,
                  List.of(
                      Frames.random(rgb, SIDE, SIDE, "RGB", t),
                      Frames.random(PixelType.GRAY16, SIDE, SIDE, "N960", 100 + t)))
              : pairs.get(t % 4));
    }
    double encoding = encoding(pairs);
    Path session = folder.resolve("session-" + rgb + round);
    double longest = 0;
    long start = System.nanoTime();
    long handedOver;
    try (SessionWriter writer = SessionWriter.create(session, SessionSetup.EMPTY)) {
      for (List<CapturedFrame> pair : pairs) {
        long before = System.nanoTime();
        writer.write(pair);
        longest = Math.max(longest, (System.nanoTime() - before) * 1e-6);
      }
      handedOver = System.nanoTime();
      writer.requireCount(2L * PAIRS);
    }
    double stored = (System.nanoTime() - start) * 1e-9;
    double bytes =
        CaptureSession.open(session).frames().stream().mapToLong(f -> f.file().length()).sum();
    double megabytes = bytes / 1e6;
    delete(session);
    double once = plain(folder, megabytes, false);
    double each = plain(folder, megabytes, true);
    System.out.printf(
        Locale.ROOT,
        "%s + N960, round %d: session %4.0f MB/s; plain files %4.0f MB/s forced at the end,"
            + " %4.0f MB/s forced one by one; encoding and SHA-256 %4.0f MB per second of one processor;"
            + " handed over after %.2f of %.2f s, longest wait %.0f ms%n",
        rgb == PixelType.BGRA64 ? "RGB   " : "mosaic",
        round,
        megabytes / stored,
        megabytes / once,
        megabytes / each,
        megabytes / encoding,
        (handedOver - start) * 1e-9,
        stored,
        longest);
  }

  /** Seconds of processor time to encode and digest all frames, without a disk. */
  private static double encoding(List<List<CapturedFrame>> pairs) throws IOException {
    FrameFile.Buffer buffer = new FrameFile.Buffer();
    FrameIdentity identity =
        new FrameIdentity(
            UUID.randomUUID(), OffsetDateTime.now(), 1, FrameKind.IMAGE, 0, 0, Optional.empty());
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    int digits = 0;
    for (List<CapturedFrame> pair : pairs) {
      for (CapturedFrame frame : pair) {
        FrameFile.encode(frame.frame(), identity, ChannelOptics.ofName("RGB"), "a", buffer);
        digits += Sha256.of(buffer.content()).length();
      }
    }
    double seconds = (threads.getCurrentThreadCpuTime() - start) * 1e-9;
    return digits > 0 ? seconds : Double.NaN;
  }

  /** Seconds to write as many bytes into as many files. */
  private static double plain(Path folder, double megabytes, boolean forcedEach)
      throws IOException {
    Path inner = Files.createDirectory(folder.resolve("plain"));
    ByteBuffer content = ByteBuffer.allocate((int) (megabytes * 1e6 / (2 * PAIRS)));
    new Random(1).nextBytes(content.array());
    long start = System.nanoTime();
    for (int i = 0; i < 2 * PAIRS; i++) {
      try (FileChannel file =
          FileChannel.open(
              inner.resolve("file" + i), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        file.write(content.rewind());
        if (forcedEach) {
          file.force(true);
        }
      }
    }
    for (int i = 0; i < 2 * PAIRS; i++) {
      Disk.REAL.force(inner.resolve("file" + i));
    }
    Disk.REAL.forceFolder(inner);
    double seconds = (System.nanoTime() - start) * 1e-9;
    delete(inner);
    return seconds;
  }

  private static void delete(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
