package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.Wavelengths;

class ShippedProfilesTest {

  @TempDir Path folder;

  static Stream<String> names() {
    return CameraProfiles.names().stream();
  }

  @Test
  void everyFileOfTheFolderHasAName() throws IOException {
    try (Stream<Path> files = Files.list(ShippedProfiles.FOLDER)) {
      assertEquals(
          names().map(name -> name + ".json").sorted().toList(),
          files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList()));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void theFilesHoldWhatTheirSourcesSay(String name) throws IOException {
    String file = Files.readString(ShippedProfiles.FOLDER.resolve(name + ".json"));
    assertEquals(ShippedProfiles.of(name).json(), file);
    assertEquals(file, CameraProfiles.named(name).json());
  }

  /** Reflectance that a perfect picture would lose by the camera not being the canonical one. */
  @ParameterizedTest
  @MethodSource("names")
  void theShippedCamerasComeNearTheCanonicalChannels(String name) {
    CameraProfile profile = CameraProfiles.named(name);
    for (String kind : new String[] {CanonicalMap.KIND, RootPolynomialMap.KIND}) {
      ChannelMap map = profile.fitMap(kind, Profiles.reflectances(100, 3), 0.01);
      assertTrue(map.residualRms() < 0.006, name + " " + kind + ": " + map.residualRms());
      assertTrue(map.conditionNumber() < 8, name + " " + kind + ": " + map.conditionNumber());
    }
  }

  @Test
  void theIdealCameraSeesTheCanonicalChannels() {
    Wavelengths grid = Wavelengths.VIS_NIR;
    double[][] expected = SpectralResponse.canonical(grid).weights();
    double[][] weights = CameraProfiles.named("cie-1931-960-ideal").response(grid).weights();
    for (int c = 0; c < 4; c++) {
      assertArrayEquals(expected[c], weights[c], 1e-12);
    }
  }

  @Test
  void profilesAreFoundByNameAndByPath() {
    CameraProfile demo = CameraProfiles.named("demo-camera");
    CameraProfileFiles.write(folder.resolve("sub/mine.json"), demo);
    assertEquals(demo, CameraProfiles.find("demo-camera", folder));
    assertEquals(demo, CameraProfiles.find("sub/mine.json", folder));
  }

  @Test
  void namesThatAreNoneAreRefusedWithThoseThatThereAre() {
    for (String name : new String[] {"nikon", "../demo-camera", "demo-camera.json", "\0"}) {
      var error = assertThrows(SkinSpectraException.class, () -> CameraProfiles.named(name));
      assertTrue(error.getMessage().contains("generic-silicon-rgb-960"), error.getMessage());
      assertThrows(SkinSpectraException.class, () -> CameraProfiles.find(name, folder));
    }
  }
}
