package org.skinspectra.evaluation;

import java.util.List;
import java.util.Optional;
import org.skinspectra.measure.IndexError;
import org.skinspectra.measure.SpectralRange;

/**
 * All numbers of one image and one prediction of it.
 *
 * @param image name in the data set
 * @param split folder of the data set that it is in
 * @param pixels number of pixels whose mask weight is above one half
 * @param ranges the ranges whose bands the prediction has, the widest first
 * @param bands of the widest range
 * @param indices errors of the skin indices that can be computed from those bands
 */
public record ImageResult(
    String image,
    String split,
    String subject,
    int width,
    int height,
    int pixels,
    List<RangeScore> ranges,
    BandResult bands,
    List<IndexError> indices) {

  public ImageResult {
    ranges = List.copyOf(ranges);
    indices = List.copyOf(indices);
  }

  /** The score in a range, if the prediction has its bands. */
  public Optional<RangeScore> in(SpectralRange range) {
    return ranges.stream().filter(score -> score.range() == range).findFirst();
  }

  /** A measure in a range; NaN where it has no value. */
  public double value(Measure measure, SpectralRange range) {
    return in(range).map(measure::of).orElse(Double.NaN);
  }

  /** The error of an index, if it was measured. */
  public Optional<IndexError> index(String key) {
    return indices.stream().filter(error -> error.key().equals(key)).findFirst();
  }

  /** What tells it apart from every other image: {@code test/p001_neutral_front}. */
  public String place() {
    return split + "/" + image;
  }
}
