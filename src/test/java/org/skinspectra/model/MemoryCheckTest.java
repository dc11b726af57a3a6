package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;

class MemoryCheckTest {

  private static final long GIB = 1L << 30;

  @Test
  void namesTheNeedAndTheFreeAmount() {
    MemoryCheck check = new MemoryCheck(() -> 2 * GIB, () -> GIB);
    String message =
        assertThrows(SkinSpectraException.class, () -> check.check(4096, 3072, 50 * GIB, GIB / 2))
            .getMessage();
    assertTrue(message.contains("4096x3072"), message);
    assertTrue(message.contains("50.00 GiB of memory"), message);
    assertTrue(message.contains("only 2.00 GiB are free"), message);
  }

  @Test
  void tellsTheJavaHeapFromOtherMemory() {
    MemoryCheck check = new MemoryCheck(() -> 100 * GIB, () -> GIB / 4);
    String message =
        assertThrows(SkinSpectraException.class, () -> check.check(1024, 1024, GIB, GIB / 2))
            .getMessage();
    assertTrue(message.contains("0.50 GiB of Java heap"), message);
    assertTrue(message.contains("-Xmx"), message);
  }

  @Test
  void letsAFrameThatFitsPass() {
    MemoryCheck check = new MemoryCheck(() -> 2 * GIB, () -> GIB);
    assertDoesNotThrow(() -> check.check(512, 512, GIB, GIB / 2));
  }

  @Test
  void countsGarbageOnTheHeapAsFree() {
    Iterator<Long> beforeAndAfterCollecting = List.of(GIB / 4, GIB).iterator();
    MemoryCheck check = new MemoryCheck(() -> 2 * GIB, beforeAndAfterCollecting::next);
    assertDoesNotThrow(() -> check.check(512, 512, GIB, GIB / 2));
  }

  @Test
  void needGrowsWithThePixelsAndHalvesItsMapsInBfloat16() {
    Architecture architecture = Architecture.mstPlusPlus(4, 61, 3);
    long one = MemoryCheck.nativeNeed(architecture, Precision.FLOAT32, 1 << 20);
    assertEquals(4 * one, MemoryCheck.nativeNeed(architecture, Precision.FLOAT32, 1 << 22), 4);
    long half = MemoryCheck.nativeNeed(architecture, Precision.BFLOAT16, 1 << 20);
    assertTrue(half < 0.6 * one && half > 0.5 * one, half + " of " + one);
  }

  @Test
  void knowsTheFreeMemoryOfThisProcess() {
    assertTrue(FreeMemory.nativeBytes() > 1 << 20);
    long heap = FreeMemory.heapBytes();
    assertTrue(heap > 0 && heap <= Runtime.getRuntime().maxMemory());
  }

  @Test
  void aLimitIsWrittenAsJavaWritesSizes() {
    assertEquals(Long.MAX_VALUE, FreeMemory.limit(null));
    assertEquals(Long.MAX_VALUE, FreeMemory.limit(" "));
    assertEquals(1500L << 20, FreeMemory.limit("1500m"));
    assertEquals(4 * GIB, FreeMemory.limit("4G"));
    assertEquals(64 << 10, FreeMemory.limit("64k"));
    assertEquals(7, FreeMemory.limit("7"));
    for (String wrong : new String[] {"4 GB", "-1g", "1.5g", "9999999999"}) {
      String message =
          assertThrows(SkinSpectraException.class, () -> FreeMemory.limit(wrong)).getMessage();
      assertTrue(message.contains("skinspectra.memory=" + wrong), message);
    }
  }

  @Test
  void aContainersLimitCountsWithoutTheCachesOfItsFiles(@TempDir Path cgroup) throws IOException {
    assertEquals(Long.MAX_VALUE, FreeMemory.freeInContainer(cgroup));
    Files.writeString(cgroup.resolve("memory.limit_in_bytes"), "1000\n");
    Files.writeString(cgroup.resolve("memory.usage_in_bytes"), "900\n");
    Files.writeString(cgroup.resolve("memory.stat"), "inactive_file 9\ntotal_inactive_file 300\n");
    assertEquals(400, FreeMemory.freeInContainer(cgroup));
    Files.writeString(cgroup.resolve("memory.max"), "2000\n");
    Files.writeString(cgroup.resolve("memory.current"), "1500\n");
    assertEquals(509, FreeMemory.freeInContainer(cgroup));
    Files.writeString(cgroup.resolve("memory.max"), "max\n");
    assertEquals(Long.MAX_VALUE, FreeMemory.freeInContainer(cgroup));
  }
}
