package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;

class ArchitectureTest {

  private static final Architecture CHALLENGE = Architecture.mstPlusPlus(4, 61, 3);

  @Test
  void challengeBaselineHasThePublishedParameterCount() {
    assertEquals(6_168_594, CHALLENGE.parameterCount());
  }

  @Test
  void describesItselfInOneLine() {
    assertEquals("MST++ 4→61, 61 features, 3 stages", CHALLENGE.describe());
    assertEquals(
        "MST 4→6, 6 features, 2 levels", Architecture.mst(4, 6, List.of(2, 1, 2)).describe());
  }

  @Test
  void goldenMstPlusPlusIsInferredAndFits() {
    Weights weights = Golden.weights("mstpp_tiny.safetensors");
    Architecture architecture = Architecture.infer(weights);
    assertEquals(Architecture.mstPlusPlus(4, 6, 3), architecture);
    assertDoesNotThrow(() -> architecture.check(weights));
  }

  @Test
  void goldenMstIsInferredAndFits() {
    Weights weights = Golden.weights("mst_tiny.safetensors");
    Architecture architecture = Architecture.infer(weights);
    assertEquals(Architecture.mst(4, 6, List.of(2, 1, 2)), architecture);
    assertDoesNotThrow(() -> architecture.check(weights));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mstpp_tiny.safetensors", "mst_tiny.safetensors"})
  void ownMetadataAreThoseOfTheGoldenFiles(String name) {
    Weights weights = Golden.weights(name);
    assertEquals(weights.metadata(), new TreeMap<>(Architecture.infer(weights).metadata()));
  }

  @ParameterizedTest
  @CsvSource({"3, 31, 1", "4, 31, 3", "1, 2, 5", "10, 7, 2"})
  void anyMstPlusPlusIsFoundAgainFromItsTensors(int inputs, int outputs, int stages) {
    Architecture architecture = Architecture.mstPlusPlus(inputs, outputs, stages);
    Weights weights = zeros(architecture, Map.of());
    assertEquals(architecture, Architecture.infer(weights));
    assertDoesNotThrow(() -> architecture.check(weights));
  }

  @Test
  void anyMstIsFoundAgainFromItsTensors() {
    Architecture architecture = Architecture.mst(3, 5, List.of(1, 2, 3, 11));
    Weights weights = zeros(architecture, Map.of());
    assertEquals(architecture, Architecture.infer(weights));
    assertDoesNotThrow(() -> architecture.check(weights));
    assertEquals(3, architecture.depth());
    assertEquals(40, architecture.width(3));
    assertEquals(8, architecture.heads(3));
  }

  @Test
  void deeperMstPlusPlusIsFoundAgainWithItsMetadata() {
    Architecture architecture =
        new Architecture(Architecture.Kind.MST_PLUS_PLUS, 4, 3, 3, 2, List.of(1, 2, 1, 1));
    assertEquals(architecture, Architecture.infer(zeros(architecture, architecture.metadata())));
  }

  @Test
  void missingTensorIsNamedWithItsShape() {
    String message =
        checkMessage(tensors -> tensors.remove("body.1.bottleneck.blocks.0.0.to_q.weight"));
    assertTrue(message.contains("lack 1 tensor: "), message);
    assertTrue(message.contains("'body.1.bottleneck.blocks.0.0.to_q.weight' [24, 24]"), message);
  }

  @Test
  void missingTensorThatTellsASizeIsNamed() {
    Map<String, WeightTensor> tensors = golden();
    tensors.remove("conv_in.weight");
    String message = inferMessage(tensors, Map.of());
    assertTrue(message.contains("'conv_in.weight'"), message);
  }

  @Test
  void missingStageIsNamedByItsFirstTensorsAndTheirCount() {
    String message =
        checkMessage(tensors -> tensors.keySet().removeIf(name -> name.startsWith("body.1.")));
    assertTrue(message.contains("lack 75 tensors: 'body.1.embedding.weight'"), message);
    assertTrue(message.contains("and 72 more"), message);
  }

  @Test
  void extraTensorIsNamed() {
    String message = checkMessage(tensors -> tensors.put("conv_in.bias", WeightTensor.zeros(6)));
    assertTrue(message.contains("1 unknown tensor: 'conv_in.bias' [6]"), message);
  }

  @Test
  void misshapenTensorIsNamedWithBothShapes() {
    String message =
        checkMessage(
            tensors -> tensors.put("body.0.mapping.weight", WeightTensor.zeros(6, 6, 1, 1)));
    assertTrue(message.contains("'body.0.mapping.weight' is [6, 6, 1, 1], not [6, 6, 3, 3]"));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void nonFiniteTensorIsNamedWithThePlace(float value) {
    String message =
        checkMessage(
            tensors -> {
              float[] values = new float[36 * 9];
              values[17] = value;
              tensors.put("conv_out.weight", new WeightTensor(new int[] {6, 6, 3, 3}, values));
            });
    assertTrue(
        message.contains("'conv_out.weight' (1 of 324, first " + value + " at 17)"), message);
  }

  @Test
  void otherNetworksAreRefusedByTheirTensors() {
    String message = inferMessage(Map.of("fc.weight", WeightTensor.zeros(2, 2)), Map.of());
    assertTrue(message.contains("neither an MST++"), message);
    assertTrue(message.contains("['fc.weight']"), message);
  }

  @Test
  void featuresThatDifferFromTheOutputsAreRefused() {
    Map<String, WeightTensor> tensors = golden();
    tensors.put("conv_out.weight", WeightTensor.zeros(5, 6, 3, 3));
    String message = inferMessage(tensors, Map.of());
    assertTrue(message.contains("6 features and 5 output bands"), message);
  }

  @ParameterizedTest
  @CsvSource({"in_channels, 3", "stage, 2", "architecture, mst", "n_feat, sixty-one"})
  void metadataThatContradictTheTensorsAreRefused(String key, String value) {
    String message = inferMessage(golden(), Map.of(key, value));
    assertTrue(message.contains(key + " = '" + value), message);
  }

  @Test
  void absurdSizesAreRefused() {
    assertThrows(SkinSpectraException.class, () -> Architecture.mstPlusPlus(4, 4097, 3));
    assertThrows(SkinSpectraException.class, () -> Architecture.mstPlusPlus(4, 61, 65));
    assertThrows(SkinSpectraException.class, () -> Architecture.mstPlusPlus(0, 61, 3));
    assertThrows(SkinSpectraException.class, () -> Architecture.mst(4, 61, List.of(1, 0, 1)));
    assertThrows(SkinSpectraException.class, () -> Architecture.mst(4, 61, List.of(1)));
    assertThrows(
        SkinSpectraException.class, () -> Architecture.mst(4, 4096, List.of(1, 1, 1, 1, 1)));
  }

  @Test
  void stageIndexInTheThousandsIsRefusedNotCounted() {
    Map<String, WeightTensor> tensors = golden();
    tensors.put("body.9999.embedding.weight", WeightTensor.zeros(6, 6, 3, 3));
    String message = inferMessage(tensors, Map.of());
    assertTrue(message.contains("10000 stages"), message);
  }

  @Test
  void vectorInPlaceOfAConvolutionIsRefused() {
    Map<String, WeightTensor> tensors = golden();
    tensors.put("conv_in.weight", WeightTensor.zeros(6));
    String message = inferMessage(tensors, Map.of());
    assertTrue(message.contains("'conv_in.weight'") && message.contains("[6]"), message);
  }

  @Test
  void tensorsOfTheChallengeModelHaveTheirPublishedShapes() {
    Map<String, int[]> tensors = CHALLENGE.tensors();
    assertArrayEquals(new int[] {61, 4, 3, 3}, tensors.get("conv_in.weight"));
    assertArrayEquals(new int[] {4, 1, 1}, tensors.get("body.2.bottleneck.blocks.0.0.rescale"));
    assertArrayEquals(new int[] {244, 122, 2, 2}, tensors.get("body.0.decoder_layers.0.0.weight"));
  }

  private static String checkMessage(Consumer<Map<String, WeightTensor>> change) {
    Map<String, WeightTensor> tensors = golden();
    change.accept(tensors);
    Weights weights = Weights.of(tensors, Map.of(), "changed");
    Architecture architecture = Architecture.infer(weights);
    return assertThrows(SkinSpectraException.class, () -> architecture.check(weights)).getMessage();
  }

  private static String inferMessage(
      Map<String, WeightTensor> tensors, Map<String, String> metadata) {
    Weights weights = Weights.of(tensors, metadata, "changed");
    return assertThrows(SkinSpectraException.class, () -> Architecture.infer(weights)).getMessage();
  }

  private static Map<String, WeightTensor> golden() {
    return new LinkedHashMap<>(Golden.weights("mstpp_tiny.safetensors").tensors());
  }

  private static Weights zeros(Architecture architecture, Map<String, String> metadata) {
    Map<String, WeightTensor> tensors = new LinkedHashMap<>();
    architecture.tensors().forEach((name, shape) -> tensors.put(name, WeightTensor.zeros(shape)));
    return Weights.of(tensors, metadata, "zeros");
  }
}
