package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.GsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;

class RigFilesTest {

  private static final String MINIMAL =
      """
      {"name": "n", "source": "demo", "profile": "p",
       "steps": [{"channel": "RGB", "camera": "C", "exposureMs": 2.5}]}""";

  @TempDir private Path folder;

  private static List<String> names() {
    return Rigs.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void shippedRigsAreWrittenAsTheyAreShipped(String name) {
    assertEquals(
        RigFiles.resource("rigs/" + name + ".json"), RigFiles.json(Rigs.named(name)), name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void shippedRigsTakeTheColoursAnd960Nanometres(String name) {
    assertEquals(
        List.of("RGB", "N960"),
        Rigs.named(name).steps().stream().map(RigStep::channel).toList(),
        name);
  }

  @Test
  void everyRigFileOfTheProgramHasItsName() throws IOException {
    try (var files = Files.list(Path.of("src/main/resources/org/skinspectra/camera/rigs"))) {
      assertEquals(
          new HashSet<>(Rigs.names()),
          files
              .map(file -> file.getFileName().toString().replace(".json", ""))
              .collect(Collectors.toSet()));
    }
  }

  @Test
  void whatIsLeftOutHasTheStatedValue() {
    RigStep step = RigFiles.parse(MINIMAL, "it").steps().get(0);
    assertEquals(
        new RigStep(
            "RGB", Optional.empty(), List.of(), "C", 2.5, 1, 1, 0, Optional.empty(), 1, 5000),
        step);
  }

  @Test
  void aRigWithEverythingComesBackFromItsFile() {
    RigStep step =
        new RigStep(
            "N960",
            Optional.of(new ConfigPreset("Channel", "NIR \"960\"")),
            List.of(new DeviceSetting("Wheel", "Label", "960 nm ü")),
            "Cam",
            0.1,
            2.5,
            16,
            50.5,
            Optional.of(new SensorRegion(0, 2, 640, 480)),
            2,
            100);
    Rig rig = new Rig("Größe", "micro-manager", "profiles/mine.json", List.of(step));
    Path file = folder.resolve("rig.json");
    RigFiles.write(rig, file);
    assertEquals(rig, Rigs.open(file.toString()));
    assertEquals(RigFiles.json(rig), RigFiles.json(RigFiles.read(file)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"exposureMs\": 2.5 | \"exposureMs\": 0 | exposureMs of step RGB is 0; it is a number above 0",
        "\"exposureMs\": 2.5 | \"exposureMs\": -1 | exposureMs of step RGB is -1",
        "\"exposureMs\": 2.5 | \"exposureMs\": \"2\" | \"2\" for 'steps[0].exposureMs', which is a number",
        "\"exposureMs\": 2.5 | \"exposureMs\": NaN | is no JSON at line 2",
        "\"exposureMs\": 2.5 | \"exposureMs\": 1e999999999 | 1e999999999 at $.steps[0].exposureMs",
        "\"exposureMs\": 2.5 | \"exposureMs\": 1e-999999999 | out of all range",
        "\"exposureMs\": 2.5 | \"exposureMs\": 3600001 | up to 3600000",
        "\"exposureMs\": 2.5 | \"gain\": 2 | lacks 'steps[0].exposureMs'",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"exposureMs\": 3 | has $.steps[0].exposureMs twice",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"exposure\": 3 | has 'steps[0].exposure', which is unknown; known there are [average, binning, camera",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"average\": 1.5 | 1.5 for 'steps[0].average', which is a whole number",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"average\": 0 | average of step RGB is 0; it is a number 1 to 10000",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"binning\": 65 | 1 to 64",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"gain\": 0 | gain of step RGB is 0",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"settleMs\": 600001 | settleMs of step RGB",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"timeoutMs\": -1 | timeoutMs of step RGB",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"region\": {\"x\":0,\"y\":0,\"width\":0,\"height\":1} | steps[0].region: A sensor has no region 0x1",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"region\": [] | has no object at steps[0].region",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"settings\": [{\"device\":\"a\",\"property\":\"b\"}] | lacks 'steps[0].settings[0].value'",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"preset\": {\"group\":\" \",\"preset\":\"b\"} | steps[0].preset: The group of a rig is a text",
        "\"channel\": \"RGB\" | \"channel\": \"../x\" | '../x' is no name of a channel",
        "\"channel\": \"RGB\" | \"channel\": null | null for 'steps[0].channel', which is a text",
        "\"demo\" | \"webcam\" | There is no source of frames 'webcam'; use one of [micro-manager, demo, replay]",
        "\"p\" | \"../../etc/passwd\" | '../../etc/passwd' is neither the name of a profile",
        "\"p\" | \"/etc/passwd\" | '/etc/passwd' is neither",
        "\"p\" | \"a/..\" | 'a/..' is neither",
        "\"p\" | \"C:\\\\x\" | is neither",
        "\"steps\": [ | \"steps\": [{\"channel\": \"RGB\", \"camera\": \"D\", \"exposureMs\": 1}, | Two steps take the channel RGB",
        "[{\"channel\": \"RGB\", \"camera\": \"C\", \"exposureMs\": 2.5}] | [] | A rig has 1 to 64 steps, not 0",
        "[{\"channel\": \"RGB\", \"camera\": \"C\", \"exposureMs\": 2.5}] | {} | 'steps', which is a list",
        "2.5}]} | 2.5}]} {} | is no JSON",
        "2.5}]} | 2.5}] | ends too early",
      })
  void whatCannotBeIsNamedWithItsPlace(String from, String to, String message) {
    String json = MINIMAL.replace(from, to);
    assertTrue(!json.equals(MINIMAL), from);
    String told =
        assertThrows(SkinSpectraException.class, () -> RigFiles.parse(json, "rig.json"))
            .getMessage();
    assertTrue(told.contains(message) && told.startsWith("rig.json"), told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "3", "null", "\"text\"", "{", "\u0000", "{\"name\": \"\\uzzzz\"}"})
  void whatIsNoObjectIsRefused(String json) {
    String told =
        assertThrows(SkinSpectraException.class, () -> RigFiles.parse(json, "rig.json"))
            .getMessage();
    assertTrue(told.startsWith("rig.json"), told);
  }

  @Test
  void deeplyNestedTextIsRefusedQuickly() {
    String json = "{\"name\": " + "[".repeat(400_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertTrue(
                assertThrows(SkinSpectraException.class, () -> RigFiles.parse(json, "rig.json"))
                    .getMessage()
                    .contains("nested")));
  }

  @Test
  void filesThatAreMissingTooLargeOrNoTextAreNamed() throws IOException {
    Path missing = folder.resolve("missing.json");
    Path large = Files.write(folder.resolve("large.json"), new byte[(1 << 20) + 1]);
    Path binary = Files.write(folder.resolve("binary.json"), new byte[] {(byte) 0xff, 0, 1});
    for (Path file : List.of(missing, large, binary, folder)) {
      String told =
          assertThrows(SkinSpectraException.class, () -> RigFiles.read(file)).getMessage();
      assertTrue(told.contains(file.toString()), told);
    }
  }

  @Test
  void anUnknownNameIsRefusedWithThoseThereAre() {
    String told = assertThrows(SkinSpectraException.class, () -> Rigs.named("x")).getMessage();
    assertTrue(told.contains("'x'") && told.contains("demo-pair"), told);
    assertThrows(SkinSpectraException.class, () -> Rigs.open("x"));
    assertThrows(SkinSpectraException.class, () -> Rigs.open("x\0"));
  }

  @Test
  void theSchemaIsASchema() {
    assertTrue(
        new ValidatorFactory()
            .withDefaultDialect(new Dialects.Draft2020Dialect())
            .withJsonNodeFactory(new GsonNode.Factory())
            .validate(RigFiles.schema(), RigFiles.json(Rigs.named("prism")))
            .isValid());
  }

  @Test
  void theSchemaTakesWhatIsShippedAndObjectsToTheRest() {
    for (String name : Rigs.names()) {
      assertEquals(List.of(), problems(RigFiles.resource("rigs/" + name + ".json")), name);
    }
    assertEquals(1, problems(MINIMAL.replace("2.5", "-1")).size());
    assertTrue(!problems(MINIMAL.replace("\"camera\"", "\"kamera\"")).isEmpty());
    assertTrue(!problems(MINIMAL.replace("\"p\"", "\"../p\"")).isEmpty());
    assertTrue(RigFiles.schema().contains("exposureMs"));
  }

  private static List<String> problems(String json) {
    return RigFiles.schemaProblems(JsonParser.parseString(json).getAsJsonObject());
  }

  /** Damages of which some leave a rig, with which reader and schema must then agree. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void damagedRigsAreRefusedByNameOrAreRigsStill() throws IOException {
    Random random = new Random(5);
    List<String> rigs = Rigs.names().stream().map(n -> RigFiles.json(Rigs.named(n))).toList();
    Path file = folder.resolve("damaged.json");
    int refused = 0;
    int read = 0;
    for (int i = 0; i < 400; i++) {
      String damaged = RigDamage.of(rigs.get(random.nextInt(rigs.size())), random);
      Files.write(file, damaged.getBytes(StandardCharsets.ISO_8859_1));
      try {
        Rig rig = RigFiles.read(file);
        assertEquals(rig, RigFiles.parse(RigFiles.json(rig), "again"));
        read++;
      } catch (SkinSpectraException e) {
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        refused++;
      }
    }
    assertTrue(refused > 150 && read > 15, refused + " refused, " + read + " read");
  }

  /** The schema knows everything that the reader refuses, but for what JSON itself cannot say. */
  @Test
  void readerAndSchemaRefuseTheSame() {
    Random random = new Random(6);
    List<String> rigs = Rigs.names().stream().map(n -> RigFiles.json(Rigs.named(n))).toList();
    Set<String> reasons = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      String damaged = RigDamage.ofValues(rigs.get(random.nextInt(rigs.size())), random);
      String told = "";
      try {
        RigFiles.parse(damaged, "it");
      } catch (SkinSpectraException e) {
        told = e.getMessage();
      }
      if (!told.matches("(?s).*(Two steps|no JSON|twice|out of all range).*")) {
        assertEquals(told.isEmpty(), problems(damaged).isEmpty(), told + "\n" + damaged);
      }
      reasons.add(told);
    }
    assertTrue(reasons.size() > 30, reasons.toString());
  }
}
