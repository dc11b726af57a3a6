package org.skinspectra.train;

import java.nio.file.Path;
import java.util.Optional;
import org.skinspectra.profile.CanonicalMap;
import org.skinspectra.profile.ResponseFiles;
import org.skinspectra.profile.SpectralResponse;
import org.skinspectra.skin.SimulatedCamera;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * The camera that a model is to be for: the canonical one, or one whose spectral response is known,
 * calibrated to the canonical channels.
 *
 * @param name for people
 * @param responses sensitivities of the channels, or empty for the canonical camera
 */
public record TrainingCamera(String name, Optional<SpectralTable> responses, Illuminant light) {

  /** Delivers the canonical channels themselves. */
  public static final TrainingCamera CANONICAL =
      new TrainingCamera("the canonical camera", Optional.empty(), Illuminant.e());

  /**
   * A camera by its table of responses.
   *
   * @throws org.skinspectra.SkinSpectraException as {@link ResponseFiles#read}
   */
  public static TrainingCamera read(Path file, Illuminant light) {
    SpectralTable table = ResponseFiles.read(file);
    String name = file.getFileName() + " under " + light.name() + ", " + SpectraDigest.of(table);
    return new TrainingCamera(name, Optional.of(table), light);
  }

  boolean isCanonical() {
    return responses.isEmpty();
  }

  /**
   * The camera at work.
   *
   * @param reflectances to calibrate it with
   */
  SimulatedCamera open(Wavelengths grid, SpectralTable reflectances) {
    if (isCanonical()) {
      return SimulatedCamera.canonical(grid);
    }
    SpectralResponse response = SpectralResponse.of(responses.get(), light, grid);
    CanonicalMap map = CanonicalMap.fit(response, SpectralResponse.canonical(grid), reflectances);
    return SimulatedCamera.calibrated(response, map);
  }
}
