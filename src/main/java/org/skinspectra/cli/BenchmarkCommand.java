package org.skinspectra.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.WholeFile;
import org.skinspectra.benchmark.BenchmarkModel;
import org.skinspectra.benchmark.Comparison;
import org.skinspectra.benchmark.CopySpeed;
import org.skinspectra.benchmark.GpuWatch;
import org.skinspectra.benchmark.Machine;
import org.skinspectra.benchmark.Measured;
import org.skinspectra.benchmark.MeasuringProcess;
import org.skinspectra.benchmark.ReconstructionProfile;
import org.skinspectra.benchmark.ReconstructionTask;
import org.skinspectra.benchmark.ReconstructionTask.Form;
import org.skinspectra.benchmark.ReconstructionTask.Tf32;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.NetworkProfile;
import org.skinspectra.model.Precision;
import org.skinspectra.report.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmark}: seconds, memory and ratios on this machine. */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    description = {
      "Measures reconstruction by size and precision, each in a process of its own, and the work on "
          + "data beside a yardstick.",
      "'cold s' is from the start of the process to its first result, 'first s' the first image of an "
          + "opened model; median and best are of the images after that. 'x literal' says how many "
          + "times as fast as the same network computed as published (queries, keys, transposed "
          + "tensors), in float32; ratios are those of the fastest runs.",
      "Memory is that of the whole process at its peak, known on Linux only. Large images take long: "
          + "begin with --sizes 256 --no-data, on a machine that does nothing else.",
      "Single parts are measured more finely by scripts/benchmark, from a checkout."
    })
final class BenchmarkCommand implements Callable<Integer> {

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "PIXELS",
      description = "Sides of the square images (default: 256,512,1024).")
  private List<Integer> sizes = List.of(256, 512, 1024);

  @Option(
      names = "--precision",
      split = ",",
      paramLabel = "float32|bfloat16",
      description = "Number formats (default: float32,bfloat16).")
  private List<Precision> precisions = List.of(Precision.values());

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description =
          "Weights, 'default', or 'challenge': MST++ 4 to 61 bands with 3 stages, untrained "
              + "(default: challenge and default). May be repeated.")
  private List<String> models = List.of(BenchmarkModel.CHALLENGE, Models.DEFAULT);

  @Option(
      names = {"-d", "--device"},
      paramLabel = "auto|cpu|gpu",
      description = "Where to run (default: auto).")
  private Device device = Device.AUTO;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Images that count, after the first (default: 3).")
  private int runs = 3;

  @Option(names = "--no-literal", description = "Leave the network as published out.")
  private boolean withoutLiteral;

  @Option(
      names = "--no-data",
      description = "Leave layouts, spectral angle, calibration and files out.")
  private boolean withoutData;

  @Option(
      names = "--data-size",
      paramLabel = "PIXELS",
      description = "Side of the images for the work on data (default: 1024).")
  private int dataSize = 1024;

  @Option(
      names = "--profile",
      paramLabel = "PIXELS",
      description =
          "Instead of all that: where the time of one reconstruction of this size goes on the CPU, by "
              + "pass and by operation, beside what arithmetic and memory ask for. Takes the first "
              + "--model and --precision.")
  private Integer profile;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write all rows as CSV too.")
  private Path csv;

  @Mixin private ReportOptions report;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (csv != null) {
      WholeFile.requireWritable(csv);
    }
    if (profile != null) {
      return profile();
    }
    List<ReconstructionTask> tasks = tasks();
    MeasuringProcess process = MeasureCommand.inProcessesOfTheirOwn();
    Machine machine = Machine.here();
    List<Measured> measured =
        Measured.all(tasks, process, GpuWatch::new, report.progress("Benchmark"));
    List<Comparison> data =
        withoutData
            ? List.of()
            : process.data(dataSize, Math.max(runs, 5), report.progress("Data"));
    show(machine, measured, data);
    if (csv != null) {
      BenchmarkTables.rows(machine, measured, data).writeCsv(csv);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", BenchmarkTables.json(machine));
    json.put("reconstruction", BenchmarkTables.json(measured));
    json.put("data", BenchmarkTables.jsonOfData(data));
    report.finish(json);
    return measured.stream().allMatch(each -> each.failure().isEmpty()) ? 0 : 1;
  }

  private List<ReconstructionTask> tasks() {
    try {
      ReconstructionTask.requireSide(dataSize);
      models.forEach(BenchmarkModel::requireNetwork);
      List<ReconstructionTask> tasks = new ArrayList<>();
      for (String model : models) {
        for (int size : sizes) {
          precisions.forEach(precision -> tasks.add(task(model, size, precision, Form.OURS)));
          if (!withoutLiteral) {
            tasks.add(task(model, size, Precision.FLOAT32, Form.LITERAL));
          }
        }
      }
      return tasks;
    } catch (SkinSpectraException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private ReconstructionTask task(String model, int size, Precision precision, Form form) {
    return new ReconstructionTask(model, size, precision, form, device, Tf32.AS_SET, runs);
  }

  private void show(Machine machine, List<Measured> measured, List<Comparison> data) {
    boolean gpu = measured.stream().anyMatch(each -> each.gpuBytes().isPresent());
    report.out().println(BenchmarkTables.machine(machine, measured).text());
    report.out().println(BenchmarkTables.reconstructions(measured, gpu).text());
    if (!data.isEmpty()) {
      report.out().println(BenchmarkTables.data(data).text());
    }
    for (Measured each : measured) {
      if (!each.failure().isEmpty()) {
        report.err().println("skin-spectra: not measured: " + each.name() + ": " + each.failure());
      }
    }
    report.err().flush();
  }

  // -- Profile --

  private Integer profile() {
    try {
      ReconstructionTask.requireSide(profile);
    } catch (SkinSpectraException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    String model = models.get(0);
    Precision precision = precisions.get(0);
    NetworkProfile found =
        ReconstructionProfile.measure(model, profile, precision, report.progress("Profile"));
    ProfileTables tables = new ProfileTables(found, CopySpeed.bytesPerSecond());
    report.out().printf("%s, %2$dx%2$d, %3$s%n%n", model, profile, precision.key());
    report.out().println(BenchmarkTables.machine(Machine.here(), List.of()).text());
    report.out().println(tables.speeds());
    report.out().println(tables.passes().text());
    report.out().println(tables.operations().text());
    TextTable shares = tables.shares();
    if (csv != null) {
      shares.writeCsv(csv);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", BenchmarkTables.json(Machine.here()));
    json.put("model", model);
    json.put("side", profile);
    json.put("precision", precision.key());
    json.putAll(tables.json());
    report.finish(json);
    return 0;
  }
}
