package org.skinspectra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

  private static JsonFields fields(String json) {
    return JsonFields.ofForeign(
        JsonText.parse(json.replace('\'', '"'), "a.json", "lamp"), "a.json");
  }

  private static void refuses(
      String json, Function<JsonFields, Object> reading, String... inMessage) {
    JsonFields fields = fields(json);
    String message =
        assertThrows(SkinSpectraIOException.class, () -> reading.apply(fields)).getMessage();
    for (String part : inMessage) {
      assertTrue(message.contains(part) && message.startsWith("a.json"), message);
    }
  }

  @Test
  void wholeNumbersKeepTheirRange() {
    assertEquals(3, fields("{'n': 3}").whole("n", 3, 3));
    assertEquals(1L << 53, fields("{'n': 9007199254740992}").whole("n", 0, 1L << 53));
    refuses("{'n': 4}", f -> f.whole("n", 1, 3), "'n' is 4", "a whole number from 1 to 3");
    refuses("{'n': 2.5}", f -> f.whole("n", 1, 3), "'n' is 2.5");
    refuses("{'n': '2'}", f -> f.whole("n", 1, 3), "a number");
    refuses("{}", f -> f.whole("n", 1, 3), "lacks 'n'");
  }

  @Test
  void listsOfOtherProgramsAreTakenByWhatTheyHold() {
    JsonFields fields =
        fields("{'a': [{'x': 1, 'y': 2}, {}], 't': ['p', 'q'], 'e': [], 'n': null}");
    assertEquals(2, fields.foreignObjects("a").get(0).whole("y"));
    assertTrue(fields.isList("a") && !fields.isListOfTexts("a"));
    assertTrue(fields.isListOfTexts("t") && fields.isListOfTexts("e") && !fields.isList("n"));
    assertTrue(fields.isNull("n") && fields.isNull("none") && !fields.isNull("e"));
    refuses("{'a': [{}, 3]}", f -> f.foreignObjects("a"), "'a[1]' is 3", "an object");
    refuses("{'a': [{'x': 'y'}]}", f -> f.foreignObjects("a").get(0).whole("x"), "'a[0].x'");
    refuses("{'a': {}}", f -> f.foreignObjects("a"), "a list");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1.5, 1e300, Double.NaN, Double.POSITIVE_INFINITY, -1.0 / 0.0})
  void anyNumberComesBack(double value) {
    JsonObject json = new JsonObject();
    json.add("n", JsonText.anyNumber(value));
    assertEquals(value, fields(JsonText.write(json)).anyNumber("n"));
  }

  @Test
  void otherTextsAreNoNumbers() {
    refuses("{'n': 'nan'}", f -> f.anyNumber("n"), "'n' is \"nan\"");
    refuses("{'n': 'NaN'}", f -> f.number("n"), "a number");
    refuses("{'n': 0}", f -> f.positive("n"), "a number above 0");
    refuses("{'n': 1}", f -> f.flag("n"), "true or false");
    assertTrue(fields("{'n': true}").flag("n"));
  }

  @Test
  void textsOfAFormAndTimesAreHeldAgainstIt() {
    Pattern form = Pattern.compile("[a-z]{2}");
    assertEquals("ab", fields("{'t': 'ab'}").text("t", form, "xy"));
    refuses("{'t': 'abc'}", f -> f.text("t", form, "xy"), "'t' is \"abc\"", "text such as xy");
    refuses("{'t': 'yesterday'}", f -> f.time("t"), "yesterday", "2026-11-25T10:00:00+01:00");
    refuses("{'t': 7}", f -> f.time("t"), "a time such as");
    assertEquals(
        "2026-11-25T10:00+01:00",
        fields("{'t': '2026-11-25T10:00:00+01:00'}").time("t").toString());
    assertEquals("\n", fields("{'t': '\\n'}").anyText("t", 1));
    refuses("{'t': 'ab'}", f -> f.anyText("t", 1), "up to 1 characters");
  }

  @Test
  void objectsOfAListAreNamedByTheirPlace() {
    List<String> known = List.of("x");
    assertEquals(
        List.of(1.0, 2.0),
        fields("{'all': [{'x': 1}, {'x': 2}]}").objects("all", known).stream()
            .map(f -> f.number("x"))
            .toList());
    refuses("{'all': [{'x': 1}, {'y': 2}]}", f -> f.objects("all", known), "'all[1].y'");
    refuses("{'all': [{'x': 1}, 5]}", f -> f.objects("all", known), "'all[1]' is 5");
    refuses("{'all': {}}", f -> f.objects("all", known), "a list");
    refuses("{'all': [{}]}", f -> f.objects("all", known).get(0).number("x"), "'all[0].x'");
  }
}
