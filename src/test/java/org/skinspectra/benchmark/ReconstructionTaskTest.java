package org.skinspectra.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.benchmark.ReconstructionTask.Form;
import org.skinspectra.benchmark.ReconstructionTask.Tf32;
import org.skinspectra.model.Device;
import org.skinspectra.model.Precision;

class ReconstructionTaskTest {

  @Test
  void theArgumentsSayAllThatTheMeasuringProcessNeeds() {
    assertEquals(
        List.of(
            "reconstruction",
            "--model=a b.pt",
            "--side=64",
            "--precision=bfloat16",
            "--form=literal",
            "--device=gpu",
            "--runs=3"),
        new ReconstructionTask(
                "a b.pt", 64, Precision.BFLOAT16, Form.LITERAL, Device.GPU, Tf32.OFF, 3)
            .arguments());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 7, 16385})
  void sidesOutOfRangeAreRefusedWithTheRange(int side) {
    String message =
        assertThrows(SkinSpectraException.class, () -> ReconstructionTask.requireSide(side))
            .getMessage();
    assertTrue(message.contains(side + "x" + side) && message.contains("8 to 16384"), message);
  }

  @Test
  void runsOutOfRangeAreRefused() {
    assertThrows(SkinSpectraException.class, () -> task(Form.OURS, Precision.FLOAT32, 0));
    assertThrows(SkinSpectraException.class, () -> task(Form.OURS, Precision.FLOAT32, 1001));
  }

  @Test
  void tf32IsSwitchedByTheEnvironmentOfTheMeasuringProcess() {
    Map<String, String> environment = new TreeMap<>(Map.of("NVIDIA_TF32_OVERRIDE", "1"));
    Tf32.AS_SET.applyTo(environment);
    assertEquals(Map.of("NVIDIA_TF32_OVERRIDE", "1"), environment);
    Tf32.OFF.applyTo(environment);
    assertEquals(Map.of("NVIDIA_TF32_OVERRIDE", "0"), environment);
    Tf32.ALLOWED.applyTo(environment);
    assertEquals(Map.of(), environment);
  }

  @Test
  void onlyTilesAreMeasuredWithoutTensorFlowsOwnThreads() {
    Map<String, String> environment = new TreeMap<>();
    task(Form.LITERAL, Precision.FLOAT32, 1).applyTo(environment);
    assertEquals(Map.of(), environment);
    task(Form.OURS, Precision.FLOAT32, 1).applyTo(environment);
    assertEquals(Map.of("TF_NUM_INTRAOP_THREADS", "1"), environment);
    environment.put("TF_NUM_INTRAOP_THREADS", "4");
    task(Form.OURS, Precision.FLOAT32, 1).applyTo(environment);
    assertEquals(Map.of("TF_NUM_INTRAOP_THREADS", "4"), environment);
  }

  @Test
  void theRatioIsThatOfTheFastestRunsOfTheSameSize() {
    Measured ours = measured(task(Form.OURS, Precision.BFLOAT16, 2), 3.0, 2.0);
    Measured literal = measured(task(Form.LITERAL, Precision.FLOAT32, 2), 5.0, 7.0);
    assertEquals(OptionalDouble.of(2.5), ours.timesTheLiteral(List.of(ours, literal)));
    assertEquals(OptionalDouble.empty(), ours.timesTheLiteral(List.of(ours)));
    assertEquals(64 * 64 / 2.0, ours.pixelsPerSecond().orElseThrow());
    Measured other =
        measured(
            new ReconstructionTask(
                "challenge", 128, Precision.FLOAT32, Form.LITERAL, Device.CPU, Tf32.AS_SET, 2),
            5.0);
    assertEquals(OptionalDouble.empty(), ours.timesTheLiteral(List.of(ours, other)));
  }

  @Test
  void aTimingIsToldFromOneProcessToAnother() {
    ReconstructionTiming timing = timing(OptionalLong.of(123), 1.5, 2.5);
    assertEquals(
        timing, ReconstructionTiming.of(JsonText.parse(timing.toJson() + "", "x", "y"), "x"));
    ReconstructionTiming unknown = timing(OptionalLong.empty(), 1.5);
    assertEquals(unknown, ReconstructionTiming.of(unknown.toJson(), "x"));
  }

  @Test
  void aTimingThatLacksAFieldIsRefusedByItsName() {
    var json = timing(OptionalLong.empty(), 1.5).toJson();
    json.remove("first_s");
    String message =
        assertThrows(SkinSpectraIOException.class, () -> ReconstructionTiming.of(json, "x"))
            .getMessage();
    assertTrue(message.contains("first_s"), message);
  }

  static ReconstructionTask task(Form form, Precision precision, int runs) {
    return new ReconstructionTask("challenge", 64, precision, form, Device.CPU, Tf32.AS_SET, runs);
  }

  private static Measured measured(ReconstructionTask task, Double... seconds) {
    return new Measured(
        task, Optional.of(timing(OptionalLong.empty(), seconds)), "", OptionalLong.empty());
  }

  private static ReconstructionTiming timing(OptionalLong peak, Double... seconds) {
    return new ReconstructionTiming(
        "MST++", "CPU:0", "2.18.0", 5, 2, 3, new Timing(List.of(seconds)), peak);
  }
}
