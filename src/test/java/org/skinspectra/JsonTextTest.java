package org.skinspectra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "12, 12",
    "0.1, 0.1",
    "-0.25, -0.25",
    "2.0E-3, 0.002",
    "1e-7, 1E-7",
    "123456789012345680, 1.2345678901234568E+17",
    "1e300, 1E+300",
    "2.2E-322, 2.2E-322",
    "4.9e-324, 5E-324",
    "1.7976931348623157e308, 1.7976931348623157E+308",
  })
  void numbersHaveTheFewestDigits(double value, String text) {
    assertEquals(text, JsonText.number(value));
  }

  @Test
  void everyNumberIsGivenBack() {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertEquals(value, Double.parseDouble(JsonText.number(value)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void numbersThatJsonCannotHoldAreRefused(double value) {
    assertThrows(IllegalArgumentException.class, () -> JsonText.number(value));
  }

  @Test
  void whatIsWrittenIsReadBackAndWrittenTheSame() {
    JsonObject json = new JsonObject();
    json.addProperty("text", "a \"b\" \\ <é>");
    json.addProperty("yes", true);
    JsonArray numbers = new JsonArray();
    for (int i = 0; i < 60; i++) {
      numbers.add(i / 7.0);
    }
    json.add("numbers", numbers);
    json.add("empty", new JsonArray());
    json.add("nothing", new JsonObject());
    String text = JsonText.write(json);
    assertEquals(text, JsonText.write(JsonText.parse(text, "a", "b")));
    assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
  }

  @Test
  void inAsciiItSaysTheSame() {
    JsonObject json = new JsonObject();
    json.addProperty("4→61 é", "😀, half of it \ud83d and \u007f");
    String text = JsonText.writeAscii(json);
    assertTrue(text.chars().allMatch(c -> c < 0x7f), text);
    assertEquals(json, JsonText.parse(text, "a", "b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\"|not one JSON object",
        "[]|not one JSON object",
        "null|not one JSON object",
        "{'a': 1, 'a': 2}|'a' twice",
        "{'a': {'b': 1, 'c': [{'b': 1, 'b': 2}]}}|at $.a.c[0].b",
        "{'a': NaN}|malformed at line 1 column 7",
        "{'a': -Infinity}|malformed",
        "{'a': 1e999}|Infinity",
        "{'a': 1} {}|malformed",
        "{'a': 1|no thing in JSON",
        "{'a': 0x10}|malformed",
        "{a: 1}|malformed",
        "{'a': 1 /* note */}|malformed",
      })
  void textThatIsNoStrictJsonIsRefused(String text, String reason) {
    var error =
        assertThrows(
            SkinSpectraIOException.class,
            () -> JsonText.parse(text.replace('\'', '"'), "rig.json", "thing"));
    assertTrue(error.getMessage().contains(reason), error.getMessage());
    assertTrue(error.getMessage().startsWith("rig.json"), error.getMessage());
  }

  @Test
  void nestingWithoutEndIsRefused() {
    String deep = "{\"a\":" + "[".repeat(100_000);
    var error =
        assertThrows(SkinSpectraIOException.class, () -> JsonText.parse(deep, "rig.json", "rig"));
    assertTrue(error.getMessage().contains("nested more than 32"), error.getMessage());
  }

  @Test
  void filesThatAreTooLargeAreRefusedBeforeTheyAreRead() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "{}" + " ".repeat(100));
    refuses(file, 101, "102 bytes");
    assertEquals(new JsonObject(), JsonText.read(file, "rig", 102));
  }

  @Test
  void filesThatAreNoTextAreRefused() throws IOException {
    Path file =
        Files.write(folder.resolve("a.json"), new byte[] {'{', '"', (byte) 0xff, '"', ':', '1'});
    refuses(file, 100, "UTF-8");
  }

  @Test
  void foldersAndMissingFilesAreRefused() {
    refuses(folder, 100, "not a file");
    refuses(folder.resolve("none.json"), 100, "There is no file");
  }

  private static void refuses(Path file, long maxBytes, String reason) {
    var error =
        assertThrows(SkinSpectraIOException.class, () -> JsonText.read(file, "rig", maxBytes));
    assertTrue(error.getMessage().contains(reason), error.getMessage());
    assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
  }
}
