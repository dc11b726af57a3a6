package org.skinspectra.view;

import ij.ImagePlus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.CubeImages;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Masks;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.Inference;
import org.skinspectra.measure.RoiSpectrum;
import org.skinspectra.report.Curve;
import org.skinspectra.report.TextTable;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/** The spectra of regions of one or several cubes, as a table and as a plot. */
public final class RegionSpectra {

  /**
   * One of them.
   *
   * @param pixels of the region
   * @param spectrum named by image and region
   */
  public record Row(int pixels, RoiSpectrum spectrum, Inference inference) {

    /** Bands in which no pixel of the region has a finite value. */
    int emptyBands() {
      return (int) IntStream.of(spectrum.n()).filter(n -> n == 0).count();
    }

    /** Whether a value of the region is not finite. */
    boolean hasGaps() {
      return IntStream.of(spectrum.n()).anyMatch(n -> n < pixels);
    }
  }

  private final List<Row> rows = new ArrayList<>();

  /**
   * Measures every region of a cube and adds it.
   *
   * @throws SkinSpectraException if the image is no cube or a region holds no pixel of it
   */
  public RegionSpectra add(ImagePlus image, List<RegionOfInterest> regions) {
    return add(image.getTitle(), CubeImages.toCube(image), regions);
  }

  /**
   * Measures every region of a cube and adds it.
   *
   * @param title of the cube, for the rows' names
   * @throws SkinSpectraException if a region holds no pixel of it
   */
  public RegionSpectra add(String title, SpectralCube cube, List<RegionOfInterest> regions) {
    Inference inference = Inference.of(cube);
    for (RegionOfInterest region : regions) {
      Mask mask = Masks.of(region.roi(), cube.width(), cube.height());
      String name = title + ": " + region.name();
      rows.add(new Row(mask.count(), RoiSpectrum.measure(name, cube, mask), inference));
    }
    return this;
  }

  /** What was measured, in order. */
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  /** What the user should know of values that are missing, a line each. */
  public List<String> warnings() {
    return rows.stream()
        .filter(Row::hasGaps)
        .map(
            row ->
                "%s: values that are not finite are left out; %d of %d bands have none at all."
                    .formatted(
                        row.spectrum().name(),
                        row.emptyBands(),
                        row.spectrum().wavelengths().size()))
        .toList();
  }

  /**
   * One row for each region: label, number of pixels, the least number of finite values in a band,
   * mean and SD of every band (reflectance factor), note. A band that only another cube has is NaN.
   */
  public TextTable table() {
    double[] nm = allWavelengths();
    List<String> headings = new ArrayList<>(List.of("Label", "n", "Least n in a band"));
    Wavelengths all = Wavelengths.of(nm);
    for (String what : List.of("Mean ", "SD ")) {
      IntStream.range(0, nm.length).forEach(i -> headings.add(what + all.label(i)));
    }
    headings.add("Note");
    TextTable table = TextTable.of(headings.toArray(String[]::new));
    for (Row row : rows) {
      RoiSpectrum spectrum = row.spectrum();
      List<Object> cells = new ArrayList<>();
      cells.add(spectrum.name());
      cells.add(row.pixels());
      cells.add(IntStream.of(spectrum.n()).min().orElseThrow());
      for (double value : valuesAt(nm, spectrum.wavelengths(), spectrum.mean())) {
        cells.add(value);
      }
      for (double value : valuesAt(nm, spectrum.wavelengths(), spectrum.sd())) {
        cells.add(value);
      }
      cells.add(row.inference().note());
      table = table.with(cells.toArray());
    }
    return table;
  }

  /** Of all cubes together, those that are the same band once. */
  private double[] allWavelengths() {
    TreeSet<Double> all = new TreeSet<>();
    for (Row row : rows) {
      for (double nm : row.spectrum().wavelengths().toArray()) {
        Double near = all.floor(nm + Wavelengths.TOLERANCE_NM);
        if (near == null || near < nm - Wavelengths.TOLERANCE_NM) {
          all.add(nm);
        }
      }
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] valuesAt(double[] nm, Wavelengths grid, double[] values) {
    double[] there = new double[nm.length];
    for (int i = 0; i < nm.length; i++) {
      int band = grid.nearestIndex(nm[i]);
      boolean has = Math.abs(grid.get(band) - nm[i]) <= Wavelengths.TOLERANCE_NM;
      there[i] = has ? values[band] : Double.NaN;
    }
    return there;
  }

  /**
   * The columns {@code NAME mean} and {@code NAME SD} of every region (reflectance factor), for
   * files of spectra. A band that only another cube has is NaN.
   */
  public SpectralTable spectra() {
    double[] nm = allWavelengths();
    List<String> names =
        SpectralTable.distinctNames(rows.stream().map(row -> row.spectrum().name()).toList());
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      RoiSpectrum spectrum = rows.get(i).spectrum();
      Wavelengths grid = spectrum.wavelengths();
      columns.put(names.get(i) + " mean", valuesAt(nm, grid, spectrum.mean()));
      columns.put(names.get(i) + " SD", valuesAt(nm, grid, spectrum.sd()));
    }
    return SpectralTable.of(Wavelengths.of(nm), "reflectance factor", columns)
        .withProvenance(Map.of("spectra of regions", weakest().note()));
  }

  /** Mean and ± SD of every region over wavelength. */
  public SpectraPlot plot(String title) {
    List<Curve> curves =
        rows.stream()
            .map(Row::spectrum)
            .map(s -> new Curve(s.name(), s.wavelengths(), s.mean(), s.sd()))
            .toList();
    return SpectraPlot.titled(title)
        .withNote("mean, band ± 1 SD over pixels; " + weakest().note())
        .with(curves);
  }

  private Inference weakest() {
    return rows.stream().anyMatch(row -> row.inference() == Inference.RECONSTRUCTED)
        ? Inference.RECONSTRUCTED
        : Inference.MEASURED;
  }
}
