package org.skinspectra.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.train.HyperSkinDataset;
import org.skinspectra.train.HyperSkinImage;
import org.skinspectra.train.TinyDataset;
import picocli.CommandLine;

/** {@code evaluate} as a user types it, in this process, with Wiener estimation. */
class EvaluateVerbIT {

  private static final List<String> FILES =
      List.of(
          "bands.csv",
          "evaluation.json",
          "images.csv",
          "indices.csv",
          "missing.csv",
          "report.html",
          "subjects.csv",
          "summary.csv");

  @TempDir Path folder;

  private TinyDataset files;

  private record Outcome(int exitCode, String out, String err) {

    JsonObject json() {
      List<String> lines = out.lines().toList();
      return JsonParser.parseString(lines.get(lines.size() - 1)).getAsJsonObject();
    }

    JsonObject model(int number) {
      return json().getAsJsonArray("models").get(number).getAsJsonObject();
    }
  }

  @BeforeEach
  void write() {
    files =
        new TinyDataset(folder.resolve("data"))
            .with("train", "p005_neutral_front", 16, 16)
            .with("test", "p001_neutral_front", 16, 16)
            .with("test", "p001_smile_left", 16, 16)
            .with("test", "p002_neutral_front", 16, 16);
  }

  private Outcome run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = SkinSpectraCli.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> args = new ArrayList<>(List.of("evaluate", files.root().toString()));
    Arrays.stream(arguments).map(Object::toString).forEach(args::add);
    return new Outcome(line.execute(args.toArray(String[]::new)), out.toString(), err.toString());
  }

  /** The truth as ready-made cubes of the images, made darker. */
  private Path cubes(String name, float factor) throws IOException {
    Path cubes = Files.createDirectories(folder.resolve(name));
    for (HyperSkinImage image : HyperSkinDataset.open(files.root()).images()) {
      var truth = image.truth();
      for (float[] plane : truth.planes()) {
        for (int i = 0; i < plane.length; i++) {
          plane[i] *= factor;
        }
      }
      CubeFiles.write(truth, cubes.resolve(image.name() + ".hdr"));
    }
    return cubes;
  }

  @Test
  void aModelAndReadyMadeCubesAreComparedAndEveryFileIsTheSameTheNextTime() throws IOException {
    Path cubes = cubes("dark", 0.9f);
    Path out = folder.resolve("out");
    Object[] arguments = {
      "-m", "wiener", "--predictions", "dark=" + cubes, "--out", out, "--json", "--quiet"
    };
    Outcome first = run(arguments);
    assertEquals(0, first.exitCode(), first.err());
    assertEquals(3, first.json().get("images").getAsInt());
    assertEquals("wiener.safetensors", first.model(0).get("model").getAsString());
    assertEquals("dark", first.model(1).get("model").getAsString());
    assertEquals(2, first.model(0).getAsJsonArray("sam_clamped_interval").size());
    assertTrue(first.model(1).get("sam_clamped_rad").getAsDouble() < 1e-3, "blind to scale");
    assertEquals(0.1, first.model(1).get("mrae").getAsDouble(), 1e-3);
    TreeMap<String, byte[]> written = new TreeMap<>();
    for (String name : FILES) {
      written.put(name, Files.readAllBytes(out.resolve(name)));
    }
    Outcome second = run(arguments);
    assertEquals(3, second.model(0).get("resumed").getAsInt());
    assertEquals(3, second.model(1).get("resumed").getAsInt());
    for (String name : FILES) {
      assertArrayEquals(written.get(name), Files.readAllBytes(out.resolve(name)), name);
    }
    String page = Files.readString(out.resolve("report.html"));
    assertTrue(page.contains("Difference from wiener.safetensors"), page);
    assertTrue(page.contains(first.model(1).get("model_id").getAsString()));
    assertTrue(page.length() < 3 * 200_000);
  }

  @Test
  void aModelThatCannotBeOpenedIsToldBeforeTheOthersAreScored() {
    Path out = folder.resolve("out");
    Outcome outcome = run("--model", "wiener", "--model", "nosuch.pt", "--out", out);
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().contains("nosuch.pt"), outcome.err());
    assertFalse(outcome.err().contains("Model: wiener"), outcome.err());
    assertFalse(Files.exists(out.resolve("work")));
  }

  @Test
  void withoutOutOnlyTheTerminalIsWrittenTo() throws IOException {
    Outcome outcome = run("-m", "wiener", "--degrees", "--csv", folder.resolve("s.csv"));
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(outcome.out().contains("SAM challenge (degrees)"), outcome.out());
    assertTrue(outcome.out().contains("10000 resamples of subjects"), outcome.out());
    assertTrue(outcome.out().contains("Skin indices: not clinically validated."), outcome.out());
    try (var list = Files.list(folder)) {
      assertEquals(
          List.of("data", "s.csv"), list.map(f -> f.getFileName().toString()).sorted().toList());
    }
    List<String> lines = Files.readAllLines(folder.resolve("s.csv"));
    assertEquals(1 + 3 * 3, lines.size());
    assertTrue(lines.get(0).contains("SAM challenge (rad)"), "files keep radians");
  }

  @Test
  void imagesAreChosenBySubjectAndOneSubjectHasNoInterval() {
    Outcome outcome = run("-m", "wiener", "--subjects", "p001", "--json");
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertEquals(2, outcome.json().get("images").getAsInt());
    assertTrue(outcome.model(0).get("sam_challenge_interval").isJsonNull());
    assertTrue(outcome.out().contains("No interval: not stated: it takes two"), outcome.out());
    Outcome challenge = run("-m", "wiener", "--subjects", "challenge", "--json");
    assertEquals(3, challenge.json().get("images").getAsInt());
    assertTrue(challenge.err().contains("Left out: p039 has no image"), challenge.err());
    Outcome unknown = run("--subjects", "p077");
    assertEquals(1, unknown.exitCode());
    assertTrue(unknown.err().contains("there are images of p001, p002"), unknown.err());
  }

  @Test
  void whatIsMissingAndWhatFailsIsToldEverywhereAndTheRestIsScored() throws IOException {
    Path cubes = cubes("mine", 1.01f);
    Files.delete(cubes.resolve("p001_smile_left.hdr"));
    Files.delete(cubes.resolve("p001_smile_left.img"));
    Files.delete(files.vis("test", "p002_neutral_front"));
    Path out = folder.resolve("out");
    Outcome missing = run("--predictions", "mine=" + cubes, "--out", out, "--json");
    assertEquals(0, missing.exitCode(), missing.err());
    assertTrue(missing.err().contains("Left out: test/p002_neutral_front has no VIS"));
    assertTrue(missing.err().contains("Missing: test/p001_smile_left"), missing.err());
    List<String> table = Files.readAllLines(out.resolve("missing.csv"));
    assertEquals("data set,test/p002_neutral_front,incomplete,has no VIS", table.get(1));
    assertTrue(table.get(2).startsWith("mine,test/p001_smile_left,no prediction"), table.get(2));
    String page = Files.readString(out.resolve("report.html"));
    assertTrue(page.contains("2 entries were not scored"), page);
    TinyDataset.writeMask(files.mask("test", "p001_neutral_front"), 8, 8, 4);
    Outcome failed = run("-m", "wiener", "--out", folder.resolve("out"), "--json");
    assertEquals(1, failed.exitCode());
    assertTrue(failed.err().contains("Failed: test/p001_neutral_front: Mask"), failed.err());
    assertEquals(1, failed.model(0).get("images").getAsInt());
    assertTrue(Files.readString(out.resolve("missing.csv")).contains("wiener.safetensors"));
  }

  @Test
  void whereNothingCanBeScoredNothingIsWritten() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path out = folder.resolve("out");
    Outcome outcome = run("--predictions", "mine=" + empty, "--out", out);
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().contains("No image could be scored"), outcome.err());
    assertFalse(Files.exists(out.resolve("report.html")));
  }

  @Test
  void picturesWithTheStretchOfTheDataSetsLoaderAreAnInput() throws IOException {
    for (String name : List.of("p001_neutral_front", "p001_smile_left", "p002_neutral_front")) {
      Path rgb = files.root().resolve("Hyper-Skin(RGB, VIS)/test/RGB_CIE/" + name + ".png");
      Files.createDirectories(rgb.getParent());
      BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR);
      for (int i = 0; i < 256; i++) {
        image.setRGB(i % 16, i / 16, 0x202020 + 0x010101 * (i % 100));
      }
      ImageIO.write(image, "png", rgb.toFile());
      TinyDataset.writeConstant(
          files.root().resolve("Hyper-Skin(MSI, NIR)/test/IMG_960/" + name + ".mat"),
          1,
          16,
          16,
          0.4);
    }
    Path out = folder.resolve("out");
    Outcome stored = run("-m", "wiener", "--camera-folder", "RGB_CIE", "--json");
    assertEquals(0, stored.exitCode(), stored.err());
    Outcome stretched =
        run(
            "-m",
            "wiener",
            "--camera-folder",
            "RGB_CIE",
            "--rgb-stretch",
            "minmax",
            "--out",
            out,
            "--json");
    assertEquals(0, stretched.exitCode(), stretched.err());
    assertTrue(
        stretched.model(0).get("rmse").getAsDouble()
            > stored.model(0).get("rmse").getAsDouble() + 0.01);
    assertTrue(
        Files.readString(out.resolve("report.html"))
            .contains("RGB_CIE with IMG_960, stretch minmax"));
    Outcome wrong = run("-m", "wiener", "--rgb-stretch", "minmax");
    assertEquals(1, wrong.exitCode());
    assertTrue(wrong.err().contains("for RGB pictures"), wrong.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--rgb-stretch sqrt",
        "--predictions folder",
        "--predictions =folder",
        "--predictions name=",
        "--split all",
        "--wavelengths x",
        "--camera-folder"
      })
  void wrongUseIsExplained(String arguments) {
    Outcome outcome = run((Object[]) arguments.split(" "));
    assertEquals(2, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().contains("skin-spectra help evaluate"), outcome.err());
    assertEquals("", outcome.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--camera-folder MSI_Canon", "--predictions a=nowhere", "-m nowhere.pt"})
  void whatIsNotThereIsNamed(String arguments) {
    Outcome outcome = run((Object[]) arguments.split(" "));
    assertEquals(1, outcome.exitCode(), outcome.err());
    String[] words = arguments.split("[ =]");
    assertTrue(outcome.err().contains(words[words.length - 1]), outcome.err());
    assertEquals("", outcome.out());
  }

  @Test
  void anOutThatIsAFileIsRefusedBeforeTheWork() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Outcome outcome = run("-m", "wiener", "--out", file);
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().contains("is a file"), outcome.err());
    assertFalse(outcome.err().contains("Model:"), outcome.err());
  }
}
