package org.skinspectra.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.model.Architecture;
import org.skinspectra.model.Golden;
import org.skinspectra.model.Models;
import org.skinspectra.model.Weights;
import org.skinspectra.spectra.Wavelengths;

class BenchmarkModelTest {

  @Test
  void theChallengesSizeIsDrawnTheSameEveryTime() {
    Weights weights = BenchmarkModel.weights(BenchmarkModel.CHALLENGE);
    assertEquals("MST++ 4→61, 61 features, 3 stages", Architecture.infer(weights).describe());
    assertEquals(weights.id(), BenchmarkModel.weights(BenchmarkModel.CHALLENGE).id());
    BenchmarkModel.requireNetwork(BenchmarkModel.CHALLENGE);
  }

  @Test
  void whatIsNoNetworkIsRefused() {
    assertThrows(SkinSpectraException.class, () -> BenchmarkModel.requireNetwork(Models.WIENER));
    assertThrows(
        SkinSpectraException.class, () -> BenchmarkModel.requireNetwork("nowhere.safetensors"));
  }

  @Test
  void bandsThatNothingNamesAreNumbered() {
    Weights tiny = Golden.weights("mstpp_tiny.safetensors");
    Wavelengths bands = BenchmarkModel.wavelengths(tiny, Architecture.infer(tiny));
    assertEquals(6, bands.size());
  }
}
