package org.skinspectra.cli;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.skinspectra.benchmark.Comparison;
import org.skinspectra.benchmark.Machine;
import org.skinspectra.benchmark.Measured;
import org.skinspectra.benchmark.ReconstructionTask;
import org.skinspectra.benchmark.ReconstructionTask.Tf32;
import org.skinspectra.benchmark.ReconstructionTiming;
import org.skinspectra.benchmark.Timing;
import org.skinspectra.model.Precision;
import org.skinspectra.report.TextTable;

/** What was measured, as tables and as JSON. */
final class BenchmarkTables {

  private static final String UNKNOWN = "";

  private BenchmarkTables() {}

  // -- For people --

  static TextTable machine(Machine machine, List<Measured> measured) {
    TextTable table = TextTable.of("machine", "");
    for (Map.Entry<String, String> entry : machine.described().entrySet()) {
      table = table.with(entry.getKey(), entry.getValue());
    }
    for (ReconstructionTiming timing : first(measured)) {
      table = table.with("TensorFlow", timing.tensorFlow());
    }
    return table;
  }

  private static List<ReconstructionTiming> first(List<Measured> measured) {
    return measured.stream().flatMap(m -> m.timing().stream()).limit(1).toList();
  }

  /**
   * @param gpu whether the memory of a GPU has a column
   */
  static TextTable reconstructions(List<Measured> measured, boolean gpu) {
    TextTable table =
        TextTable.of(
            "model",
            "pixels",
            "precision",
            "form",
            "device",
            "median s",
            "best s",
            "Mpixel/s",
            "first s",
            "cold s",
            "peak MiB",
            "GPU MiB",
            "x literal");
    for (Measured each : measured) {
      if (each.timing().isEmpty()) {
        continue;
      }
      ReconstructionTiming timing = each.timing().get();
      table =
          table.with(
              each.task().model(),
              side(each.task()),
              precision(each.task()),
              each.task().form().key(),
              timing.device(),
              timing.warm().median(),
              timing.warm().best(),
              each.pixelsPerSecond().orElseThrow() * 1e-6,
              timing.firstSeconds(),
              timing.coldSeconds(),
              mebibytes(timing.peakBytes()),
              mebibytes(each.gpuBytes()),
              orUnknown(each.timesTheLiteral(measured)));
    }
    return gpu ? table : table.without("GPU MiB");
  }

  static TextTable data(List<Comparison> comparisons) {
    TextTable table =
        TextTable.of("work", "size", "median s", "best s", "beside", "its best s", "ratio");
    for (Comparison each : comparisons) {
      table =
          table.with(
              each.work(),
              each.size(),
              each.time().median(),
              each.time().best(),
              each.yardstick().map(Comparison.Yardstick::work).orElse(UNKNOWN),
              each.yardstick().<Object>map(y -> y.time().best()).orElse(UNKNOWN),
              each.ratio().<Object>map(r -> r).orElse(UNKNOWN));
    }
    return table;
  }

  static String precision(ReconstructionTask task) {
    if (task.precision() != Precision.FLOAT32 || task.tf32() == Tf32.AS_SET) {
      return task.precision().key();
    }
    return task.precision().key() + (task.tf32() == Tf32.OFF ? ", TF32 off" : ", TF32 allowed");
  }

  private static String side(ReconstructionTask task) {
    return "%1$dx%1$d".formatted(task.side());
  }

  private static Object mebibytes(OptionalLong bytes) {
    return bytes.isPresent() ? (Object) (bytes.getAsLong() >> 20) : UNKNOWN;
  }

  private static Object orUnknown(OptionalDouble value) {
    return value.isPresent() ? (Object) value.getAsDouble() : UNKNOWN;
  }

  // -- For programs --

  /** One row for everything measured, with the machine in each, so that tables can be joined. */
  static TextTable rows(Machine machine, List<Measured> measured, List<Comparison> data) {
    TextTable table =
        TextTable.of(
            "work",
            "model",
            "size",
            "precision",
            "form",
            "device",
            "median_s",
            "best_s",
            "pixels_per_s",
            "open_s",
            "first_s",
            "cold_s",
            "peak_bytes",
            "gpu_bytes",
            "times_the_literal",
            "yardstick",
            "yardstick_best_s",
            "ratio",
            "failure",
            "tensorflow",
            "processor",
            "cores",
            "memory_bytes",
            "java",
            "software",
            "date");
    String tensorFlow =
        first(measured).stream().map(ReconstructionTiming::tensorFlow).findFirst().orElse(UNKNOWN);
    for (Measured each : measured) {
      Object[] row = new Object[table.columns().size()];
      Arrays.fill(row, UNKNOWN);
      row[0] = "reconstruction";
      row[1] = each.task().model();
      row[2] = side(each.task());
      row[3] = precision(each.task());
      row[4] = each.task().form().key();
      if (each.timing().isPresent()) {
        ReconstructionTiming timing = each.timing().get();
        row[5] = timing.device();
        fill(row, 6, timing.warm());
        row[8] = each.pixelsPerSecond().orElseThrow();
        row[9] = timing.openSeconds();
        row[10] = timing.firstSeconds();
        row[11] = timing.coldSeconds();
        row[12] = orUnknown(timing.peakBytes());
      }
      row[13] = orUnknown(each.gpuBytes());
      row[14] = orUnknown(each.timesTheLiteral(measured));
      row[18] = each.failure();
      table = table.with(withMachine(row, tensorFlow, machine));
    }
    for (Comparison each : data) {
      Object[] row = new Object[table.columns().size()];
      Arrays.fill(row, UNKNOWN);
      row[0] = each.work();
      row[2] = each.size();
      fill(row, 6, each.time());
      each.yardstick()
          .ifPresent(
              stick -> {
                row[15] = stick.work();
                row[16] = stick.time().best();
              });
      each.ratio().ifPresent(ratio -> row[17] = ratio);
      table = table.with(withMachine(row, tensorFlow, machine));
    }
    return table;
  }

  private static void fill(Object[] row, int at, Timing timing) {
    row[at] = timing.median();
    row[at + 1] = timing.best();
  }

  private static Object orUnknown(OptionalLong value) {
    return value.isPresent() ? (Object) value.getAsLong() : UNKNOWN;
  }

  private static Object[] withMachine(Object[] row, String tensorFlow, Machine machine) {
    row[19] = tensorFlow;
    row[20] = machine.processor();
    row[21] = machine.cores();
    row[22] = machine.memoryBytes();
    row[23] = machine.java();
    row[24] = machine.software();
    row[25] = machine.date().toString();
    return row;
  }

  static Map<String, Object> json(Machine machine) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("processor", machine.processor());
    json.put("instructions", machine.instructions());
    json.put("cores", machine.cores());
    json.put("memory_bytes", machine.memoryBytes());
    json.put("heap_bytes", machine.heapBytes());
    json.put("system", machine.system());
    json.put("java", machine.java());
    json.put("software", machine.software());
    json.put("date", machine.date().toString());
    return json;
  }

  static List<JsonObject> json(List<Measured> measured) {
    return measured.stream().map(each -> json(each, measured)).toList();
  }

  private static JsonObject json(Measured each, List<Measured> all) {
    JsonObject json = new JsonObject();
    json.addProperty("model", each.task().model());
    json.addProperty("side", each.task().side());
    json.addProperty("precision", precision(each.task()));
    json.addProperty("form", each.task().form().key());
    each.timing()
        .ifPresent(
            timing -> {
              timing.toJson().entrySet().forEach(e -> json.add(e.getKey(), e.getValue()));
              json.addProperty("median_s", timing.warm().median());
              json.addProperty("best_s", timing.warm().best());
              json.addProperty("pixels_per_s", each.pixelsPerSecond().orElseThrow());
            });
    each.gpuBytes().ifPresent(bytes -> json.addProperty("gpu_bytes", bytes));
    each.timesTheLiteral(all).ifPresent(x -> json.addProperty("times_the_literal", x));
    if (!each.failure().isEmpty()) {
      json.addProperty("failure", each.failure());
    }
    return json;
  }

  static List<JsonObject> jsonOfData(List<Comparison> data) {
    return data.stream()
        .map(
            each -> {
              JsonObject json = each.toJson();
              each.ratio().ifPresent(ratio -> json.addProperty("ratio", ratio));
              return json;
            })
        .toList();
  }
}
