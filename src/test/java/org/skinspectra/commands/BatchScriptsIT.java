package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import ij.gui.Roi;
import ij.io.RoiEncoder;
import java.awt.GraphicsEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.script.ScriptInfo;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Masks;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.measure.RoiSpectrum;
import org.skinspectra.measure.SkinIndices;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.spectra.Wavelengths;

/** The scripts at work on folders, through ImageJ's interpreter and the commands, headless. */
class BatchScriptsIT {

  private static final Path SCRIPTS = Path.of("scripts");

  @TempDir Path folder;

  private final CommandRunner fiji = new CommandRunner();
  private List<String> failures;

  @BeforeEach
  void install() {
    failures = MenuCommand.install(fiji.context());
  }

  @AfterEach
  void close() {
    fiji.close();
  }

  private String run(String script, Map<String, Object> parameters) {
    return MenuCommand.runMacro(new MacroFile(fiji.context(), SCRIPTS.resolve(script)), parameters);
  }

  private Path made(String name) {
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An image of 10 x 9 pixels that gets lighter from left to right. */
  private static Msi msi(float dark) {
    float[] pixels = new float[10 * 9 * 4];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = dark + 0.02f * (i / 4 % 10) + 0.05f * (i % 4);
    }
    return new Msi(10, 9, 4, pixels);
  }

  private static SpectralCube cube(float dark) {
    try (Reconstructor wiener =
        Models.open(Models.WIENER, Optional.empty(), Device.AUTO, Precision.FLOAT32)) {
      return wiener.reconstruct(msi(dark), ProgressMonitor.NONE).cube();
    }
  }

  private static List<CSVRecord> rows(Path csv) throws IOException {
    try (CSVParser table =
        CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(Files.newBufferedReader(csv))) {
      return table.getRecords();
    }
  }

  private static List<String> files(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFolderOfImagesBecomesCubesPicturesAndATableInSpiteOfABadOne() throws IOException {
    Path images = made("images, 2 arms");
    CubeFiles.write(msi(0.2f), images.resolve("arm 1.tif"));
    CubeFiles.write(msi(0.3f), images.resolve("arm 3.hdr"));
    Files.writeString(images.resolve("arm 2.tif"), "no image");
    Files.writeString(images.resolve("notes.txt"), "left arm first");
    Path cubes = folder.resolve("cubes");
    Map<String, Object> parameters =
        Map.of("input_folder", images, "output_folder", cubes, "model", "wiener");

    run("Reconstruct_Folder.ijm", parameters);

    assertArrayEquals(
        cube(0.2f).planes(), CubeFiles.readCube(cubes.resolve("arm 1-cube.tif")).planes());
    assertArrayEquals(
        cube(0.3f).planes(), CubeFiles.readCube(cubes.resolve("arm 3-cube.tif")).planes());
    assertEquals(
        List.of(
            "arm 1-cube.tif",
            "arm 1-true-colour.png",
            "arm 3-cube.tif",
            "arm 3-true-colour.png",
            "reconstructed.csv"),
        files(cubes));
    assertEquals(
        List.of("reconstructed", "failed; the log says why", "reconstructed"),
        rows(cubes.resolve("reconstructed.csv")).stream().map(row -> row.get("Result")).toList());
    assertEquals(1, failures.size(), failures.toString());
    assertTrue(failures.get(0).contains("arm 2.tif"), failures.toString());

    FileTime before = Files.getLastModifiedTime(cubes.resolve("arm 1-cube.tif"));
    run("Reconstruct_Folder.ijm", parameters);
    assertEquals(before, Files.getLastModifiedTime(cubes.resolve("arm 1-cube.tif")));
    assertEquals(
        List.of("was there", "failed; the log says why", "was there"),
        rows(cubes.resolve("reconstructed.csv")).stream().map(row -> row.get("Result")).toList());
  }

  @Test
  void theRoisOfEveryCubeComeIntoOneTable() throws IOException {
    Path cubes = made("cubes");
    CubeFiles.write(cube(0.2f), cubes.resolve("arm-cube.tif"));
    CubeFiles.write(cube(0.3f), cubes.resolve("leg-cube.tif"));
    CubeFiles.write(cube(0.4f), cubes.resolve("toe-cube.tif"));
    Roi spot = new Roi(2, 3, 4, 2);
    spot.setName("spot");
    RoiEncoder.save(spot, cubes.resolve("arm-cube.roi").toString());
    RoiEncoder.save(spot, cubes.resolve("leg-cube.roi").toString());
    Files.writeString(cubes.resolve("bad.tif"), "no image");

    Path table = folder.resolve("spectra.csv");
    run("ROI_Spectra_Folder.ijm", Map.of("cubes", cubes, "output", table));

    List<CSVRecord> rows = rows(table);
    assertEquals(2, rows.size());
    List<Double> numbers = numbers(rows.get(0));
    double[] mean = RoiSpectrum.measure("spot", cube(0.2f), Masks.of(spot, 10, 9)).mean();
    for (int band = 0; band < mean.length; band++) {
      assertEquals(mean[band], numbers.get(2 + band), 1e-4);
    }
    assertTrue(rows.get(0).get(0).contains("arm"), rows.get(0).toString());
    assertTrue(rows.get(1).get(0).contains("leg"), rows.get(1).toString());
    assertEquals(List.of("cubes", "spectra.csv"), files(folder));
  }

  @Test
  void aSetOfTheRoiManagerIsMeasuredWhereThereIsADisplay() throws IOException {
    assumeFalse(GraphicsEnvironment.isHeadless(), "no display for the ROI Manager");
    Path cubes = made("cubes");
    CubeFiles.write(cube(0.2f), cubes.resolve("arm-cube.tif"));
    try (ZipOutputStream set =
        new ZipOutputStream(Files.newOutputStream(cubes.resolve("arm-cube.zip")))) {
      for (String name : List.of("left", "right")) {
        Roi roi = new Roi(name.equals("left") ? 0 : 5, 1, 5, 6);
        roi.setName(name);
        set.putNextEntry(new ZipEntry(name + ".roi"));
        set.write(RoiEncoder.saveAsByteArray(roi));
        set.closeEntry();
      }
    }
    Path table = folder.resolve("spectra.csv");
    run("ROI_Spectra_Folder.ijm", Map.of("cubes", cubes, "output", table));
    assertEquals(
        List.of("arm-cube.tif: left", "arm-cube.tif: right"),
        rows(table).stream().map(row -> row.get("Label")).toList());
    assertEquals(List.of("30", "30"), rows(table).stream().map(row -> row.get("n")).toList());
  }

  private static List<Double> numbers(CSVRecord row) {
    List<Double> numbers = new ArrayList<>();
    for (String value : row) {
      if (value.matches("[-0-9.eE]+")) {
        numbers.add(Double.valueOf(value));
      }
    }
    return numbers;
  }

  @Test
  void everyIndexOfEveryCubeHasAMapAndARow() throws IOException {
    Path cubes = made("cubes");
    CubeFiles.write(cube(0.2f), cubes.resolve("arm-cube.tif"));
    CubeFiles.write(cube(0.3f), cubes.resolve("leg-cube.tif"));
    Files.writeString(cubes.resolve("bad.tif"), "no image");
    RoiEncoder.save(new Roi(2, 3, 4, 2), cubes.resolve("arm-cube.roi").toString());
    Path maps = folder.resolve("maps");

    run("Skin_Indices_Folder.ijm", Map.of("cubes", cubes, "maps", maps));

    List<CSVRecord> rows = rows(maps.resolve("skin-indices.csv"));
    assertEquals(2 * SkinIndices.discover().all().size(), rows.size());
    assertEquals("8", rows.get(0).get("n"));
    assertTrue(rows.get(0).get("Label").startsWith("arm-cube"), rows.toString());
    assertEquals("90", rows.get(rows.size() - 1).get("n"));
    assertTrue(rows.get(0).get("Note").contains("not clinically validated"), rows.toString());
    assertEquals(
        List.of("arm-cube-indices.tif", "leg-cube-indices.tif", "skin-indices.csv"), files(maps));
  }

  @Test
  void everySessionIsCalibratedReconstructedAndSummed() throws Exception {
    Path sessions = made("sessions");
    menu("Connect Camera...", Map.of("rig", "demo-two-cameras"));
    menu("Take References...", Map.of("session", sessions.resolve("good").toFile()));
    menu("Capture...", Map.of("session", sessions.resolve("good").toFile()));
    menu("Capture...", Map.of("session", sessions.resolve("no references").toFile()));
    made("sessions/empty");
    Path output = folder.resolve("out");

    groovy("Sessions_Summary.groovy", sessions, output);
    List<CSVRecord> rows = rows(output.resolve("sessions.csv"));
    assertEquals(
        List.of("good", "no references"), rows.stream().map(row -> row.get("session")).toList());
    assertEquals("reconstructed", rows.get(0).get("result"));
    assertTrue(rows.get(1).get("result").startsWith("failed: "), rows.get(1).toString());
    SpectralCube cube = CubeFiles.readCube(output.resolve("good-cube.tif"));
    assertEquals(Wavelengths.VIS_NIR, cube.wavelengths());
    assertEquals(cube.width(), Integer.parseInt(rows.get(0).get("width")));
    assertEquals(List.of("good-cube.tif", "sessions.csv"), files(output));

    FileTime before = Files.getLastModifiedTime(output.resolve("good-cube.tif"));
    groovy("Sessions_Summary.groovy", sessions, output);
    Map<String, String> again = rows(output.resolve("sessions.csv")).get(0).toMap();
    Map<String, String> wanted = rows.get(0).toMap();
    assertEquals("was there", again.remove("result"));
    wanted.remove("result");
    // What was measured is in the summary of a later run too.
    assertEquals(wanted, again);
    assertEquals(before, Files.getLastModifiedTime(output.resolve("good-cube.tif")));
  }

  @Test
  void foldersWithoutAnythingToDoAndThoseThatCannotBeWrittenAreSaidToBeSo() throws IOException {
    Path empty = made("empty");
    Path out = folder.resolve("out");
    String said =
        printed(
            "Reconstruct_Folder.ijm",
            Map.of("input_folder", empty, "output_folder", out, "model", "wiener"));
    assertTrue(said.contains("There are no images"), said);
    assertEquals(List.of(), files(out));
    said = printed("Skin_Indices_Folder.ijm", Map.of("cubes", empty, "maps", out));
    assertTrue(said.contains("There are no cubes"), said);
    Exception none =
        assertThrows(
            FileNotFoundException.class, () -> groovy("Sessions_Summary.groovy", empty, out));
    assertTrue(none.getMessage().contains("no session in " + empty), none.getMessage());
    assertEquals(List.of(), files(out));

    Path images = made("images");
    CubeFiles.write(msi(0.2f), images.resolve("arm.tif"));
    // Nobody can write there, not even root.
    Path proc = Path.of("/proc");
    assumeTrue(Files.isDirectory(proc), "there is no folder that refuses files even from root");
    said =
        printed(
            "Reconstruct_Folder.ijm",
            Map.of("input_folder", images, "output_folder", proc, "model", "wiener"));
    assertTrue(said.contains("Cannot write into the folder /proc"), said);
    assertEquals(List.of(), failures);
  }

  /** What a macro that ends by itself says on the way. */
  private String printed(String script, Map<String, Object> parameters) {
    PrintStream before = System.out;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    System.setOut(new PrintStream(text, true, StandardCharsets.UTF_8));
    try {
      assertThrows(RuntimeException.class, () -> run(script, parameters));
    } finally {
      System.setOut(before);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private void menu(String entry, Map<String, Object> inputs) throws Exception {
    CommandModule module =
        fiji.context()
            .service(CommandService.class)
            .run(MenuCommand.entries(fiji.context()).get(entry), true, inputs)
            .get();
    assertFalse(module.isCanceled(), entry);
  }

  private void groovy(String script, Path sessions, Path output) throws IOException {
    ScriptInfo info = new ScriptInfo(fiji.context(), SCRIPTS.resolve(script).toFile());
    Map<String, Object> variables =
        Map.of(
            "sessions", sessions.toFile(),
            "output", output.toFile(),
            "model", "wiener",
            "device", "auto",
            "commands", fiji.context().service(CommandService.class));
    Binding binding = new Binding();
    info.inputs()
        .forEach(input -> binding.setVariable(input.getName(), variables.get(input.getName())));
    new GroovyShell(binding).evaluate(info.getProcessedScript());
  }

  @Test
  void theDemoGoesFromTheCameraToSpectra() {
    Path session = folder.resolve("session");
    MenuCommand.runMacro(
        new MacroFile(
            fiji.context(), Path.of("plugins/Skin_Spectra/Demo_From_Camera_to_Spectra.ijm")),
        Map.of("session", session));
    assertEquals(List.of(), failures);
    assertFalse(Files.notExists(session));
  }
}
