package org.skinspectra.measure;

import org.skinspectra.cube.SpectralCube;

/** How far the numbers taken from a cube can be trusted; stated beside every one of them. */
public enum Inference {
  /** The cube was reconstructed by a model. */
  RECONSTRUCTED("inferred from 4 channels, not clinically validated"),
  /** Nothing says that the cube was reconstructed. */
  MEASURED("not clinically validated");

  /** Key of the provenance that names the model. */
  private static final String MODEL = "model";

  private final String note;

  Inference(String note) {
    this.note = note;
  }

  /** What the cube's provenance says of it. */
  public static Inference of(SpectralCube cube) {
    return cube.provenance().containsKey(MODEL) ? RECONSTRUCTED : MEASURED;
  }

  /** In words. */
  public String note() {
    return note;
  }
}
