package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstructor;

class ReconstructionServiceTest {

  private static final ProgressMonitor CANCELED =
      new ProgressMonitor() {
        @Override
        public void report(String step, long done, long total) {}

        @Override
        public boolean isCanceled() {
          return true;
        }
      };

  private final CommandRunner fiji = new CommandRunner();
  private final ReconstructionService service = fiji.context().service(ReconstructionService.class);

  @TempDir private Path temporary;

  @AfterEach
  void close() {
    fiji.close();
  }

  private Reconstructor opened(String model) {
    return service.reconstructor(model, Device.AUTO, Precision.FLOAT32, ProgressMonitor.NONE);
  }

  private static Msi grey() {
    return new Msi(8, 8, 4, new float[256]);
  }

  @Test
  void aModelIsOpenedOnceAndStaysOpenWhenItIsClosed() {
    Reconstructor first = opened("wiener");
    first.close();
    assertEquals(61, first.reconstruct(grey(), ProgressMonitor.NONE).cube().bands());
    assertSame(first.model(), opened("wiener").model());
  }

  @Test
  void aFileOfWeightsThatWasReplacedIsReadAgain() throws IOException {
    Path file = temporary.resolve("mine.safetensors");
    try (InputStream weights = Models.class.getResourceAsStream("wiener.safetensors")) {
      Files.copy(weights, file);
    }
    Reconstructor first = opened(file.toString());
    assertSame(first.model(), opened(file.toString()).model());
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
    assertNotSame(first.model(), opened(file.toString()).model());
  }

  @Test
  void whatAModelRefusesIsToldAsItIs() {
    Reconstructor wiener = opened("wiener");
    Msi small = new Msi(2, 2, 4, new float[16]);
    String message =
        assertThrows(
                SkinSpectraException.class, () -> wiener.reconstruct(small, ProgressMonitor.NONE))
            .getMessage();
    assertTrue(message.contains("2x2"), message);
  }

  @Test
  void whoCancelsWaitsNoLongerThanTwoSecondsForWorkThatDoesNotAsk() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger heard = new AtomicInteger();
    long start = System.nanoTime();
    String message =
        assertThrows(
                CanceledException.class,
                () ->
                    service.promptly(
                        "The work",
                        "nothing is left",
                        CANCELED,
                        progress -> {
                          try {
                            never.await();
                          } catch (InterruptedException e) {
                            heard.incrementAndGet();
                          }
                          return 1;
                        }))
            .getMessage();
    double seconds = (System.nanoTime() - start) * 1e-9;
    never.countDown();
    assertEquals("The work was canceled; nothing is left.", message);
    assertTrue(seconds < 2, seconds + " s");
    assertEquals(0, heard.get());
  }

  @Test
  void workThatEndsByItselfAfterACancelSaysWhatItLeaves() {
    String message =
        assertThrows(
                CanceledException.class,
                () ->
                    service.promptly(
                        "The work",
                        "nothing is left",
                        CANCELED,
                        progress -> {
                          assertTrue(progress.isCanceled());
                          throw new CanceledException("The work", "3 of 5 are there");
                        }))
            .getMessage();
    assertEquals("The work was canceled; 3 of 5 are there.", message);
  }

  @Test
  void afterTheContextIsGoneNothingIsReconstructed() {
    Reconstructor wiener = opened("wiener");
    fiji.close();
    assertThrows(CanceledException.class, () -> wiener.reconstruct(grey(), ProgressMonitor.NONE));
  }
}
