package org.skinspectra.cli;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.skinspectra.CanceledException;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.WholeFile;
import org.skinspectra.benchmark.BenchmarkModel;
import org.skinspectra.benchmark.GpuWatch;
import org.skinspectra.benchmark.Machine;
import org.skinspectra.benchmark.Measured;
import org.skinspectra.benchmark.MeasuringProcess;
import org.skinspectra.benchmark.Parity;
import org.skinspectra.benchmark.ParityTask;
import org.skinspectra.benchmark.ReconstructionTask;
import org.skinspectra.benchmark.ReconstructionTask.Form;
import org.skinspectra.benchmark.ReconstructionTask.Tf32;
import org.skinspectra.model.Device;
import org.skinspectra.model.Devices;
import org.skinspectra.model.Precision;
import org.skinspectra.report.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gpu-check}: whether a GPU gives the right numbers, and how fast. */
@Command(
    name = "gpu-check",
    mixinStandardHelpOptions = true,
    description = {
      "Holds a GPU's results against those of the CPU and of the published models, then measures its "
          + "time and memory by size and precision, each in a process of its own.",
      "'x literal': how many times as fast as the network computed as published, in float32 and with "
          + "TF32 where the row has it, from the fastest runs.",
      "float32 is measured without TF32 (NVIDIA_TF32_OVERRIDE=0) and with it. Exit code 3: there is no "
          + "GPU that can be used; why is said.",
      "scripts/gpu-check makes a folder that runs this without Maven and network."
    })
final class GpuCheckCommand implements Callable<Integer> {

  /** Exit code without a GPU. */
  static final int NO_GPU = 3;

  /** A number format, and whether products may be TF32. */
  private record Mode(Precision precision, Tf32 tf32) {}

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "PIXELS",
      description = "Sides of the square images (default: 256,512,1024,2048).")
  private List<Integer> sizes = List.of(256, 512, 1024, 2048);

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Images that count, after the first (default: 10).")
  private int runs = 10;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description =
          "What is timed: weights, 'default', or 'challenge', MST++ 4 to 61 bands with 3 stages "
              + "(default: challenge).")
  private String model = BenchmarkModel.CHALLENGE;

  @Option(
      names = "--golden",
      paramLabel = "DIR",
      description = "Folder of outputs of the published models, NAME_WxH.safetensors.")
  private Path golden;

  @Option(
      names = {"-d", "--device"},
      paramLabel = "gpu|cpu",
      description = "cpu tries all of it without a GPU (default: gpu).")
  private Device device = Device.GPU;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write the times as CSV too.")
  private Path csv;

  @Mixin private ReportOptions report;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    check();
    MeasuringProcess process = MeasureCommand.inProcessesOfTheirOwn();
    List<Devices.Status> devices = process.devices(report.progress("Devices"));
    GpuWatch watch = new GpuWatch();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", BenchmarkTables.json(Machine.here()));
    json.put("devices", devices);
    watch.describe().ifPresent(gpus -> json.put("gpus", gpus.lines().toList()));
    Optional<Devices.Status> usable = devices.stream().filter(this::isWanted).findFirst();
    if (usable.isEmpty()) {
      report
          .err()
          .println(
              "skin-spectra: there is no GPU that can be used: "
                  + devices.stream()
                      .filter(status -> status.name().startsWith("GPU"))
                      .map(Devices.Status::detail)
                      .findFirst()
                      .orElse("TensorFlow names none"));
      report.err().flush();
      json.put("passed", false);
      report.finish(json);
      return NO_GPU;
    }
    watch.describe().ifPresent(gpus -> report.out().println("GPU, driver, MiB: " + gpus));
    report.out().println(usable.get().name() + ": " + usable.get().detail() + "\n");
    List<String> failures = new ArrayList<>();
    boolean parity = parity(process, json, failures);
    boolean timed = times(process, json, failures);
    for (String failure : failures) {
      report.err().println("skin-spectra: " + failure);
    }
    report.err().flush();
    json.put("passed", parity && timed);
    report.finish(json);
    return parity && timed ? 0 : 1;
  }

  private void check() {
    try {
      if (device == Device.AUTO) {
        throw new SkinSpectraException("--device is gpu or cpu here.");
      }
      if (golden != null && !Files.isDirectory(golden)) {
        throw new SkinSpectraException("--golden " + golden + " is not a folder.");
      }
      BenchmarkModel.requireNetwork(model);
      tasks();
    } catch (SkinSpectraException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    if (csv != null) {
      WholeFile.requireWritable(csv);
    }
  }

  private boolean isWanted(Devices.Status status) {
    return status.usable() && status.name().startsWith(device.name());
  }

  /** On a CPU there is no TF32 to be told apart. */
  private List<Mode> modes() {
    return device == Device.CPU
        ? List.of(
            new Mode(Precision.FLOAT32, Tf32.AS_SET), new Mode(Precision.BFLOAT16, Tf32.AS_SET))
        : List.of(
            new Mode(Precision.FLOAT32, Tf32.OFF),
            new Mode(Precision.FLOAT32, Tf32.ALLOWED),
            new Mode(Precision.BFLOAT16, Tf32.ALLOWED));
  }

  // -- Parity --

  private boolean parity(
      MeasuringProcess process, Map<String, Object> json, List<String> failures) {
    TextTable table =
        TextTable.of(
            "precision",
            "model and image",
            "against",
            "device",
            "relative error",
            "mean angle rad",
            "limit",
            "within");
    List<JsonObject> rows = new ArrayList<>();
    boolean passed = true;
    for (Mode mode : modes()) {
      String label = label(mode);
      ParityTask task =
          new ParityTask(
              device,
              mode.precision(),
              mode.tf32(),
              sizes.stream().min(Integer::compare).orElseThrow(),
              Optional.ofNullable(golden));
      try {
        for (Parity each : process.parity(task, report.progress("Parity, " + label))) {
          table =
              table.with(
                  label,
                  each.subject(),
                  each.against(),
                  each.device(),
                  each.relativeError(),
                  each.meanAngle(),
                  each.limit(),
                  each.passed() ? "yes" : "NO");
          JsonObject row = each.toJson();
          row.addProperty("precision", label);
          rows.add(row);
          passed &= each.passed() && each.device().startsWith(device.name());
        }
      } catch (CanceledException e) {
        throw e;
      } catch (SkinSpectraException e) {
        failures.add("not compared: " + label + ": " + e.getMessage());
        passed = false;
      }
    }
    report.out().println(table.text());
    report.out().flush();
    json.put("parity", rows);
    return passed;
  }

  private static String label(Mode mode) {
    return switch (mode.tf32()) {
      case AS_SET -> mode.precision().key();
      case OFF -> mode.precision().key() + ", TF32 off";
      case ALLOWED ->
          mode.precision() == Precision.FLOAT32
              ? mode.precision().key() + ", TF32 allowed"
              : mode.precision().key();
    };
  }

  // -- Times --

  private List<ReconstructionTask> tasks() {
    List<ReconstructionTask> tasks = new ArrayList<>();
    for (int size : sizes) {
      for (Mode mode : modes()) {
        tasks.add(task(size, mode, Form.OURS));
      }
      modes().stream()
          .filter(mode -> mode.precision() == Precision.FLOAT32)
          .forEach(mode -> tasks.add(task(size, mode, Form.LITERAL)));
    }
    return tasks;
  }

  private ReconstructionTask task(int size, Mode mode, Form form) {
    return new ReconstructionTask(model, size, mode.precision(), form, device, mode.tf32(), runs);
  }

  private boolean times(MeasuringProcess process, Map<String, Object> json, List<String> failures) {
    List<Measured> measured =
        Measured.all(tasks(), process, GpuWatch::new, report.progress("Times"));
    boolean gpu = measured.stream().anyMatch(each -> each.gpuBytes().isPresent());
    report.out().println(BenchmarkTables.machine(Machine.here(), measured).text());
    report.out().println(BenchmarkTables.reconstructions(measured, gpu).text());
    if (csv != null) {
      BenchmarkTables.rows(Machine.here(), measured, List.of()).writeCsv(csv);
    }
    json.put("reconstruction", BenchmarkTables.json(measured));
    measured.stream()
        .filter(each -> !each.failure().isEmpty())
        .forEach(each -> failures.add("not measured: " + each.name() + ": " + each.failure()));
    return measured.stream().allMatch(each -> each.failure().isEmpty());
  }
}
