package org.skinspectra.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosticsTest {

  @TempDir private Path temporary;

  private Path file(String name, String text) throws IOException {
    Path file = temporary.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void librariesAreFoundInThePathFirstThenAsTheLinkerIsConfigured() throws IOException {
    Path first = file("cuda/lib64/libcudart.so.12", "");
    file("usual/libcudart.so.12", "");
    Path configured = file("nvidia/libcudnn.so.9", "");
    file("ld.d/cuda.conf", "# NVIDIA\n" + configured.getParent() + "  # here\n");
    Path configuration = file("ld.so.conf", "include ld.d/*.conf\ninclude missing/*.conf\n");
    Path usual = file("usual/libcuda.so.1", "");
    SharedLibraries libraries =
        SharedLibraries.of(
            first.getParent() + ": :relative",
            configuration,
            List.of(usual.getParent().toString()));
    assertEquals(Optional.of(first), libraries.find("libcudart.so.12"));
    assertEquals(Optional.of(configured), libraries.find("libcudnn.so.9"));
    assertEquals(Optional.of(usual), libraries.find("libcuda.so.1"));
    assertEquals(Optional.empty(), libraries.find("libnccl.so.2"));
    String text = Diagnostics.gpuLibraries(libraries);
    assertTrue(text.contains("libcudnn.so.9      " + configured), text);
    assertTrue(text.contains("libnccl.so.2       missing"), text);
  }

  @Test
  void aConfigurationThatIncludesItselfOrIsMissingEnds() throws IOException {
    Path itself = file("ld.so.conf", "include ld.so.conf\n");
    assertEquals(
        Optional.empty(), SharedLibraries.of(null, itself, List.of()).find("libcuda.so.1"));
    Path missing = temporary.resolve("none.conf");
    assertEquals(
        Optional.empty(), SharedLibraries.of(null, missing, List.of()).find("libcuda.so.1"));
  }

  @Test
  void vectorInstructionsAreThoseOfTheProcessor() throws IOException {
    assertEquals(
        "AVX, AVX2, FMA",
        Diagnostics.vectorInstructions(
            file("new", "model : x\nflags\t\t: fpu sse avx fma avx2\nflags : fpu\n")));
    assertEquals(
        "no AVX; TensorFlow does not run here",
        Diagnostics.vectorInstructions(file("old", "flags : fpu sse\n")));
    assertTrue(
        Diagnostics.vectorInstructions(file("arm", "Features : asimd\n")).startsWith("not known"));
    assertTrue(Diagnostics.vectorInstructions(temporary.resolve("none")).startsWith("not known"));
  }
}
