package org.skinspectra.batch;

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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.batch.BatchResult.Made;
import org.skinspectra.batch.BatchResult.State;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.session.CaptureSession;
import org.skinspectra.session.FlatSessions;
import org.skinspectra.session.SessionImages;
import org.skinspectra.spectra.Wavelengths;

class ReconstructionBatchTest {

  private static final BatchOptions OPTIONS =
      BatchOptions.of(Models.WIENER, Device.CPU, Precision.FLOAT32);

  @TempDir private Path temporary;

  private final Reconstructor wiener =
      Models.open(Models.WIENER, Optional.empty(), Device.CPU, Precision.FLOAT32);

  @AfterEach
  void close() {
    wiener.close();
  }

  private Path in() {
    return temporary.resolve("in");
  }

  private Path out() {
    return temporary.resolve("out");
  }

  private List<BatchResult> run(ProgressMonitor progress) {
    return run(1, OPTIONS, progress, in());
  }

  private List<BatchResult> run(
      int threads, BatchOptions options, ProgressMonitor progress, Path... inputs) {
    return ReconstructionBatch.of(List.of(inputs), out(), options)
        .run(new LocalThreads(wiener, threads, out()), progress);
  }

  private List<BatchResult> run() {
    return run(ProgressMonitor.NONE);
  }

  private String refused() {
    return assertThrows(SkinSpectraException.class, this::run).getMessage();
  }

  private static List<State> states(List<BatchResult> rows) {
    return rows.stream().map(BatchResult::state).toList();
  }

  private static List<String> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(name -> !name.equals(BatchManifest.FILE))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyPictureOfEverySessionBecomesACube() {
    FlatSessions.write(in().resolve("arm"), 0.2, 0.6);
    Path deep = FlatSessions.write(in().resolve("patient 7/visit 1/cheek"), 0.4);
    List<BatchResult> rows = run();
    assertEquals(List.of(State.DONE, State.DONE, State.DONE), states(rows));
    assertEquals(
        List.of(
            "arm-t000-spectra.tif",
            "arm-t001-spectra.tif",
            "patient 7/visit 1/cheek-t000-spectra.tif"),
        files(out()));
    SpectralCube cube = CubeFiles.readCube(out().resolve(rows.get(2).output()));
    SessionImages pictures = SessionImages.of(CaptureSession.open(deep));
    SpectralCube expected =
        wiener.reconstruct(pictures.msi(0, ProgressMonitor.NONE), ProgressMonitor.NONE).cube();
    for (int band = 0; band < expected.bands(); band++) {
      assertArrayEquals(expected.plane(band), cube.plane(band));
    }
    assertEquals(pictures.origin(0), cube.provenance().get("source"));
    assertFalse(cube.provenance().containsKey("seconds"), "another in every run");
    assertTrue(rows.get(2).made().seconds() > 0);
    Made made = rows.get(2).made();
    assertEquals(FlatSessions.WIDTH, made.width());
    assertEquals(wiener.model().id(), made.modelId());
  }

  @Test
  void oneSessionIsEnough() {
    FlatSessions.write(in(), 0.2);
    run();
    assertEquals(List.of("in-t000-spectra.tif"), files(out()));
  }

  @Test
  void whatIsDoneIsNotDoneAgainAndTheRestIs() throws IOException {
    FlatSessions.write(in().resolve("arm"), 0.2, 0.6);
    List<BatchResult> first = run();
    Files.delete(out().resolve("arm-t001-spectra.tif"));
    byte[] before = Files.readAllBytes(out().resolve("arm-t000-spectra.tif"));
    List<BatchResult> second = run();
    assertEquals(List.of(State.DONE_BEFORE, State.DONE), states(second));
    assertArrayEquals(before, Files.readAllBytes(out().resolve("arm-t000-spectra.tif")));
    assertEquals(first.get(0).made(), second.get(0).made());
  }

  @Test
  void aSessionThatWasCalibratedAnewIsNotTakenForDoneNorOverwritten() throws IOException {
    Path session = FlatSessions.write(in().resolve("arm"), 0.2);
    run();
    FlatSessions.calibrate(session, 0);
    byte[] before = Files.readAllBytes(out().resolve("arm-t000-spectra.tif"));
    BatchResult row = run().get(0);
    assertEquals(State.FAILED, row.state());
    assertTrue(row.message().contains("another image, model or precision"), row.message());
    assertArrayEquals(before, Files.readAllBytes(out().resolve("arm-t000-spectra.tif")));
  }

  @Test
  void badSessionsAreListedWithTheReasonAndTheOthersGoOn() throws IOException {
    Path damaged = FlatSessions.write(in().resolve("1 damaged"), 0.2);
    Files.writeString(damaged.resolve("manifest.json"), "{");
    Path lost = FlatSessions.write(in().resolve("2 lost"), 0.2);
    Files.delete(lost.resolve("manifest.json"));
    FlatSessions.withoutReferences(in().resolve("3 bare"), 0.2);
    FlatSessions.write(in().resolve("4 empty"));
    FlatSessions.write(in().resolve("5 sound"), 0.2);
    List<BatchResult> rows = run();
    assertEquals(
        List.of(State.FAILED, State.FAILED, State.FAILED, State.FAILED, State.DONE), states(rows));
    assertTrue(rows.get(0).message().contains("manifest.json"), rows.get(0).message());
    assertTrue(rows.get(1).message().contains("recover"), rows.get(1).message());
    BatchResult empty =
        rows.stream().filter(row -> row.input().equals("4 empty")).findFirst().orElseThrow();
    assertTrue(empty.message().contains("no pictures"), empty.message());
    BatchResult bare =
        rows.stream().filter(row -> row.input().equals("3 bare")).findFirst().orElseThrow();
    assertTrue(bare.message().contains("reference"), bare.message());
    assertEquals(List.of("5 sound-t000-spectra.tif"), files(out()));
  }

  @Test
  void aCancelKeepsWholeCubesAndSaysHowMany() {
    FlatSessions.write(in().resolve("arm"), 0.2, 0.6, 0.4);
    AtomicInteger reports = new AtomicInteger();
    ProgressMonitor untilTheSecond =
        new ProgressMonitor() {
          @Override
          public void report(String step, long done, long total) {
            reports.addAndGet(step.startsWith("1 of 3") ? 1 : 0);
          }

          @Override
          public boolean isCanceled() {
            return reports.get() > 0;
          }
        };
    String message = assertThrows(CanceledException.class, () -> run(untilTheSecond)).getMessage();
    assertTrue(message.contains("1 cubes are done and stay"), message);
    assertEquals(List.of("arm-t000-spectra.tif"), files(out()));
    assertEquals(List.of(State.DONE_BEFORE, State.DONE, State.DONE), states(run()));
  }

  @Test
  void aFolderWithoutSessionsAndNoFolderAreRefused() throws IOException {
    Files.createDirectories(in().resolve("photos"));
    String empty = refused();
    assertTrue(empty.contains("no session and no image") && empty.contains(in().toString()), empty);
    Files.delete(in().resolve("photos"));
    Files.delete(in());
    String missing = refused();
    assertTrue(missing.contains("no file or folder"), missing);
    assertFalse(Files.exists(out()));
  }

  @Test
  void aFolderThatMayNotBeWrittenToIsRefusedBeforeTheWork() throws IOException {
    FlatSessions.write(in().resolve("arm"), 0.2);
    Files.createDirectories(out());
    assumeTrue(
        out().toFile().setWritable(false) && !Files.isWritable(out()),
        "this user may write everywhere");
    try {
      String message = refused();
      assertTrue(message.contains(out().toString()) && message.contains("written"), message);
    } finally {
      out().toFile().setWritable(true);
    }
  }

  @Test
  void aFileInPlaceOfTheFolderAndAFolderInASessionAreRefused() throws IOException {
    Path session = FlatSessions.write(in().resolve("arm"), 0.2);
    Files.writeString(out(), "a file");
    String file = refused();
    assertTrue(file.contains("is a file"), file);
    String inside =
        assertThrows(
                SkinSpectraException.class,
                () ->
                    ReconstructionBatch.of(List.of(in()), session.resolve("cubes"), OPTIONS)
                        .check(false))
            .getMessage();
    assertTrue(inside.contains("outside"), inside);
  }

  // -- Images --

  private static Path image(Path file, int channels, float value) {
    float[] pixels = new float[12 * 10 * channels];
    Arrays.fill(pixels, value);
    CubeFiles.write(new Msi(12, 10, channels, pixels), file);
    return file;
  }

  @Test
  void imagesBecomeCubesInTheSameSubfoldersAndOtherFilesAreNoReasonToStop() throws IOException {
    image(in().resolve("day 1/arm.tif"), 4, 0.3f);
    image(in().resolve("day 1/leg.hdr"), 4, 0.4f);
    FlatSessions.write(in().resolve("day 2/cheek"), 0.2);
    Files.writeString(in().resolve("notes.txt"), "none of ours");
    Files.writeString(in().resolve("broken.tif"), "no image");
    image(in().resolve("grey.tif"), 3, 0.4f);
    run(1, OPTIONS, ProgressMonitor.NONE, image(temporary.resolve("other.tif"), 4, 0.5f));
    Files.move(out().resolve("other-spectra.tif"), in().resolve("a cube.tif"));
    List<BatchResult> rows = run();
    assertEquals(
        List.of(
            "a cube.tif left out",
            "broken.tif failed",
            "day 1/arm.tif done",
            "day 1/leg.hdr done",
            "day 2/cheek done",
            "grey.tif failed"),
        rows.stream().map(row -> row.input() + " " + row.state().key()).toList());
    assertTrue(rows.get(0).message().contains("61 bands"), rows.get(0).message());
    assertTrue(rows.get(1).message().contains("broken.tif"), rows.get(1).message());
    assertTrue(rows.get(5).message().contains("channel"), rows.get(5).message());
    assertEquals(
        List.of("day 1/arm-spectra.tif", "day 1/leg-spectra.tif", "day 2/cheek-t000-spectra.tif"),
        files(out()));
    SpectralCube cube = CubeFiles.readCube(out().resolve("day 1/arm-spectra.tif"));
    String source = cube.provenance().get("source");
    assertTrue(source.matches("arm\\.tif, SHA-256 [0-9a-f]{64}"), source);
  }

  @Test
  void anImageThatIsNamedMustBeOne() {
    Path cube = temporary.resolve("cube.hdr");
    CubeFiles.write(SpectralCube.ofPlanes(2, 2, Wavelengths.of(400, 500), new float[2][4]), cube);
    BatchResult row = run(1, OPTIONS, ProgressMonitor.NONE, cube).get(0);
    assertEquals(State.FAILED, row.state());
    assertTrue(row.message().contains("2 bands"), row.message());
  }

  @Test
  void twoImagesThatWouldBecomeOneCubeAreToldApart() {
    image(in().resolve("arm.hdr"), 4, 0.3f);
    image(in().resolve("arm.tif"), 4, 0.4f);
    List<BatchResult> rows = run();
    assertEquals(List.of(State.FAILED, State.DONE), states(rows));
    assertEquals("arm.tif", rows.get(0).input());
    assertTrue(rows.get(0).message().contains("arm.hdr"), rows.get(0).message());
  }

  @Test
  void anInputThatIsNamedTwiceIsDoneOnce() {
    Path image = image(in().resolve("arm.tif"), 4, 0.3f);
    assertEquals(List.of(State.DONE), states(run(2, OPTIONS, ProgressMonitor.NONE, image, image)));
  }

  @Test
  void resultsInsideTheInputAreNoInputsAndBesideThemAreRefused() {
    image(in().resolve("arm.tif"), 4, 0.3f);
    Path inside = in().resolve("cubes");
    for (State expected : List.of(State.DONE, State.DONE_BEFORE)) {
      List<BatchResult> rows =
          ReconstructionBatch.of(List.of(in()), inside, OPTIONS)
              .run(new LocalThreads(wiener, 1, inside), ProgressMonitor.NONE);
      assertEquals(List.of(expected), states(rows));
    }
    ReconstructionBatch beside = ReconstructionBatch.of(List.of(in()), in(), OPTIONS);
    String message =
        assertThrows(SkinSpectraException.class, () -> beside.check(false)).getMessage();
    assertTrue(message.contains("among the images"), message);
  }

  // -- Bytes --

  @Test
  void cubesAreTheSameBytesByOneThreadAndByMany() throws IOException {
    for (int i = 0; i < 3; i++) {
      FlatSessions.write(in().resolve("s" + i), 0.1 + 0.2 * i, 0.9 - 0.1 * i);
      image(in().resolve("i" + i + ".tif"), 4, 0.1f * i);
    }
    for (String ending : List.of(".tif", ".hdr")) {
      run(1, OPTIONS.withEnding(ending), ProgressMonitor.NONE, in());
      Path one = Files.move(out(), temporary.resolve("one" + ending));
      run(5, OPTIONS.withEnding(ending), ProgressMonitor.NONE, in());
      assertEquals(files(one), files(out()));
      assertEquals(ending.equals(".tif") ? 9 : 18, files(one).size());
      for (String file : files(one)) {
        assertArrayEquals(
            Files.readAllBytes(one.resolve(file)), Files.readAllBytes(out().resolve(file)), file);
      }
      Files.move(out(), temporary.resolve("many" + ending));
    }
  }

  // -- Restart --

  @Test
  void aDamagedCubeIsKeptAsideAndMadeAgain() throws IOException {
    for (String ending : List.of(".tif", ".hdr")) {
      BatchOptions options = OPTIONS.withEnding(ending);
      image(in().resolve("arm.tif"), 4, 0.3f);
      run(1, options, ProgressMonitor.NONE, in());
      Path file = out().resolve(ending.equals(".tif") ? "arm-spectra.tif" : "arm-spectra.img");
      byte[] whole = Files.readAllBytes(file);
      byte[] damaged = whole.clone();
      damaged[damaged.length - 1] ^= 1;
      Files.write(file, damaged);
      BatchResult row = run(1, options, ProgressMonitor.NONE, in()).get(0);
      assertEquals(State.DONE, row.state(), row.message());
      assertTrue(row.message().contains(file.getFileName() + ".changed-1"), row.message());
      assertArrayEquals(whole, Files.readAllBytes(file));
      assertArrayEquals(
          damaged, Files.readAllBytes(file.resolveSibling(file.getFileName() + ".changed-1")));
      assertEquals(List.of(State.DONE_BEFORE), states(run(1, options, ProgressMonitor.NONE, in())));
    }
  }

  @Test
  void anImageThatWasChangedIsNotTakenForDoneNorItsCubeOverwritten() throws IOException {
    image(in().resolve("arm.tif"), 4, 0.3f);
    run();
    byte[] before = Files.readAllBytes(out().resolve("arm-spectra.tif"));
    image(in().resolve("arm.tif"), 4, 0.31f);
    BatchResult row = run().get(0);
    assertEquals(State.FAILED, row.state());
    assertTrue(row.message().contains("another image, model or precision"), row.message());
    assertArrayEquals(before, Files.readAllBytes(out().resolve("arm-spectra.tif")));
    // As it was again, the earlier cube counts: a failure does not make it forgotten.
    image(in().resolve("arm.tif"), 4, 0.3f);
    assertEquals(List.of(State.DONE_BEFORE), states(run()));
  }

  @Test
  void whatFailedIsTriedAgain() throws IOException {
    Path session = FlatSessions.write(in().resolve("arm"), 0.2);
    String manifest = Files.readString(session.resolve("manifest.json"));
    Files.writeString(session.resolve("manifest.json"), "{");
    assertEquals(List.of(State.FAILED), states(run()));
    Files.writeString(session.resolve("manifest.json"), manifest);
    assertEquals(List.of(State.DONE), states(run()));
  }

  @Test
  void aCubeThatTheManifestLostIsFoundByWhatItSays() throws IOException {
    image(in().resolve("arm.tif"), 4, 0.3f);
    run();
    Files.delete(out().resolve(BatchManifest.FILE));
    BatchResult row = run().get(0);
    assertEquals(State.DONE_BEFORE, row.state(), row.message());
    assertEquals(1, row.files().size());
    assertTrue(Double.isNaN(row.made().seconds()));
    assertEquals(List.of(State.DONE_BEFORE), states(run()));
    assertEquals(2, Files.readAllLines(out().resolve(BatchManifest.FILE)).size());
  }

  @Test
  void filesOfOthersAreNotOverwritten() throws IOException {
    image(in().resolve("arm.tif"), 4, 0.3f);
    for (String name : List.of("arm-spectra.tif", "arm-spectra.img")) {
      Files.createDirectories(out());
      Files.writeString(out().resolve(name), "somebody's");
      BatchOptions options = OPTIONS.withEnding(name.endsWith(".tif") ? ".tif" : ".hdr");
      BatchResult row = run(1, options, ProgressMonitor.NONE, in()).get(0);
      assertEquals(State.FAILED, row.state());
      assertEquals("somebody's", Files.readString(out().resolve(name)));
    }
  }

  @Test
  void aSecondBatchIntoTheSameFolderIsRefusedByName() {
    image(in().resolve("arm.tif"), 4, 0.3f);
    try (BatchManifest first = BatchManifest.open(out())) {
      String message = refused();
      assertTrue(message.contains("Another batch") && message.contains(out().toString()), message);
    }
    assertEquals(List.of(State.DONE), states(run()));
  }
}
