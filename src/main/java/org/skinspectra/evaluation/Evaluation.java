package org.skinspectra.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.Sha256;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SoftwareVersion;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.IndexError;
import org.skinspectra.measure.RoiSpectrum;
import org.skinspectra.measure.SkinIndex;
import org.skinspectra.measure.SpectralRange;
import org.skinspectra.model.ModelDescription;
import org.skinspectra.train.DatasetCheck;
import org.skinspectra.train.HyperSkinDataset;
import org.skinspectra.train.HyperSkinImage;
import org.skinspectra.train.ImageScore;

/**
 * Scores predictions on the images of a data set, of which one at a time is in memory. An image
 * that cannot be scored is listed with the reason, and the others go on.
 *
 * <p>For one thread.
 */
public final class Evaluation {

  private static final String WORK = "The evaluation";

  private final HyperSkinDataset dataset;
  private final List<SkinIndex> indices;
  private final Optional<ResultFolder> results;
  private final Map<String, List<String>> contents = new HashMap<>();

  /**
   * @param indices of the skin whose errors are measured
   * @param results where results are kept and taken up again; without, nothing is kept
   */
  public Evaluation(
      HyperSkinDataset dataset, List<SkinIndex> indices, Optional<ResultFolder> results) {
    this.dataset = dataset;
    this.indices = List.copyOf(indices);
    this.results = results;
  }

  /**
   * Scores a prediction.
   *
   * @param place tells it apart from every other: a path, or what it is
   * @param progress of the work on an image, by its name
   * @throws CanceledException if a monitor asked to stop; what was kept stays
   * @throws SkinSpectraException if a result cannot be kept
   */
  public ModelResults of(
      Prediction prediction, String place, Function<String, ProgressMonitor> progress) {
    List<ImageResult> scored = new ArrayList<>();
    List<Unscored> unscored = new ArrayList<>();
    List<String> identities = new ArrayList<>();
    int resumed = 0;
    for (HyperSkinImage image : dataset.images()) {
      String at = image.split() + "/" + image.name();
      ProgressMonitor monitor = progress.apply(image.name());
      if (monitor.isCanceled()) {
        throw canceled();
      }
      if (!prediction.has(image)) {
        unscored.add(new Unscored(at, "there is no prediction of it", false));
        continue;
      }
      try {
        Optional<String> identity = prediction.identity(image);
        identities.add(identity.orElse(""));
        Optional<ImageResult> kept = kept(place, image, identity);
        resumed += kept.isPresent() ? 1 : 0;
        scored.add(
            kept.isPresent() ? kept.get() : score(prediction, place, image, identity, monitor));
      } catch (CanceledException e) {
        throw canceled();
      } catch (SkinSpectraException e) {
        unscored.add(new Unscored(at, e.getMessage(), true));
      }
    }
    return new ModelResults(
        place, place, described(prediction.model(), identities), scored, unscored, resumed);
  }

  private CanceledException canceled() {
    return new CanceledException(
        WORK,
        results
            .map(
                kept ->
                    "what was done is kept in " + kept.folder() + ", and the same command goes on")
            .orElse("nothing was written"));
  }

  /** Cubes that are there have no id of their own; that of all of them together is one. */
  private static ModelDescription described(ModelDescription model, List<String> identities) {
    return model.id().isEmpty()
        ? new ModelDescription(
            model.name(), Sha256.of(String.join("\n", identities)), model.architecture())
        : model;
  }

  // -- One image --

  private ImageResult score(
      Prediction prediction,
      String place,
      HyperSkinImage image,
      Optional<String> identity,
      ProgressMonitor progress) {
    SpectralCube truth = image.truth();
    Mask mask = image.mask(truth.width(), truth.height());
    SpectralCube cube = prediction.of(image, progress);
    List<SpectralRange> ranges = SpectralRange.in(cube.wavelengths());
    if (ranges.isEmpty()) {
      throw new SkinSpectraException(
          "The prediction of %s has the wavelengths %s nm, and so all bands of none of %s. Resample it."
              .formatted(
                  image.name(),
                  cube.wavelengths(),
                  SpectralRange.in(truth.wavelengths()).stream()
                      .map(SpectralRange::label)
                      .collect(Collectors.joining(", "))));
    }
    List<RangeScore> scores = new ArrayList<>();
    ImageScore widest = null;
    for (SpectralRange range : ranges) {
      ImageScore score = RangeScore.measure(range, image.name(), cube, truth, mask, progress);
      scores.add(RangeScore.of(range, score));
      widest = widest == null ? score : widest;
    }
    SpectralCube seen = cube.at(ranges.get(0).wavelengths());
    SpectralCube real = truth.at(ranges.get(0).wavelengths());
    ImageResult result =
        new ImageResult(
            image.name(),
            image.split(),
            image.subject(),
            truth.width(),
            truth.height(),
            mask.count(),
            scores,
            BandResult.of(
                widest.errors(),
                RoiSpectrum.measure("truth", real, mask),
                RoiSpectrum.measure("prediction", seen, mask)),
            IndexError.measure(indices, seen, real, mask, progress));
    if (results.isPresent()) {
      results
          .get()
          .write(
              file(place, image),
              identity.map(of -> key(image, of)).orElse(""),
              result,
              AngleThumbnail.of(widest.challenge(), widest.clamped()));
    }
    return result;
  }

  // -- What is kept --

  private Optional<ImageResult> kept(
      String place, HyperSkinImage image, Optional<String> identity) {
    return results.isEmpty() || identity.isEmpty()
        ? Optional.empty()
        : results
            .get()
            .read(file(place, image), key(image, identity.get()))
            .map(ResultFolder.Entry::result);
  }

  private Path file(String place, HyperSkinImage image) {
    return results.orElseThrow().file(place, image.split() + "/" + image.name());
  }

  /**
   * Changes with the definitions, the software, the indices, the prediction and every file of the
   * image.
   */
  private String key(HyperSkinImage image, String identity) {
    List<String> parts =
        new ArrayList<>(List.of(ResultFolder.DEFINITIONS, SoftwareVersion.text(), identity));
    indices.forEach(index -> parts.add(index.description().toString()));
    parts.addAll(contents(image));
    return Sha256.of(String.join("\n", parts));
  }

  /** Hashed once, however many models there are. */
  private List<String> contents(HyperSkinImage image) {
    return contents.computeIfAbsent(
        image.split() + "/" + image.name(), at -> DatasetCheck.contents(List.of(image)));
  }

  /**
   * The map of the challenge's angles that was kept of a scored image, over the widest of its
   * ranges; empty if none is kept.
   */
  public Optional<AngleThumbnail> map(ModelResults model, ImageResult image) {
    return results.flatMap(
        kept -> kept.read(kept.file(model.place(), image.place())).map(ResultFolder.Entry::map));
  }

  /**
   * SHA-256 over the names and the contents of all files of the images.
   *
   * @throws SkinSpectraException if one cannot be read
   */
  public String datasetDigest() {
    return Sha256.of(
        dataset.images().stream()
            .flatMap(image -> contents(image).stream())
            .collect(Collectors.joining("\n")));
  }
}
