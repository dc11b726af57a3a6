package org.skinspectra.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.skinspectra.model.WienerMatrix;
import org.skinspectra.skin.CanonicalCamera;
import org.skinspectra.skin.SpectralStatistics;
import org.skinspectra.spectra.Wavelengths;
import org.skinspectra.train.MeasuredSpectra;
import picocli.CommandLine.Option;

/** From which spectra, and for how noisy a camera, a Wiener estimate is made. */
final class SpectraOptions {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  @Option(
      names = "--spectra",
      paramLabel = "DIR",
      description = "Folder of measured spectra (CSV, .sli, .jdx), 400 to 1000 nm.")
  private Path folder;

  @Option(
      names = "--snr",
      paramLabel = "DB",
      description =
          "Signal-to-noise ratio of the camera's channels in dB (default: ${DEFAULT-VALUE}).")
  private double snrDb = WienerMatrix.TYPICAL_SNR_DB;

  double snrDb() {
    return snrDb;
  }

  /** Statistics of the measured spectra; files that were left out are named in the log. */
  Optional<SpectralStatistics> measured(ReportOptions report) {
    if (folder == null) {
      return Optional.empty();
    }
    MeasuredSpectra spectra = MeasuredSpectra.read(folder, GRID);
    spectra.skipped().forEach(line -> report.err().println(line));
    return Optional.of(SpectralStatistics.of(GRID, spectra.tables()));
  }

  /** Statistics of simulated skins. */
  SpectralStatistics simulated(int count, long seed) {
    return SpectralStatistics.ofSampledSkins(GRID, count, seed);
  }

  /** The estimate for the canonical camera. */
  WienerMatrix wiener(SpectralStatistics statistics) {
    return WienerMatrix.of(statistics, new CanonicalCamera(GRID).responseMatrix(), snrDb);
  }
}
