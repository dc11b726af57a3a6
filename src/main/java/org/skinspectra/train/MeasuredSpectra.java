package org.skinspectra.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.format.SpectraFiles;
import org.skinspectra.spectra.Resampling;
import org.skinspectra.spectra.SpectralCsv;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * Measured reflectance spectra from a folder of tables: CSV with a column for each spectrum, ENVI
 * spectral libraries, JCAMP-DX.
 *
 * @param tables those that cover the wanted wavelengths, in the order of their file names
 * @param files the name of each table's file
 * @param skipped a line for each file that does not, saying what it covers
 */
public record MeasuredSpectra(
    List<SpectralTable> tables, List<String> files, List<String> skipped) {

  private static final String CSV = ".csv";
  private static final List<String> ENDINGS = List.of(CSV, ".sli", ".jdx", ".dx");
  private static final double LARGEST_REFLECTANCE = 1.5;

  /**
   * Reads every {@code .csv}, {@code .sli}, {@code .jdx} and {@code .dx} of a folder (not of its
   * subfolders) that covers all the wavelengths.
   *
   * @throws SkinSpectraException if the folder is missing, a file is no table of spectra, a value
   *     is no reflectance factor (0 to 1.5), two neighbouring samples are more than 50 nm apart, or
   *     no file covers the wavelengths
   */
  public static MeasuredSpectra read(Path folder, Wavelengths wavelengths) {
    return read(folder, wavelengths, table -> table.covers(wavelengths), wavelengths.toString());
  }

  /**
   * Reads every {@code .csv}, {@code .sli}, {@code .jdx} and {@code .dx} of a folder (not of its
   * subfolders) that covers at least part of the range of the wavelengths; nothing is resampled.
   *
   * @param leastNm length of that part (nm)
   * @throws SkinSpectraException as {@link #read}
   */
  public static MeasuredSpectra readPartial(Path folder, Wavelengths wavelengths, double leastNm) {
    return read(
        folder,
        wavelengths,
        table -> {
          double first = Math.max(table.first(), wavelengths.first());
          double last = Math.min(table.last(), wavelengths.last());
          return last - first >= leastNm - Wavelengths.TOLERANCE_NM;
        },
        "at least %.0f nm of %s".formatted(leastNm, wavelengths));
  }

  private static MeasuredSpectra read(
      Path folder, Wavelengths wavelengths, Predicate<Wavelengths> suits, String wanted) {
    List<SpectralTable> tables = new ArrayList<>();
    List<String> files = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (Path file : files(folder)) {
      SpectralTable table = isCsv(file) ? SpectralCsv.read(file) : SpectraFiles.read(file);
      if (!suits.test(table.wavelengths())) {
        skipped.add(
            "%s covers %s to %s, not %s; it is left out"
                .formatted(
                    file.getFileName(),
                    table.wavelengths().label(0),
                    table.wavelengths().label(table.wavelengths().size() - 1),
                    wanted));
        continue;
      }
      Resampling.requireNoGap(file.toString(), table.wavelengths(), wavelengths);
      requireReflectances(file, table);
      tables.add(table);
      files.add(file.getFileName().toString());
    }
    if (tables.isEmpty()) {
      throw new SkinSpectraException(
          "No file of spectra in %s covers %s nm; spectra are needed there. %s"
              .formatted(folder, wanted, String.join("; ", skipped)));
    }
    return new MeasuredSpectra(List.copyOf(tables), List.copyOf(files), List.copyOf(skipped));
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new SkinSpectraIOException("There is no folder " + folder + ".");
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> ENDINGS.stream().anyMatch(ending -> hasEnding(file, ending)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new SkinSpectraIOException("Cannot list " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Of a CSV with a row for each value, standard deviations would be taken for spectra. */
  private static boolean isCsv(Path file) {
    return hasEnding(file, CSV);
  }

  private static boolean hasEnding(Path file, String ending) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  private static void requireReflectances(Path file, SpectralTable table) {
    for (String name : table.names()) {
      double[] spectrum = table.column(name);
      for (int i = 0; i < spectrum.length; i++) {
        if (!(spectrum[i] >= 0 && spectrum[i] <= LARGEST_REFLECTANCE)) {
          throw new SkinSpectraException(
              "%s holds %s in '%s' at %s; a reflectance factor lies between 0 and %s (1.0 is white, not 100 %%)."
                  .formatted(
                      file, spectrum[i], name, table.wavelengths().label(i), LARGEST_REFLECTANCE));
        }
      }
    }
  }
}
