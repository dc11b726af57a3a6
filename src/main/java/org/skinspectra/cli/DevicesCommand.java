package org.skinspectra.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.skinspectra.model.Devices;
import org.skinspectra.report.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code devices}: what TensorFlow can run on here, each proven by a test operation. */
@Command(
    name = "devices",
    mixinStandardHelpOptions = true,
    description = "Lists the devices TensorFlow can use, each proven by an operation that ran.")
final class DevicesCommand implements Callable<Integer> {

  @Mixin private ReportOptions report;

  @Override
  public Integer call() {
    List<Devices.Status> devices = Devices.probe();
    TextTable table = TextTable.of("device", "usable", "what was seen");
    for (Devices.Status device : devices) {
      table = table.with(device.name(), device.usable() ? "yes" : "no", device.detail());
    }
    report.out().println("TensorFlow " + Devices.tensorFlowVersion());
    report.out().println(table.text());
    report.finish(json(devices));
    return 0;
  }

  private static Map<String, Object> json(List<Devices.Status> devices) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("tensorflow", Devices.tensorFlowVersion());
    result.put("processors", Runtime.getRuntime().availableProcessors());
    result.put("devices", devices);
    return result;
  }
}
