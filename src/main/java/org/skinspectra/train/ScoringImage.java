package org.skinspectra.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.SkinTone;
import org.skinspectra.skin.Seeds;
import org.skinspectra.spectra.Wavelengths;

/**
 * An image that models are scored on.
 *
 * @param tone class of the mean spectrum of its skin
 * @param captured the input that comes with it, if any
 * @param measured the bands of the truth that models are held against; the others were completed by
 *     simulation, for the sake of the input
 */
public record ScoringImage(
    String name,
    SpectralCube truth,
    Mask mask,
    SkinTone tone,
    Optional<Msi> captured,
    Wavelengths measured) {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  /** Side in pixels of the square that a spectrum fills. */
  private static final int SIDE = 48;

  /** How much darker the darkest corner of such a square may be. */
  private static final double FALL_OFF = 0.5;

  /** The images of a data set, whole. */
  public static List<ScoringImage> of(HyperSkinDataset dataset) {
    List<ScoringImage> images = new ArrayList<>();
    for (HyperSkinImage image : dataset.images()) {
      Picture picture = DatasetPictures.read(image);
      images.add(
          new ScoringImage(
              image.name(),
              picture.truth(),
              picture.skin(),
              SkinTone.of(GRID, meanSpectrum(picture.truth(), picture.skin())),
              picture.input(),
              GRID));
    }
    return images;
  }

  /**
   * A square of 48 pixels for each spectrum, under light that falls off to one side by up to a
   * half.
   */
  public static List<ScoringImage> of(List<CompletedSpectra> tables, long seed) {
    List<ScoringImage> images = new ArrayList<>();
    for (CompletedSpectra part : tables) {
      for (String name : part.table().names()) {
        RandomGenerator random = Seeds.generator(seed, images.size());
        double[] spectrum = part.table().column(name);
        images.add(
            new ScoringImage(
                name,
                square(spectrum, random),
                Mask.all(SIDE, SIDE),
                SkinTone.of(GRID, spectrum),
                Optional.empty(),
                part.measured()));
      }
    }
    return images;
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

  private static double[] meanSpectrum(SpectralCube cube, Mask mask) {
    double[] mean = new double[cube.bands()];
    for (int band = 0; band < mean.length; band++) {
      for (int pixel = 0; pixel < cube.width() * cube.height(); pixel++) {
        mean[band] += mask.contains(pixel) ? cube.plane(band)[pixel] : 0;
      }
      mean[band] /= Math.max(1, mask.count());
    }
    return mean;
  }
}
