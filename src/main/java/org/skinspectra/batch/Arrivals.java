package org.skinspectra.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.skinspectra.CanceledException;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.session.CaptureSession;

/** Tells which sessions and images are complete and new, by looking at them again and again. */
final class Arrivals {

  private static final long SHORTEST_PAUSE_MS = 20;
  private static final long LONGEST_PAUSE_MS = 1000;

  /** So that looking through a slow drive is not all that is done. */
  private static final int PAUSE_PER_LOOK = 4;

  private final Watching watching;
  private final Map<Path, Seen> all = new HashMap<>();
  private long lastNews = System.nanoTime();
  private long lookNanos;

  /**
   * @param files that the item consists of; empty as long as they cannot be told
   * @param stamp changes with any of them
   * @param since when it is so
   * @param taken whether it was given out so
   */
  private record Seen(List<Path> files, String stamp, long since, boolean taken) {}

  Arrivals(Watching watching) {
    this.watching = watching;
  }

  /** Whether nothing has come for so long that nothing is expected any more. */
  boolean haveEnded() {
    return watching.idle().filter(idle -> nanosSince(lastNews) >= idle.toNanos()).isPresent();
  }

  private static long nanosSince(long nanos) {
    return System.nanoTime() - nanos;
  }

  /**
   * Items that have been still for long enough and were not given out so before.
   *
   * @param search for everything there is; if that fails, as network drives do at times, nothing is
   *     ready this time
   */
  List<InputSearch.Item> ready(Supplier<List<InputSearch.Item>> search) {
    long start = System.nanoTime();
    List<InputSearch.Item> ready = new ArrayList<>();
    try {
      for (InputSearch.Item item : search.get()) {
        if (isReady(item)) {
          ready.add(item);
        }
      }
    } catch (SkinSpectraIOException e) {
      if (all.isEmpty()) {
        throw e;
      }
    }
    lookNanos = nanosSince(start);
    return ready;
  }

  private boolean isReady(InputSearch.Item item) {
    Seen before = all.get(item.path());
    Seen now = look(item, before);
    if (before == null || !before.stamp().equals(now.stamp())) {
      lastNews = System.nanoTime();
    }
    boolean ready = !now.taken() && nanosSince(now.since()) >= watching.settle().toNanos();
    all.put(item.path(), ready ? new Seen(now.files(), now.stamp(), now.since(), true) : now);
    return ready;
  }

  private static Seen look(InputSearch.Item item, Seen before) {
    boolean known = before != null && !before.files().isEmpty() && !Files.isDirectory(item.path());
    List<Path> files = known ? before.files() : files(item);
    StringBuilder stamp = new StringBuilder();
    for (Path file : files.isEmpty() ? List.of(item.path()) : files) {
      stamp.append(stamp(file)).append(';');
    }
    return before != null && before.stamp().contentEquals(stamp)
        ? new Seen(files, before.stamp(), before.since(), before.taken())
        : new Seen(files, stamp.toString(), System.nanoTime(), false);
  }

  private static List<Path> files(InputSearch.Item item) {
    if (item.session()) {
      return List.of(CaptureSession.manifestIn(item.path()));
    }
    try {
      return CubeFiles.files(item.path());
    } catch (SkinSpectraException e) {
      // Not complete yet, or never: it will say so itself once it is still.
      return List.of();
    }
  }

  private static String stamp(Path file) {
    try {
      return Picture.stamp(file);
    } catch (IOException e) {
      return "missing";
    }
  }

  /** Says that what was given out has been worked on until now. */
  void worked() {
    lastNews = System.nanoTime();
  }

  /** Waits before the next look. */
  void pause() {
    long settle = Math.max(SHORTEST_PAUSE_MS, watching.settle().toMillis() / 2);
    long usual = Math.min(LONGEST_PAUSE_MS, settle);
    try {
      Thread.sleep(Math.max(usual, PAUSE_PER_LOOK * lookNanos / 1_000_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CanceledException("The batch", "cubes that are done stay");
    }
  }
}
