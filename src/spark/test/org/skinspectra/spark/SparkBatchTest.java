package org.skinspectra.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.batch.BatchCluster;
import org.skinspectra.batch.BatchManifest;
import org.skinspectra.batch.BatchOptions;
import org.skinspectra.batch.BatchResult;
import org.skinspectra.batch.BatchResult.State;
import org.skinspectra.batch.LocalThreads;
import org.skinspectra.batch.ReconstructionBatch;
import org.skinspectra.cube.Msi;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.session.FlatSessions;

class SparkBatchTest {

  private static final int SESSIONS = 40;
  private static final int IMAGES = 4;
  private static final BatchOptions NETWORK =
      BatchOptions.of(Models.DEFAULT, Device.CPU, Precision.FLOAT32);
  private static final BatchOptions WIENER =
      BatchOptions.of(Models.WIENER, Device.CPU, Precision.FLOAT32);

  @TempDir private Path temporary;

  private Path in() {
    return temporary.resolve("in");
  }

  private static void image(Path file, int seed) {
    Random random = new Random(seed);
    float[] pixels = new float[24 * 16 * 4];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    CubeFiles.write(new Msi(24, 16, 4, pixels), file);
  }

  private static List<BatchResult> local(Path in, Path out, BatchOptions options) {
    try (Reconstructor reconstructor = options.open()) {
      return ReconstructionBatch.of(List.of(in), out, options)
          .run(new LocalThreads(reconstructor, 2, out), ProgressMonitor.NONE);
    }
  }

  private static List<BatchResult> spark(
      String in,
      String out,
      BatchOptions options,
      String master,
      Consumer<BatchResult> listener,
      ProgressMonitor progress) {
    Map<String, String> settings = new HashMap<>();
    settings.put("spark.driver.host", "127.0.0.1");
    settings.put("spark.driver.bindAddress", "127.0.0.1");
    settings.put(
        "spark.hadoop.fs." + LabFileSystem.SCHEME + ".impl", LabFileSystem.class.getName());
    return new SparkBatch()
        .run(
            new BatchCluster.Work(List.of(in), out, options, master, settings), listener, progress);
  }

  private static List<BatchResult> spark(Path in, Path out, BatchOptions options) {
    return spark(
        in.toString(), out.toString(), options, "local[2]", result -> {}, ProgressMonitor.NONE);
  }

  private static Set<String> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(name -> !name.equals(BatchManifest.FILE))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertSameCubes(Path expected, Path actual) throws IOException {
    assertEquals(files(expected), files(actual));
    for (String file : files(expected)) {
      assertArrayEquals(
          Files.readAllBytes(expected.resolve(file)),
          Files.readAllBytes(actual.resolve(file)),
          file);
    }
  }

  // -- A cluster --

  private static long process(String host) {
    return Long.parseLong(host.replaceFirst("@.*", ""));
  }

  @Test
  void aClusterThatLosesAnExecutorGivesTheFilesOfALocalRun() throws IOException {
    assumeTrue(
        System.getenv("SPARK_HOME") != null,
        "Workers start executors from SPARK_HOME, a folder with a folder 'jars'; SparkBatchIT sets it.");
    for (int i = 0; i < SESSIONS; i++) {
      FlatSessions.write(in().resolve("patient " + i % 4 + "/session" + i), 0.2 + 0.015 * i);
    }
    for (int i = 0; i < IMAGES; i++) {
      image(in().resolve("images/" + i + (i % 2 == 0 ? ".tif" : ".hdr")), i);
    }
    Path expected = temporary.resolve("local");
    local(in(), expected, NETWORK);

    Path out = temporary.resolve("spark");
    List<BatchResult> told = new ArrayList<>();
    List<Long> killed = new ArrayList<>();
    List<BatchResult> rows =
        spark(
            in().toString(),
            out.toString(),
            NETWORK,
            "local-cluster[2,1,2048]",
            result -> {
              told.add(result);
              if (killed.isEmpty() && told.size() >= SESSIONS / 4) {
                ProcessHandle one =
                    ProcessHandle.current()
                        .descendants()
                        .filter(process -> process.pid() == process(result.host()))
                        .findFirst()
                        .orElseThrow();
                killed.add(one.pid());
                assertTrue(one.destroyForcibly());
              }
            },
            ProgressMonitor.NONE);

    assertEquals(SESSIONS + IMAGES, rows.size());
    for (BatchResult row : rows) {
      assertTrue(row.hasCube(), row.input() + ": " + row.message());
    }
    assertSameCubes(expected, out);
    Set<Long> processes =
        rows.stream()
            .map(row -> process(row.host()))
            .collect(Collectors.toCollection(TreeSet::new));
    System.out.printf(
        "%d pictures by the processes %s, of which %s was killed after %d; all equal to the local run%n",
        rows.size(), processes, killed, SESSIONS / 4);
    assertEquals(1, killed.size());
    assertTrue(processes.size() >= 2, processes.toString());
    assertFalse(processes.contains(ProcessHandle.current().pid()), "the driver does no picture");
    // What the lost executor had done was not done again.
    for (BatchResult early : told.subList(0, SESSIONS / 4)) {
      BatchResult row =
          rows.stream().filter(r -> r.input().equals(early.input())).findFirst().orElseThrow();
      assertEquals(early, row);
    }
    assertEquals(1 + SESSIONS + IMAGES, Files.readAllLines(out.resolve(BatchManifest.FILE)).size());
  }

  // -- Executors in this process --

  @Test
  void whatIsDoneIsNotDoneAgainWhereverItWasDone() throws IOException {
    FlatSessions.write(in().resolve("arm"), 0.2, 0.6);
    image(in().resolve("leg.hdr"), 1);
    Path out = temporary.resolve("out");
    assertTrue(local(in(), out, WIENER).stream().allMatch(row -> row.state() == State.DONE));
    List<BatchResult> again = spark(in(), out, WIENER);
    assertTrue(again.stream().allMatch(row -> row.state() == State.DONE_BEFORE), again.toString());
  }

  @Test
  void aDamagedCubeIsKeptAsideAndMadeAgain() throws IOException {
    image(in().resolve("leg.hdr"), 1);
    Path out = temporary.resolve("out");
    BatchOptions envi = WIENER.withEnding(".hdr");
    local(in(), out, envi);
    Path data = out.resolve("leg-spectra.img");
    byte[] whole = Files.readAllBytes(data);
    for (int n = 1; n <= 2; n++) {
      Files.write(data, new byte[] {(byte) n});
      BatchResult row = spark(in(), out, envi).get(0);
      assertEquals(State.DONE, row.state(), row.message());
      assertTrue(row.message().contains("leg-spectra.img.changed-" + n), row.message());
      assertArrayEquals(whole, Files.readAllBytes(data));
      assertArrayEquals(
          new byte[] {(byte) n}, Files.readAllBytes(out.resolve("leg-spectra.img.changed-" + n)));
    }
  }

  @Test
  void aBadPictureIsNamedByItsPlaceAndTheOthersGoOn() throws IOException {
    image(in().resolve("good.tif"), 1);
    Files.writeString(in().resolve("bad.tif"), "no image");
    FlatSessions.withoutReferences(in().resolve("bare"), 0.2);
    Path out = temporary.resolve("out");
    Files.createDirectories(out);
    List<BatchResult> rows = spark(in(), out, WIENER);
    assertEquals(
        List.of(State.FAILED, State.FAILED, State.DONE),
        rows.stream().map(BatchResult::state).toList());
    String message = rows.get(0).message();
    assertTrue(message.contains(in().resolve("bad.tif").toUri().toString()), message);
    assertTrue(rows.get(1).message().contains("reference"), rows.get(1).message());
    assertEquals(Set.of("good-spectra.tif"), files(out));
  }

  @Test
  void aWeightsFileOfTheDriverIsSentToTheExecutors() throws IOException {
    image(in().resolve("arm.tif"), 1);
    Path weights = temporary.resolve("my model.safetensors");
    Models.weights(Models.WIENER).writeSafetensors(weights);
    BatchOptions options = WIENER.withModel(weights.toString());
    local(in(), temporary.resolve("local"), options);
    spark(in(), temporary.resolve("spark"), options);
    assertSameCubes(temporary.resolve("local"), temporary.resolve("spark"));
  }

  @Test
  void foldersThatOnlyTheClusterHasAreReadAndWritten() throws IOException {
    FlatSessions.write(in().resolve("day 1/arm"), 0.2, 0.6);
    Path calibrated = FlatSessions.write(in().resolve("day 1/leg"), 0.3);
    FlatSessions.calibrate(calibrated, 0);
    image(in().resolve("cheek.hdr"), 1);
    image(in().resolve("hand.tif"), 2);
    Files.writeString(in().resolve("notes.txt"), "none of ours");
    Path expected = temporary.resolve("local");
    local(in(), expected, WIENER);
    Path out = in().resolve("results");
    for (State state : List.of(State.DONE, State.DONE_BEFORE)) {
      List<BatchResult> rows =
          spark(
              LabFileSystem.SCHEME + "://" + in(),
              LabFileSystem.SCHEME + "://" + out,
              WIENER,
              "local[2]",
              result -> {},
              ProgressMonitor.NONE);
      assertEquals(
          List.of(state, state, state, state, state),
          rows.stream().map(BatchResult::state).toList(),
          rows.toString());
      assertSameCubes(expected, out);
      assertEquals(6, Files.readAllLines(out.resolve(BatchManifest.FILE)).size());
    }
    Files.createFile(out.resolve(".batch.lock"));
    String locked =
        assertThrows(
                SkinSpectraException.class,
                () ->
                    spark(
                        LabFileSystem.SCHEME + "://" + in(),
                        LabFileSystem.SCHEME + "://" + out,
                        WIENER,
                        "local[2]",
                        result -> {},
                        ProgressMonitor.NONE))
            .getMessage();
    assertTrue(locked.contains("Another batch") && locked.contains(".batch.lock"), locked);
  }

  @Test
  void aCancelKeepsWhatIsDone() {
    for (int i = 0; i < 60; i++) {
      image(in().resolve(i + ".tif"), i);
    }
    AtomicBoolean canceled = new AtomicBoolean();
    ProgressMonitor afterTheFirst =
        new ProgressMonitor() {
          @Override
          public void report(String step, long done, long total) {}

          @Override
          public boolean isCanceled() {
            return canceled.get();
          }
        };
    Path out = temporary.resolve("out");
    String message =
        assertThrows(
                CanceledException.class,
                () ->
                    spark(
                        in().toString(),
                        out.toString(),
                        WIENER,
                        "local[2]",
                        result -> canceled.set(true),
                        afterTheFirst))
            .getMessage();
    assertTrue(message.contains("cubes are done and stay"), message);
    assertTrue(files(out).size() < 60, "all were done in spite of the cancel");
    assertTrue(
        files(out).stream().allMatch(name -> name.endsWith("-spectra.tif")), "" + files(out));
  }

  @Test
  void aMasterThatIsNoneAndAFolderWithoutPicturesAreRefused() throws IOException {
    Files.createDirectories(in());
    String empty =
        assertThrows(
                SkinSpectraException.class, () -> spark(in(), temporary.resolve("out"), WIENER))
            .getMessage();
    assertTrue(empty.contains("no session and no image"), empty);
    image(in().resolve("arm.tif"), 1);
    String wrong =
        assertThrows(
                SkinSpectraException.class,
                () ->
                    spark(
                        in().toString(),
                        temporary.resolve("out").toString(),
                        WIENER,
                        "nowhere",
                        result -> {},
                        ProgressMonitor.NONE))
            .getMessage();
    assertTrue(wrong.contains("nowhere"), wrong);
  }
}
