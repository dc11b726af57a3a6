package org.skinspectra.evaluation;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.measure.IndexError;
import org.skinspectra.measure.MeanOverImages;
import org.skinspectra.measure.SpectralRange;
import org.skinspectra.train.MissingFiles;

/**
 * What all predictions scored, image by image, and the figures over images and subjects.
 *
 * @param about what was evaluated and with what, in words by their headings
 * @param missing images of the data set that lack files
 * @param models in the order asked for; differences are from the first
 */
public record EvaluationResults(
    Map<String, String> about, List<MissingFiles> missing, List<ModelResults> models) {

  /**
   * @throws SkinSpectraException if nothing was scored, with the first reason
   */
  public EvaluationResults {
    about = Collections.unmodifiableMap(new LinkedHashMap<>(about));
    missing = List.copyOf(missing);
    models = List.copyOf(models);
    if (models.stream().allMatch(model -> model.images().isEmpty())) {
      throw new SkinSpectraException(
          "No image could be scored."
              + models.stream()
                  .flatMap(model -> model.unscored().stream())
                  .findFirst()
                  .map(first -> " The first, %s: %s".formatted(first.image(), first.reason()))
                  .orElse(""));
    }
  }

  /** Places of all images that some model has scored, in order of split and name. */
  public List<String> images() {
    return models.stream()
        .flatMap(model -> model.images().stream())
        .map(ImageResult::place)
        .distinct()
        .sorted()
        .toList();
  }

  /** The subjects of those images, in order. */
  public List<String> subjects() {
    TreeSet<String> subjects = new TreeSet<>();
    models.forEach(model -> model.images().forEach(image -> subjects.add(image.subject())));
    return List.copyOf(subjects);
  }

  /** The ranges in which some image was scored. */
  public List<SpectralRange> ranges() {
    return Arrays.stream(SpectralRange.values())
        .filter(
            range ->
                models.stream()
                    .flatMap(model -> model.images().stream())
                    .anyMatch(image -> image.in(range).isPresent()))
        .toList();
  }

  /** Keys of the indices whose error was measured, in order. */
  public List<String> indices() {
    return models.stream()
        .flatMap(model -> model.images().stream())
        .flatMap(image -> image.indices().stream())
        .map(IndexError::key)
        .distinct()
        .toList();
  }

  /** Whether an image could not be scored though there was a prediction. */
  public boolean hasFailures() {
    return models.stream().anyMatch(ModelResults::hasFailures);
  }

  // -- Over images --

  /** A measure over all images of a model. */
  public MeanOverImages overall(ModelResults model, Measure measure, SpectralRange range) {
    return over(model.images(), image -> image.value(measure, range));
  }

  /** A measure over the images of one subject. */
  public MeanOverImages ofSubject(
      ModelResults model, String subject, Measure measure, SpectralRange range) {
    return over(
        model.images().stream().filter(image -> image.subject().equals(subject)).toList(),
        image -> image.value(measure, range));
  }

  /** The mean absolute error of an index over all images of a model. */
  public MeanOverImages indexError(ModelResults model, String key) {
    return over(
        model.images(), image -> image.index(key).map(IndexError::meanAbsolute).orElse(Double.NaN));
  }

  /** The bias of an index over all images of a model. */
  public MeanOverImages indexBias(ModelResults model, String key) {
    return over(model.images(), image -> image.index(key).map(IndexError::bias).orElse(Double.NaN));
  }

  /**
   * How much a model differs from the first, image by image: its value minus the first's; of the
   * images that both have scored.
   */
  public MeanOverImages difference(ModelResults model, Measure measure, SpectralRange range) {
    ToDoubleFunction<ImageResult> value = image -> image.value(measure, range);
    return MeanOverImages.ofDifferences(
        subjects(model.images()),
        values(model.images(), value),
        values(
            model.images(),
            image -> models.get(0).of(image.place()).map(value::applyAsDouble).orElse(Double.NaN)));
  }

  private static MeanOverImages over(
      List<ImageResult> images, ToDoubleFunction<ImageResult> value) {
    return MeanOverImages.of(subjects(images), values(images, value));
  }

  private static List<String> subjects(List<ImageResult> images) {
    return images.stream().map(ImageResult::subject).toList();
  }

  private static double[] values(List<ImageResult> images, ToDoubleFunction<ImageResult> value) {
    return images.stream().mapToDouble(value).toArray();
  }

  /**
   * The mean over images of a value of each band, such as its RMSE; empty if the model has scored
   * none, or if they differ in their bands.
   */
  public Optional<double[]> bandMeans(ModelResults model, Function<BandResult, double[]> value) {
    List<BandResult> bands = model.images().stream().map(ImageResult::bands).toList();
    if (bands.isEmpty()
        || bands.stream().anyMatch(b -> !b.wavelengths().equals(bands.get(0).wavelengths()))) {
      return Optional.empty();
    }
    double[] means = new double[bands.get(0).wavelengths().size()];
    for (int band = 0; band < means.length; band++) {
      int at = band;
      means[band] = bands.stream().mapToDouble(b -> value.apply(b)[at]).average().orElseThrow();
    }
    return Optional.of(means);
  }
}
