package org.skinspectra.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.scijava.plugin.SciJavaPlugin;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Wavelengths;

/**
 * A number that a formula gives for the reflectance spectrum of skin. Implementations are public,
 * have a constructor without parameters and are annotated {@code @Plugin(type = SkinIndex.class)};
 * those of higher priority are listed first.
 */
public interface SkinIndex extends SciJavaPlugin {

  /**
   * What people must know of an index to use its values.
   *
   * @param key name in macros and files: lower-case letters and digits
   * @param name for people
   * @param unit of its values
   * @param formula with A = log10(1/R) for absorbance
   * @param source of the formula: author, year
   * @param bands that it needs
   */
  record Description(
      String key, String name, String unit, String formula, String source, List<BandWindow> bands) {

    public Description {
      bands = List.copyOf(bands);
    }

    /** {@code Erythema index (100·log10)}. */
    public String nameWithUnit() {
      return name + " (" + unit + ")";
    }
  }

  /** Name, unit, formula, source and bands of the index. */
  Description description();

  /**
   * The index as a function of reflectance spectra on one grid. It is thread-safe, and NaN where
   * the formula has no value: of reflectance that is not above 0 where its logarithm is taken, or
   * of values that are not finite.
   *
   * @throws SkinSpectraException if the grid lacks bands that the index needs
   */
  ToDoubleFunction<double[]> on(Wavelengths grid);

  /**
   * The bands of each of {@link Description#bands} on a grid.
   *
   * @throws SkinSpectraException naming those that the grid lacks
   */
  default List<int[]> requireBands(Wavelengths grid) {
    Description about = description();
    List<BandWindow> missing =
        about.bands().stream().filter(window -> window.in(grid).isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw new SkinSpectraException(
          "%s needs bands at %s, but the cube has %s nm and so lacks %s. Take a cube that has them, or another index."
              .formatted(about.name(), text(about.bands()), grid, text(missing)));
    }
    return about.bands().stream().map(window -> window.in(grid).orElseThrow()).toList();
  }

  private static String text(List<BandWindow> windows) {
    return windows.stream().map(BandWindow::toString).collect(Collectors.joining(", "));
  }
}
