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
  public static final String MODEL = "model";

  public static final String MODEL_ID = "model id";
  public static final String DEVICE = "device";
  public static final String PRECISION = "precision";

  /** Key of the wall time, which is another in every run. */
  public static final String SECONDS = "seconds";

  private ReconstructedCube() {}

  /**
   * The cube of a reconstruction, whose provenance says also what was reconstructed, how long it
   * took, and which software did it.
   *
   * @param source the image, in words or as its file's name
   */
  public static SpectralCube of(Reconstruction result, String source) {
    Map<String, String> provenance = provenance(result, source);
    provenance.put(SECONDS, String.format(Locale.ROOT, "%.3f", result.seconds()));
    return withSoftware(result, provenance);
  }

  /**
   * As {@link #of}, but without how long it took: the same image and model give the same file, byte
   * for byte.
   */
  public static SpectralCube reproducible(Reconstruction result, String source) {
    return withSoftware(result, provenance(result, source));
  }

  private static Map<String, String> provenance(Reconstruction result, String source) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put(SOURCE, source);
    provenance.putAll(result.cube().provenance());
    return provenance;
  }

  private static SpectralCube withSoftware(Reconstruction result, Map<String, String> provenance) {
    provenance.put("software", "skin-spectra " + SoftwareVersion.text());
    return result.cube().withProvenance(provenance);
  }
}
