package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skinspectra.model.TorchFiles.PROTOCOL_2;
import static org.skinspectra.model.TorchFiles.PROTOCOL_4;
import static org.skinspectra.model.TorchFiles.dict;
import static org.skinspectra.model.TorchFiles.floats;
import static org.skinspectra.model.TorchFiles.integer;
import static org.skinspectra.model.TorchFiles.storage;
import static org.skinspectra.model.TorchFiles.tensor;
import static org.skinspectra.model.TorchFiles.text;
import static org.skinspectra.model.TorchFiles.tuple;
import static org.skinspectra.model.TorchFiles.vector;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;

class PyTorchFileTest {

  private static final float[] SIX = {0, 1, 2, 3, 4, 5};

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "mst_tiny.pt, mst_tiny.safetensors",
    "mst_tiny_checkpoint.pt, mst_tiny.safetensors",
    "mstpp_tiny.pt, mstpp_tiny.safetensors",
    "mstpp_tiny_checkpoint.pt, mstpp_tiny.safetensors"
  })
  void goldenFileHoldsTheSameTensorsAsItsSafetensors(String torch, String safetensors) {
    Weights found = Golden.weights(torch);
    assertEquals(Golden.weights(safetensors).tensors(), found.tensors());
    assertEquals(torch, found.source());
    Architecture.infer(found).check(found);
  }

  @Test
  void contentDecidesNotTheName() throws IOException {
    Path path = folder.resolve("misnamed.safetensors");
    Files.copy(Golden.path("mst_tiny.pt"), path);
    assertEquals(Golden.weights("mst_tiny.pt").tensors(), Weights.read(path).tensors());
  }

  @Test
  void stridesAndOffsetsAreHonoured() throws IOException {
    String view = tensor(storage("FloatStorage", "0", 6), 1, tuple(2, 2), tuple(1, 3));
    WeightTensor found = read(dict(text("w"), view), SIX).tensor("w");
    assertArrayEquals(new int[] {2, 2}, found.shape());
    assertArrayEquals(new float[] {1, 4, 2, 5}, found.values());
  }

  @Test
  void stridesOfAxesOfLengthOneDoNotMatter() throws IOException {
    String view =
        tensor(
            storage("FloatStorage", "0", 6), 0, tuple(1, 6, 1), tuple(Long.MAX_VALUE, 1, 1L << 40));
    assertArrayEquals(SIX, read(dict(text("w"), view), SIX).tensor("w").values());
  }

  @Test
  void scalarsEmptyTensorsAndSharedBlocksAreRead() throws IOException {
    String block = storage("FloatStorage", "0", 6);
    Weights weights =
        read(
            dict(
                text("scalar"), tensor(block, 5, tuple(), tuple()),
                text("empty"), tensor(block, 6, tuple(0, 3), tuple(3, 1)),
                text("all"), vector("0", 6)),
            SIX);
    assertArrayEquals(new float[] {5}, weights.tensor("scalar").values());
    assertArrayEquals(new int[] {0, 3}, weights.tensor("empty").shape());
    assertArrayEquals(SIX, weights.tensor("all").values());
  }

  @Test
  void bigEndianFilesAreRead() throws IOException {
    Map<String, byte[]> entries = TorchFiles.entries(dict(text("w"), vector("0", 6)) + ".");
    entries.put("m/byteorder", "big".getBytes(StandardCharsets.US_ASCII));
    entries.put("m/data/0", floats(ByteOrder.BIG_ENDIAN, SIX));
    assertArrayEquals(SIX, read(entries).tensor("w").values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"middle", "", "little\n"})
  void unknownByteOrderIsRefused(String order) {
    Map<String, byte[]> entries = TorchFiles.entries(dict(text("w"), vector("0", 6)) + ".");
    entries.put("m/byteorder", order.getBytes(StandardCharsets.US_ASCII));
    entries.put("m/data/0", floats(ByteOrder.LITTLE_ENDIAN, SIX));
    assertTrue(message(entries).contains("'m/byteorder'"));
  }

  @Test
  void doubleHalfAndBfloat16BecomeFloat32() throws IOException {
    Map<String, byte[]> entries =
        TorchFiles.entries(
            dict(
                    text("d"), tensor(storage("DoubleStorage", "d", 1), 0, tuple(1), tuple(1)),
                    text("h"), tensor(storage("HalfStorage", "h", 1), 0, tuple(1), tuple(1)),
                    text("b"), tensor(storage("BFloat16Storage", "b", 1), 0, tuple(1), tuple(1)))
                + ".");
    entries.put("m/data/d", new byte[] {0, 0, 0, 0, 0, 0, (byte) 0xf8, 0x3f});
    entries.put("m/data/h", new byte[] {0, 0x3e});
    entries.put("m/data/b", new byte[] {(byte) 0xc0, 0x3f});
    Weights weights = read(entries);
    for (String name : Set.of("d", "h", "b")) {
      assertArrayEquals(new float[] {1.5f}, weights.tensor(name).values(), name);
    }
  }

  @Test
  void integerTensorAmongTheWeightsIsRefusedByName() {
    Map<String, byte[]> entries =
        TorchFiles.entries(
            dict(text("steps"), tensor(storage("LongStorage", "0", 1), 0, tuple(), tuple())) + ".");
    entries.put("m/data/0", new byte[8]);
    String message = message(entries);
    assertTrue(message.contains("'steps'") && message.contains("LongStorage"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"state_dict", "model_state_dict", "model", "params", "params_ema"})
  void checkpointGivesItsWeightsAndIgnoresTheRest(String key) throws IOException {
    String optimizer =
        dict(
            text("state"),
            dict(integer(0), dict(text("step"), vectorOf("LongStorage", "none"))),
            text("lr"),
            "G\u003f\u0000\u0000\u0000\u0000\u0000\u0000\u0000");
    Weights weights =
        read(
            PROTOCOL_2
                + dict(
                    text("best_loss"), tensor(storage("FloatStorage", "1", 1), 0, ")", ")"),
                    text("epoch"), integer(3),
                    text(key), dict(text("module.w"), vector("0", 6)),
                    text("optimizer"), optimizer),
            SIX);
    assertEquals(Set.of("w"), weights.tensors().keySet());
    assertArrayEquals(SIX, weights.tensor("w").values());
  }

  @Test
  void prefixStaysWhenNotEveryTensorHasIt() throws IOException {
    Weights weights = read(dict(text("module.w"), vector("0", 6), text("v"), vector("0", 6)), SIX);
    assertEquals(new TreeSet<>(Set.of("module.w", "v")), weights.tensors().keySet());
  }

  @Test
  void parametersAndSizesAreUnwrapped() throws IOException {
    String size = "ctorch\nSize\n" + tuple(2, 3) + "\u0085R";
    String inner = tensor(storage("FloatStorage", "0", 6), 0, size, tuple(3, 1));
    String parameter =
        "ctorch._utils\n_rebuild_parameter\n(" + inner + "\u0088ccollections\nOrderedDict\n)RtR";
    assertArrayEquals(new int[] {2, 3}, read(dict(text("w"), parameter), SIX).tensor("w").shape());
  }

  @Test
  void protocol4IsRead() throws IOException {
    String pickle =
        PROTOCOL_4
            + "\u0095\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000"
            + "}\u0094(\u008c\u0001w\u0094"
            + vector("0", 6)
                .replace(
                    "ctorch._utils\n_rebuild_tensor_v2\n",
                    "\u008c\u000ctorch._utils\u0094\u008c\u0012_rebuild_tensor_v2\u0094\u0093")
            + "u";
    assertArrayEquals(SIX, read(pickle, SIX).tensor("w").values());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 7, 1",
    "1, 6, 1",
    "6, 1, 1",
    "1, 2, 5",
    "7, 0, 1",
    "-1, 1, 1",
    "0, 3, 3",
    "0, 2, -1",
    "0, 2, 9223372036854775807",
    "9223372036854775807, 1, 1",
    "0, -1, 1",
    "0, 4294967297, 1"
  })
  void viewsOutsideTheirBlockAreRefused(long offset, long length, long stride) {
    String view = tensor(storage("FloatStorage", "0", 6), offset, tuple(length), tuple(stride));
    Map<String, byte[]> entries = TorchFiles.entries(dict(text("w"), view) + ".");
    entries.put("m/data/0", floats(ByteOrder.LITTLE_ENDIAN, SIX));
    assertTrue(message(entries).contains("data.pkl"));
  }

  @Test
  void expandedTensorsAreRefused() {
    String view = tensor(storage("FloatStorage", "0", 6), 0, tuple(4096, 4096), tuple(0, 0));
    Map<String, byte[]> entries = TorchFiles.entries(dict(text("w"), view) + ".");
    entries.put("m/data/0", floats(ByteOrder.LITTLE_ENDIAN, SIX));
    assertTrue(message(entries).contains("contiguous"));
  }

  @Test
  void missingBlockIsNamedWithItsTensor() {
    String message = message(TorchFiles.entries(dict(text("w"), vector("0", 6)) + "."));
    assertTrue(message.contains("'m/data/0'") && message.contains("'w'"), message);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 23, 25, 240})
  void blockOfAnotherLengthIsRefused(int length) {
    Map<String, byte[]> entries = TorchFiles.entries(dict(text("w"), vector("0", 6)) + ".");
    entries.put("m/data/0", new byte[length]);
    assertTrue(message(entries).contains("'m/data/0'"));
  }

  @Test
  void zipBombThatDeclaresToBeSmallIsStoppedAtTheDeclaredSize() throws IOException {
    Map<String, byte[]> entries = TorchFiles.entries(dict(text("w"), vector("0", 6)) + ".");
    entries.put("m/data/0", new byte[1 << 20]);
    Path path = TorchFiles.write(folder.resolve("bomb.pt"), entries);
    TorchFiles.declareSize(path, "m/data/0", 24);
    assertTrue(message(path).contains("Entry 'm/data/0' of bomb.pt inflates to more"));
  }

  @Test
  void zipBombInThePickleIsStopped() throws IOException {
    Map<String, byte[]> entries = TorchFiles.entries("N".repeat(1 << 20));
    Path path = TorchFiles.write(folder.resolve("bomb.pt"), entries);
    TorchFiles.declareSize(path, "m/data.pkl", 100);
    assertTrue(message(path).contains("'m/data.pkl'"));
    TorchFiles.declareSize(path, "m/data.pkl", 1 << 30);
    assertTrue(message(path).contains("at most"));
  }

  @Test
  void zipBombThatDeclaresItsSizeIsRefusedBeforeItIsInflated() throws IOException {
    int elements = (1 << 30) - 1;
    Map<String, byte[]> entries = TorchFiles.entries(dict(text("w"), vector("0", elements)) + ".");
    entries.put("m/data/0", new byte[1 << 10]);
    Path path = TorchFiles.write(folder.resolve("bomb.pt"), entries);
    TorchFiles.declareSize(path, "m/data/0", elements * Float.BYTES);
    assertTrue(message(path).contains("beyond any honest measure"));
  }

  @Test
  void manyTensorsOfOneBlockAreRefusedWhenTheyGrowTooLarge() {
    int elements = 1 << 20;
    String[] items = new String[40];
    for (int i = 0; i < items.length; i += 2) {
      items[i] = text("w" + i);
      items[i + 1] = vector("0", elements);
    }
    Map<String, byte[]> entries = TorchFiles.entries(dict(items) + ".");
    entries.put("m/data/0", new byte[elements * Float.BYTES]);
    assertTrue(message(entries).contains("beyond any honest measure"));
  }

  @Test
  void entriesOutsideTheOneFolderAreRefused() {
    for (String name : new String[] {"../evil", "other/data/0", "loose", "/m/data/0"}) {
      Map<String, byte[]> entries = TorchFiles.entries(dict(text("w"), vector("0", 6)) + ".");
      entries.put(name, new byte[24]);
      String message = message(entries);
      assertTrue(message.contains("'" + name + "'"), message);
    }
  }

  @Test
  void duplicateEntriesAreRefused() throws IOException {
    Map<String, byte[]> entries = TorchFiles.entries(dict(text("w"), vector("0", 6)) + ".");
    entries.put("m/data/0", new byte[24]);
    entries.put("m/data/1", new byte[24]);
    Path path = TorchFiles.write(folder.resolve("twice.pt"), entries);
    String bytes = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    Files.write(path, bytes.replace("m/data/1", "m/data/0").getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(message(path).contains("twice.pt"));
  }

  @Test
  void otherZipArchivesAreRefused() {
    assertTrue(message(Map.of("m/readme.txt", new byte[3])).contains("no PyTorch file"));
    assertTrue(message(Map.of("data.pkl", new byte[3])).contains("outside the one folder"));
  }

  @Test
  void fileCutAnywhereIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(Golden.path("mst_tiny.pt"));
    Path path = folder.resolve("cut.pt");
    for (int length = 0; length < whole.length; length += 1 + length / 20) {
      Files.write(path, Arrays.copyOf(whole, length));
      assertTrue(message(path).contains("cut.pt"));
    }
    Files.write(path, Arrays.copyOf(whole, whole.length - 1));
    assertTrue(message(path).contains("cut.pt"));
  }

  @Test
  void flippedBitInABlockIsFoundByItsChecksum() throws IOException {
    byte[] bytes = Files.readAllBytes(Golden.path("mst_tiny.pt"));
    byte[] block = floats(ByteOrder.LITTLE_ENDIAN, firstValues());
    int at =
        new String(bytes, StandardCharsets.ISO_8859_1)
            .indexOf(new String(block, StandardCharsets.ISO_8859_1));
    bytes[at] ^= 1;
    Path path = Files.write(folder.resolve("flipped.pt"), bytes);
    String message = message(path);
    assertTrue(message.contains("checksum") && message.contains("mst_tiny/data/0"), message);
  }

  @Test
  void barePickleOfOldPyTorchIsRefusedWithTheWayOut() throws IOException {
    byte[] magic = {
      (byte) 0x80, 2, (byte) 0x8a, 10, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20
    };
    Path path = Files.write(folder.resolve("old.pt"), magic);
    assertTrue(message(path).contains("torch.save(torch.load("));
  }

  @Test
  void pickleWithoutWeightsIsRefusedWithItsKeys() {
    String message = message(TorchFiles.entries(dict(text("epoch"), integer(3)) + "."));
    assertTrue(message.contains("['epoch']"), message);
    assertTrue(message(TorchFiles.entries("N.")).contains("no dictionary"));
  }

  @Test
  void tensorNamedTwiceIsRefused() {
    Map<String, byte[]> entries =
        TorchFiles.entries(dict(text("w"), vector("0", 6), text("w"), vector("1", 6)) + ".");
    assertTrue(message(entries).contains("two values for 'w'"));
  }

  @Test
  void namesFromTheFileAreShownShortAndWithoutControlCodes() {
    String name = "\u001b[31m" + "n".repeat(5000);
    String message = message(TorchFiles.entries(dict(text(name), vector("0", 6)) + "."));
    assertTrue(message.contains("'?[31mnnn") && message.length() < 400, message);
  }

  private static float[] firstValues() {
    float[] values = Golden.weights("mst_tiny.pt").tensor("embedding_1.weight").values();
    return Arrays.copyOf(values, 4);
  }

  private static String vectorOf(String type, String key) {
    return tensor(storage(type, key, 1), 0, tuple(1), tuple(1));
  }

  private Weights read(String pickle, float... block) throws IOException {
    Map<String, byte[]> entries = TorchFiles.entries(pickle + ".");
    entries.put("m/data/0", floats(ByteOrder.LITTLE_ENDIAN, block));
    return read(entries);
  }

  private Weights read(Map<String, byte[]> entries) throws IOException {
    return Weights.read(TorchFiles.write(folder.resolve("m.pt"), entries));
  }

  private String message(Map<String, byte[]> entries) {
    return assertThrows(SkinSpectraException.class, () -> read(entries)).getMessage();
  }

  private static String message(Path path) {
    return assertThrows(SkinSpectraException.class, () -> Weights.read(path)).getMessage();
  }
}
