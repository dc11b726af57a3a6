package org.skinspectra.model;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the time of a reconstruction goes.
 *
 * @param passes in the order in which they first run; those of one name and level are taken
 *     together
 * @param shares what TensorFlow's trace says of every kind of operation in every pass
 * @param seconds of the whole reconstruction, not traced
 * @param peakProducts multiply-adds a second of the best matrix product that TensorFlow was seen to
 *     do here, 1024x1024 by 1024x1024 in the network's precision on all cores
 */
public record NetworkProfile(
    List<Pass> passes, List<Share> shares, double seconds, double peakProducts) {

  public NetworkProfile {
    passes = List.copyOf(passes);
    shares = List.copyOf(shares);
  }

  /**
   * Passes of one name and level.
   *
   * @param level 0 is full resolution; the sides halve from level to level
   * @param tiles in all
   * @param seconds from the start of the first tile to the end of the last, summed over the passes
   * @param products multiply-adds that the formulas ask for
   * @param bytes of the maps that are read and written, each once, without halos
   */
  public record Pass(
      String name, int level, int tiles, double seconds, double products, double bytes) {

    /** This and another of the same name and level. */
    public Pass plus(Pass other) {
      return new Pass(
          name,
          level,
          tiles + other.tiles,
          seconds + other.seconds,
          products + other.products,
          bytes + other.bytes);
    }
  }

  /**
   * One kind of operation in passes of one name, traced with one tile at a time.
   *
   * @param operation TensorFlow's type, such as {@code MatMul}
   */
  public record Share(String pass, String operation, long calls, double seconds) {}

  /** One kind of operation in all passes. */
  public record Operation(String type, long calls, double seconds) {}

  /** Kinds of operation, the longest first. */
  public List<Operation> operations() {
    Map<String, Operation> byType = new LinkedHashMap<>();
    for (Share share : shares) {
      byType.merge(
          share.operation(),
          new Operation(share.operation(), share.calls(), share.seconds()),
          (a, b) -> new Operation(a.type(), a.calls() + b.calls(), a.seconds() + b.seconds()));
    }
    return byType.values().stream()
        .sorted(
            Comparator.comparingDouble(Operation::seconds)
                .reversed()
                .thenComparing(Operation::type))
        .toList();
  }

  /** Seconds of all operations in the trace, which is slower than a run without. */
  public double tracedSeconds() {
    return shares.stream().mapToDouble(Share::seconds).sum();
  }

  /** Seconds that are spent in no pass: between them, and on the planes of the result. */
  public double secondsBetween() {
    return Math.max(0, seconds - passes.stream().mapToDouble(Pass::seconds).sum());
  }
}
