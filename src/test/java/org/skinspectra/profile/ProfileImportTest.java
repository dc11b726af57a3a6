package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraIOException;

class ProfileImportTest {

  private static final Path CAMERAS = Path.of("..", "shared", "data", "cameras");
  private static final ProfileImport.Options LAMP =
      ProfileImport.Options.of(ProfileLight.named("3200K"), Profiles.DAY);

  @TempDir Path folder;

  @Test
  void rawtoacesSaysWhoMadeIt() throws IOException {
    Path file =
        file(
            "d1.json",
            """
            {"header": {"manufacturer": "Maker", "model": "D1", "document_creator": "lab",
              "license": "Apache-2.0", "measurement_equipment": "bench\\n7",
              "document_creation_date": "2025-11-07"},
             "spectral_data": {"units": "relative", "index": {"main": ["R", "G", "B"]},
              "data": {"main": {"380": [0, 0, 1], "500": [0, 1, 1], "600": [1, 1, 0],
                "780": [1, 0, 0]}}}}
            """);
    CameraProfile profile = ProfileImport.read(file, LAMP).profile();
    assertEquals("Maker D1", profile.origin().name());
    assertEquals("lab", profile.origin().author());
    assertEquals("Apache-2.0", profile.origin().licence());
    assertEquals(
        "rawtoaces JSON d1.json, measured with bench 7, 2025-11-07", profile.origin().source());
    assertEquals(Profiles.DAY, profile.origin().created());
    assertArrayEquals(new double[] {0, 0, 1, 1}, profile.responses().column("R"));
    assertEquals(profile, CameraProfileFiles.parse(profile.json(), "a.json"));
  }

  @Test
  void dcamprofIsImported() throws IOException {
    Path file =
        file(
            "d2.json",
            """
            {"camera_name": "D2", "ssf_bands": [400, 500, 600, 720], "red_ssf": [0, 0, 1, 1],
             "green_ssf": [0, 1, 1, 0], "blue_ssf": [1, 1, 0, 0]}
            """);
    ProfileImport imported = ProfileImport.read(file, LAMP);
    assertEquals("D2", imported.profile().origin().name());
    assertEquals("unknown", imported.profile().origin().licence());
    assertTrue(imported.warnings().toString().contains("No licence is stated"));
  }

  @Test
  void whatIsAssumedIsWarnedOfAndNoted() throws IOException {
    Path file =
        file("d3.csv", "nm,R,G,B,W\n420,-0.001,0,1,1\n500,0,1,1,1\n600,1,1,0,1\n690,1,0,0,1");
    ProfileImport imported = ProfileImport.read(file, LAMP);
    assertEquals(imported.warnings(), imported.profile().origin().notes());
    String warnings = imported.warnings().toString();
    for (String part :
        List.of(
            "[W] are left out",
            "from 420 nm to 690 nm",
            "R has values below zero, down to -0.001",
            "a filter at 960 nm of 10 nm width is assumed",
            "No licence")) {
      assertTrue(warnings.contains(part), part + " in " + warnings);
    }
    assertEquals(Optional.of(BandFilter.ASSUMED), imported.profile().filter960());
    assertEquals(0, imported.profile().responses().column("R")[0]);
  }

  @Test
  void aMeasuredChannelAt960IsTakenAsItIs() throws IOException {
    Path file =
        file(
            "d4.csv",
            "nm,NIR,Red,Green,Blue\n400,0,0,0,1\n500,0,0,1,1\n600,0,1,1,0\n700,0,1,0,0\n"
                + "940,0,0,0,0\n960,1,0,0,0\n980,0,0,0,0");
    ProfileImport imported = ProfileImport.read(file, LAMP);
    assertEquals(List.of("R", "G", "B", "N960"), imported.profile().responses().names());
    assertEquals(Optional.empty(), imported.profile().filter960());
    assertTrue(imported.warnings().stream().noneMatch(w -> w.contains("960 nm was not measured")));
  }

  @Test
  void channelsThatSeeMuchNearInfraredAreWarnedOf() throws IOException {
    Path file =
        file(
            "d5.csv", "nm,R,G,B\n400,0,0,1\n500,0,1,1\n600,1,1,0\n700,1,0.5,0.2\n1000,0.5,0.5,0.5");
    String warnings = ProfileImport.read(file, LAMP).warnings().toString();
    assertTrue(warnings.contains("lie beyond 700 nm; put an infrared-cut filter"), warnings);
  }

  @Test
  void whatIsNoCameraIsRefusedNamingTheFile() throws IOException {
    refuses(file("a.csv", "nm,R,G\n400,1,1\n700,1,1"), "[R, G]");
    refuses(file("b.csv", "nm,R,G,B\n400,1,1,1\n500,-0.5,1,1\n700,1,1,1"), "more than noise");
    refuses(file("c.csv", "nm,R,G,B\n400,0,1,1\n700,0,1,1"), "Channel R sees no light");
    refuses(file("d.json", "{\"ssf\": 1}"), "neither spectral_data");
    refuses(file("e.csv", "nm,R,G,B\n400,1,1,1"), "needs 2 to 2000");
  }

  @Test
  void aLightThatIsNotKnownWhereTheSensorSeesIsRefused() throws IOException {
    Path file = file("f.csv", "nm,R,G,B\n400,1,1,1\n1000,1,1,1");
    var error =
        assertThrows(
            SkinSpectraIOException.class,
            () ->
                ProfileImport.read(
                    file, ProfileImport.Options.of(ProfileLight.named("D65"), Profiles.DAY)));
    assertTrue(error.getMessage().contains("known from 300 to 830 nm"), error.getMessage());
    assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
  }

  @Test
  void allCamerasAtHandAreImported() throws IOException {
    assumeTrue(Files.isDirectory(CAMERAS), "skipped: no " + CAMERAS);
    int count = 0;
    try (Stream<Path> files = Files.walk(CAMERAS)) {
      for (Path file :
          files.filter(f -> f.toString().matches(".*(_380_780_5\\.json|_10nm\\.csv)")).toList()) {
        ProfileImport imported = ProfileImport.read(file, LAMP);
        CameraProfile profile = imported.profile();
        assertEquals(profile, CameraProfileFiles.parse(profile.json(), file.toString()));
        assertTrue(
            imported.warnings().toString().contains("a filter at 960 nm"),
            file + ": " + imported.warnings());
        count++;
      }
    }
    assertEquals(15, count);
  }

  private static void refuses(Path file, String reason) {
    var error = assertThrows(SkinSpectraIOException.class, () -> ProfileImport.read(file, LAMP));
    assertTrue(error.getMessage().contains(reason), error.getMessage());
    assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
