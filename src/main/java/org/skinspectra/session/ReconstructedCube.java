package org.skinspectra.session;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.skinspectra.SoftwareVersion;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.model.Reconstruction;

/** Reconstructed cubes with all that made them, as they are stored and shown. */
public final class ReconstructedCube {

  /** Key of what was reconstructed. */
  public static final String SOURCE = "source";

  /** Keys that {@link Reconstruction} gives. */
  static final String MODEL = "model";

  static final String MODEL_ID = "model id";
  static final String DEVICE = "device";
  static final String PRECISION = "precision";

  static final String SECONDS = "seconds";

  private ReconstructedCube() {}

  /**
   * The cube of a reconstruction, whose provenance says also what was reconstructed, how long it
   * took, and which software did it.
   *
   * @param source the image, in words or as its file's name
   */
  public static SpectralCube of(Reconstruction result, String source) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put(SOURCE, source);
    provenance.putAll(result.cube().provenance());
    provenance.put(SECONDS, String.format(Locale.ROOT, "%.3f", result.seconds()));
    provenance.put("software", "skin-spectra " + SoftwareVersion.text());
    return result.cube().withProvenance(provenance);
  }
}
