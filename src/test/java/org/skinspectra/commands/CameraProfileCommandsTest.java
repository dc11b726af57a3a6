package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.ImagePlus;
import ij.gui.Plot;
import ij.measure.ResultsTable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.CameraProfileFiles;
import org.skinspectra.profile.CameraProfiles;
import org.skinspectra.report.ProfileMaps;
import org.skinspectra.spectra.Wavelengths;

class CameraProfileCommandsTest {

  private final CommandRunner fiji = new CommandRunner();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    fiji.close();
  }

  private Path sensitivities() throws IOException {
    StringBuilder csv = new StringBuilder("nm,R,G,B\n");
    for (int nm = 400; nm <= 700; nm += 10) {
      csv.append("%d,%s,%s,%s\n".formatted(nm, bell(nm, 610), bell(nm, 540), bell(nm, 460)));
    }
    return Files.writeString(folder.resolve("my camera.csv"), csv);
  }

  private static double bell(double nm, double centre) {
    return Math.exp(-Math.pow((nm - centre) / 40, 2));
  }

  @Test
  void aProfileIsShownWithItsResponsesLightAndResiduals() {
    CommandModule module =
        fiji.run(ShowCameraProfile.class, Map.of("profile", "generic-silicon-rgb-960"));
    CameraProfile profile = CameraProfiles.named("generic-silicon-rgb-960");
    ResultsTable maps = (ResultsTable) module.getOutput("maps");
    ProfileMaps expected = ProfileMaps.of(profile);
    for (int i = 0; i < expected.maps().size(); i++) {
      assertEquals(
          expected.maps().get(i).residualRms(), maps.getValue("Residual (reflectance)", i));
      assertEquals(expected.maps().get(i).conditionNumber(), maps.getValue("Condition number", i));
    }
    ResultsTable responses = (ResultsTable) module.getOutput("responses");
    double[] green = profile.effectiveResponses(Wavelengths.VIS_NIR).column("G");
    assertEquals(green[15], responses.getValue("G (share)", 15));
    assertEquals("550 nm", responses.getLabel(15));
    Plot plot = (Plot) ((ImagePlus) module.getOutput("plot")).getProperty(Plot.PROPERTY_KEY);
    assertEquals("Wavelength (nm)", plot.getLabel('x'));
    String summary = (String) module.getOutput("summary");
    assertTrue(summary.contains("light " + profile.light().name()), summary);
    assertTrue(summary.contains("id " + profile.id()), summary);
  }

  @Test
  void everyShippedProfileIsOfferedAndCanBeShown() {
    List<?> choices =
        fiji.context()
            .service(CommandService.class)
            .getCommand(ShowCameraProfile.class)
            .getInput("profile")
            .getChoices();
    assertEquals(Set.copyOf(CameraProfiles.names()), Set.copyOf(choices));
    for (String name : CameraProfiles.names()) {
      assertFalse(fiji.run(ShowCameraProfile.class, Map.of("profile", name)).isCanceled(), name);
    }
    assertFalse(fiji.run(ShowCameraProfile.class, Map.of()).isCanceled());
  }

  @Test
  void anImportedProfileIsWrittenAndCanBeShown() throws IOException {
    Path file = folder.resolve("profiles/mine.json");
    String summary =
        fiji.output(
            "summary",
            String.class,
            ImportCameraProfile.class,
            Map.of(
                "file",
                sensitivities().toFile(),
                "output",
                file.toFile(),
                "illuminant",
                "A",
                "bits",
                10,
                "bayer",
                "GRBG",
                "author",
                "me"));
    CameraProfile profile = CameraProfileFiles.read(file);
    assertEquals("A", profile.light().name());
    assertEquals(10, profile.rgb().bits());
    assertEquals("me", profile.origin().author());
    assertTrue(summary.contains("Warning: 960 nm was not measured"), summary);
    assertTrue(summary.contains("mosaic GRBG"), summary);
    assertFalse(fiji.run(ShowCameraProfile.class, Map.of("file", file.toFile())).isCanceled());
  }

  @Test
  void anOldMacroThatGivesTheFileAloneLooksAtItAndWritesNothing() throws IOException {
    Path file = sensitivities();
    ResultsTable maps =
        fiji.output(
            "maps", ResultsTable.class, ImportCameraProfile.class, Map.of("file", file.toFile()));
    assertEquals(2, maps.size());
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void theFilterIsTheOneThatIsStated() throws IOException {
    String summary =
        fiji.output(
            "summary",
            String.class,
            ImportCameraProfile.class,
            Map.of(
                "file",
                sensitivities().toFile(),
                "filter",
                true,
                "filter_centre",
                950.0,
                "filter_width",
                25.0));
    assertTrue(summary.contains("filter 950 nm, width 25 nm"), summary);
  }

  @Test
  void theFileOfTheSensitivitiesIsNeverWrittenOver() throws IOException {
    Path file = sensitivities();
    byte[] before = Files.readAllBytes(file);
    String message =
        fiji.failure(
            ImportCameraProfile.class,
            Map.of(
                "file",
                file.toFile(),
                "output",
                file.resolveSibling("../" + folder.getFileName())
                    .resolve(file.getFileName())
                    .toFile()));
    assertTrue(message.contains("is the file that is read"), message);
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void whatCannotBeImportedIsRefusedAndNothingIsWritten() throws IOException {
    Path output = folder.resolve("mine.json");
    Map<String, Object> good = Map.of("file", sensitivities().toFile(), "output", output.toFile());
    Map<String, Map<String, Object>> bad =
        Map.of(
            "There is no file", Map.of("file", folder.resolve("none.csv").toFile()),
            "moonlight", Map.of("illuminant", "moonlight"),
            "fwhmNm", Map.of("filter", true, "filter_width", -3.0),
            "XTRANS", Map.of("bayer", "XTRANS"),
            "bits", Map.of("bits", 99),
            "is no CSV", Map.of("file", notSensitivities().toFile()));
    bad.forEach(
        (expected, inputs) -> {
          Map<String, Object> all = new HashMap<>(good);
          all.putAll(inputs);
          String message = fiji.failure(ImportCameraProfile.class, all);
          assertTrue(
              expected.equals("is no CSV") ? message.contains("notes") : message.contains(expected),
              message);
          assertFalse(Files.exists(output), expected);
        });
  }

  private Path notSensitivities() throws IOException {
    return Files.writeString(folder.resolve("notes.csv"), "dear diary,\nit rained\n");
  }

  @Test
  void emptyKeysForFilesShowTheShippedProfileAndAskForTheSensitivities() {
    fiji.output("plot", ImagePlus.class, ShowCameraProfile.class, Map.of("file", new File("")));
    String message = fiji.failure(ImportCameraProfile.class, Map.of("file", new File("")));
    assertTrue(message.contains("Give the file"), message);
  }

  @Test
  void aProfileThatIsNotThereIsRefusedWithThoseThatAre() {
    String message = fiji.failure(ShowCameraProfile.class, Map.of("profile", "my-camera"));
    assertTrue(message.contains("demo-camera"), message);
    assertTrue(
        fiji.failure(ShowCameraProfile.class, Map.of("file", folder.resolve("none.json").toFile()))
            .contains("none.json"));
  }

  @Test
  @Timeout(60)
  void aCancelDoesNotWaitForAFileThatDoesNotAnswer() throws Exception {
    // A pipe that nobody writes to, as a file of a network that is gone.
    Path pipe = folder.resolve("camera.csv");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "there is no mkfifo here");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    AtomicLong at = new AtomicLong();
    TaskSteps.onEach(
        fiji,
        (task, step) -> {
          if (at.compareAndSet(0, System.nanoTime())) {
            task.cancel("enough");
          }
        });
    Path written = folder.resolve("mine.json");
    String message =
        fiji.failure(
            ImportCameraProfile.class, Map.of("file", pipe.toFile(), "output", written.toFile()));
    long afterwards = System.nanoTime() - at.get();
    assertTrue(message.contains("The import was canceled; nothing was written"), message);
    assertTrue(afterwards < TimeUnit.SECONDS.toNanos(2), afterwards + " ns");
    // The file answers at last; nobody waits for it any more.
    Files.write(pipe, Files.readAllBytes(sensitivities()), StandardOpenOption.WRITE);
    assertFalse(Files.exists(written));
  }
}
