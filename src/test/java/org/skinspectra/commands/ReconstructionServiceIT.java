package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import ij.IJ;
import ij.ImagePlus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scijava.Cancelable;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.task.Task;

/** Many reconstructions in one program, and those that are canceled, with TensorFlow. */
class ReconstructionServiceIT {

  private static final int RUNS = 50;
  private static final int SETTLED = 10;
  private static final Path STATUS = Path.of("/proc/self/status");

  private final CommandRunner fiji = new CommandRunner();

  @AfterEach
  void close() {
    fiji.close();
  }

  private static ImagePlus arm(int side) {
    ImagePlus arm = IJ.createImage("arm", "32-bit", side, side, 4);
    for (int slice = 1; slice <= 4; slice++) {
      arm.getStack().getProcessor(slice).add(0.1 + 0.1 * slice);
    }
    return arm;
  }

  private ImagePlus reconstructed(int side) {
    return fiji.output(
        "cube",
        ImagePlus.class,
        ReconstructSpectra.class,
        Map.of("image", arm(side), "device", "cpu"));
  }

  /**
   * @param heap bytes in use after a collection
   * @param resident bytes of the whole process, 0 where the system does not tell
   * @param files that are open
   */
  private record Use(long heap, long resident, long files) {

    private static Use now() throws IOException {
      System.gc();
      System.gc();
      long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      long files =
          ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
              ? unix.getOpenFileDescriptorCount()
              : 0;
      return new Use(heap, residentBytes(), files);
    }

    private static long residentBytes() throws IOException {
      if (!Files.isReadable(STATUS)) {
        return 0;
      }
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    }

    @Override
    public String toString() {
      return "heap %.1f MiB, resident %.1f MiB, %d open files"
          .formatted(heap / 1048576.0, resident / 1048576.0, files);
    }
  }

  @Test
  void fiftyReconstructionsLeaveHeapNativeMemoryAndOpenFilesFlat() throws IOException {
    Use settled = null;
    for (int run = 1; run <= RUNS; run++) {
      assertEquals(61, reconstructed(96).getNChannels());
      if (run % SETTLED == 0) {
        Use use = Use.now();
        System.out.printf("after %d reconstructions: %s%n", run, use);
        settled = settled == null ? use : settled;
      }
    }
    Use end = Use.now();
    assertTrue(end.heap() - settled.heap() < 16 << 20, "heap grew: " + settled + " to " + end);
    assertTrue(
        end.resident() - settled.resident() < 96 << 20, "memory grew: " + settled + " to " + end);
    assertTrue(end.files() - settled.files() <= 2, "open files grew: " + settled + " to " + end);
  }

  @Test
  void aCancelEndsALongRunWithinTwoSecondsAndTheNextRunIsSound() throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    AtomicReference<Task> running = new AtomicReference<>();
    TaskSteps.onEach(
        fiji,
        (task, step) -> {
          if (!step.startsWith("Opening")) {
            running.compareAndSet(null, task);
            working.countDown();
          }
        });
    Future<CommandModule> run =
        fiji.context()
            .service(CommandService.class)
            .run(ReconstructSpectra.class, true, Map.of("image", arm(768), "device", "cpu"));
    assertTrue(working.await(120, TimeUnit.SECONDS), "the run did not begin");
    Thread.sleep(300);
    long start = System.nanoTime();
    running.get().cancel("enough");
    CommandModule module = run.get(60, TimeUnit.SECONDS);
    double seconds = (System.nanoTime() - start) * 1e-9;
    System.out.printf("canceled after %.2f s%n", seconds);
    assertTrue(seconds < 2, seconds + " s");
    assertTrue(((Cancelable) module.getCommand()).isCanceled());
    assertNull(module.getOutput("cube"));
    assertNotNull(reconstructed(16));
  }
}
