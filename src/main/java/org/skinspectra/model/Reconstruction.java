package org.skinspectra.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.skinspectra.cube.SpectralCube;

/**
 * A reconstructed cube and what made it; the cube's provenance says the same.
 *
 * @param device device that did the work, as TensorFlow reported it, such as {@code CPU:0}
 * @param seconds wall time of this image, conversions included, model loading not
 */
public record Reconstruction(
    SpectralCube cube, ModelDescription model, String device, Precision precision, double seconds) {

  /** Writes what made the cube into its provenance. */
  public static Reconstruction of(
      SpectralCube cube,
      ModelDescription model,
      String device,
      Precision precision,
      double seconds) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("model", model.name());
    provenance.put("model id", model.id());
    provenance.put("architecture", model.architecture());
    provenance.put("device", device);
    provenance.put("precision", precision.key());
    TensorFloat32.statement(device, precision, System.getenv(TensorFloat32.SWITCH))
        .ifPresent(tf32 -> provenance.put("TF32", tf32));
    return new Reconstruction(cube.withProvenance(provenance), model, device, precision, seconds);
  }
}
