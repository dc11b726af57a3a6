package org.skinspectra.cli;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.skinspectra.benchmark.BenchmarkModel;
import org.skinspectra.benchmark.DataWork;
import org.skinspectra.benchmark.DeviceList;
import org.skinspectra.benchmark.MeasuringProcess;
import org.skinspectra.benchmark.Parity;
import org.skinspectra.benchmark.ParityCheck;
import org.skinspectra.benchmark.ParityTask;
import org.skinspectra.benchmark.ReconstructionTask;
import org.skinspectra.benchmark.ReconstructionTask.Form;
import org.skinspectra.benchmark.ReconstructionTask.Tf32;
import org.skinspectra.benchmark.ReconstructionTiming;
import org.skinspectra.model.Device;
import org.skinspectra.model.Devices;
import org.skinspectra.model.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code measure}: one measurement of {@code benchmark} or {@code gpu-check}, which start it in a
 * process of its own and read the JSON object that it prints last.
 */
@Command(
    name = "measure",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "One measurement of 'benchmark' or 'gpu-check', as a line of JSON.")
final class MeasureCommand implements Callable<Integer> {

  /** What can be measured. */
  enum Kind {
    RECONSTRUCTION,
    DATA,
    PARITY,
    DEVICES;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}")
  private Kind kind;

  @Option(names = "--model", paramLabel = "MODEL")
  private String model = BenchmarkModel.CHALLENGE;

  @Option(names = "--side", paramLabel = "PIXELS")
  private int side = 256;

  @Option(names = "--precision", paramLabel = "float32|bfloat16")
  private Precision precision = Precision.FLOAT32;

  @Option(names = "--form", paramLabel = "ours|literal")
  private Form form = Form.OURS;

  @Option(names = "--device", paramLabel = "auto|cpu|gpu")
  private Device device = Device.AUTO;

  @Option(names = "--runs", paramLabel = "N")
  private int runs = 1;

  @Option(names = "--golden", paramLabel = "DIR")
  private Path golden;

  @Mixin private ReportOptions report;

  /** What starts this verb with the Java and the class path of this process. */
  static MeasuringProcess inProcessesOfTheirOwn() {
    return MeasuringProcess.ofThisProgram(SkinSpectraCli.class.getName(), "measure");
  }

  @Override
  public Integer call() {
    report.out().println(measured());
    report.out().flush();
    return 0;
  }

  private JsonObject measured() {
    return switch (kind) {
      case RECONSTRUCTION ->
          ReconstructionTiming.measure(
                  new ReconstructionTask(model, side, precision, form, device, Tf32.AS_SET, runs),
                  report.progress("Reconstruction"))
              .toJson();
      case DATA -> DataWork.toJson(DataWork.measure(side, runs, report.progress("Data")));
      case PARITY ->
          Parity.toJson(
              ParityCheck.measure(
                  new ParityTask(device, precision, Tf32.AS_SET, side, Optional.ofNullable(golden)),
                  report.progress("Parity")));
      case DEVICES -> DeviceList.toJson(Devices.probe());
    };
  }
}
