package org.skinspectra.train;

import java.util.ArrayList;
import java.util.List;
import org.skinspectra.ProgressMonitor;
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
  public record Entry(ScoringCondition condition, ScoringImage image, ImageScore score) {
    public SkinTone tone() {
      return image.tone();
    }
  }

  /**
   * All images under all conditions. Every model gets the same inputs.
   *
   * @throws org.skinspectra.CanceledException if the user asked to stop
   */
  public List<Entry> of(Reconstructor model, ProgressMonitor progress) {
    List<Entry> entries = new ArrayList<>();
    long total = (long) images.size() * conditions.size();
    for (ScoringCondition condition : conditions) {
      for (int i = 0; i < images.size(); i++) {
        progress.checkCanceled("The scoring");
        progress.report(condition.group() + " " + condition.label(), entries.size(), total);
        ScoringImage image = images.get(i);
        SpectralCube cube =
            model
                .reconstruct(condition.input(image, Seeds.of(STREAM, i)), ProgressMonitor.NONE)
                .cube();
        entries.add(
            new Entry(
                condition,
                image,
                ImageScore.of(
                    image.name(),
                    cube.at(image.measured()),
                    image.truth().at(image.measured()),
                    image.mask(),
                    ProgressMonitor.NONE)));
      }
    }
    return entries;
  }
}
