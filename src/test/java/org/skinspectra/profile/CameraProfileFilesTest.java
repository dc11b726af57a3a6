package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.skinspectra.JsonSchema;
import org.skinspectra.SkinSpectraIOException;

class CameraProfileFilesTest {

  private static final JsonSchema SCHEMA =
      JsonSchema.resource(CameraProfileFiles.class, "camera-profile.schema.json");

  @TempDir Path folder;

  static Stream<CameraProfile> profiles() {
    return Stream.of(Profiles.complete(), Profiles.least());
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void whatIsWrittenIsReadBackAndWrittenTheSame(CameraProfile profile) throws IOException {
    Path file = folder.resolve("a.json");
    CameraProfileFiles.write(file, profile);
    CameraProfile read = CameraProfileFiles.read(file);
    assertEquals(profile.json(), Files.readString(file));
    assertEquals(profile.json(), read.json());
    assertEquals(profile, read);
    assertEquals(profile.id(), read.id());
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void schemaAndTypedReaderBothTakeWhatIsWritten(CameraProfile profile) {
    JsonObject json = JsonParser.parseString(profile.json()).getAsJsonObject();
    SCHEMA.check(json, "a.json");
    assertEquals(profile, CameraProfileFiles.typed(json, "a.json"));
  }

  @Test
  void theIdIsTheDigestOfTheFileAndChangesWithAnyValue() {
    CameraProfile profile = Profiles.least();
    assertEquals(64, profile.id().length());
    JsonObject other = Profiles.with(profile, "sensors.RGB.blackLevelDn", "1");
    assertNotEquals(profile.id(), CameraProfileFiles.typed(other, "a.json").id());
  }

  @Test
  void theOrderOfKeysAndTheLayoutDoNotMatter() {
    CameraProfile profile = Profiles.complete();
    JsonObject json = JsonParser.parseString(profile.json()).getAsJsonObject();
    json.add("format", json.remove("format"));
    json.add("responses", json.remove("responses"));
    assertEquals(profile.id(), CameraProfileFiles.parse(json.toString(), "a.json").id());
  }

  /** Both the schema alone and the typed reader alone refuse these. */
  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "format|'skin-spectra camera profile 2'|format",
        "format|'-'|format",
        "name|''|name",
        "name|'   '|name",
        "name|7|name",
        "name|'-'|name",
        "author|null|author",
        "licence|[]|licence",
        "source|'-'|source",
        "created|'31.3.2026'|created",
        "created|'2026-13-01'|created",
        "updated|'1200-01-01'|updated",
        "notes|'one'|notes",
        "notes.0|7|notes[0]",
        "illuminant|7|illuminant",
        "illuminant.power|'-'|power",
        "illuminant.power.1|-1|power[1]",
        "illuminant.colour|1|colour",
        "illuminant.nm.0|200|nm[0]",
        "responses|'-'|responses",
        "responses|[]|responses",
        "responses.R|'-'|R'",
        "responses.R.2|-0.5|R[2]",
        "responses.G.2|'much'|G[2]",
        "responses.B.0|null|B[0]",
        "responses.N960.3|2e6|N960[3]",
        "responses.nm.3|2500|nm[3]",
        "responses.nm|[500]|responses.nm",
        "responses.W|[1, 1, 1, 1]|W",
        "responses.unit|'-'|unit",
        "filter960.centreNm|850|centreNm",
        "filter960.fwhmNm|0|fwhmNm",
        "filter960.fwhmNm|'10'|fwhmNm",
        "filter960.shape|'gauss'|shape",
        "sensors.RGB|'-'|RGB'",
        "sensors.NIR|{}|NIR",
        "sensors.RGB.bits|17|bits",
        "sensors.RGB.bits|11.5|bits",
        "sensors.RGB.bits|-1|bits",
        "sensors.RGB.bayer|'RGBG'|bayer",
        "sensors.RGB.blackLevelDn|'-'|blackLevelDn",
        "sensors.RGB.blackLevelDn|-1e7|blackLevelDn",
        "sensors.RGB.linearity.dn|[0]|dn",
        "sensors.RGB.linearity.linear.1|'x'|linear[1]",
        "whiteReflectance|1.5|whiteReflectance",
        "whiteReflectance|-0.1|whiteReflectance",
        "whiteReflectance|'white'|whiteReflectance",
        "whiteReflectance.reflectance.1|0|reflectance[1]",
        "registration.homography|[1, 0, 0, 0, 1, 0, 0, 0]|homography",
        "registration.homography.2|1e7|homography[2]",
        "registration.residualPx|-1|residualPx",
        "registration.date|'-'|date",
        "canonicalMap.kind|'cubic'|kind",
        "canonicalMap.coefficients|[[1, 0, 0, 0]]|coefficients",
        "canonicalMap.coefficients.1|[1]|coefficients[1]",
        "canonicalMap.coefficients.1.1|1001|coefficients[1]",
        "canonicalMap.residualRms|-0.1|residualRms",
        "canonicalMap.conditionNumber|0|conditionNumber",
        "canonicalMap.fittedOver|''|fittedOver",
        "gamma|2.2|gamma",
      })
  void schemaAndTypedReaderBothRefuseAndNameTheValue(String path, String value, String named) {
    JsonObject json = Profiles.with(Profiles.complete(), path, value);
    for (Reading reading :
        new Reading[] {
          j -> SCHEMA.check(j, "cameras/a.json"),
          j -> CameraProfileFiles.typed(j, "cameras/a.json"),
          j -> CameraProfileFiles.parse(j.toString(), "cameras/a.json")
        }) {
      var error = assertThrows(SkinSpectraIOException.class, () -> reading.read(json));
      assertTrue(error.getMessage().contains("cameras/a.json"), error.getMessage());
      assertTrue(error.getMessage().contains(named), error.getMessage());
    }
  }

  /** What a schema cannot say. */
  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "created|'2026-02-31'|'created' is \"2026-02-31\", but should be a day",
        "updated|'2026-03-30'|before 'created'",
        "name|'a\\nb'|without line breaks",
        "illuminant|'moonlight'|no illuminant 'moonlight'",
        "illuminant|'D65'|known from 300 to 830 nm",
        "illuminant.power|[0, 0, 0, 0]|zero at every wavelength",
        "illuminant.power|[1, 1, 1]|'illuminant.power' has 3 values, but 'illuminant.nm' has 4",
        "responses.nm|[300, 500, 500, 1100]|'responses.nm[2]' is 500, but must be above 500",
        "responses.R|[0, 0, 0, 0]|Channel R sees no light",
        "responses.N960|[1, 1, 0, 0]|Channel N960 sees no light",
        "responses.R|[1, 2]|'responses.R' has 2 values, but 'responses.nm' has 4",
        "sensors.RGB.saturationDn|5000|'saturationDn' is 5000, but lies between 64.5 and 4095",
        "sensors.RGB.blackLevelDn|4095|'saturationDn' is 4000",
        "sensors.RGB.linearity.linear|[0, 4200, 990]|'linearity.linear[2]' is 990",
        "sensors.RGB.linearity.linear|[0, 1]|'linearity.linear' has 2 values",
        "whiteReflectance.nm|[400, 700, 900]|covers 400 nm to 900 nm",
        "registration.homography|[1, 0, 0, 0, 0, 0, 0, 0, 1]|folds the image up",
        "registration.homography|[1, 0, 0, 0, 1, 0, 0, 0, 0]|folds the image up",
        "canonicalMap.coefficients.0.0|0.95|'canonicalMap.coefficients[0]' has the sum 1.05",
        "canonicalMap.conditionNumber|3|for these coefficients",
        "canonicalMap.kind|'root-polynomial'|has 4 values, but needs 7",
      })
  void refusesValuesThatDoNotFitEachOther(String path, String value, String reason) {
    JsonObject json = Profiles.with(Profiles.complete(), path, value);
    var error =
        assertThrows(
            SkinSpectraIOException.class,
            () -> CameraProfileFiles.parse(json.toString(), "cameras/a.json"));
    assertTrue(error.getMessage().contains("cameras/a.json"), error.getMessage());
    assertTrue(error.getMessage().contains(reason), error.getMessage());
  }

  @Test
  void unknownKeysAreRefusedWithThoseThatAreKnown() {
    JsonObject json = Profiles.with(Profiles.complete(), "sensors.RGB.gamma", "2.2");
    for (Reading reading :
        new Reading[] {
          j -> SCHEMA.check(j, "a.json"), j -> CameraProfileFiles.typed(j, "a.json"),
        }) {
      var error = assertThrows(SkinSpectraIOException.class, () -> reading.read(json));
      assertTrue(error.getMessage().contains("'sensors.RGB.gamma'"), error.getMessage());
      assertTrue(
          error.getMessage().contains("[bits, saturationDn, blackLevelDn, bayer, linearity]"),
          error.getMessage());
    }
  }

  @Test
  void theExampleOfTheReadmeIsAProfile() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int start = readme.indexOf("```json\n{\n  \"format\": \"skin-spectra camera profile") + 8;
    String example = readme.substring(start, readme.indexOf("```", start));
    CameraProfile profile = CameraProfileFiles.parse(example, "README.md");
    assertEquals(16, profile.sensor("N960").bits());
  }

  @Test
  void somethingMustBeKnownOf960() {
    JsonObject json = Profiles.with(Profiles.least(), "filter960", "'-'");
    var error =
        assertThrows(
            SkinSpectraIOException.class,
            () -> CameraProfileFiles.parse(json.toString(), "a.json"));
    assertTrue(error.getMessage().contains("Nothing says how 960 nm is seen"), error.getMessage());
  }

  @Test
  void filesThatAreTooLargeAreRefused() throws IOException {
    Path file = folder.resolve("a.json");
    byte[] blanks = new byte[(int) CameraProfileFiles.MAX_BYTES + 1];
    Files.write(file, blanks);
    var error = assertThrows(SkinSpectraIOException.class, () -> CameraProfileFiles.read(file));
    assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
    assertTrue(error.getMessage().contains("4194305 bytes"), error.getMessage());
  }

  private interface Reading {
    void read(JsonObject json);
  }
}
