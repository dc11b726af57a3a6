package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
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
import org.skinspectra.JsonText;
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
            List.of(
                new DeviceSetting("Wheel", "Label", "960 nm ü"),
                new DeviceSetting("Lamp", "Comment", "")),
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
        "\"exposureMs\": 2.5 | \"exposureMs\": 0 | 'steps[0].exposureMs' is 0.0, but must be above 0",
        "\"exposureMs\": 2.5 | \"exposureMs\": -1 | 'steps[0].exposureMs' is -1",
        "\"exposureMs\": 2.5 | \"exposureMs\": \"2\" | 'steps[0].exposureMs' is \"2\", but must be of the type \"number\"",
        "\"exposureMs\": 2.5 | \"exposureMs\": NaN | malformed at line 2",
        "\"exposureMs\": 2.5 | \"exposureMs\": 1e999999999 | $.steps[0].exposureMs",
        "\"exposureMs\": 2.5 | \"exposureMs\": 1e-999999999 | must be above 0",
        "\"exposureMs\": 2.5 | \"exposureMs\": 3600001 | must be at most 3600000",
        "\"exposureMs\": 2.5 | \"gain\": 2 | 'steps[0]' lacks ['exposureMs']",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"exposureMs\": 3 | 'exposureMs' twice, at $.steps[0].exposureMs",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"exposure\": 3 | 'steps[0].exposure', which is not known; there may be [channel, preset, settings, camera",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"average\": 1.5 | 'steps[0].average' is 1.5, but must be of the type \"integer\"",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"average\": 0 | 'steps[0].average' is 0.0, but must be at least 1",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"binning\": 65 | must be at most 64",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"gain\": 0 | 'steps[0].gain' is 0.0",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"settleMs\": 600001 | 'steps[0].settleMs'",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"timeoutMs\": -1 | 'steps[0].timeoutMs'",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"region\": {\"x\":0,\"y\":0,\"width\":0,\"height\":1} | 'steps[0].region.width' is 0.0",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"region\": [] | 'steps[0].region' is [], but must be of the type \"object\"",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"settings\": [{\"device\":\"a\",\"property\":\"b\"}] | 'steps[0].settings[0]' lacks ['value']",
        "\"exposureMs\": 2.5 | \"exposureMs\": 2.5, \"preset\": {\"group\":\" \",\"preset\":\"b\"} | 'steps[0].preset.group' is",
        "\"channel\": \"RGB\" | \"channel\": \"../x\" | 'steps[0].channel' is \"../x\"",
        "\"channel\": \"RGB\" | \"channel\": null | 'steps[0].channel' is null",
        "\"demo\" | \"webcam\" | 'source' is \"webcam\", but must be one of [\"micro-manager\",\"demo\",\"replay\"]",
        "\"p\" | \"../../etc/passwd\" | 'profile' is \"../../etc/passwd\"",
        "\"p\" | \"/etc/passwd\" | 'profile' is \"/etc/passwd\"",
        "\"p\" | \"a/..\" | 'profile' is \"a/..\"",
        "\"p\" | \"C:\\\\x\" | 'profile'",
        "\"steps\": [ | \"steps\": [{\"channel\": \"RGB\", \"camera\": \"D\", \"exposureMs\": 1}, | Two steps take the channel RGB",
        "[{\"channel\": \"RGB\", \"camera\": \"C\", \"exposureMs\": 2.5}] | [] | 'steps' is [], but must be a list of at least 1",
        "[{\"channel\": \"RGB\", \"camera\": \"C\", \"exposureMs\": 2.5}] | {} | 'steps' is {}",
        "2.5}]} | 2.5}]} {} | malformed",
        "2.5}]} | 2.5}] | End of input",
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
            .validate(RigFiles.schema().text(), RigFiles.json(Rigs.named("prism")))
            .isValid());
  }

  @Test
  void theReaderWithoutTheSchemaSaysWhereAndWhat() {
    String told = typedProblem(MINIMAL.replace("2.5", "-1"));
    assertTrue(
        told.contains("The exposureMs of step RGB is -1; it is a number above 0, up to 3600000."),
        told);
    told = typedProblem(MINIMAL.replace("\"p\"", "\"../p\""));
    assertTrue(told.startsWith("it: ") && told.contains("'../p' is neither the name"), told);
    assertEquals("", typedProblem(MINIMAL));
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

  /** The schema knows everything that the reader refuses, but that a channel is taken twice. */
  @Test
  void readerAndSchemaRefuseTheSame() {
    Random random = new Random(6);
    List<String> rigs = Rigs.names().stream().map(n -> RigFiles.json(Rigs.named(n))).toList();
    Set<String> reasons = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      String damaged = RigDamage.ofValues(rigs.get(random.nextInt(rigs.size())), random);
      JsonObject document;
      try {
        document = JsonText.parse(damaged, "it", "rig");
      } catch (SkinSpectraException e) {
        reasons.add(e.getMessage());
        continue;
      }
      String told = problem(() -> RigFiles.typed(document, "it"));
      if (!told.contains("Two steps")) {
        String schema = problem(() -> RigFiles.schema().check(document, "it"));
        assertEquals(told.isEmpty(), schema.isEmpty(), told + schema + "\n" + damaged);
      }
      reasons.add(told);
    }
    assertTrue(reasons.size() > 30, reasons.toString());
  }

  private static String typedProblem(String json) {
    return problem(() -> RigFiles.typed(JsonText.parse(json, "it", "rig"), "it"));
  }

  /** Empty where there is none. */
  private static String problem(Runnable reading) {
    try {
      reading.run();
      return "";
    } catch (SkinSpectraException e) {
      return e.getMessage();
    }
  }
}
