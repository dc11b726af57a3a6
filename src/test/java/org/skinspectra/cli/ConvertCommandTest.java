package org.skinspectra.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.FloatProcessor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.spectra.Wavelengths;
import picocli.CommandLine;

class ConvertCommandTest {

  @TempDir private Path folder;

  private record Outcome(int exitCode, String out, String err) {

    JsonObject json() {
      return JsonParser.parseString(out.lines().reduce((first, last) -> last).orElse(""))
          .getAsJsonObject();
    }
  }

  private static Outcome run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = SkinSpectraCli.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = line.execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    return new Outcome(code, out.toString(), err.toString());
  }

  /** Values 0, 0.25, 0.5 and so on of a cube of 2x2 pixels. */
  private Path cube(String name) {
    SpectralCube cube = SpectralCube.zeros(2, 2, Wavelengths.range(400, 100, 600));
    for (int i = 0; i < 12; i++) {
      cube.plane(i / 4)[i % 4] = i / 4f;
    }
    Path file = folder.resolve(name);
    CubeFiles.write(cube.withProvenance(Map.of("model", "none")), file);
    return file;
  }

  @Test
  void aFileIsConvertedAndTheScaleOfIntegersIsStated() {
    Path to = folder.resolve("b.hdr");
    Outcome outcome =
        run("convert", cube("a.tif"), to, "--sample", "uint16", "--range", "400:500", "--json");
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(outcome.out().contains("uint16, scale 10000"), outcome.out());
    JsonObject converted = outcome.json().getAsJsonArray("converted").get(0).getAsJsonObject();
    assertEquals(10_000, converted.get("scale").getAsDouble());
    assertEquals("400,500", converted.get("wavelengths").getAsString());
    SpectralCube back = CubeFiles.readCube(to);
    assertArrayEquals(new float[] {1, 1.25f, 1.5f, 1.75f}, back.plane(1));
    assertEquals("none", back.provenance().get("model"));
  }

  @Test
  void valuesThatDoNotFitAreRefusedOrClippedAndCounted() {
    Path from = cube("a.tif");
    Path to = folder.resolve("b.hdr");
    Outcome refused = run("convert", from, to, "--sample", "uint8");
    assertEquals(1, refused.exitCode());
    assertTrue(refused.err().contains("--clip"), refused.err());
    assertFalse(Files.exists(to));
    Outcome clipped = run("convert", from, to, "--sample", "uint8", "--clip", "--json");
    JsonObject converted = clipped.json().getAsJsonArray("converted").get(0).getAsJsonObject();
    assertEquals(7, converted.get("clipped").getAsInt());
  }

  @Test
  void severalFilesGoIntoAFolderAndADamagedOneStopsNoOther() throws IOException {
    Path damaged = Files.writeString(folder.resolve("b.tif"), "II*");
    Path out = folder.resolve("out");
    Outcome outcome =
        run(
            "convert",
            cube("a.tif"),
            damaged,
            cube("c.tif"),
            "--to",
            out,
            "--format",
            ".hdr",
            "--json");
    assertEquals(1, outcome.exitCode());
    assertEquals(2, outcome.json().getAsJsonArray("converted").size());
    assertEquals(1, outcome.json().getAsJsonArray("failed").size());
    assertTrue(outcome.out().contains("1 of 3 files failed."), outcome.out());
    assertTrue(outcome.err().contains(damaged.toString()), outcome.err());
    assertArrayEquals(
        CubeFiles.readCube(folder.resolve("c.tif")).planes(),
        CubeFiles.readCube(out.resolve("c.hdr")).planes());
  }

  @Test
  void aResultThatIsThereStopsAllBeforeTheFirst() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.writeString(out.resolve("c.hdr"), "somebody's");
    Outcome outcome = run("convert", cube("a.tif"), cube("c.tif"), "--to", out, "--format", "ENVI");
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().contains("c.hdr already"), outcome.err());
    assertFalse(Files.exists(out.resolve("a.hdr")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.tif",
        "a.tif b.tif c.hdr",
        "a.tif b.hdr --format .tif",
        "a.tif --to out",
        "--to out --format .hdr",
        "a.tif b.hdr --sample int12",
        "a.tif b.hdr --sample uint8 --scale -3",
        "a.tif b.hdr --interleave bbq",
        "a.tif b.hdr --range 5",
        "a.tif b.hdr --region 0,0,1",
        "a.tif b.hdr --bands 400 --range 400:500",
        "a.tif b.hdr --image one"
      })
  void wrongUseIsRefusedWithWhereHelpIs(String arguments) {
    Object[] all = ("convert " + arguments).trim().split(" ");
    Outcome outcome = run(all);
    assertEquals(2, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().contains("'skin-spectra help convert' shows"), outcome.err());
    assertEquals("", outcome.out());
  }

  @Test
  void whatAFormatCannotDoIsRefusedByName() {
    Outcome outcome = run("convert", cube("a.hdr"), folder.resolve("b.tif"), "--sample", "float64");
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().contains("not written with float64 samples"), outcome.err());
    outcome = run("convert", folder.resolve("a.hdr"), folder.resolve("b.doc"));
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().contains("Give it one of these endings"), outcome.err());
  }

  @Test
  void formatsAreListedWithWhatTheyCan() {
    Outcome outcome = run("convert", "--formats");
    assertEquals(0, outcome.exitCode(), outcome.err());
    for (String word : new String[] {"ENVI", ".hdr", "ImageJ TIFF", ".mat", "float32"}) {
      assertTrue(outcome.out().contains(word), outcome.out());
    }
  }

  @Test
  void infoListsTheImagesOfAFileThatHoldsSeveral() {
    ImageStack stack = new ImageStack(2, 2);
    for (int i = 0; i < 6; i++) {
      stack.addSlice(new FloatProcessor(2, 2));
    }
    ImagePlus times = new ImagePlus("times", stack);
    times.setDimensions(3, 1, 2);
    times.setOpenAsHyperStack(true);
    Path file = folder.resolve("times.tif");
    assertTrue(new FileSaver(times).saveAsTiffStack(file.toString()));

    Outcome outcome = run("info", file, "--json");
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(outcome.out().contains("2; --image N shows one of them"), outcome.out());
    JsonObject described = outcome.json().getAsJsonArray("files").get(0).getAsJsonObject();
    assertEquals(2, described.getAsJsonArray("images").size());

    Outcome second = run("info", file, "--image", "2", "--json");
    assertEquals(
        3, second.json().getAsJsonArray("files").get(0).getAsJsonObject().get("bands").getAsInt());
    assertEquals(1, run("info", file, "--image", "3").exitCode());
  }

  @Test
  void infoShowsWhatAFileSaysOfItself() throws IOException {
    Outcome outcome = run("info", cube("a.hdr"), "--json");
    assertEquals(0, outcome.exitCode(), outcome.err());
    for (String line : new String[] {"2x2", "400:100:600", "ENVI", "model             none"}) {
      assertTrue(outcome.out().contains(line), outcome.out());
    }
    JsonObject file = outcome.json().getAsJsonArray("files").get(0).getAsJsonObject();
    assertEquals(3, file.get("bands").getAsInt());
    assertEquals("none", file.getAsJsonObject("provenance").get("model").getAsString());
    Path damaged = Files.writeString(folder.resolve("d.tif"), "II*");
    outcome = run("info", damaged, folder.resolve("a.hdr"));
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().contains("d.tif") && outcome.out().contains("2x2"), outcome.err());
  }
}
