package org.skinspectra.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.ImagePlus;
import ij.io.Opener;
import ij.process.ByteProcessor;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.camera.Rig;
import org.skinspectra.camera.RigFiles;
import org.skinspectra.camera.Rigs;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.format.MaskFiles;
import org.skinspectra.model.Models;
import org.skinspectra.report.Png;
import org.skinspectra.skin.SkinReflectance;
import org.skinspectra.skin.SkinSampler;
import org.skinspectra.spectra.Resampling;
import org.skinspectra.spectra.SpectralCsv;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;
import org.skinspectra.train.TinyDataset;
import picocli.CommandLine;

/** The command line as a user types it, in this process; TensorFlow runs. */
class SkinSpectraCliIT {

  private static final Path PORTRAIT = Path.of("test-images", "portrait");

  @TempDir Path folder;

  private record Outcome(int exitCode, String out, String err) {

    JsonObject json() {
      List<String> lines = out.lines().toList();
      return JsonParser.parseString(lines.get(lines.size() - 1)).getAsJsonObject();
    }
  }

  private static Outcome run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = SkinSpectraCli.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] args = new String[arguments.length];
    for (int i = 0; i < args.length; i++) {
      args[i] = arguments[i].toString();
    }
    return new Outcome(line.execute(args), out.toString(), err.toString());
  }

  // -- The main job --

  @Test
  void demoWritesPicturesAndTablesAndTheSameNumbersAgain() throws IOException {
    Outcome first = run("demo", "--out", folder.resolve("a"), "--json");
    Outcome second = run("demo", "--out", folder.resolve("b"), "--json");
    assertEquals(0, first.exitCode(), first.err());
    for (String name :
        List.of("reconstruction.tif", "angle-map.tif", "overview.png", "cheek-spectrum.csv")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("a").resolve(name)),
          Files.readAllBytes(folder.resolve("b").resolve(name)),
          name);
    }
    double angle = first.json().get("sam_clamped_rad").getAsDouble();
    assertEquals(angle, second.json().get("sam_clamped_rad").getAsDouble(), 0);
    assertTrue(angle > 0.005 && angle < 0.03, "clamped angle " + angle);
    assertEquals("CPU:0", first.json().get("device").getAsString());
    assertTrue(first.out().contains(folder.resolve("a").toString()), first.out());
    assertTrue(Files.size(folder.resolve("a/cheek-spectrum.png")) > 10_000);
    assertTrue(first.json().get("capture_rms").getAsDouble() < 0.01, first.out());
    assertTrue(first.json().get("capture_sam_clamped_rad").getAsDouble() < 0.03, first.out());
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("a/captured.tif")),
        Files.readAllBytes(folder.resolve("b/captured.tif")));
  }

  // -- From the camera --

  @Test
  void aCaptureIsCalibratedAndTheSessionGrows() throws IOException {
    Path session = folder.resolve("session");
    Outcome captured =
        run("capture", "--rig", "demo-pair", "--session", session, "--references", "--json");
    assertEquals(0, captured.exitCode(), captured.err());
    assertEquals(8, captured.json().get("image_frames").getAsInt());
    assertEquals(64, captured.json().get("reference_frames").getAsInt());
    Outcome calibrated =
        run("calibrate", session, "--out", folder.resolve("m.hdr"), "--json", "--quiet");
    assertEquals(0, calibrated.exitCode(), calibrated.err());
    JsonObject picture = calibrated.json().getAsJsonArray("pictures").get(0).getAsJsonObject();
    assertFalse(picture.get("refused").getAsBoolean());
    assertTrue(picture.get("registration_residual_px").getAsDouble() < 0.3);
    assertTrue(Files.exists(session.resolve("derived/001-msi/quick-look.png")));
    assertArrayEquals(
        CubeFiles.readMsi(session.resolve("derived/001-msi/msi.tif")).pixels(),
        CubeFiles.readMsi(folder.resolve("m.hdr")).pixels());

    assertEquals(0, run("capture", "-r", "demo-pair", "-s", session, "--count", "2").exitCode());
    Outcome second = run("calibrate", session, "--time-point", 2, "--map", "root-polynomial");
    assertEquals(0, second.exitCode(), second.err());
    assertTrue(second.out().contains("derived/002-msi"), second.out());
    Outcome verified = run("session", "verify", session, "--json");
    assertEquals(0, verified.exitCode(), verified.out() + verified.err());
    assertTrue(verified.json().get("sound").getAsBoolean());
    Outcome shown = run("session", "show", session, "--json");
    assertEquals(2, shown.json().getAsJsonArray("results").size());

    Outcome both = run("calibrate", session, "--out", folder.resolve("n.tif"));
    assertEquals(2, both.exitCode(), both.err());
    assertTrue(both.err().contains("choose it with --time-point"), both.err());
  }

  @Test
  void calibrationWithoutReferencesIsRefusedAndNamesThemAll() {
    Path session = folder.resolve("session");
    Outcome captured = run("capture", "--rig", "demo-pair", "--session", session);
    assertEquals(0, captured.exitCode(), captured.err());
    assertTrue(captured.err().contains("take them with --references"), captured.err());
    Outcome refused = run("calibrate", session);
    assertEquals(1, refused.exitCode(), refused.out());
    for (String missing :
        List.of("RGB: The session holds no white", "N960: The session holds no")) {
      assertTrue(refused.err().contains(missing), refused.err());
    }
    assertTrue(run("session", "show", session).out().contains("4 not passed"));
  }

  @Test
  void aDamagedManifestIsRecoveredAndAMissingFrameToldOf() throws IOException {
    Path session = folder.resolve("session");
    run("capture", "--rig", "demo-pair", "--session", session);
    Files.writeString(session.resolve("manifest.json"), "{}");
    assertEquals(1, run("session", "show", session).exitCode());
    Outcome recovered = run("session", "recover", session, "--json");
    assertEquals(8, recovered.json().get("frames").getAsInt(), recovered.err());
    assertEquals(0, run("session", "show", session).exitCode());
    try (var frames = Files.list(session.resolve("frames"))) {
      Files.delete(frames.findFirst().orElseThrow());
    }
    Outcome verified = run("session", "verify", session);
    assertEquals(1, verified.exitCode(), verified.out());
    assertTrue(verified.out().contains("missing"), verified.out());
  }

  @Test
  void autoExposureBringsTheWhiteToThreeQuartersOfFullScale() {
    Path session = folder.resolve("session");
    Outcome captured =
        run(
            "capture",
            "-r",
            "demo-bayer",
            "-s",
            session,
            "--references",
            "--count",
            0,
            "--auto-exposure",
            "--json");
    assertEquals(0, captured.exitCode(), captured.err());
    double brightest = 0;
    for (var row : captured.json().getAsJsonArray("frames")) {
      brightest = Math.max(brightest, row.getAsJsonObject().get("level_percent").getAsDouble());
    }
    assertEquals(75, brightest, 4);
  }

  @Test
  void linearityAndRegistrationAreMeasuredIntoAProfileThatCalibrates() {
    Path session = folder.resolve("session");
    Outcome captured =
        run(
            "capture",
            "-r",
            "demo-pair",
            "-s",
            session,
            "--linearity",
            "--references",
            "--reference-frames",
            4,
            "--json");
    assertEquals(0, captured.exitCode(), captured.err());
    assertEquals(80, captured.json().get("linearity_frames").getAsInt());
    Path profile = folder.resolve("measured.json");
    Outcome measured =
        run("profile", "measure", session, "--registration", 0, "--out", profile, "--json");
    assertEquals(0, measured.exitCode(), measured.err());
    double error = measured.json().getAsJsonObject("linearity_errors").get("RGB").getAsDouble();
    assertTrue(error < 0.005, "the demo camera is linear, error " + error);
    assertTrue(measured.json().get("registration_residual_px").getAsDouble() < 0.3);
    Outcome calibrated = run("calibrate", session, "--profile", profile, "--json");
    assertEquals(0, calibrated.exitCode(), calibrated.err());
    JsonObject picture = calibrated.json().getAsJsonArray("pictures").get(0).getAsJsonObject();
    assertEquals("profile", picture.get("registration").getAsString());
    assertEquals(
        measured.json().get("profile_id").getAsString(), picture.get("profile_id").getAsString());
  }

  @Test
  void aSessionWithNothingToMeasureSaysWhatToTake() {
    Path session = folder.resolve("session");
    run("capture", "-r", "demo-pair", "-s", session);
    Outcome none = run("profile", "measure", session, "--out", folder.resolve("p.json"));
    assertEquals(2, none.exitCode(), none.err());
    assertTrue(none.err().contains("capture --linearity"), none.err());
    assertFalse(Files.exists(folder.resolve("p.json")));
  }

  @Test
  void aPictureThatLacksAChannelDoesNotKeepTheOthersFromBeingCalibrated() {
    Rig pair = Rigs.named("demo-pair");
    Path rig = folder.resolve("colour only.json");
    RigFiles.write(pair.withSteps(pair.steps().subList(0, 1)), rig);
    Path session = folder.resolve("session");
    assertEquals(0, run("capture", "-r", rig, "-s", session).exitCode());
    assertEquals(0, run("capture", "-r", "demo-pair", "-s", session, "--references").exitCode());
    Outcome calibrated = run("calibrate", session);
    assertEquals(1, calibrated.exitCode(), calibrated.out());
    assertTrue(calibrated.err().contains("no picture of all channels"), calibrated.err());
    assertTrue(Files.exists(session.resolve("derived/001-msi/msi.tif")), calibrated.out());
  }

  @Test
  void rigsAreCheckedStepByStep() {
    Outcome outcome = run("rig", "check", "demo-bayer", "--json");
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertEquals(2, outcome.json().getAsJsonArray("steps").size());
    assertEquals(4, outcome.json().getAsJsonArray("channels").size());
    Outcome bare = run("rig", "check", "two-cameras");
    assertEquals(2, bare.exitCode());
    assertTrue(bare.err().contains("give --mm DIR and --mm-config FILE"), bare.err());
    Outcome none = run("rig", "check", "two-cameras", "--mm", folder, "--mm-config", "no.cfg");
    assertEquals(2, none.exitCode());
    assertTrue(none.err().contains("There is no file no.cfg"), none.err());
    Outcome other = run("rig", "check", "demo-pair", "--mm", folder);
    assertEquals(2, other.exitCode(), "the demo camera must not be taken for a real one");
    assertTrue(other.err().contains("is of source demo"), other.err());
  }

  @Test
  void profilesAreImportedShownAndChecked() throws IOException {
    Path csv = folder.resolve("camera.csv");
    Files.writeString(
        csv, "nm,R,G,B\n400,0,0,.3\n450,0,.1,1\n500,0,.6,.5\n550,.2,1,0\n600,1,.3,0\n700,0,0,0\n");
    Path profile = folder.resolve("camera.json");
    Outcome imported =
        run("profile", "import", csv, "--out", profile, "--author", "A", "--licence", "CC0-1.0");
    assertEquals(0, imported.exitCode(), imported.err());
    assertTrue(imported.err().contains("Warning"), imported.err());
    Outcome shown = run("profile", "show", profile, "--out", folder.resolve("p.png"), "--json");
    assertEquals(0, shown.exitCode(), shown.err());
    assertEquals(2, shown.json().getAsJsonArray("maps").size());
    assertTrue(Files.size(folder.resolve("p.png")) > 10_000);
    assertEquals(0, run("profile", "check", profile).exitCode());
    Files.writeString(profile, Files.readString(profile).replace("\"R\"", "\"X\""));
    Outcome bad = run("profile", "check", profile);
    assertEquals(1, bad.exitCode(), bad.out());
    assertTrue(bad.err().contains("camera.json"), bad.err());
  }

  @Test
  void coverageWritesTablesAndPicturesForEveryFile() throws IOException {
    Path spectra = Files.createDirectory(folder.resolve("spectra"));
    SpectralTable skins = simulatedSkins();
    SpectralCsv.write(spectra.resolve("whole.csv"), skins);
    SpectralCsv.write(
        spectra.resolve("visible.csv"), Resampling.linear(skins, Wavelengths.range(420, 10, 740)));
    Files.writeString(spectra.resolve("short.csv"), "nm,a\n400,.1\n500,.2\n");
    Path results = folder.resolve("results");
    Outcome outcome =
        run("coverage", "--spectra", spectra, "--samples", 300, "--out", results, "--json");
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().contains("short.csv covers 400 nm to 500 nm"), outcome.err());
    assertEquals(12, outcome.json().get("spectra").getAsInt());
    assertEquals(12, outcome.json().get("within").getAsInt());
    assertEquals(1 + 12, Files.readAllLines(results.resolve("nearest.csv")).size());
    assertEquals(1 + 3, Files.readAllLines(results.resolve("coverage.csv")).size());
    assertEquals(1 + 3, Files.readAllLines(results.resolve("features.csv")).size());
    for (String picture :
        List.of("components.png", "scores-1-2.png", "scores-2-3.png", "spectra.png")) {
      assertTrue(Files.size(results.resolve(picture)) > 10_000, picture);
    }
  }

  /** The first six skins that the verb simulates itself. */
  private static SpectralTable simulatedSkins() {
    double[][] skins = new SkinSampler(1).spectra(6, new SkinReflectance(Wavelengths.VIS_NIR));
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int i = 0; i < skins.length; i++) {
      columns.put("skin " + i, skins[i]);
    }
    return SpectralTable.of(Wavelengths.VIS_NIR, "reflectance factor", columns);
  }

  @ParameterizedTest
  @CsvSource({"37, 29", "8, 8", "50, 11"})
  void reconstructsOddSizesFromMatlabFilesToEnviAndTiffAlike(int width, int height) {
    Path mat = mat("msi.mat", Map.of("cube", randomCube(4, width, height)));
    Path envi = folder.resolve("cube.hdr");
    Path tiff = folder.resolve("cube.tif");
    Outcome outcome = run("reconstruct", mat, "--device", "cpu", "--out", envi, "--json");
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertEquals(0, run("reconstruct", mat, "--device", "cpu", "--out", tiff).exitCode());
    SpectralCube a = CubeFiles.readCube(envi);
    SpectralCube b = CubeFiles.readCube(tiff);
    assertEquals(width, a.width());
    assertEquals(height, a.height());
    assertTrue(a.wavelengths().matches(Wavelengths.VIS_NIR));
    for (int band = 0; band < a.bands(); band++) {
      assertArrayEquals(a.plane(band), b.plane(band), 0);
    }
    JsonObject json = outcome.json();
    assertEquals("CPU:0", json.get("device").getAsString());
    assertEquals("float32", json.get("precision").getAsString());
    assertEquals(envi.toString(), json.get("output").getAsString());
    assertEquals("mstpp-skin.safetensors", json.get("model").getAsString());
    assertTrue(json.get("seconds").getAsDouble() > 0);
  }

  @Test
  void aReconstructionOpensInImageJWithItsWavelengths() {
    Path tiff = folder.resolve("cube.tif");
    assertEquals(
        0, run("reconstruct", PORTRAIT.resolve("msi.tif"), "-m", "wiener", "-o", tiff).exitCode());
    ImagePlus image = new Opener().openImage(tiff.toString());
    assertEquals(61, image.getNChannels());
    assertEquals("550 nm", image.getStack().getSliceLabel(16));
    assertTrue(image.getInfoProperty().contains("wiener.safetensors"), image.getInfoProperty());
  }

  @Test
  void repeatsWarmRunsAndTakesOtherWeightsPrecisionAndWavelengths() throws Exception {
    Path weights =
        Path.of(getClass().getResource("/org/skinspectra/model/golden/mstpp_tiny.pt").toURI());
    Path mat = mat("msi.mat", Map.of("cube", randomCube(4, 16, 16)));
    Path out = folder.resolve("cube.hdr");
    Outcome outcome =
        run(
            "reconstruct",
            mat,
            "--model",
            weights,
            "--precision",
            "bfloat16",
            "--repeat",
            "2",
            "--wavelengths",
            "400:10:450",
            "--out",
            out,
            "--json");
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertEquals("bfloat16", outcome.json().get("precision").getAsString());
    assertTrue(CubeFiles.readCube(out).wavelengths().matches(Wavelengths.range(400, 10, 450)));
  }

  @Test
  void samMeasuresAFileAgainstAnotherAndWritesTheMap() {
    Path prediction = folder.resolve("prediction.hdr");
    run("reconstruct", PORTRAIT.resolve("msi.tif"), "-m", "wiener", "-o", prediction);
    Path map = folder.resolve("map.tif");
    Outcome outcome =
        run(
            "sam",
            prediction,
            PORTRAIT.resolve("truth.hdr"),
            "--mask",
            PORTRAIT.resolve("mask.png"),
            "--definition",
            "challenge",
            "--map",
            map,
            "--json");
    assertEquals(0, outcome.exitCode(), outcome.err());
    double angle = outcome.json().get("sam_rad").getAsDouble();
    float[] angles = (float[]) new Opener().openImage(map.toString()).getProcessor().getPixels();
    double sum = 0;
    int count = 0;
    for (float value : angles) {
      if (!Float.isNaN(value)) {
        sum += value;
        count++;
      }
    }
    assertEquals(angle, sum / count, 1e-6);
    assertEquals(count, outcome.json().get("pixels").getAsInt());
    assertTrue(outcome.out().contains("challenge: "), outcome.out());
  }

  @Test
  void devicesShowsWhereATestOperationRan() {
    Outcome outcome = run("devices", "--json");
    assertEquals(0, outcome.exitCode(), outcome.err());
    JsonObject cpu = outcome.json().getAsJsonArray("devices").get(0).getAsJsonObject();
    assertEquals("CPU:0", cpu.get("name").getAsString());
    assertTrue(cpu.get("usable").getAsBoolean());
    assertEquals("2.18.0", outcome.json().get("tensorflow").getAsString());
  }

  @Test
  void theBuiltInWienerMatrixIsWhatTheWienerVerbWrites() throws IOException {
    Path matrix = folder.resolve("wiener.safetensors");
    assertEquals(0, run("wiener", "--matrix-only", "--out", matrix).exitCode());
    try (var builtIn =
        getClass().getResourceAsStream("/org/skinspectra/model/wiener.safetensors")) {
      assertArrayEquals(builtIn.readAllBytes(), Files.readAllBytes(matrix));
    }
  }

  @Test
  void aTrainingLeavesAModelThatReconstructsAndItsCurve() throws IOException {
    Path config = folder.resolve("config.json");
    Files.writeString(
        config,
        "{\"batch\": 1, \"group\": 1, \"cropSide\": 16, \"sceneSide\": 32, \"validateEvery\": 1}");
    Path out = folder.resolve("training");
    Outcome outcome = run("train", "--out", out, "--config", config, "--steps", "2", "--json");
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertEquals(2, outcome.json().get("steps").getAsInt());
    assertTrue(Files.size(out.resolve("curve.png")) > 1000);
    assertEquals(4, Files.readAllLines(out.resolve("validation.csv")).size());
    assertEquals(
        0,
        run(
                "reconstruct",
                PORTRAIT.resolve("msi.tif"),
                "-m",
                out.resolve("model.safetensors"),
                "-o",
                folder.resolve("cube.tif"))
            .exitCode());
  }

  /** Two steps, each validated. */
  private Outcome trainBriefly(Path out, Object... more) throws IOException {
    Path config = folder.resolve("config.json");
    Files.writeString(
        config,
        "{\"batch\": 1, \"group\": 1, \"cropSide\": 16, \"sceneSide\": 32, \"validateEvery\": 1,"
            + " \"steps\": 2, \"warmUpSteps\": 0}");
    List<Object> arguments =
        new ArrayList<>(List.of("train", "--out", out, "--config", config, "--json"));
    arguments.addAll(List.of(more));
    Outcome outcome = run(arguments.toArray());
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertEquals(2, outcome.json().get("steps").getAsInt());
    assertEquals(0, outcome.json().get("skipped_steps").getAsInt());
    assertTrue(Files.size(out.resolve("model.safetensors")) > 1000);
    return outcome;
  }

  @Test
  void aTrainingLearnsFromMeasuredSpectra() throws IOException {
    Path spectra = Files.createDirectory(folder.resolve("spectra"));
    SpectralCsv.write(spectra.resolve("arms.csv"), simulatedSkins());
    Files.writeString(spectra.resolve("short.csv"), "nm,a\n400,.1\n500,.2\n");
    Path out = folder.resolve("training");
    Outcome outcome = trainBriefly(out, "--spectra", spectra);
    assertTrue(outcome.err().contains("measured spectra: "), outcome.err());
    assertTrue(outcome.err().contains("short.csv covers 400 nm to 500 nm"), outcome.err());
    assertTrue(Files.readString(out.resolve("training.json")).contains("6 spectra, 400 nm"));
  }

  @Test
  void aTrainingLearnsFromImagesAndNamesThoseThatLackAFile() throws IOException {
    TinyDataset data =
        new TinyDataset(folder.resolve("data"))
            .with("train", "p001_neutral_front", 32, 24)
            .with("train", "p002_neutral_front", 32, 24)
            .with("valid", "p003_neutral_front", 32, 24);
    Files.delete(data.vis("train", "p002_neutral_front"));
    Path out = folder.resolve("training");
    Outcome outcome = trainBriefly(out, "--data", data.root());
    assertTrue(
        outcome.err().contains("Left out: train/p002_neutral_front has no VIS"), outcome.err());
    String identity = Files.readString(out.resolve("training.json"));
    assertTrue(identity.contains("train/MSI_CIE/p001_neutral_front.mat"), identity);
    assertTrue(identity.contains("valid/NIR/p003_neutral_front.mat"), identity);
    assertFalse(identity.contains("p002"), identity);
    TinyDataset.writeMask(data.mask("train", "p001_neutral_front"), 32, 24, 5);
    assertFailsWith(
        "other data",
        run(
            "train",
            "--out",
            out,
            "--data",
            data.root(),
            "--config",
            folder.resolve("config.json")));
  }

  @Test
  void aTrainingTunesTheDefaultModelToACamera() throws IOException {
    Path camera = folder.resolve("camera.csv");
    StringBuilder csv = new StringBuilder("nm,R,G,B,960\n");
    for (int nm = 380; nm <= 1000; nm += 5) {
      csv.append(nm);
      for (int peak : new int[] {600, 540, 455, 960}) {
        double sensitivity = Math.exp(-Math.pow((nm - peak) / (peak == 960 ? 10.0 : 40.0), 2));
        csv.append(',').append(sensitivity > 1e-3 ? sensitivity : 0);
      }
      csv.append('\n');
    }
    Files.writeString(camera, csv);
    Path out = folder.resolve("training");
    Outcome outcome =
        trainBriefly(out, "--from", "default", "--camera", camera, "--illuminant", "5000K");
    assertTrue(outcome.err().contains("camera: camera.csv under 5000"), outcome.err());
    String identity = Files.readString(out.resolve("training.json"));
    assertTrue(identity.contains(Models.weights(Models.DEFAULT).id()), identity);
  }

  @Test
  void scoresAreWrittenAsTablesAndAFigure() throws IOException {
    Path spectra = Files.createDirectory(folder.resolve("spectra"));
    StringBuilder csv = new StringBuilder("nm,fair,deep\n");
    for (int nm = 400; nm <= 1000; nm += 10) {
      csv.append(
          nm + "," + (0.2 + 0.0005 * (nm - 400)) + "," + (0.05 + 0.0004 * (nm - 400)) + "\n");
    }
    Files.writeString(spectra.resolve("two.csv"), csv);
    Path out = folder.resolve("scores");
    Outcome outcome = run("score", spectra, "--out", out, "-m", "wiener", "--json");
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(outcome.out().contains("x0.5 at 35 dB"), outcome.out());
    for (String name : List.of("scores.csv", "bands.csv", "scores.json", "bands.png")) {
      assertTrue(Files.size(out.resolve(name)) > 100, name);
    }
    assertFailsWith("nowhere", run("score", folder.resolve("nowhere"), "--out", out));
  }

  @Test
  void modelsOfOneFileNameHaveRowsOfTheirOwn() throws IOException {
    Path spectra = Files.createDirectory(folder.resolve("skins"));
    SpectralCsv.write(spectra.resolve("skins.csv"), simulatedSkins());
    Path one = folder.resolve("one/w.safetensors");
    Path two = folder.resolve("two/w.safetensors");
    assertEquals(0, run("wiener", "--matrix-only", "--snr", 50, "--out", one).exitCode());
    assertEquals(0, run("wiener", "--matrix-only", "--snr", 20, "--out", two).exitCode());
    Path out = folder.resolve("scores");
    Outcome outcome = run("score", spectra, "--out", out, "-m", one, "-m", two);
    assertEquals(0, outcome.exitCode(), outcome.err());
    List<String> bands = Files.readAllLines(out.resolve("bands.csv"));
    for (Path model : List.of(one, two)) {
      assertEquals(61, bands.stream().filter(line -> line.startsWith(model + ",")).count());
    }
  }

  @Test
  void spectraOfAPartOfTheRangeAreScoredAtTheirOwnBandsWhenAskedFor() throws IOException {
    Path spectra = Files.createDirectory(folder.resolve("part"));
    SkinReflectance optics = new SkinReflectance(Wavelengths.range(400, 10, 700));
    double[] skin = optics.of(new SkinSampler(3).next());
    StringBuilder csv = new StringBuilder("nm,skin\n");
    for (int i = 0; i < skin.length; i++) {
      csv.append(400 + 10 * i).append(',').append(skin[i]).append('\n');
    }
    Files.writeString(spectra.resolve("part.csv"), csv);
    Path out = folder.resolve("scores");
    assertFailsWith("400 nm to 700 nm", run("score", spectra, "--out", out, "-m", "wiener"));
    Outcome outcome = run("score", spectra, "--out", out, "-m", "wiener", "--partial");
    assertEquals(0, outcome.exitCode(), outcome.err());
    String bands = Files.readString(out.resolve("bands.csv"));
    assertTrue(bands.contains(",690"), bands);
    assertFalse(bands.contains(",700"), "the end of its range does not count: " + bands);
  }

  @Test
  void theTestImageIsWhatTheSimulateVerbWrites() throws IOException {
    assertEquals(0, run("simulate", "--out", folder).exitCode());
    for (String name : List.of("msi.tif", "truth.hdr", "truth.img")) {
      assertArrayEquals(
          Files.readAllBytes(PORTRAIT.resolve(name)),
          Files.readAllBytes(folder.resolve(name)),
          name);
    }
    // The bytes of a PNG depend on the platform's compression, its pixels do not.
    assertArrayEquals(
        MaskFiles.read(PORTRAIT.resolve("mask.png")).weights(),
        MaskFiles.read(folder.resolve("mask.png")).weights());
  }

  @Test
  void artefactsAreSimulatedInTruthAndImageWhenAskedFor() throws IOException {
    Path seen = folder.resolve("seen");
    assertEquals(0, run("simulate", "--artefacts", "--out", seen).exitCode());
    for (String name : List.of("msi.tif", "truth.img")) {
      assertFalse(
          Arrays.equals(
              Files.readAllBytes(PORTRAIT.resolve(name)), Files.readAllBytes(seen.resolve(name))),
          name);
    }
    assertArrayEquals(
        MaskFiles.read(PORTRAIT.resolve("mask.png")).weights(),
        MaskFiles.read(seen.resolve("mask.png")).weights());
  }

  // -- Bad input: a clear error, exit code 1, nothing written --

  @Test
  void aMissingFileIsNamed() throws IOException {
    assertFailsWith("nowhere.mat", run("reconstruct", "nowhere.mat", "--out", out()));
    assertFailsWith("nowhere.pt", run("reconstruct", msi(), "-m", "nowhere.pt", "--out", out()));
    assertFailsWith("nowhere.hdr", run("sam", "nowhere.hdr", truth()));
    assertFailsWith("nowhere", run("evaluate", "nowhere"));
  }

  @Test
  void threeChannelsForAModelOfFourAreRefused() throws IOException {
    Path mat = mat("rgb.mat", Map.of("cube", randomCube(3, 16, 16)));
    assertFailsWith("needs 4 channels", run("reconstruct", mat, "--out", out()));
  }

  @Test
  void aMaskWithoutAPixelIsRefused() throws IOException {
    Path black = folder.resolve("black.png");
    Png.write(black, new ByteProcessor(128, 128));
    Path map = folder.resolve("map.tif");
    assertFailsWith("mask", run("sam", truth(), truth(), "--mask", black, "--map", map));
    assertFalse(Files.exists(map));
  }

  @Test
  void aMaskOfAnotherSizeIsRefused() throws IOException {
    Path small = folder.resolve("small.png");
    Png.write(small, new ByteProcessor(64, 64));
    assertFailsWith("64x64", run("sam", truth(), truth(), "--mask", small));
  }

  @Test
  void cubesOfOtherWavelengthsAreRefused() throws IOException {
    Path other = folder.resolve("other.hdr");
    CubeFiles.write(SpectralCube.zeros(128, 128, Wavelengths.VIS), other);
    assertFailsWith("400:10:700", run("sam", other, truth()));
  }

  @Test
  void twoVariablesInAMatlabFileAreNamedAndOneCanBeChosen() throws IOException {
    Path mat = mat("two.mat", Map.of("left", randomCube(4, 9, 8), "right", randomCube(4, 9, 8)));
    Outcome outcome = run("reconstruct", mat, "-m", "wiener", "--out", out());
    assertFailsWith("left", outcome);
    assertTrue(outcome.err().contains("right"), outcome.err());
    assertEquals(
        0,
        run("reconstruct", mat, "-m", "wiener", "--variable", "left", "--out", out()).exitCode());
  }

  @Test
  void aModelWhoseWavelengthsAreUnknownAsksForThem() throws Exception {
    Path weights =
        Path.of(getClass().getResource("/org/skinspectra/model/golden/mst_tiny.pt").toURI());
    assertFailsWith("--wavelengths", run("reconstruct", msi(), "-m", weights, "--out", out()));
  }

  @Test
  void aFolderThatCannotBeWrittenToLeavesNothing() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertFailsWith(
        "Cannot write",
        run("reconstruct", msi(), "-m", "wiener", "--out", file.resolve("cube.tif")));
  }

  @Test
  void anOutputThatCannotBeWrittenIsRefusedBeforeTheWork() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Outcome outcome = run("reconstruct", msi(), "--out", file.resolve("cube.tif"));
    assertFailsWith("is a file, not a folder", outcome);
    assertFalse(outcome.err().contains("Model:"), outcome.err());
    assertFailsWith("end in .tif", run("sam", truth(), truth(), "--map", folder.resolve("a.png")));
    assertFailsWith("is a folder", run("evaluate", folder, "--csv", folder));
  }

  @Test
  void digitalNumbersAreNotTakenForReflectance() throws IOException {
    double[][][] counts = randomCube(4, 16, 16);
    for (double[][] plane : counts) {
      for (double[] column : plane) {
        for (int y = 0; y < column.length; y++) {
          column[y] = Math.rint(255 * column[y]);
        }
      }
    }
    Path mat = mat("counts.mat", Map.of("cube", counts));
    assertFailsWith("white reference", run("reconstruct", mat, "-m", "wiener", "--out", out()));
  }

  @Test
  void aSignalToNoiseRatioThatIsNoNumberIsRefused() throws IOException {
    Path weights = folder.resolve("w.safetensors");
    assertFailsWith("NaN dB", run("wiener", "--snr", "NaN", "--out", weights));
    assertFalse(Files.exists(weights));
  }

  @Test
  void debugShowsWhereAnErrorCameFrom() {
    Outcome outcome = run("reconstruct", "nowhere.mat", "--debug");
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().contains("\tat org.skinspectra"), outcome.err());
  }

  // -- Wrong use: exit code 2 and where help is --

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "reconstruct",
        "reconstruct a b",
        "reconstruct a --device tpu",
        "reconstruct a --precision int8",
        "reconstruct a --wavelengths 400-700",
        "reconstruct a --repeat -1",
        "sam a",
        "sam a b --definition cosine",
        "wiener",
        "evaluate",
        "evaluate d --split all",
        "demo --nonsense",
        "wiener --out w.txt",
        "wiener --stages 0 --out w.safetensors",
        "coverage --spectra d --samples 99 --out d",
        "simulate --size 31 --out d",
        "train --out d --illuminant A",
        "train --out d --valid-subjects p001",
        "capture --rig demo-pair",
        "capture --rig demo-pair --session d --count 0",
        "capture --rig demo-pair --session d --reference-frames 0",
        "capture --rig demo-pair --session d --mm d --mm-config d.cfg",
        "capture --rig demo-pair --session d --replay d",
        "calibrate s --max-age -1"
      })
  void wrongUseIsExplained(String arguments) {
    Outcome outcome = run((Object[]) arguments.split(" "));
    assertEquals(2, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().contains("skin-spectra help"), outcome.err());
    assertEquals("", outcome.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "reconstruct",
        "sam",
        "evaluate",
        "wiener",
        "simulate",
        "coverage",
        "train",
        "score",
        "devices",
        "benchmark",
        "gpu-check",
        "capture",
        "calibrate",
        "profile",
        "rig",
        "session"
      })
  void everyVerbHasHelp(String verb) {
    Outcome outcome = run("help", verb);
    assertEquals(0, outcome.exitCode());
    assertTrue(outcome.out().startsWith("Usage: skin-spectra " + verb), outcome.out());
    assertEquals(outcome.out(), run(verb, "--help").out());
    assertTrue(run(verb, "--version").out().startsWith("skin-spectra 0."), verb);
  }

  private void assertFailsWith(String expected, Outcome outcome) throws IOException {
    assertEquals(1, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().contains(expected), outcome.err());
    assertFalse(outcome.err().contains("\tat "), outcome.err());
    assertFalse(Files.exists(out()), "a partial output was left");
    try (var files = Files.list(folder)) {
      assertTrue(files.noneMatch(file -> file.toString().endsWith(".tmp")));
    }
  }

  private Path out() {
    return folder.resolve("out.tif");
  }

  private static Path msi() {
    return PORTRAIT.resolve("msi.tif");
  }

  private static Path truth() {
    return PORTRAIT.resolve("truth.hdr");
  }

  /** A MATLAB file as Hyper-Skin's: HDF5 dimensions (band, x, y). */
  private Path mat(String name, Map<String, double[][][]> variables) {
    Path file = folder.resolve(name);
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      variables.forEach(hdf::putDataset);
    }
    return file;
  }

  private static double[][][] randomCube(int bands, int width, int height) {
    Random random = new Random(bands);
    double[][][] cube = new double[bands][width][height];
    for (double[][] plane : cube) {
      for (double[] column : plane) {
        for (int y = 0; y < height; y++) {
          column[y] = 0.1 + 0.8 * random.nextDouble();
        }
      }
    }
    return cube;
  }
}
