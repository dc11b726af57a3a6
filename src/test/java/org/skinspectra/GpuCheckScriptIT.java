package org.skinspectra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.skinspectra.model.Golden;

/**
 * {@code scripts/gpu-check} packs a folder from a checkout whose build is that of this test, and
 * the folder runs with nothing but a Java, on the CPU.
 */
class GpuCheckScriptIT {

  private static final Path SCRIPT = Path.of("scripts", "gpu-check").toAbsolutePath();

  /** In target, for TensorFlow's 180 MB. */
  static final class InTarget implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test)
        throws IOException {
      return Files.createTempDirectory(classes().getParent(), "gpu-check-");
    }
  }

  private record Outcome(int code, String messages) {}

  @TempDir(factory = InTarget.class)
  Path folder;

  @BeforeAll
  static void needsAShell() {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/bin/bash")), "The script is one for bash, in /bin.");
    assertTrue(Files.isExecutable(SCRIPT), SCRIPT.toString());
  }

  @AfterEach
  void unlinkTheClasses() throws IOException {
    Files.deleteIfExists(folder.resolve("a checkout/target/classes"));
  }

  @Test
  void aPackedFolderChecksWithoutMavenAndNetwork() throws Exception {
    Path script = checkout();
    Path pack = folder.resolve("to carry");
    Outcome packed =
        run(script, "--pack", pack, "--golden", Golden.path("mstpp_tiny.safetensors").getParent());
    assertEquals(0, packed.code(), packed.messages());
    assertTrue(packed.messages().contains(pack + " is ready"), packed.messages());
    assertTrue(Files.isRegularFile(pack.resolve("jars/skin-spectra.jar")));
    assertTrue(Files.isRegularFile(pack.resolve("golden/mst_tiny.safetensors")));

    Path carried = Files.move(pack, folder.resolve("carried"));
    Path check = carried.resolve("gpu-check");
    Outcome checked =
        run(check, "--device", "cpu", "--model", "default", "--sizes", 16, "--runs", 1);
    assertEquals(0, checked.code(), checked.messages());
    assertTrue(checked.messages().contains("published model"), checked.messages());
    Outcome help = run(check, "--help");
    assertEquals(0, help.code());
    assertTrue(help.messages().contains("3 no GPU"), help.messages());

    Outcome again = run(script, "--pack", carried);
    assertEquals(2, again.code(), again.messages());
    assertTrue(again.messages().contains("not an empty folder"), again.messages());
    Outcome fromPack = run(check, "--pack", folder.resolve("other"));
    assertEquals(2, fromPack.code(), fromPack.messages());
    assertTrue(fromPack.messages().contains("works from a checkout"), fromPack.messages());
  }

  @Test
  void packingIsRefusedWhereItsArgumentsMakeNoSense() throws Exception {
    Path script = checkout();
    Path pack = folder.resolve("pack");
    assertEquals(2, run(script, "--pack").code());
    Outcome other = run(script, "--pack", pack, "--sizes", 16);
    assertEquals(2, other.code());
    assertTrue(other.messages().contains("--sizes"), other.messages());
    Outcome golden = run(script, "--pack", pack, "--golden", folder);
    assertEquals(2, golden.code());
    assertTrue(golden.messages().contains("holds no .safetensors"), golden.messages());
    assertTrue(Files.notExists(pack));
  }

  /** A checkout with the classes of this build, whose skin-spectra has nothing to build. */
  private Path checkout() throws IOException {
    Path home = folder.resolve("a checkout");
    Path scripts = Files.createDirectories(home.resolve("scripts"));
    Path script = Files.copy(SCRIPT, scripts.resolve("gpu-check"));
    Path program = Files.writeString(scripts.resolve("skin-spectra"), "#!/bin/bash\n");
    assertTrue(program.toFile().setExecutable(true));
    Files.copy(Path.of("LICENSE.txt"), home.resolve("LICENSE.txt"));
    Path target = Files.createDirectory(home.resolve("target"));
    // Not where the class path has them: after packaging, that is a jar.
    Files.createSymbolicLink(
        target.resolve("classes"), Path.of("target", "classes").toAbsolutePath());
    Files.writeString(target.resolve("skin-spectra.linux-x86_64.classpath"), jars());
    return script;
  }

  private static String jars() {
    String jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar") && !entry.contains("surefire"))
            .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("skin-spectra"))
            .collect(Collectors.joining(File.pathSeparator));
    Assumptions.assumeTrue(
        jars.contains("tensorflow-core-native"),
        "The libraries are taken from java.class.path, which Maven and IDEs set.");
    return jars;
  }

  private static Path classes() {
    try {
      return Path.of(
          SkinSpectraException.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Outcome run(Path script, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/bash", script.toString()));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SKIN_SPECTRA_GPU", "0");
    Process process = builder.start();
    process.getOutputStream().close();
    String messages = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), messages);
  }
}
