package org.skinspectra.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.batch.BatchResult.State;
import org.skinspectra.cube.Msi;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.session.FlatSessions;

class WatchedFolderIT {

  private static final Duration SETTLE = Duration.ofMillis(300);
  private static final BatchOptions OPTIONS =
      BatchOptions.of(Models.WIENER, Device.CPU, Precision.FLOAT32);

  @TempDir private Path temporary;

  private final BlockingQueue<BatchResult> told = new LinkedBlockingQueue<>();
  private final AtomicBoolean canceled = new AtomicBoolean();
  private final Reconstructor wiener = OPTIONS.open();

  @AfterEach
  void close() {
    canceled.set(true);
    wiener.close();
  }

  private Path in() {
    return temporary.resolve("in");
  }

  private List<BatchResult> watch(Optional<Duration> idle) {
    Path out = temporary.resolve("out");
    ProgressMonitor untilCanceled =
        new ProgressMonitor() {
          @Override
          public void report(String step, long done, long total) {}

          @Override
          public boolean isCanceled() {
            return canceled.get();
          }
        };
    return ReconstructionBatch.of(List.of(in()), out, OPTIONS)
        .withListener(told::add)
        .watch(new LocalThreads(wiener, 2, out), new Watching(SETTLE, idle), untilCanceled);
  }

  private CompletableFuture<List<BatchResult>> watching() throws IOException {
    Files.createDirectories(in());
    return CompletableFuture.supplyAsync(() -> watch(Optional.empty()));
  }

  private BatchResult next() throws InterruptedException {
    BatchResult next = told.poll(20, TimeUnit.SECONDS);
    assertTrue(next != null, "nothing was done within 20 s");
    return next;
  }

  private static void image(Path file, float value) {
    float[] pixels = new float[12 * 10 * 4];
    Arrays.fill(pixels, value);
    CubeFiles.write(new Msi(12, 10, 4, pixels), file);
  }

  @Test
  void whatComesIsDoneUntilTheEnd() throws Exception {
    CompletableFuture<List<BatchResult>> watching = watching();
    image(in().resolve("a/first.tif"), 0.3f);
    assertEquals("a/first.tif", next().input());
    FlatSessions.write(in().resolve("arm"), 0.2, 0.4);
    assertEquals("arm", next().input());
    assertEquals("arm", next().input());
    canceled.set(true);
    List<BatchResult> rows = watching.get(20, TimeUnit.SECONDS);
    assertEquals(3, rows.size());
    assertTrue(rows.stream().allMatch(row -> row.state() == State.DONE));
  }

  @Test
  void aFileThatStillGrowsIsNotTaken() throws Exception {
    image(temporary.resolve("whole.tif"), 0.3f);
    byte[] whole = Files.readAllBytes(temporary.resolve("whole.tif"));
    CompletableFuture<List<BatchResult>> watching = watching();
    Path growing = in().resolve("growing.tif");
    int parts = 12;
    for (int part = 1; part <= parts; part++) {
      assertTrue(told.isEmpty(), "was taken after " + part + " parts: " + told);
      Files.write(growing, Arrays.copyOf(whole, whole.length * part / parts));
      TimeUnit.MILLISECONDS.sleep(SETTLE.toMillis() / 6);
    }
    BatchResult row = next();
    assertEquals(State.DONE, row.state(), row.message());
    canceled.set(true);
    watching.get(20, TimeUnit.SECONDS);
  }

  @Test
  void whatFailedIsTriedAgainWhenItChangesAndNotBefore() throws Exception {
    image(temporary.resolve("whole.tif"), 0.3f);
    byte[] whole = Files.readAllBytes(temporary.resolve("whole.tif"));
    CompletableFuture<List<BatchResult>> watching = watching();
    Path file = in().resolve("late.tif");
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertEquals(State.FAILED, next().state());
    TimeUnit.MILLISECONDS.sleep(3 * SETTLE.toMillis());
    assertTrue(told.isEmpty(), "was tried again without a change");
    Files.write(file, whole);
    assertEquals(State.DONE, next().state());
    canceled.set(true);
    List<BatchResult> rows = watching.get(20, TimeUnit.SECONDS);
    assertEquals(List.of(State.DONE), rows.stream().map(BatchResult::state).toList());
  }

  @Test
  void dataThatComeAfterTheirHeaderAreWaitedFor() throws Exception {
    image(temporary.resolve("cube.hdr"), 0.3f);
    CompletableFuture<List<BatchResult>> watching = watching();
    Files.copy(temporary.resolve("cube.hdr"), in().resolve("cube.hdr"));
    assertEquals(State.FAILED, next().state());
    Files.copy(temporary.resolve("cube.img"), in().resolve("cube.img"));
    BatchResult row = next();
    assertEquals(State.DONE, row.state(), row.message());
    canceled.set(true);
    watching.get(20, TimeUnit.SECONDS);
  }

  @Test
  void picturesThatASessionGetsLaterAreDoneAndTheEarlierNotAgain() throws Exception {
    Path arm = FlatSessions.write(in().resolve("arm"), 0.2, 0.6);
    Path later = FlatSessions.write(temporary.resolve("later/arm"), 0.4);
    CompletableFuture<List<BatchResult>> watching = watching();
    next();
    next();
    FlatSessions.calibrate(arm, 1);
    BatchResult calibrated = next();
    assertEquals(1, calibrated.timePoint(), "only that picture is another image now");
    assertEquals(State.FAILED, calibrated.state());
    TimeUnit.MILLISECONDS.sleep(3 * SETTLE.toMillis());
    assertTrue(told.isEmpty(), () -> "was done again: " + told);
    Files.move(later, in().resolve("leg"));
    assertEquals("leg", next().input());
    canceled.set(true);
    watching.get(20, TimeUnit.SECONDS);
  }

  @Test
  void itEndsByItselfWhenNothingComes() throws IOException {
    Files.createDirectories(in());
    image(in().resolve("a.tif"), 0.3f);
    List<BatchResult> rows = watch(Optional.of(Duration.ofMillis(900)));
    assertEquals(List.of(State.DONE), rows.stream().map(BatchResult::state).toList());
    assertFalse(canceled.get());
  }

  @Test
  void aFolderThatIsMissingIsRefused() {
    String message =
        assertThrows(SkinSpectraException.class, () -> watch(Optional.empty())).getMessage();
    assertTrue(message.contains("no file or folder"), message);
  }
}
