package org.skinspectra.model.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.skinspectra.CanceledException;

class TilesTest {

  @Test
  void tilesCoverTheMapOnce() {
    int[][] covered = new int[21][35];
    for (Window tile : new Tiles(8, 16).of(21, 35)) {
      for (int y = tile.y(); y < tile.endY(); y++) {
        for (int x = tile.x(); x < tile.endX(); x++) {
          covered[y][x]++;
        }
      }
    }
    for (int[] row : covered) {
      for (int count : row) {
        assertEquals(1, count);
      }
    }
  }

  @Test
  void sidesAreEvenSoThatHalvedTilesMeet() {
    assertThrows(IllegalArgumentException.class, () -> new Tiles(7, 8));
    assertThrows(IllegalArgumentException.class, () -> new Tiles(8, 0));
  }

  @Test
  void aHaloEndsWhereTheMapEnds() {
    assertEquals(new Window(0, 5, 11, 14), new Window(0, 8, 8, 8).grown(3, 40, 40));
    assertEquals(new Window(5, 5, 14, 14), new Window(8, 8, 8, 8).grown(3, 40, 40));
    assertEquals(new Window(29, 0, 11, 11), new Window(32, 0, 8, 8).grown(3, 40, 40));
  }

  @Test
  void aWindowOfOneLevelIsHalfOrTwiceThatOfTheNext() {
    assertEquals(new Window(4, 2, 8, 6), new Window(8, 4, 16, 12).onLevel(1));
    assertEquals(new Window(16, 8, 32, 24), new Window(8, 4, 16, 12).onLevel(-1));
  }

  @Test
  void everyTileIsDoneOnceByAnyNumberOfThreads() {
    for (int count : new int[] {1, 2, 7}) {
      AtomicIntegerArray done = new AtomicIntegerArray(50);
      try (TileThreads threads = new TileThreads(count)) {
        threads.forEach(50, done::incrementAndGet, n -> {});
      }
      for (int i = 0; i < 50; i++) {
        assertEquals(1, done.get(i));
      }
    }
  }

  @Test
  void aTileThatFailsEndsTheWorkWithItsError() {
    AtomicInteger begun = new AtomicInteger();
    try (TileThreads threads = new TileThreads(2)) {
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  threads.forEach(
                      1_000_000,
                      tile -> {
                        begun.incrementAndGet();
                        if (tile == 3) {
                          throw new IllegalStateException("tile 3");
                        }
                      },
                      n -> {}));
      assertEquals("tile 3", thrown.getMessage());
      assertTrue(begun.get() < 1_000_000);
    }
  }

  @Test
  void aWatchThatThrowsStopsTheWorkOnceBegunTilesAreDone() {
    AtomicInteger running = new AtomicInteger();
    List<Integer> seen = new ArrayList<>();
    try (TileThreads threads = new TileThreads(2)) {
      assertThrows(
          CanceledException.class,
          () ->
              threads.forEach(
                  1000,
                  tile -> {
                    running.incrementAndGet();
                    sleep(10);
                    running.decrementAndGet();
                  },
                  n -> {
                    seen.add(n);
                    throw new CanceledException("Work");
                  }));
      assertEquals(0, running.get());
      assertEquals(1, seen.size());
    }
  }

  private static void sleep(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
