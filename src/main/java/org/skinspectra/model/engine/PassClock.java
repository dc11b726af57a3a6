package org.skinspectra.model.engine;

import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.Session;

/** From the start of the first tile of each pass to the end of its last. */
final class PassClock implements TileRun {

  private record Span(long start, long end, int tiles) {

    Span with(Span other) {
      return new Span(Math.min(start, other.start), Math.max(end, other.end), tiles + other.tiles);
    }
  }

  private static final Span NONE = new Span(0, 0, 0);

  /** By the name of what a pass fetches, which is its own. */
  private final Map<String, Span> spans = new HashMap<>();

  @Override
  public Result of(TilePass pass, Session.Runner runner) {
    long start = System.nanoTime();
    Result result = runner.run();
    Span span = new Span(start, System.nanoTime(), 1);
    synchronized (spans) {
      spans.merge(name(pass), span, Span::with);
    }
    return result;
  }

  private static String name(TilePass pass) {
    return pass.output().op().name();
  }

  /** Forgets what a warm-up took. */
  void reset() {
    spans.clear();
  }

  double seconds(TilePass pass) {
    Span span = spans.getOrDefault(name(pass), NONE);
    return (span.end() - span.start()) * 1e-9;
  }

  int tiles(TilePass pass) {
    return spans.getOrDefault(name(pass), NONE).tiles();
  }
}
