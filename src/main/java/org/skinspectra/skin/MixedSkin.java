package org.skinspectra.skin;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;

/** People of several sources, each drawn in proportion to its weight. Immutable. */
public final class MixedSkin implements SkinSource {

  private record Share(SkinSource source, double weight) {}

  private final List<Share> shares;

  private MixedSkin(List<Share> shares) {
    this.shares = List.copyOf(shares);
  }

  /**
   * A mixture of one source so far.
   *
   * @throws IllegalArgumentException if the weight is not a positive number
   */
  public static MixedSkin of(SkinSource source, double weight) {
    return new MixedSkin(List.of()).or(source, weight);
  }

  /**
   * This mixture and one more source.
   *
   * @throws IllegalArgumentException if the weight is not a positive number
   */
  public MixedSkin or(SkinSource source, double weight) {
    if (!(weight > 0 && Double.isFinite(weight))) {
      throw new IllegalArgumentException(
          "A source of skin needs a positive weight, not " + weight + "; leave it out instead.");
    }
    List<Share> more = new ArrayList<>(shares);
    more.add(new Share(source, weight));
    return new MixedSkin(more);
  }

  @Override
  public PersonalSkin person(RandomGenerator random) {
    double rest = random.nextDouble() * shares.stream().mapToDouble(Share::weight).sum();
    for (Share share : shares) {
      rest -= share.weight;
      if (rest < 0) {
        return share.source.person(random);
      }
    }
    return shares.get(shares.size() - 1).source.person(random);
  }
}
