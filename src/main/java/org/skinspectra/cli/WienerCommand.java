package org.skinspectra.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.skinspectra.model.Weights;
import org.skinspectra.model.WienerMatrix;
import org.skinspectra.skin.SpectralStatistics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wiener}: weights of the classical estimate, from measured or simulated spectra. */
@Command(
    name = "wiener",
    mixinStandardHelpOptions = true,
    description = {
      "Makes weights that compute the Wiener estimate of a spectrum.",
      "From the statistics of measured spectra (CSV, .sli, .jdx, 400 to 1000 nm) or of simulated skin; the "
          + "result is an MST++ that computes this estimate until it is trained, or the matrix "
          + "alone."
    })
final class WienerCommand implements Callable<Integer> {

  private static final int SIMULATED_SKINS = 20_000;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      required = true,
      description = "The weights, .safetensors.")
  private Path output;

  @Option(
      names = "--matrix-only",
      description = "Write the 61 x 4 matrix instead of an MST++ that holds it.")
  private boolean matrixOnly;

  @Option(
      names = "--stages",
      paramLabel = "N",
      description = "Stages of the MST++ (default: ${DEFAULT-VALUE}).")
  private int stages = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the simulated skins and the untrained body (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Mixin private SpectraOptions spectra;
  @Mixin private ReportOptions report;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (stages < 1 || !output.toString().endsWith(".safetensors")) {
      throw new ParameterException(
          spec.commandLine(),
          stages < 1
              ? "--stages counts from 1, it cannot be " + stages + "."
              : "Weights are written as .safetensors; let '" + output + "' end so.");
    }
    Optional<SpectralStatistics> measured = spectra.measured(report);
    SpectralStatistics statistics =
        measured.orElseGet(() -> spectra.simulated(SIMULATED_SKINS, seed));
    String origin = measured.isPresent() ? "measured spectra" : "simulated skins, seed " + seed;
    WienerMatrix matrix = spectra.wiener(statistics);
    Map<String, String> metadata = metadata(statistics, origin);
    String name = output.getFileName().toString();
    Weights weights =
        matrixOnly
            ? matrix.weights(metadata, name)
            : matrix.mstPlusPlus(stages, seed, metadata, name);
    weights.writeSafetensors(output);
    report.out().printf("%s: %s, id %s%n", output, metadata.get("description"), weights.id());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("output", output.toString());
    json.put("model_id", weights.id());
    json.put("spectra", statistics.count());
    json.put("snr_db", spectra.snrDb());
    report.finish(json);
    return 0;
  }

  private Map<String, String> metadata(SpectralStatistics statistics, String origin) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(
        "description",
        "Wiener estimate from %d %s, %s dB".formatted(statistics.count(), origin, spectra.snrDb()));
    metadata.put("licence", "BSD-2-Clause");
    return metadata;
  }
}
