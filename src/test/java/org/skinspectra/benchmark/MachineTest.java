package org.skinspectra.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class MachineTest {

  @Test
  void thePeakIsTheHighWaterMarkOfResidentMemory() {
    List<String> status =
        List.of("Name:\tjava", "VmPeak:\t 9000000 kB", "VmHWM:\t  123456 kB", "VmRSS:\t   99 kB");
    assertEquals(OptionalLong.of(123456L * 1024), Machine.peak(status));
  }

  @Test
  void aPeakThatIsMissingOrNoNumberIsNotGuessed() {
    assertEquals(OptionalLong.empty(), Machine.peak(List.of()));
    assertEquals(OptionalLong.empty(), Machine.peak(List.of("VmHWM:\t12 MB")));
    assertEquals(OptionalLong.empty(), Machine.peak(List.of("VmHWM:\t99999999999999999999 kB")));
  }

  @Test
  void linuxTellsThePeakOfThisProcess() {
    Assumptions.assumeTrue(
        System.getProperty("os.name").equals("Linux"), "Only Linux tells the peak of memory.");
    assertTrue(Machine.peakResidentBytes().orElseThrow() > 10 << 20);
  }

  @Test
  void valuesAreFoundByTheirWholeName() {
    List<String> lines = List.of("model\t\t: 17", "model name\t: A: B @ 2 GHz", "nothing");
    assertEquals(Optional.of("A: B @ 2 GHz"), Machine.value(lines, "model name"));
    assertEquals(Optional.empty(), Machine.value(lines, "name"));
  }

  @Test
  void thisMachineHasAProcessorAndMemory() {
    Machine here = Machine.here();
    assertFalse(here.processor().isBlank());
    assertTrue(here.cores() >= 1);
    assertTrue(here.memoryBytes() > 1 << 28);
    assertEquals(here.date().toString(), here.described().get("date"));
  }
}
