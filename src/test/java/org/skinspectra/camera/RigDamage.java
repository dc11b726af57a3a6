package org.skinspectra.camera;

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Damages the JSON text of rigs: letters, lines, keys and values. */
final class RigDamage {

  private static final Pattern VALUE = Pattern.compile("(?<=: )(\"[^\"]*\"|-?[0-9.]+)");
  private static final Pattern KEY = Pattern.compile("\"([A-Za-z0-9]+)\":");
  private static final List<String> VALUES =
      List.of(
          "NaN",
          "-1",
          "0",
          "1e300",
          "1e999999999",
          "-0.0",
          "null",
          "true",
          "[]",
          "{}",
          "\"\"",
          "\" \"",
          "\"../x\"",
          "\"x\"",
          "1.5",
          "4.0",
          "99999999999999999999",
          "\"\\u0000\"",
          "\"" + "x".repeat(300) + "\"");

  private RigDamage() {}

  /** Anything at all. */
  static String of(String json, Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> json.substring(0, random.nextInt(json.length()));
      case 1 -> flipped(json, random);
      case 2 -> withoutLine(json, random);
      case 3 -> json.substring(random.nextInt(40)) + json.substring(0, random.nextInt(40));
      default -> ofValues(json, random);
    };
  }

  /** Keys and values alone: the text stays JSON, but for NaN. */
  static String ofValues(String json, Random random) {
    return random.nextInt(4) == 0
        ? replaced(json, KEY, "\"" + (random.nextBoolean() ? "x" : "gain") + "\":", random)
        : replaced(json, VALUE, VALUES.get(random.nextInt(VALUES.size())), random);
  }

  private static String replaced(String json, Pattern pattern, String by, Random random) {
    List<MatchResult> all = pattern.matcher(json).results().toList();
    MatchResult one = all.get(random.nextInt(all.size()));
    return json.substring(0, one.start()) + by + json.substring(one.end());
  }

  private static String flipped(String json, Random random) {
    StringBuilder text = new StringBuilder(json);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(text.length());
      text.setCharAt(at, (char) (text.charAt(at) ^ 1 << random.nextInt(8)));
    }
    return text.toString();
  }

  private static String withoutLine(String json, Random random) {
    List<String> lines = json.lines().toList();
    int out = random.nextInt(lines.size());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      text.append(i == out ? "" : lines.get(i) + "\n");
    }
    return text.toString();
  }
}
