package org.skinspectra.model.engine;

import java.io.File;
import java.security.CodeSource;
import org.skinspectra.SkinSpectraException;
import org.tensorflow.TensorFlow;

/** Loads TensorFlow once and makes sure that it is the version this code was tried with. */
final class TensorFlowRuntime {

  /** Version of the native library that TensorFlow Java 1.1.0 brings. */
  static final String EXPECTED_VERSION = "2.18.0";

  private TensorFlowRuntime() {}

  /**
   * Loads the native library if that has not happened yet and gives its version.
   *
   * @throws SkinSpectraException if there is none for this platform, or another version is loaded
   */
  static String load() {
    // JavaCPP's own limit is four times the Java heap, which a large frame rightly exceeds; the
    // memory check before each frame takes its place.
    setUnlessGiven("org.bytedeco.javacpp.maxbytes", "0");
    setUnlessGiven("org.bytedeco.javacpp.maxphysicalbytes", "0");
    String version = version();
    if (!EXPECTED_VERSION.equals(version)) {
      throw new SkinSpectraException(
          "TensorFlow "
              + version
              + " was loaded from "
              + source()
              + ", but TensorFlow "
              + EXPECTED_VERSION
              + " is needed. Remove that jar, or lay the Skin Spectra bundle over Fiji again.");
    }
    return version;
  }

  /** The jar or folder of TensorFlow's classes. */
  static String source() {
    CodeSource source = TensorFlow.class.getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null
        ? "an unknown place"
        : new File(source.getLocation().getPath()).getPath();
  }

  private static String version() {
    try {
      return TensorFlow.version();
    } catch (LinkageError e) {
      throw new SkinSpectraException(
          "TensorFlow has no usable native library for "
              + System.getProperty("os.name")
              + " on "
              + System.getProperty("os.arch")
              + " here (Linux x86_64 and arm64, macOS arm64 and Windows x86_64 have one): "
              + e.getMessage(),
          e);
    }
  }

  private static void setUnlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
