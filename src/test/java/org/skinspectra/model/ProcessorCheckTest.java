package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;

class ProcessorCheckTest {

  @TempDir Path folder;

  @Test
  void aProcessorWithoutAvxIsRefusedWithWhatToDo() throws IOException {
    ProcessorCheck check = onLinux("processor\t: 0\nflags\t\t: fpu sse4_2 avx512_fake\n");
    assertEquals(Optional.of(false), check.avx());
    String message = assertThrows(SkinSpectraException.class, check::check).getMessage();
    assertTrue(message.contains("AVX") && message.contains("'wiener'"), message);
  }

  @Test
  void aProcessorWithAvxPasses() throws IOException {
    ProcessorCheck check = onLinux("flags\t\t: fpu sse4_2 avx avx2\n");
    assertEquals(Optional.of(true), check.avx());
    assertDoesNotThrow(check::check);
  }

  @Test
  void whatIsNotKnownPasses() throws IOException {
    assertEquals(Optional.empty(), onLinux("nothing of the kind\n").avx());
    ProcessorCheck noLinux = new ProcessorCheck("amd64", folder.resolve("missing"));
    assertEquals(Optional.empty(), noLinux.avx());
    assertDoesNotThrow(noLinux::check);
  }

  @Test
  void otherArchitecturesHaveNoAvxAndNeedNone() throws IOException {
    Path cpuinfo = Files.writeString(folder.resolve("arm"), "flags : fp asimd\n");
    assertEquals(Optional.empty(), new ProcessorCheck("aarch64", cpuinfo).avx());
  }

  private ProcessorCheck onLinux(String cpuinfo) throws IOException {
    return new ProcessorCheck("amd64", Files.writeString(folder.resolve("cpuinfo"), cpuinfo));
  }
}
