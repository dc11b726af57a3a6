package org.skinspectra.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;

/**
 * Damages profiles at random, always in the same way, and accepts nothing but a valid profile or an
 * error for people that names the file.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DamagedProfilesTest {

  private static final int DAMAGES = 450;
  private static final Pattern NUMBER = Pattern.compile("(?<=[ \\[])-?\\d[0-9.E+-]*");
  private static final Pattern KEY = Pattern.compile("\"(\\w+)\":");
  private static final List<String> VALUES =
      List.of(
          "NaN",
          "-Infinity",
          "1e999",
          "1e308",
          "-1e308",
          "-1",
          "0",
          "null",
          "true",
          "\"x\"",
          "[]",
          "{}",
          "99999999999999999999",
          "[[[[1]]]]",
          "0x1F",
          "1e-320",
          "\"" + "y".repeat(5000) + "\"");

  @TempDir Path folder;

  @Test
  void damagedProfilesEndInAnErrorThatNamesTheFileOrInAValidProfile() throws IOException {
    Random random = new Random(20260331);
    Path file = folder.resolve("camera.json");
    int refused = 0;
    int taken = 0;
    for (CameraProfile whole : List.of(Profiles.complete(), Profiles.least())) {
      for (int i = 0; i < DAMAGES; i++) {
        byte[] damaged = damaged(whole.json(), random);
        Files.write(file, damaged);
        try {
          CameraProfile profile = CameraProfileFiles.read(file);
          assertEquals(profile, CameraProfileFiles.parse(profile.json(), "again"));
          taken++;
        } catch (SkinSpectraException e) {
          assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
          assertTrue(e.getMessage().length() < 1000, e.getMessage());
          refused++;
        } catch (Throwable e) {
          fail(i + ": " + e + " for\n" + new String(damaged, StandardCharsets.UTF_8), e);
        }
      }
    }
    // Otherwise the damage is either none or so plain that nothing is tested by it.
    assertTrue(refused > DAMAGES && taken > 20, refused + " refused, " + taken + " taken");
  }

  private static byte[] damaged(String json, Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> cut(json, random);
      case 1 -> flipped(json, random);
      case 2 -> replaced(json, KEY, random, "\"" + key(random) + "\":");
      case 3 -> replaced(json, NUMBER, random, VALUES.get(random.nextInt(VALUES.size())));
      case 4 -> replaced(json, NUMBER, random, Double.toString(1000 * random.nextGaussian()));
      default -> withoutLine(json, random);
    };
  }

  private static String key(Random random) {
    List<String> keys = List.of("nm", "R", "name", "gamma", "", "N960", "bits", "\\u0000", "é");
    return keys.get(random.nextInt(keys.size()));
  }

  private static byte[] cut(String json, Random random) {
    byte[] whole = json.getBytes(StandardCharsets.UTF_8);
    int at = random.nextInt(whole.length);
    return random.nextBoolean()
        ? Arrays.copyOf(whole, at)
        : Arrays.copyOfRange(whole, at, whole.length);
  }

  private static byte[] flipped(String json, Random random) {
    byte[] whole = json.getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(4); i >= 0; i--) {
      whole[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return whole;
  }

  private static byte[] replaced(String json, Pattern what, Random random, String by) {
    List<MatchResult> places = what.matcher(json).results().toList();
    MatchResult place = places.get(random.nextInt(places.size()));
    return (json.substring(0, place.start()) + by + json.substring(place.end()))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] withoutLine(String json, Random random) {
    String[] lines = json.split("(?<=\n)");
    lines[random.nextInt(lines.length)] = "";
    return String.join("", lines).getBytes(StandardCharsets.UTF_8);
  }
}
