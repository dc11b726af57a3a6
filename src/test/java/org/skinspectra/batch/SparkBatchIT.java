package org.skinspectra.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tests of the Spark profile, by a Maven of their own that builds into {@code target/spark}:
 * this build has no Spark on its class path. The first time 230 MB of libraries are loaded.
 */
class SparkBatchIT {

  private static final long TIMEOUT_MINUTES = 10;

  /** What Maven says where the libraries cannot be had. */
  private static final Pattern OFFLINE =
      Pattern.compile(
          "Could not resolve|Could not transfer|Unknown host|Cannot access \\S+ .* in offline mode");

  @TempDir private Path temporary;

  @Test
  void theTestsOfTheSparkProfilePass() throws IOException, InterruptedException {
    assumeTrue(
        Files.isRegularFile(Path.of("pom.xml")), "runs in the folder of the repository only");
    assumeFalse(
        System.getProperty("os.name").startsWith("Windows"),
        "Hadoop needs programs of its own on Windows.");
    assumeFalse(
        ServiceLoader.load(BatchCluster.class).findFirst().isPresent(),
        "this build has Spark, and runs its tests itself");
    // All that a worker of Spark looks for before it starts executors.
    Path home = Files.createDirectories(temporary.resolve("spark-home/jars")).getParent();
    Path log = Files.createDirectories(Path.of("target")).resolve("spark-batch.log");
    List<String> command =
        new ArrayList<>(
            List.of(
                "mvn",
                "-B",
                "-Pspark",
                "-Dspotless.check.skip",
                "-Dtest=Spark*Test",
                "-Dsurefire.failIfNoSpecifiedTests=true"));
    String repository = System.getProperty("maven.repo.local");
    if (repository != null) {
      command.add("-Dmaven.repo.local=" + repository);
    }
    command.add("test");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process maven = null;
    try {
      maven = builder.start();
    } catch (IOException e) {
      assumeTrue(false, "mvn is not on the path: " + e.getMessage());
    }
    boolean ended = maven.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      maven.descendants().forEach(ProcessHandle::destroyForcibly);
      maven.destroyForcibly();
    }
    String text = Files.readString(log);
    assertTrue(ended, "Maven did not end within " + TIMEOUT_MINUTES + " minutes; see " + log);
    assumeFalse(
        maven.exitValue() != 0 && OFFLINE.matcher(text).find(),
        "Maven cannot get Spark's libraries here; see " + log);
    assertEquals(0, maven.exitValue(), text);
    String evidence =
        text.lines()
            .filter(line -> line.contains("equal to the local run"))
            .findFirst()
            .orElseThrow();
    System.out.println(evidence);
  }
}
