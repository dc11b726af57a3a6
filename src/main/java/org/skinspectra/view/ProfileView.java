package org.skinspectra.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.ChannelMap;
import org.skinspectra.report.Curve;
import org.skinspectra.report.ProfileMaps;
import org.skinspectra.report.TextTable;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * A camera profile as people look at it: the response of each channel and the light, how well it
 * maps to canonical channels, and the rest in words.
 */
public final class ProfileView {

  private static final List<Integer> COLOURS =
      List.of(0xd02020, 0x209040, 0x2050d0, 0x702080, 0xe0a000);

  /** Fine enough for a filter of a few nm. */
  private static final Wavelengths FINE = Wavelengths.range(400, 1, 1000);

  private final CameraProfile profile;
  private final ProfileMaps maps;

  /**
   * Fits the maps that the profile lacks, which takes a moment.
   *
   * @throws SkinSpectraException if its channels cannot be mapped
   */
  public ProfileView(CameraProfile profile) {
    this.profile = profile;
    this.maps = ProfileMaps.of(profile);
  }

  /** Sensitivity times light of each channel, and the light, each relative to its maximum. */
  public SpectraPlot plot() {
    List<Curve> curves = new ArrayList<>();
    SpectralTable responses = profile.effectiveResponses(FINE);
    for (String channel : responses.names()) {
      curves.add(Curve.of(channel, FINE, relative(responses.column(channel))));
    }
    Illuminant light = profile.light().illuminant();
    double[] known = Arrays.stream(FINE.toArray()).filter(light::knows).toArray();
    if (known.length > 0) {
      Wavelengths grid = Wavelengths.of(known);
      curves.add(Curve.of("light " + light.name(), grid, relative(light.on(grid))));
    }
    return SpectraPlot.titled(profile.origin().name() + " responses")
        .withYLabel("Relative to the maximum")
        .withNote("channels: sensitivity times light; residuals are in the table of maps")
        .withColours(COLOURS)
        .with(curves);
  }

  private static double[] relative(double[] values) {
    double max = Arrays.stream(values).max().orElse(1);
    return Arrays.stream(values).map(v -> max > 0 ? v / max : v).toArray();
  }

  /** One row for each map: residual over skin (reflectance) and condition number. */
  public TextTable maps() {
    TextTable table = TextTable.of("Map", "From", "Residual (reflectance)", "Condition number");
    for (int i = 0; i < maps.maps().size(); i++) {
      ChannelMap map = maps.maps().get(i);
      table = table.with(map.kind(), maps.origin(i), map.residualRms(), map.conditionNumber());
    }
    return table;
  }

  /**
   * One row for each band of {@link Wavelengths#VIS_NIR}: shares of the channels, and the light.
   */
  public TextTable responses() {
    Wavelengths grid = Wavelengths.VIS_NIR;
    SpectralTable responses = profile.effectiveResponses(grid);
    Illuminant light = profile.light().illuminant();
    List<String> headings = new ArrayList<>(List.of("Label", "Wavelength (nm)"));
    responses.names().forEach(name -> headings.add(name + " (share)"));
    headings.add("Light " + light.name() + " (relative)");
    TextTable table = TextTable.of(headings.toArray(String[]::new));
    for (int band = 0; band < grid.size(); band++) {
      List<Object> cells = new ArrayList<>(List.of(grid.label(band), grid.get(band)));
      for (String name : responses.names()) {
        cells.add(responses.column(name)[band]);
      }
      double nm = grid.get(band);
      cells.add(light.knows(nm) ? light.on(Wavelengths.of(nm))[0] : Double.NaN);
      table = table.with(cells.toArray());
    }
    return table;
  }

  /**
   * What the profile says, and what deserves a look.
   *
   * @param more warnings to list first, such as those of an import
   */
  public String summary(List<String> more) {
    return Stream.of(profile.summary().stream(), warnings(more), Stream.of(maps.text()))
        .flatMap(lines -> lines)
        .collect(Collectors.joining("\n"));
  }

  private Stream<String> warnings(List<String> more) {
    return Stream.concat(more.stream(), maps.warnings().stream())
        .distinct()
        .map(warning -> "Warning: " + warning);
  }
}
