package org.skinspectra.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.SkinTone;
import org.skinspectra.skin.Seeds;
import org.skinspectra.spectra.Wavelengths;

/**
 * An image that models are scored on, read when it is its turn.
 *
 * @param measured the bands of the truth that models are held against; the others were completed by
 *     simulation, for the sake of the input
 * @param hasInput whether an input comes with it
 * @param reader reads or makes the image, the same every time
 */
public record ScoringImage(
    String name, Wavelengths measured, boolean hasInput, Supplier<Content> reader) {

  /**
   * The image itself.
   *
   * @param truth reflectance factors, 400:10:1000 nm
   * @param tone class of its skin
   * @param captured the input that comes with it, if any
   */
  public record Content(SpectralCube truth, Mask mask, SkinTone tone, Optional<Msi> captured) {}

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  /** Side in pixels of the square that a spectrum fills. */
  private static final int SIDE = 48;

  /** How much darker the darkest corner of such a square may be. */
  private static final double FALL_OFF = 0.5;

  /** The images of a data set, whole. */
  public static List<ScoringImage> of(HyperSkinDataset dataset) {
    return dataset.images().stream()
        .map(image -> new ScoringImage(image.name(), GRID, true, () -> content(image)))
        .toList();
  }

  private static Content content(HyperSkinImage image) {
    Picture picture = DatasetPictures.read(image);
    SkinTone tone = SkinTone.of(picture.truth(), picture.skin());
    return new Content(picture.truth(), picture.skin(), tone, picture.input());
  }

  /**
   * A square of 48 pixels for each spectrum, under light that falls off to one side by up to a
   * half.
   */
  public static List<ScoringImage> of(List<CompletedSpectra> tables, long seed) {
    List<ScoringImage> images = new ArrayList<>();
    for (CompletedSpectra part : tables) {
      for (String name : part.table().names()) {
        double[] spectrum = part.table().column(name);
        int number = images.size();
        images.add(
            new ScoringImage(
                name,
                part.measured(),
                false,
                () -> content(spectrum, Seeds.generator(seed, number))));
      }
    }
    return images;
  }

  private static Content content(double[] spectrum, RandomGenerator random) {
    return new Content(
        square(spectrum, random),
        Mask.all(SIDE, SIDE),
        SkinTone.of(GRID, spectrum),
        Optional.empty());
  }

  /**
   * The image itself.
   *
   * @throws org.skinspectra.SkinSpectraException if its files cannot be read or do not fit together
   */
  public Content read() {
    return reader.get();
  }

  private static SpectralCube square(double[] spectrum, RandomGenerator random) {
    double turn = 2 * Math.PI * random.nextDouble();
    double fallOff = FALL_OFF * random.nextDouble();
    SpectralCube cube = SpectralCube.zeros(SIDE, SIDE, GRID);
    for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
      double x = (pixel % SIDE + 0.5) / SIDE - 0.5;
      double y = (pixel / SIDE + 0.5) / SIDE - 0.5;
      double across = (x * FastMath.cos(turn) + y * FastMath.sin(turn)) / Math.sqrt(2) + 0.5;
      for (int band = 0; band < spectrum.length; band++) {
        cube.plane(band)[pixel] = (float) ((1 - fallOff * across) * spectrum[band]);
      }
    }
    return cube;
  }
}
