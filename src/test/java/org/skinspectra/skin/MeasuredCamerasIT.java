package org.skinspectra.skin;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.profile.CanonicalMap;
import org.skinspectra.profile.ResponseFiles;
import org.skinspectra.profile.SpectralResponse;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.SpectralCsv;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/** Maps measured cameras to the canonical channels over measured skin, where those are at hand. */
class MeasuredCamerasIT {

  private static final Path DATA = Path.of("..", "shared", "data");
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

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }
}
