package org.skinspectra.evaluation;

import java.util.List;
import java.util.Optional;
import org.skinspectra.model.ModelDescription;

/**
 * What one prediction scored on a data set.
 *
 * @param label tells it apart from the others
 * @param place as {@code label} would have to be where names are equal: a path, or what it is
 * @param images in the order of the data set
 * @param unscored images without a score
 * @param resumed number of images whose results an earlier run had kept
 */
public record ModelResults(
    String label,
    String place,
    ModelDescription model,
    List<ImageResult> images,
    List<Unscored> unscored,
    int resumed) {

  public ModelResults {
    images = List.copyOf(images);
    unscored = List.copyOf(unscored);
  }

  /** The same results under another label. */
  public ModelResults withLabel(String other) {
    return new ModelResults(other, place, model, images, unscored, resumed);
  }

  /** The result of an image, if it was scored. */
  public Optional<ImageResult> of(String imagePlace) {
    return images.stream().filter(result -> result.place().equals(imagePlace)).findFirst();
  }

  /** Whether an image could not be scored though there was a prediction. */
  public boolean hasFailures() {
    return unscored.stream().anyMatch(Unscored::failed);
  }
}
