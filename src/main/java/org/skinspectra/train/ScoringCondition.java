package org.skinspectra.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.skin.CaptureConditions;
import org.skinspectra.skin.SimulatedCamera;
import org.skinspectra.spectra.Illuminant;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.StandardObserver;
import org.skinspectra.spectra.Wavelengths;

/**
 * How the images of a scoring are taken.
 *
 * @param group what is varied: noise, exposure, illuminant or camera
 * @param label how
 * @param camera that takes them, or empty for the input that comes with an image
 */
public record ScoringCondition(
    String group, String label, Optional<SimulatedCamera> camera, CaptureConditions conditions) {

  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  /** Shot-noise ratio of white where something else is varied, dB. */
  private static final double TYPICAL_DB = 45;

  private static final List<String> LIGHTS = List.of("D65", "A", "3000K", "5000K");

  /** The inputs that come with the images. */
  public static final ScoringCondition AS_CAPTURED =
      new ScoringCondition("as captured", "files", Optional.empty(), CaptureConditions.NOISELESS);

  /**
   * White-noise ratios of 55, 45 and 35 dB; exposures of 1, 0.5 and 0.25 at 45 dB, and 0.5 at 35;
   * the CIE functions as a camera under four lights, calibrated on simulated skin; the given
   * cameras under a light of theirs, calibrated so.
   *
   * @param light in front of the given cameras
   * @throws SkinSpectraException if the light is not known where one of them sees something
   */
  public static List<ScoringCondition> all(Map<String, SpectralTable> cameras, Illuminant light) {
    SpectralTable skins = TrainingMaterial.simulatedSkins();
    Optional<SimulatedCamera> canonical = Optional.of(SimulatedCamera.canonical(GRID));
    CaptureConditions typical = CaptureConditions.noise(TYPICAL_DB);
    List<ScoringCondition> all = new ArrayList<>();
    for (int snrDb : new int[] {55, 45, 35}) {
      all.add(
          new ScoringCondition("noise", snrDb + " dB", canonical, CaptureConditions.noise(snrDb)));
    }
    for (double exposure : new double[] {1, 0.5, 0.25}) {
      all.add(
          new ScoringCondition(
              "exposure", "x" + exposure, canonical, typical.withExposure(exposure)));
    }
    all.add(
        new ScoringCondition(
            "exposure", "x0.5 at 35 dB", canonical, CaptureConditions.noise(35).withExposure(0.5)));
    for (String name : LIGHTS) {
      TrainingCamera observer =
          new TrainingCamera("CIE", Optional.of(observerFunctions()), Illuminant.named(name));
      all.add(
          new ScoringCondition(
              "illuminant", name, Optional.of(observer.open(GRID, skins)), typical));
    }
    cameras.forEach(
        (name, responses) -> {
          TrainingCamera camera = new TrainingCamera(name, Optional.of(responses), light);
          all.add(
              new ScoringCondition("camera", name, Optional.of(camera.open(GRID, skins)), typical));
        });
    return all;
  }

  private static SpectralTable observerFunctions() {
    double[][] weights = StandardObserver.canonicalWeights(GRID);
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("R", weights[0]);
    columns.put("G", weights[1]);
    columns.put("B", weights[2]);
    return SpectralTable.of(GRID, "relative sensitivity", columns);
  }

  /** What a model gets to see of an image. */
  Msi input(ScoringImage image, ScoringImage.Content content, long seed) {
    return camera
        .map(taking -> taking.capture(content.truth(), conditions, seed))
        .orElseGet(
            () ->
                content
                    .captured()
                    .orElseThrow(
                        () ->
                            new SkinSpectraException(
                                image.name() + " comes without an input of its own.")));
  }
}
