package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.session.CaptureSession;
import org.skinspectra.session.FrameKind;
import org.skinspectra.session.StoredFrame;

/**
 * The verbs that take {@code --mm} and {@code --mm-config}, each in a program of its own, since a
 * program can load only one Micro-Manager. Folders have blanks in their names.
 */
abstract class MicroManagerVerbTests {

  private static final String CLI = "org.skinspectra.cli.SkinSpectraCli";
  private static final int PATIENCE_MINUTES = 3;

  @TempDir Path temporary;

  private Path folder;
  private Path rig;

  /** The folder of Micro-Manager. */
  abstract Path installed();

  /** The configuration of two cameras. */
  abstract Path configuration(Path folder);

  private record Outcome(int exitCode, String out, String err) {

    JsonObject json() {
      List<String> lines = out.lines().toList();
      return JsonParser.parseString(lines.get(lines.size() - 1)).getAsJsonObject();
    }
  }

  @BeforeEach
  void writeRig() throws IOException {
    installed();
    folder = Files.createDirectory(temporary.resolve("bench of the laboratory"));
    rig = write(MicroManagerStandIn.rgb(), MicroManagerStandIn.nir());
  }

  private Path write(RigStep... steps) {
    Path file = folder.resolve("two cameras.json");
    List<RigStep> all = new ArrayList<>();
    for (RigStep step : steps) {
      all.add(MicroManagerStandIn.withTimes(step, 5, 0, 10_000));
    }
    RigFiles.write(new Rig("Bench", "micro-manager", "generic-silicon-rgb-960", all), file);
    return file;
  }

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CLI));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "--mm",
            installed().toString(),
            "--mm-config",
            configuration(folder).toAbsolutePath().toString()));
    return new ProcessBuilder(command).directory(folder.toFile()).start();
  }

  private Outcome run(String... arguments) throws IOException, InterruptedException {
    File out = folder.resolve("out.txt").toFile();
    Process process = start(arguments);
    process.getOutputStream().close();
    List<String> errors = new ArrayList<>();
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader err = process.errorReader()) {
                err.lines().forEach(errors::add);
              } catch (IOException e) {
                errors.add(e.toString());
              }
            });
    reader.start();
    Files.copy(process.getInputStream(), out.toPath());
    assertTrue(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES), "the verb hangs");
    reader.join();
    String text = Files.readString(out.toPath());
    Files.delete(out.toPath());
    return new Outcome(process.exitValue(), text, String.join("\n", errors));
  }

  @Test
  void theRigIsCheckedAndItsDevicesAreListed() throws Exception {
    Outcome checked = run("rig", "check", rig.toString(), "--json");
    assertEquals(0, checked.exitCode(), checked.err());
    assertTrue(checked.out().contains("Cameras: RGBCam, NIRCam"), checked.out());
    JsonObject versions = checked.json().getAsJsonObject("versions");
    assertEquals("DemoCamera/DWheel", versions.get("Wheel").getAsString());
    assertEquals("DemoCamera/DCam", versions.get("NIRCam").getAsString());
    assertFalse(versions.has("Core"));
    assertTrue(versions.has("MMCore"));
    List<String> taken = new ArrayList<>();
    checked
        .json()
        .getAsJsonArray("steps")
        .forEach(
            step -> {
              JsonObject one = step.getAsJsonObject();
              taken.add(one.get("camera").getAsString() + " " + one.get("type").getAsString());
            });
    assertEquals(List.of("RGBCam 32bitRGB", "NIRCam 16bit"), taken);
  }

  @Test
  void referencesAndPicturesComeIntoASessionThatIsSound() throws Exception {
    Path session = folder.resolve("session 1");
    Outcome captured =
        run(
            "capture",
            "--rig",
            rig.toString(),
            "--session",
            "session 1",
            "--references",
            "--reference-frames",
            "2",
            "--yes",
            "--count",
            "3",
            "--json");
    assertEquals(0, captured.exitCode(), captured.err());
    assertTrue(captured.err().contains("Put the lid on the camera"), captured.err());
    assertEquals(6, captured.json().get("image_frames").getAsInt());
    CaptureSession stored = CaptureSession.open(session);
    assertTrue(stored.verify(ProgressMonitor.NONE).sound());
    assertEquals(6 + 8, stored.frames().size());
    for (StoredFrame frame : stored.frames()) {
      boolean colour = frame.channel().equals("RGB");
      assertEquals(colour ? "RGBCam" : "NIRCam", frame.camera());
      assertEquals(colour ? 8 : 12, frame.bits());
      assertEquals(5, frame.exposureMs(), 0.05);
    }
    assertEquals(3, stored.frames(FrameKind.IMAGE, "N960").size());
    String software = stored.uses().get(0).software().toString();
    assertTrue(software.contains("MMCore version"), software);
  }

  @Test
  void aPresetThatIsNotThereEndsInAMessageAndTheCaptureSaysWhatItKept() throws Exception {
    RigStep wrong = MicroManagerStandIn.nir();
    wrong =
        new RigStep(
            wrong.channel(),
            Optional.of(new ConfigPreset("Channel", "Infrared")),
            wrong.settings(),
            wrong.camera(),
            5,
            1,
            1,
            0,
            wrong.region(),
            1,
            10_000);
    rig = write(MicroManagerStandIn.rgb(), wrong);
    Outcome captured = run("capture", "--rig", rig.toString(), "--session", "s");
    assertEquals(1, captured.exitCode(), captured.out());
    assertTrue(captured.err().contains("Infrared"), captured.err());
    assertTrue(captured.err().contains("Name one that it has in the rig"), captured.err());
    assertTrue(captured.err().contains("the 1 frames that it had taken are in"), captured.err());
    assertEquals(1, CaptureSession.open(folder.resolve("s")).frames().size());
  }

  @Test
  void withNobodyToAnswerItSaysHowToDoWithout() throws Exception {
    Outcome asked = run("capture", "--rig", rig.toString(), "--session", "s", "--references");
    assertEquals(1, asked.exitCode(), asked.out());
    assertTrue(asked.err().contains("Use --yes"), asked.err());
  }

  @Test
  void anInterruptedCaptureKeepsWhatItHadTaken() throws Exception {
    Assumptions.assumeFalse(
        System.getProperty("os.name").startsWith("Windows"),
        "Windows ends a process without asking it.");
    Process process =
        start("capture", "--rig", rig.toString(), "--session", "s", "--count", "100000");
    Path frames = folder.resolve("s/frames");
    for (int i = 0; i < 3000 && (!Files.isDirectory(frames) || count(frames) < 4); i++) {
      Thread.sleep(20);
    }
    // Process.destroy would close the streams that are still to be read.
    process.toHandle().destroy();
    List<String> log;
    try (BufferedReader err = process.errorReader()) {
      log = err.lines().toList();
    }
    assertTrue(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES), "the verb hangs");
    assertEquals(128 + 15, process.exitValue(), String.join("\n", log));
    CaptureSession stored = CaptureSession.open(folder.resolve("s"));
    assertTrue(stored.verify(ProgressMonitor.NONE).sound());
    String kept = "the %d frames that it had taken are in".formatted(stored.frames().size());
    assertTrue(log.stream().anyMatch(line -> line.contains(kept)), kept + " in " + log);
  }

  private static long count(Path frames) throws IOException {
    try (var files = Files.list(frames)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).count();
    }
  }
}
