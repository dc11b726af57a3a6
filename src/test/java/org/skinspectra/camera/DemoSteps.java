package org.skinspectra.camera;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.skinspectra.profile.SpectralResponse;
import org.skinspectra.spectra.Wavelengths;

/** Small demo cameras that take no time, and steps of theirs. */
final class DemoSteps {

  private DemoSteps() {}

  static DemoOptions options() {
    return DemoOptions.of(SpectralResponse.canonical(Wavelengths.VIS_NIR))
        .withSize(48, 32)
        .withRealTime(false);
  }

  static DemoCameraSource open() {
    return new DemoCameraSource(options());
  }

  /** A step with settings such as {@code Scene/Target=dark}. */
  static RigStep step(String channel, String camera, double exposureMs, String... settings) {
    return step(channel, camera, exposureMs, 1, 1, settings);
  }

  static RigStep step(
      String channel,
      String camera,
      double exposureMs,
      double gain,
      int binning,
      String... settings) {
    List<DeviceSetting> all =
        Arrays.stream(settings)
            .map(text -> text.split("[/=]"))
            .map(part -> new DeviceSetting(part[0], part[1], part[2]))
            .toList();
    return new RigStep(
        channel,
        Optional.empty(),
        all,
        camera,
        exposureMs,
        gain,
        1,
        0,
        Optional.empty(),
        binning,
        2000);
  }
}
