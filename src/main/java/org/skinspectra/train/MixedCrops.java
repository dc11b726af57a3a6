package org.skinspectra.train;

import java.util.List;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.skin.Seeds;

/** Crops from several sources, each as often as its weight says. */
final class MixedCrops implements CropSource {

  /** Apart from every other use of the seed. */
  private static final long STREAM = 0x4D49584544L;

  /**
   * @param weight share of the crops, relative to the other sources'
   */
  record Part(CropSource source, double weight) {}

  private final List<Part> parts;
  private final double total;
  private final long seed;

  MixedCrops(List<Part> parts, long seed) {
    this.parts = parts.stream().filter(part -> part.weight() > 0).toList();
    this.seed = seed ^ STREAM;
    total = this.parts.stream().mapToDouble(Part::weight).sum();
    if (this.parts.isEmpty()) {
      throw new SkinSpectraException("Nothing to learn from: every source has the weight 0.");
    }
  }

  @Override
  public Crop crop(long number) {
    if (parts.size() == 1) {
      return parts.get(0).source().crop(number);
    }
    double left = Seeds.generator(seed, number).nextDouble() * total;
    for (Part part : parts) {
      left -= part.weight();
      if (left < 0) {
        return part.source().crop(number);
      }
    }
    return parts.get(parts.size() - 1).source().crop(number);
  }
}
