package org.skinspectra.model.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.CanceledException;

class TileThreadsTest {

  private static final int TILES = 100;

  private final TileThreads threads = new TileThreads(2);

  @AfterEach
  void close() {
    threads.close();
  }

  @Test
  void everyTileIsDoneOnce() {
    AtomicIntegerArray done = new AtomicIntegerArray(TILES);
    threads.forEach(TILES, done::incrementAndGet, count -> {});
    for (int tile = 0; tile < TILES; tile++) {
      assertEquals(1, done.get(tile), "tile " + tile);
    }
  }

  /** The maps are freed then: a tile that still read them would end the whole program. */
  @ParameterizedTest(name = "the thread of tile {0} runs out of memory")
  @ValueSource(ints = {0, 1})
  void anErrorComesOutOnceTheOtherTileIsDone(int failing) {
    OutOfMemoryError full = new OutOfMemoryError("as tried by a test");
    CountDownLatch bothBegun = new CountDownLatch(2);
    AtomicBoolean otherDone = new AtomicBoolean();
    AtomicInteger begun = new AtomicInteger();
    Throwable thrown =
        assertThrows(
            OutOfMemoryError.class,
            () ->
                threads.forEach(
                    TILES,
                    tile -> {
                      begun.incrementAndGet();
                      bothBegun.countDown();
                      await(bothBegun);
                      if (tile == failing) {
                        throw full;
                      }
                      sleep(150);
                      otherDone.set(true);
                    },
                    count -> {}));
    assertSame(full, thrown);
    assertTrue(otherDone.get(), "a tile still worked");
    assertTrue(begun.get() < TILES / 2, begun + " tiles were begun");
  }

  @Test
  void whatTheWatchThrowsEndsIt() {
    AtomicInteger begun = new AtomicInteger();
    assertThrows(
        CanceledException.class,
        () ->
            threads.forEach(
                TILES,
                tile -> {
                  begun.incrementAndGet();
                  sleep(10);
                },
                count -> {
                  throw new CanceledException("The test");
                }));
    assertTrue(begun.get() < TILES, "no tile was left out");
  }

  @Test
  void anInterruptTooWaitsForTheTilesThatWereBegun() {
    AtomicInteger working = new AtomicInteger();
    assertThrows(
        IllegalStateException.class,
        () ->
            threads.forEach(
                TILES,
                tile -> {
                  working.incrementAndGet();
                  sleep(100);
                  working.decrementAndGet();
                },
                count -> Thread.currentThread().interrupt()));
    assertEquals(0, working.get(), "tiles that are still worked on");
    assertTrue(Thread.interrupted(), "the interrupt was swallowed");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void sleep(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
