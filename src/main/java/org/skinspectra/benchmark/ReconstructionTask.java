package org.skinspectra.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.model.Device;
import org.skinspectra.model.Precision;
import org.skinspectra.model.TensorFloat32;

/**
 * A reconstruction to be measured.
 *
 * @param model a name of {@link BenchmarkModel}
 * @param side of the square image, pixels
 * @param runs that count, after a first one
 */
public record ReconstructionTask(
    String model, int side, Precision precision, Form form, Device device, Tf32 tf32, int runs) {

  /** Largest side and number of runs. */
  public static final int MAX_SIDE = 16384;

  public static final int MAX_RUNS = 1000;

  /** How the network is computed. */
  public enum Form {
    /** As every reconstruction here. */
    OURS,
    /** As published, see {@link org.skinspectra.model.EngineMeasurements#literal}. */
    LITERAL;

    public String key() {
      return this == OURS ? "ours" : "literal";
    }

    /** Also what is typed. */
    @Override
    public String toString() {
      return key();
    }
  }

  /** Whether a GPU may take TF32 for float32; see {@link TensorFloat32}. */
  public enum Tf32 {
    /** As this process's environment says. */
    AS_SET,
    ALLOWED,
    OFF;

    /** Changes the environment of a process that is to be started. */
    void applyTo(Map<String, String> environment) {
      switch (this) {
        case AS_SET -> {}
        case ALLOWED -> environment.remove(TensorFloat32.SWITCH);
        case OFF -> environment.put(TensorFloat32.SWITCH, "0");
      }
    }
  }

  /**
   * @throws SkinSpectraException if a number is out of range
   */
  public ReconstructionTask {
    requireSide(side);
    if (runs < 1 || runs > MAX_RUNS) {
      throw new SkinSpectraException(
          "%d runs cannot be measured; 1 to %d can.".formatted(runs, MAX_RUNS));
    }
  }

  /**
   * @throws SkinSpectraException if no square image of this side can be measured
   */
  public static void requireSide(int side) {
    if (side < 8 || side > MAX_SIDE) {
      throw new SkinSpectraException(
          "Images of %1$dx%1$d pixels are not measured; the side may be 8 to %2$d."
              .formatted(side, MAX_SIDE));
    }
  }

  /** Changes the environment of the process that is to measure this. */
  void applyTo(Map<String, String> environment) {
    tf32.applyTo(environment);
    if (form == Form.OURS) {
      // As scripts/skin-spectra sets it: tiles have threads of their own.
      environment.putIfAbsent("TF_NUM_INTRAOP_THREADS", "1");
    }
  }

  /** Arguments of the verb {@code measure} that does this. */
  public List<String> arguments() {
    return List.of(
        "reconstruction",
        "--model=" + model,
        "--side=" + side,
        "--precision=" + precision.key(),
        "--form=" + form.key(),
        "--device=" + device.name().toLowerCase(Locale.ROOT),
        "--runs=" + runs);
  }
}
