package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;

class SafetensorsFileTest {

  private static final String SCALAR =
      "{'dtype':'F32','shape':[],'data_offsets':[0,4]}".replace('\'', '"');

  @TempDir private Path folder;

  @Test
  void writtenWeightsAreReadBackBitForBit() {
    float[] values = {-0f, Float.MIN_VALUE, Float.NaN, 1.5f, Float.MAX_VALUE, -3};
    Weights weights =
        Weights.of(
            Map.of(
                "b", new WeightTensor(new int[] {2, 3}, values),
                "a", new WeightTensor(new int[0], new float[] {7}),
                "Ä \"quoted\"", WeightTensor.zeros(0, 4)),
            Map.of("wavelengths", "400:10:1000", "note", "<&'\"\\ \u2028 µ"),
            "test");
    Path path = folder.resolve("w.safetensors");
    weights.writeSafetensors(path);
    Weights read = Weights.read(path);
    assertEquals(weights.tensors(), read.tensors());
    assertEquals(weights.metadata(), read.metadata());
    assertEquals(weights.id(), read.id());
    assertEquals("w.safetensors", read.source());
  }

  @Test
  void writingTwiceGivesTheSameBytesWhateverTheOrder() throws IOException {
    Weights golden = Golden.weights("mst_tiny.safetensors");
    Path first = folder.resolve("1.safetensors");
    Path second = folder.resolve("2.safetensors");
    golden.writeSafetensors(first);
    Map<String, WeightTensor> reversed = new LinkedHashMap<>();
    golden.tensors().keySet().stream()
        .sorted(Comparator.reverseOrder())
        .forEach(name -> reversed.put(name, golden.tensor(name)));
    Weights.of(reversed, golden.metadata(), "reversed").writeSafetensors(second);
    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
  }

  @Test
  void headerIsPaddedSoThatTheDataStartAtAMultipleOfEight() throws IOException {
    for (String name : new String[] {"a", "ab", "abc", "abcdefgh"}) {
      Path path = folder.resolve("w.safetensors");
      Weights.of(Map.of(name, WeightTensor.zeros(1)), Map.of(), "test").writeSafetensors(path);
      assertEquals(4, Files.size(path) % 8);
    }
  }

  @Test
  void idIsTheSha256OfTheFile() {
    // sha256sum of the golden file
    assertEquals(
        "62527ef554a642ea320d97b4daf28595f9d8e21bac12d0211634cc8ef8931fa0",
        Golden.weights("mst_tiny.safetensors").id());
  }

  @Test
  void missingTensorIsNamedWithTheFile() {
    Weights weights = Golden.weights("mst_tiny.safetensors");
    String message =
        assertThrows(SkinSpectraException.class, () -> weights.tensor("nothing")).getMessage();
    assertTrue(message.contains("'nothing'") && message.contains("mst_tiny.safetensors"), message);
  }

  @Test
  void missingFileAndFolderAreRefused() {
    assertTrue(message(folder.resolve("none.pt")).contains("There is no weights file"));
    assertTrue(message(folder).contains("is not a file"));
  }

  @ParameterizedTest
  @CsvSource({
    "F64, 3FF8000000000000, 1.5",
    "F64, 7FEFFFFFFFFFFFFF, Infinity",
    "F16, 3E00, 1.5",
    "F16, 8001, -5.9604645E-8",
    "F16, 7BFF, 65504",
    "F16, 0400, 6.1035156E-5",
    "F16, FC00, -Infinity",
    "F16, 8000, -0.0",
    "BF16, 3FC0, 1.5",
    "BF16, FF80, -Infinity"
  })
  void otherFloatingTypesBecomeFloat32(String type, String bits, float expected)
      throws IOException {
    byte[] data = new byte[bits.length() / 2];
    for (int i = 0; i < data.length; i++) {
      data[data.length - 1 - i] = (byte) Integer.parseInt(bits.substring(2 * i, 2 * i + 2), 16);
    }
    Path path =
        file(
            "{\"x\":{\"dtype\":\"%s\",\"shape\":[1],\"data_offsets\":[0,%d]}}"
                .formatted(type, data.length),
            data);
    float found = Weights.read(path).tensor("x").values()[0];
    assertEquals(Float.floatToRawIntBits(expected), Float.floatToRawIntBits(found));
  }

  @ParameterizedTest
  @ValueSource(strings = {"I64", "BOOL", "F8_E4M3", "f32"})
  void otherTypesAreRefusedByName(String type) throws IOException {
    Path path =
        file(
            "{\"x\":{\"dtype\":\"%s\",\"shape\":[1],\"data_offsets\":[0,4]}}".formatted(type),
            new byte[4]);
    String message = message(path);
    assertTrue(message.contains("'x'") && message.contains(type), message);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        1_000_000,
        100_000_001,
        1L << 31,
        1L << 32,
        Long.MAX_VALUE,
        -1,
        Long.MIN_VALUE
      })
  void absurdHeaderLengthsAreRefused(long length) throws IOException {
    byte[] bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
    Path path = Files.write(folder.resolve("bad.safetensors"), bytes);
    String message = message(path);
    assertTrue(message.contains("bad.safetensors"), message);
    assertTrue(message.contains(Long.toUnsignedString(length) + " bytes"), message);
  }

  @Test
  void fileCutAnywhereIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(Golden.path("mstpp_tiny_8x8.safetensors"));
    Path path = folder.resolve("cut.safetensors");
    for (int length = 0; length < whole.length; length += length < 400 ? 1 : 37) {
      Files.write(path, Arrays.copyOf(whole, length));
      assertTrue(message(path).contains("cut.safetensors"));
    }
    Files.write(path, Arrays.copyOf(whole, whole.length + 1));
    assertTrue(message(path).contains("damaged"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'x':S,'x':S}",
        "{'x':S}{}",
        "{'x':S} y",
        "{'x':S,}",
        "{'x':5}",
        "{'x':[]}",
        "{'x':null}",
        "{'x':{}}",
        "{x:S}",
        "{'__metadata__':{'a':1},'x':S}",
        "{'__metadata__':{'a':'1','a':'2'},'x':S}",
        "{'__metadata__':[],'x':S}",
        "{'x':{'dtype':'F32','shape':[],'data_offsets':[0,4],'more':[[[]]]}}",
        "{'x':{'dtype':'F32','shape':[],'shape':[],'data_offsets':[0,4]}}",
        "{'x':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}}",
        "{'x':{'dtype':'F32','shape':['1'],'data_offsets':[0,4]}}",
        "{'x':{'dtype':'F32','shape':[1.5],'data_offsets':[0,4]}}",
        "{'x':{'dtype':'F32','shape':[1,1,1,1,1,1,1,1,1],'data_offsets':[0,4]}}",
        "{'x':{'dtype':'F32','shape':[4294967297],'data_offsets':[0,4]}}",
        "{'x':{'dtype':'F32','shape':[65536,65536,65536,65536],'data_offsets':[0,4]}}",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}}",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[-4,0]}}",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[0]}}",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[0,4,8]}}",
        "{'x':S,'y':S}",
        "{'x':S,'y':{'dtype':'F32','shape':[],'data_offsets':[2,6]}}",
        "{'x':S,'y':{'dtype':'F32','shape':[],'data_offsets':[8,12]}}",
        "{}",
        "[]",
        "{",
        "{'x'",
        "not json at all"
      })
  void damagedHeadersAreRefused(String header) throws IOException {
    Path path = file(header.replace("S", SCALAR).replace('\'', '"'), new byte[4]);
    assertTrue(message(path).contains("bad.safetensors"));
  }

  @Test
  void theHeaderTheDamagedOnesAreMadeOfIsFine() throws IOException {
    Path path = file("{\"x\":S}".replace("S", SCALAR), new byte[4]);
    assertArrayEquals(new float[1], Weights.read(path).tensor("x").values());
  }

  @Test
  void deepNestingIsRefusedWithoutRecursion() throws IOException {
    Path path = file("{\"x\":" + "[".repeat(100_000), new byte[4]);
    assertTrue(message(path).contains("bad.safetensors"));
  }

  @Test
  void headerThatIsNotTextIsRefused() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(8).array());
    out.write(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'});
    Path path = Files.write(folder.resolve("bad.safetensors"), out.toByteArray());
    assertTrue(message(path).contains("not text"));
  }

  @Test
  void failedWriteLeavesTheOldFile() throws IOException {
    Path target = Files.createDirectory(folder.resolve("taken.safetensors"));
    Files.createFile(target.resolve("inside"));
    Weights weights = Weights.of(Map.of("a", WeightTensor.zeros(1)), Map.of(), "test");
    assertThrows(SkinSpectraException.class, () -> weights.writeSafetensors(target));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
    assertFalse(Files.isRegularFile(target));
  }

  private Path file(String header, byte[] data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).array());
    out.write(text);
    out.write(data);
    return Files.write(folder.resolve("bad.safetensors"), out.toByteArray());
  }

  private static String message(Path path) {
    return assertThrows(SkinSpectraException.class, () -> Weights.read(path)).getMessage();
  }
}
