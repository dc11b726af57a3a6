package org.skinspectra.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.batch.BatchCluster;
import org.skinspectra.batch.BatchManifest;
import org.skinspectra.batch.BatchOptions;
import org.skinspectra.batch.BatchResult;
import org.skinspectra.batch.BatchResult.State;
import org.skinspectra.batch.LocalThreads;
import org.skinspectra.batch.ReconstructionBatch;
import org.skinspectra.batch.Watching;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.report.BatchTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code batch}: every picture of many sessions and images becomes a cube. */
@Command(
    name = "batch",
    mixinStandardHelpOptions = true,
    description = {
      "Reconstructs all pictures of sessions and all image files in folders.",
      "What is done already and is as it was written is skipped, by the list batch.jsonl in OUT; "
          + "what fails is listed with the reason, the others go on, and the next run tries it "
          + "again. Nothing that others wrote is overwritten. Ctrl-C keeps what is done."
    })
final class BatchCommand implements Callable<Integer> {

  private static final int MOST_THREADS = 256;

  /** Longer tables show only what failed; the file has all. */
  private static final int LONGEST_TABLE = 60;

  /** Of files that only a cluster may have; no drive of Windows. */
  private static final String URI = "[A-Za-z][A-Za-z0-9+.-]+:.*";

  @Parameters(
      arity = "0..*",
      paramLabel = "IN... OUT",
      hideParamSyntax = true,
      description =
          "Sessions, images, or folders of both, however deep; last the folder for the cubes.")
  private List<String> paths = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Most pictures at a time, fewer where memory is short (default: by the processors). They"
              + " share one model: while it works on one picture others are read and written.")
  private Integer threads;

  @Option(
      names = "--format",
      paramLabel = ".tif|.hdr",
      description = "Ending of the cubes' files, which decides their format (default: .tif).")
  private String format = BatchOptions.TIFF;

  @Option(
      names = "--watch",
      description = "Go on with what comes into the folders, until Ctrl-C or --idle.")
  private boolean watch;

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      description =
          "With --watch: how long a file must have been still to be complete (default: 2s).")
  private Duration settle;

  @Option(
      names = "--idle",
      paramLabel = "TIME",
      description = "With --watch: end when nothing has come for so long, such as 10m.")
  private Duration idle;

  @Option(
      names = "--spark",
      paramLabel = "MASTER",
      description =
          "Let the executors of an Apache Spark cluster do it, such as spark://HOST:7077. IN and OUT"
              + " may then be hdfs:, s3a: and other URIs. Needs SKIN_SPECTRA_SPARK=1.")
  private String master;

  @Option(
      names = "--spark-conf",
      paramLabel = "KEY=VALUE",
      description = "With --spark: a setting of Spark, such as spark.executor.memory=8g.")
  private Map<String, String> settings = Map.of();

  @Mixin private ModelOptions model;
  @Mixin private ReportOptions report;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (paths.size() < 2) {
      throw wrong("Give the folder that the sessions or images lie in, then one for the cubes.");
    }
    int most = threads == null ? LocalThreads.usualThreads() : threads;
    if (most < 1 || most > MOST_THREADS) {
      throw wrong("--threads is 1 to " + MOST_THREADS + ", it cannot be " + most + ".");
    }
    if (!format.matches("(\\.[A-Za-z0-9]{1,16}){1,3}")) {
      throw wrong("--format is the ending of a file, such as .tif; it cannot be " + format + ".");
    }
    Optional<Watching> watching = watching();
    String out = paths.get(paths.size() - 1);
    List<String> inputs = paths.subList(0, paths.size() - 1);
    if (master != null) {
      Optional<Path> table =
          out.matches(URI) ? Optional.empty() : Optional.of(path(out).resolve(BatchTable.FILE));
      report(onSpark(inputs, out), out, table);
      return 0;
    }
    if (!settings.isEmpty()) {
      throw wrong("--spark-conf goes with --spark.");
    }
    Path folder = path(out);
    List<BatchResult> rows = here(inputs.stream().map(this::path).toList(), folder, most, watching);
    report(rows, out, Optional.of(folder.resolve(BatchTable.FILE)));
    return 0;
  }

  private List<BatchResult> here(
      List<Path> inputs, Path out, int most, Optional<Watching> watching) {
    ReconstructionBatch batch =
        ReconstructionBatch.of(inputs, out, model.batch(format)).withListener(this::tell);
    batch.check(watch);
    try (Reconstructor reconstructor = model.open()) {
      report.err().println("Model: " + reconstructor.model());
      report.err().flush();
      LocalThreads local = new LocalThreads(reconstructor, most, out);
      ProgressMonitor progress = report.progress("Batch");
      return watching.isPresent()
          ? batch.watch(local, watching.get(), progress)
          : batch.run(local, progress);
    }
  }

  private List<BatchResult> onSpark(List<String> inputs, String out) {
    if (watch || threads != null) {
      throw wrong(
          "--watch and --threads are for this computer; --spark takes neither. How many tasks an executor has at a time is --spark-conf spark.executor.cores=N.");
    }
    BatchCluster cluster =
        ServiceLoader.load(BatchCluster.class)
            .findFirst()
            .orElseThrow(
                () ->
                    new SkinSpectraException(
                        "This build has no Apache Spark in it. Set SKIN_SPECTRA_SPARK=1 for scripts/skin-spectra, which then builds it in (230 MB of libraries), or build with mvn -Pspark."));
    return cluster.run(
        new BatchCluster.Work(inputs, out, model.batch(format), master, settings),
        this::tell,
        report.progress("Batch"));
  }

  private Optional<Watching> watching() {
    if (!watch) {
      if (settle != null || idle != null) {
        throw wrong("--settle and --idle go with --watch.");
      }
      return Optional.empty();
    }
    return Optional.of(
        new Watching(
            settle == null ? Watching.UNTIL_CANCELED.settle() : settle, Optional.ofNullable(idle)));
  }

  private Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw wrong("'" + text + "' is no path: " + e.getReason() + ".");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** A failure at once: a batch may take days. */
  private void tell(BatchResult result) {
    if (result.state() == State.FAILED) {
      report.err().println("failed: " + name(result) + ": " + result.message());
      report.err().flush();
    }
  }

  private static String name(BatchResult result) {
    return result.picture().isPresent()
        ? result.input() + ", time point " + result.picture().getAsInt()
        : result.input();
  }

  /**
   * @param table file of all rows; empty where the results lie on a cluster
   */
  private void report(List<BatchResult> rows, String out, Optional<Path> table) {
    List<BatchResult> shown =
        rows.size() <= LONGEST_TABLE
            ? rows
            : rows.stream().filter(row -> row.state() == State.FAILED).toList();
    if (!shown.isEmpty()) {
      report.out().println(BatchTable.of(shown).without("model id").text());
    }
    table.ifPresent(file -> writeCsv(rows, file));
    String where = table.map(Path::toString).orElse(BatchManifest.FILE + " in " + out);
    long failed = count(rows, State.FAILED);
    long leftOut = count(rows, State.LEFT_OUT);
    String counts =
        "%d cubes done, %d done before, %d failed%s; see %s"
            .formatted(
                count(rows, State.DONE),
                count(rows, State.DONE_BEFORE),
                failed,
                leftOut == 0 ? "" : ", %d files left out that are no images".formatted(leftOut),
                where);
    report.out().println(counts);
    report.finish(json(rows, out));
    if (failed > 0) {
      throw new SkinSpectraException(
          "%d of %d pictures failed; the others are done. The reasons are in %s."
              .formatted(failed, rows.size() - leftOut, where));
    }
  }

  /** The cubes are there; a table that another program holds open is no reason to fail. */
  private void writeCsv(List<BatchResult> rows, Path file) {
    try {
      BatchTable.of(rows).writeCsv(file);
    } catch (SkinSpectraIOException e) {
      report.err().println("skin-spectra: " + e.getMessage());
    }
  }

  private static long count(List<BatchResult> rows, State state) {
    return rows.stream().filter(row -> row.state() == state).count();
  }

  private static Map<String, Object> json(List<BatchResult> rows, String out) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("output", out);
    json.put("done", count(rows, State.DONE));
    json.put("done_before", count(rows, State.DONE_BEFORE));
    json.put("failed", count(rows, State.FAILED));
    json.put("left_out", count(rows, State.LEFT_OUT));
    List<Map<String, Object>> pictures = new ArrayList<>();
    for (BatchResult row : rows) {
      Map<String, Object> picture = new LinkedHashMap<>();
      picture.put("input", row.input());
      picture.put("time_point", row.picture().isPresent() ? row.picture().getAsInt() : null);
      picture.put("state", row.state().key());
      picture.put("output", row.output().isEmpty() ? null : row.output());
      picture.put("seconds", row.made().seconds());
      picture.put("device", row.made().device());
      picture.put("model_id", row.made().modelId());
      picture.put("message", row.message());
      pictures.add(picture);
    }
    json.put("pictures", pictures);
    return json;
  }
}
