package org.skinspectra.session;

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
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.session.SessionBatch.State;

class SessionBatchTest {

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

  private List<SessionBatch.Row> run(ProgressMonitor progress) {
    return SessionBatch.run(in(), out(), wiener, Precision.FLOAT32, progress);
  }

  private List<SessionBatch.Row> run() {
    return run(ProgressMonitor.NONE);
  }

  private String refused() {
    return assertThrows(SkinSpectraException.class, this::run).getMessage();
  }

  private static List<State> states(List<SessionBatch.Row> rows) {
    return rows.stream().map(SessionBatch.Row::state).toList();
  }

  private static List<String> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
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
    List<SessionBatch.Row> rows = run();
    assertEquals(List.of(State.DONE, State.DONE, State.DONE), states(rows));
    assertEquals(
        List.of(
            "arm-t000-spectra.tif",
            "arm-t001-spectra.tif",
            "patient 7/visit 1/cheek-t000-spectra.tif"),
        files(out()));
    SpectralCube cube = CubeFiles.readCube(rows.get(2).output().orElseThrow());
    SessionImages pictures = SessionImages.of(CaptureSession.open(deep));
    SpectralCube expected =
        wiener.reconstruct(pictures.msi(0, ProgressMonitor.NONE), ProgressMonitor.NONE).cube();
    for (int band = 0; band < expected.bands(); band++) {
      assertArrayEquals(expected.plane(band), cube.plane(band));
    }
    assertEquals(pictures.origin(0), cube.provenance().get("source"));
    assertTrue(cube.provenance().get("seconds").matches("\\d+\\.\\d{3}"));
    SessionBatch.Made made = rows.get(2).made().orElseThrow();
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
    List<SessionBatch.Row> first = run();
    Files.delete(out().resolve("arm-t001-spectra.tif"));
    byte[] before = Files.readAllBytes(out().resolve("arm-t000-spectra.tif"));
    List<SessionBatch.Row> second = run();
    assertEquals(List.of(State.DONE_BEFORE, State.DONE), states(second));
    assertArrayEquals(before, Files.readAllBytes(out().resolve("arm-t000-spectra.tif")));
    assertEquals(
        first.get(0).made().orElseThrow().modelId(), second.get(0).made().orElseThrow().modelId());
  }

  @Test
  void aSessionThatWasCalibratedAnewIsNotTakenForDoneNorOverwritten() throws IOException {
    Path session = FlatSessions.write(in().resolve("arm"), 0.2);
    run();
    FlatSessions.calibrate(session, 0);
    byte[] before = Files.readAllBytes(out().resolve("arm-t000-spectra.tif"));
    SessionBatch.Row row = run().get(0);
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
    List<SessionBatch.Row> rows = run();
    assertEquals(
        List.of(State.FAILED, State.FAILED, State.FAILED, State.FAILED, State.DONE), states(rows));
    assertTrue(rows.get(0).message().contains("manifest.json"), rows.get(0).message());
    assertTrue(rows.get(1).message().contains("recover"), rows.get(1).message());
    SessionBatch.Row empty =
        rows.stream().filter(row -> row.session().equals("4 empty")).findFirst().orElseThrow();
    assertTrue(empty.message().contains("no pictures"), empty.message());
    SessionBatch.Row bare =
        rows.stream().filter(row -> row.session().equals("3 bare")).findFirst().orElseThrow();
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
            reports.addAndGet(step.startsWith("2 of 3") ? 1 : 0);
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
    assertTrue(empty.contains("no session") && empty.contains(in().toString()), empty);
    Files.delete(in().resolve("photos"));
    Files.delete(in());
    String missing = refused();
    assertTrue(missing.contains("no folder"), missing);
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
                    SessionBatch.run(
                        in(),
                        session.resolve("cubes"),
                        wiener,
                        Precision.FLOAT32,
                        ProgressMonitor.NONE))
            .getMessage();
    assertTrue(inside.contains("outside"), inside);
  }
}
