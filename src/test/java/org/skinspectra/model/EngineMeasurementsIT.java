package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.spectra.Wavelengths;

/** Yardsticks and profile of the engine. */
class EngineMeasurementsIT {

  private static final Wavelengths SIX_BANDS = Wavelengths.range(400, 10, 450);

  private final EngineMeasurements measurements = EngineMeasurements.ofThisProcess();

  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource({
    "mstpp_tiny, 8x8",
    "mstpp_tiny, 11x50",
    "mstpp_tiny, 37x29",
    "mst_tiny, 32x32",
    "mst_tiny, 37x29",
  })
  void theLiteralGraphIsThePublishedModel(String model, String size) {
    Weights expected = Golden.weights(model + "_" + size + ".safetensors");
    Weights weights = Golden.weights(model + ".safetensors");
    try (Reconstructor literal =
        measurements.literal(weights, SIX_BANDS, Device.CPU, Precision.FLOAT32)) {
      Reconstruction result =
          literal.reconstruct(
              GoldenVectorsIT.image(expected.tensor("input")), ProgressMonitor.NONE);
      double error =
          GoldenVectorsIT.relativeError(result.cube().planes(), expected.tensor("output").values());
      assertTrue(error <= 1e-6, "relative error " + error);
    }
  }

  @Test
  void theLiteralGraphRunsInBfloat16() {
    Weights expected = Golden.weights("mstpp_tiny_37x29.safetensors");
    Weights weights = Golden.weights("mstpp_tiny.safetensors");
    try (Reconstructor literal =
        measurements.literal(weights, SIX_BANDS, Device.CPU, Precision.BFLOAT16)) {
      Reconstruction result =
          literal.reconstruct(
              GoldenVectorsIT.image(expected.tensor("input")), ProgressMonitor.NONE);
      double error =
          GoldenVectorsIT.relativeError(result.cube().planes(), expected.tensor("output").values());
      assertTrue(error > 1e-6 && error < 0.03, "relative error " + error);
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void theProfileHasEveryPassAndWhatTheyConsistOf(Precision precision) {
    NetworkProfile profile =
        measurements.profile(
            Golden.weights("mstpp_tiny.safetensors"), precision, image(130), ProgressMonitor.NONE);
    // 136 padded: three tiles a side, one at the bottleneck.
    NetworkProfile.Pass input = profile.passes().get(0);
    assertEquals("input", input.name());
    assertEquals(9, input.tiles());
    assertEquals(136 * 136 * 9.0 * 4 * 6, input.products());
    assertEquals(136 * 136 * (4 * 4 + 6.0 * precision.bytes()), input.bytes());
    assertTrue(
        profile.passes().stream().allMatch(pass -> pass.seconds() > 0), profile.passes()::toString);
    double passes = profile.passes().stream().mapToDouble(NetworkProfile.Pass::seconds).sum();
    assertTrue(passes <= profile.seconds(), passes + " of " + profile.seconds());
    assertEquals(
        profile.passes().stream().map(NetworkProfile.Pass::name).collect(Collectors.toSet()),
        profile.shares().stream().map(NetworkProfile.Share::pass).collect(Collectors.toSet()));
    for (String operation : new String[] {"MatMul", "Erf", "DepthwiseConv2dNative", "Conv2D"}) {
      assertTrue(
          profile.operations().stream()
              .anyMatch(o -> o.type().contains(operation) && o.calls() > 0 && o.seconds() > 0),
          operation + " in " + profile.operations());
    }
    assertTrue(profile.peakProducts() > 1e8, "peak " + profile.peakProducts());
  }

  @Test
  void aProfileIsCanceled() {
    ProgressMonitor canceled =
        new ProgressMonitor() {
          @Override
          public void report(String step, long done, long total) {}

          @Override
          public boolean isCanceled() {
            return true;
          }
        };
    Weights weights = Golden.weights("mstpp_tiny.safetensors");
    assertThrows(
        CanceledException.class,
        () -> measurements.profile(weights, Precision.FLOAT32, image(16), canceled));
  }

  @Test
  void weightsOfNoNetworkHaveNoYardstick() {
    Weights wiener = Models.weights(Models.WIENER);
    assertThrows(
        SkinSpectraException.class,
        () -> measurements.literal(wiener, SIX_BANDS, Device.CPU, Precision.FLOAT32));
  }

  @Test
  void tilesAndTheWholeGivePlanesOfTheImagesSize() {
    try (var layout = measurements.layout(70, 66, 5)) {
      for (float[][] planes :
          new float[][][] {layout.planesFromTiles(), layout.planesFromWhole()}) {
        assertEquals(5, planes.length);
        assertEquals(70 * 66, planes[4].length);
      }
    }
  }

  private static Msi image(int side) {
    Random random = new Random(1);
    float[] pixels = new float[side * side * 4];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    return new Msi(side, side, 4, pixels);
  }
}
