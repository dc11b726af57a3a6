package org.skinspectra.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A few pictures from which many crops are drawn, since a picture takes longer to make than to use.
 * They are exchanged one by one, so that the work of making them is spread evenly. Which picture
 * serves a crop depends on the crop's number alone.
 */
final class PicturePool {

  /** Pictures that crops are drawn from at any time. */
  static final int SIZE = 32;

  private final PictureSource source;
  private final int uses;
  private final Map<Long, CompletableFuture<Picture>> made =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, CompletableFuture<Picture>> eldest) {
          return size() > 2 * SIZE;
        }
      };

  /**
   * @param uses crops drawn from a picture before it is exchanged
   */
  PicturePool(PictureSource source, int uses) {
    this.source = source;
    this.uses = uses;
  }

  /** The picture for the crop of this number. */
  Picture forCrop(long number) {
    long place = number % SIZE;
    // Every place gets its new picture at a time of its own.
    long generation = (number / SIZE + place * uses / SIZE) / uses;
    return picture(generation * SIZE + place);
  }

  private Picture picture(long number) {
    CompletableFuture<Picture> mine = new CompletableFuture<>();
    CompletableFuture<Picture> present;
    synchronized (made) {
      present = made.putIfAbsent(number, mine);
    }
    if (present == null) {
      try {
        mine.complete(source.picture(number));
      } catch (RuntimeException | Error e) {
        mine.completeExceptionally(e);
      }
      present = mine;
    }
    try {
      return present.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
