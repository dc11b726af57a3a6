package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skinspectra.model.TorchFiles.PROTOCOL_2;
import static org.skinspectra.model.TorchFiles.dict;
import static org.skinspectra.model.TorchFiles.integer;
import static org.skinspectra.model.TorchFiles.text;
import static org.skinspectra.model.TorchFiles.vector;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;

/** Whatever is done to a file, reading it gives weights or a {@link SkinSpectraException}. */
class WeightsFuzzTest {

  private static final int MUTATIONS = 400;
  private static final Charset LATIN_1 = StandardCharsets.ISO_8859_1;

  private static final String PICKLE =
      PROTOCOL_2
          + dict(
              text("state_dict"),
              dict(text("module.a"), vector("0", 6), text("module.b"), vector("1", 2)),
              text("epoch"),
              integer(3))
          + ".";

  @TempDir private Path folder;

  @Test
  void mutatedSafetensorsFiles() throws IOException {
    Path path = folder.resolve("w.safetensors");
    Weights.of(
            Map.of("a", WeightTensor.zeros(2, 3), "b", WeightTensor.zeros(4)),
            Map.of("note", "text"),
            "test")
        .writeSafetensors(path);
    byte[] whole = Files.readAllBytes(path);
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      refused += isRefused(Files.write(path, mutated(whole, random))) ? 1 : 0;
    }
    assertTrue(refused > MUTATIONS / 4, refused + " refused");
  }

  @Test
  void mutatedZipArchives() throws IOException {
    Path path = TorchFiles.write(folder.resolve("w.pt"), entries(PICKLE.getBytes(LATIN_1)));
    byte[] whole = Files.readAllBytes(path);
    Random random = new Random(2);
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      refused += isRefused(Files.write(path, mutated(whole, random))) ? 1 : 0;
    }
    assertTrue(refused > MUTATIONS / 4, refused + " refused");
  }

  @Test
  void mutatedPicklesInSoundArchives() throws IOException {
    byte[] whole = PICKLE.getBytes(LATIN_1);
    Random random = new Random(3);
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Path path = TorchFiles.write(folder.resolve("w.pt"), entries(mutated(whole, random)));
      refused += isRefused(path) ? 1 : 0;
    }
    assertTrue(refused > MUTATIONS / 4, refused + " refused");
  }

  private static Map<String, byte[]> entries(byte[] pickle) {
    Map<String, byte[]> entries = TorchFiles.entries("");
    entries.put("m/data.pkl", pickle);
    entries.put("m/data/0", new byte[24]);
    entries.put("m/data/1", new byte[8]);
    return entries;
  }

  /** Any other exception goes through and fails the test. */
  private static boolean isRefused(Path path) {
    try {
      Weights weights = Weights.read(path);
      Architecture.infer(weights).check(weights);
      throw new AssertionError("There is no network in " + path);
    } catch (SkinSpectraException e) {
      return !e.getMessage().contains("holds neither an MST++");
    }
  }

  /** Changes, removes or repeats a few bytes. */
  private static byte[] mutated(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] = (byte) 0xff;
        case 3 -> bytes = joined(bytes, at, Math.min(bytes.length - 1, at + random.nextInt(8)));
        default -> bytes = joined(bytes, at, Math.max(0, at - random.nextInt(40)));
      }
    }
    return bytes;
  }

  /** The bytes before {@code end}, then those from {@code start}. */
  private static byte[] joined(byte[] bytes, int end, int start) {
    byte[] joined = Arrays.copyOf(bytes, end + bytes.length - start);
    System.arraycopy(bytes, start, joined, end, bytes.length - start);
    return joined;
  }
}
