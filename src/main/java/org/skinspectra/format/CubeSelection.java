package org.skinspectra.format;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.spectra.Wavelengths;

/**
 * Which part of a cube is wanted.
 *
 * @param bands wavelengths of the bands; all where none are given
 * @param range wavelengths between which the bands lie, in place of {@code bands}
 * @param region of the pixels; all where none is given
 */
public record CubeSelection(
    Optional<Wavelengths> bands, Optional<NmRange> range, Optional<PixelRegion> region) {

  /** The whole cube. */
  public static final CubeSelection ALL =
      new CubeSelection(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * Checks what can be checked without the cube.
   *
   * @throws SkinSpectraException if bands are chosen in two ways
   */
  public CubeSelection {
    if (bands.isPresent() && range.isPresent()) {
      throw new SkinSpectraException(
          "Choose bands by a list (%s) or by a range (%s), not by both."
              .formatted(bands.get(), range.get()));
    }
  }

  public CubeSelection withBands(Wavelengths wanted) {
    return new CubeSelection(Optional.ofNullable(wanted), range, region);
  }

  public CubeSelection withRange(NmRange wanted) {
    return new CubeSelection(bands, Optional.ofNullable(wanted), region);
  }

  public CubeSelection withRegion(PixelRegion wanted) {
    return new CubeSelection(bands, range, Optional.ofNullable(wanted));
  }

  /**
   * The part of a source; closing it closes the source. Nothing else of the source is read, as far
   * as its format allows.
   *
   * @param name of the source, for messages
   * @throws SkinSpectraException if the source has no such bands or pixels, or does not say its
   *     wavelengths where bands are chosen by them
   */
  public CubeSource of(CubeSource source, String name) {
    PixelRegion whole = PixelRegion.whole(source.width(), source.height());
    PixelRegion wanted = region.orElse(whole);
    try {
      wanted.requireWithin(source.width(), source.height());
    } catch (SkinSpectraException e) {
      throw new SkinSpectraIOException(name + ": " + e.getMessage(), e);
    }
    int[] chosen = chosen(source, name);
    return chosen.length == source.bands() && wanted.equals(whole)
        ? source
        : new SelectedSource(source, chosen, wanted);
  }

  private int[] chosen(CubeSource source, String name) {
    if (bands.isEmpty() && range.isEmpty()) {
      return IntStream.range(0, source.bands()).toArray();
    }
    Wavelengths there =
        source
            .wavelengths()
            .orElseThrow(
                () ->
                    new SkinSpectraIOException(
                        "%s has %d bands and does not say their wavelengths, so none can be chosen by it. Give them with --wavelengths on the command line, such as --wavelengths 400:10:700."
                            .formatted(name, source.bands())));
    int[] chosen =
        bands.isPresent()
            ? Arrays.stream(bands.get().toArray()).mapToInt(nm -> band(there, nm, name)).toArray()
            : IntStream.range(0, there.size())
                .filter(i -> range.get().contains(there.get(i)))
                .toArray();
    if (chosen.length == 0) {
      throw new SkinSpectraIOException(
          "%s has no band from %s; it has %s nm.".formatted(name, range.get(), there));
    }
    return chosen;
  }

  /** Never the nearest in silence: a neighbour is another band. */
  private static int band(Wavelengths there, double nm, String name) {
    int nearest = there.nearestIndex(nm);
    if (Math.abs(there.get(nearest) - nm) > Wavelengths.TOLERANCE_NM) {
      throw new SkinSpectraIOException(
          "%s has no band at %s nm; the nearest is %s. Name that one, or choose by a range."
              .formatted(name, JsonText.number(nm), there.label(nearest)));
    }
    return nearest;
  }
}
