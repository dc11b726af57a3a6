package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.CanonicalMap;
import org.skinspectra.profile.ChannelMap;
import org.skinspectra.profile.ProfileImport;
import org.skinspectra.profile.ProfileLight;
import org.skinspectra.profile.ResponseFiles;
import org.skinspectra.profile.RootPolynomialMap;
import org.skinspectra.profile.SpectralResponse;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.Resampling;
import org.skinspectra.spectra.SpectralCsv;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/** Maps measured cameras to the canonical channels over measured skin, where those are at hand. */
class MeasuredCamerasIT {

  private static final Path DATA = Path.of("..", "shared", "data");

  /** Standard deviation at white: 40 dB. */
  private static final double NOISE = 0.01;

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  @ParameterizedTest
  @ValueSource(strings = {"E", "A", "D65", "5000K"})
  void measuredCamerasSeeSkinAsTheCanonicalOneDoes(String light) throws IOException {
    Path cameras = DATA.resolve("cameras").resolve("rawtoaces");
    Path skin = DATA.resolve("skin").resolve("nist_forearm_S001-S070.csv");
    for (Path needed : List.of(cameras, skin)) {
      assumeTrue(Files.exists(needed), "skipped: no " + needed);
    }
    SpectralTable skins = SpectralCsv.read(skin);
    SpectralResponse canonical = SpectralResponse.canonical(GRID);
    for (Path file : files(cameras)) {
      SpectralResponse response =
          SpectralResponse.of(ResponseFiles.read(file), Illuminant.named(light), GRID);
      CanonicalMap map = CanonicalMap.fit(response, canonical, skins);
      double gain =
          Stream.of(map.matrix()).mapToDouble(StatUtils::sumSq).map(Math::sqrt).max().orElse(0);
      System.out.printf(
          Locale.ROOT,
          "%-36s %-5s residual %.5f, condition number %.1f, largest noise gain %.2f%n",
          file.getFileName(),
          light,
          map.residualRms(),
          map.conditionNumber(),
          gain);
      assertTrue(map.residualRms() < 0.0025, file + " under " + light + ": " + map.residualRms());
    }
  }

  /**
   * Maps fitted to every second forearm for 40 dB, tried on the others at 40 dB. The sensors, which
   * have no infrared-cut filter, are what the root-polynomial maps are good for.
   */
  @Test
  void rootPolynomialMapsErrLessOnForearmsThatTheyNeverSaw() throws IOException {
    Path cameras = DATA.resolve("cameras");
    Path skin = DATA.resolve("skin").resolve("nist_forearm_S001-S070.csv");
    for (Path needed : List.of(cameras, skin)) {
      assumeTrue(Files.exists(needed), "skipped: no " + needed);
    }
    SpectralTable all = SpectralCsv.read(skin);
    SpectralTable seen = everySecond(all, 0);
    SpectralTable unseen = everySecond(all, 1);
    SpectralResponse canonical = SpectralResponse.canonical(GRID);
    ProfileImport.Options lamp =
        ProfileImport.Options.of(ProfileLight.named("3200K"), LocalDate.of(2026, 3, 31));
    List<Path> responses = new ArrayList<>(files(cameras.resolve("rawtoaces")));
    try (Stream<Path> files = Files.list(cameras)) {
      files.filter(file -> file.toString().endsWith(".csv")).sorted().forEach(responses::add);
    }
    for (Path file : responses) {
      CameraProfile camera = ProfileImport.read(file, lamp).profile();
      SpectralResponse response = camera.response(GRID);
      ChannelMap linear = camera.fitMap(CanonicalMap.KIND, seen, NOISE);
      ChannelMap root = camera.fitMap(RootPolynomialMap.KIND, seen, NOISE);
      double linearError = error(linear, response, canonical, unseen);
      double rootError = error(root, response, canonical, unseen);
      System.out.printf(
          Locale.ROOT,
          "%-42s at 40 dB, unseen forearms: linear %.4f (residual %.4f, condition number %.1f),"
              + " root-polynomial %.4f (%.4f, %.1f)%n",
          file.getFileName(),
          linearError,
          linear.residualRms(),
          linear.conditionNumber(),
          rootError,
          root.residualRms(),
          root.conditionNumber());
      assertTrue(rootError < linearError, file + ": " + rootError + " against " + linearError);
    }
  }

  private static double error(
      ChannelMap map, SpectralResponse camera, SpectralResponse canonical, SpectralTable skins) {
    Well19937c random = new Well19937c(1);
    double sum = 0;
    int repeats = 50;
    for (int i = 0; i < repeats; i++) {
      for (String name : skins.names()) {
        double[] seen = camera.capture(skins.column(name));
        double[] wanted = canonical.capture(skins.column(name));
        for (int c = 0; c < seen.length; c++) {
          seen[c] += NOISE * Math.sqrt(seen[c]) * random.nextGaussian();
        }
        double[] mapped = map.apply(seen);
        for (int c = 0; c < seen.length; c++) {
          sum += (mapped[c] - wanted[c]) * (mapped[c] - wanted[c]);
        }
      }
    }
    return Math.sqrt(sum / (4.0 * repeats * skins.size()));
  }

  private static SpectralTable everySecond(SpectralTable table, int first) {
    SpectralTable onGrid = Resampling.linear(table, GRID);
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int i = first; i < onGrid.size(); i += 2) {
      columns.put(onGrid.names().get(i), onGrid.column(onGrid.names().get(i)));
    }
    return SpectralTable.of(GRID, onGrid.unit(), columns);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }
}
