package org.skinspectra.model;

import java.util.List;
import java.util.Optional;

/** The devices that TensorFlow can use here, each proven by an operation that ran on it. */
public final class Devices {

  private Devices() {}

  /**
   * @param name TensorFlow's short name, such as {@code CPU:0}
   * @param usable whether a test operation ran there
   * @param detail what was seen: where the operation ran, or why it did not
   */
  public record Status(String name, boolean usable, String detail) {}

  /**
   * Version of the native TensorFlow in use.
   *
   * @throws org.skinspectra.SkinSpectraException if TensorFlow cannot be used here, saying why
   */
  public static String tensorFlowVersion() {
    return EngineLoader.engine().version();
  }

  /**
   * The jar or folder that TensorFlow came from.
   *
   * @throws org.skinspectra.SkinSpectraException if TensorFlow cannot be used here, saying why
   */
  public static String tensorFlowSource() {
    return EngineLoader.engine().source();
  }

  /**
   * Whether this computer's processor has the AVX instructions that TensorFlow's builds for x86_64
   * need; empty where that is not known (only Linux tells) or means nothing. Loads nothing.
   */
  public static Optional<Boolean> avx() {
    return ProcessorCheck.OF_THIS_COMPUTER.avx();
  }

  /**
   * Tries the CPU and every GPU that TensorFlow finds; a first GPU that fails says why.
   *
   * @throws org.skinspectra.SkinSpectraException if TensorFlow cannot be used here, saying why
   */
  public static List<Status> probe() {
    return EngineLoader.engine().probe();
  }
}
