package org.skinspectra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.GsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.profile.CameraProfileFiles;

class JsonSchemaTest {

  private static final JsonSchema SCHEMA =
      JsonSchema.resource(JsonSchemaTest.class, "lamp.schema.json");

  @Test
  void takesWhatKeepsTheSchema() {
    SCHEMA.check(JsonParser.parseString("{\"watts\": 5, \"rows\": [[1, 2]]}"), "lamp.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{}|lamp.json: the file lacks ['watts']. Add it.",
        "[]|lamp.json: the file is [], but must be of the type \"object\".",
        "{'watts': -5}|lamp.json: 'watts' is -5, but must be at least 0.",
        "{'watts': 5e9}|lamp.json: 'watts' is 5e9, but must be at most 1e3.",
        "{'watts': 'much'}|lamp.json: 'watts' is \"much\", but must be of the type \"number\".",
        "{'watts': 1, 'colour': 'red'}|'colour' is \"red\", but must be one of [\"white\",\"960\"].",
        "{'watts': 1, 'rows': [[1, 2], [1, null]]}|'rows[1][1]' is null, but must be of the type",
        "{'watts': 1, 'rows': [[1]]}|'rows[0]' is [1], but must be a list of at least 2.",
        "{'watts': 1, 'volts': 1}|has 'volts', which is not known; there may be [watts, colour, rows]",
      })
  void saysWhereAndWhatAndWhatIsWanted(String json, String message) {
    var error =
        assertThrows(
            SkinSpectraIOException.class,
            () -> SCHEMA.check(JsonParser.parseString(json.replace('\'', '"')), "lamp.json"));
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  /** At run time that is left out. */
  @Test
  void theShippedSchemasKeepTheSchemaOfSchemas() throws IOException {
    var validator =
        new ValidatorFactory().withJsonNodeFactory(new GsonNode.Factory()).createValidator();
    try (var in = CameraProfileFiles.class.getResourceAsStream("camera-profile.schema.json")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(
          "https://skinspectra.org/schemas/camera-profile-1.json",
          validator.registerSchema(text).toString());
    }
  }
}
