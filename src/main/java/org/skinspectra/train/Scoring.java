package org.skinspectra.train;

import java.util.ArrayList;
import java.util.List;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.SkinTone;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.skin.Seeds;

/** Scores of models on images taken under several conditions, each with a noise of its own. */
public final class Scoring {

  private static final long STREAM = 0x53434F5245L;

  private final List<ScoringImage> images;
  private final List<ScoringCondition> conditions;

  public Scoring(List<ScoringImage> images, List<ScoringCondition> conditions) {
    this.images = List.copyOf(images);
    this.conditions = List.copyOf(conditions);
  }

  /** One image under one condition. */
  public record Entry(ScoringCondition condition, SkinTone tone, ImageMeans means) {}

  /**
   * All images under all conditions, image by image, of which one at a time is in memory. Every
   * model gets the same inputs.
   *
   * @throws org.skinspectra.SkinSpectraException if an image cannot be read
   * @throws org.skinspectra.CanceledException if the user asked to stop
   */
  public List<Entry> of(Reconstructor model, ProgressMonitor progress) {
    List<Entry> entries = new ArrayList<>();
    long total = (long) images.size() * conditions.size();
    for (int i = 0; i < images.size(); i++) {
      progress.checkCanceled("The scoring");
      ScoringImage image = images.get(i);
      ScoringImage.Content content = image.read();
      for (ScoringCondition condition : conditions) {
        progress.checkCanceled("The scoring");
        progress.report(condition.group() + " " + condition.label(), entries.size(), total);
        Msi input = condition.input(image, content, Seeds.of(STREAM, i));
        SpectralCube cube = model.reconstruct(input, ProgressMonitor.NONE).cube();
        ImageScore score =
            ImageScore.of(
                image.name(),
                cube.at(image.measured()),
                content.truth().at(image.measured()),
                content.mask(),
                ProgressMonitor.NONE);
        entries.add(new Entry(condition, content.tone(), score.means()));
      }
    }
    return entries;
  }
}
