package org.skinspectra.model.engine;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.security.CodeSource;
import java.util.Properties;
import org.skinspectra.SkinSpectraException;
import org.tensorflow.TensorFlow;

/** Loads TensorFlow once and makes sure that it is the version this code was tried with. */
final class TensorFlowRuntime {

  /** Version of the native library that TensorFlow Java 1.1.0 brings. */
  static final String EXPECTED_VERSION = "2.18.0";

  /** Version of TensorFlow Java; another one's classes may run with this native library. */
  static final String EXPECTED_JAVA_VERSION = "1.1.0";

  /** Written into the jar by the build of TensorFlow Java. */
  private static final String JAVA_VERSION =
      "/META-INF/maven/org.tensorflow/tensorflow-core-api/pom.properties";

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
    requireJavaVersion();
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

  /** Before the native library is loaded, which other classes may not fit. */
  private static void requireJavaVersion() {
    Properties build = new Properties();
    try (InputStream resource = TensorFlow.class.getResourceAsStream(JAVA_VERSION)) {
      if (resource == null) {
        return;
      }
      build.load(resource);
    } catch (IOException e) {
      // The version of the native library is still looked at.
      return;
    }
    String version = build.getProperty("version", EXPECTED_JAVA_VERSION);
    if (!version.equals(EXPECTED_JAVA_VERSION)) {
      throw new SkinSpectraException(
          "TensorFlow Java "
              + version
              + " was found in "
              + source()
              + ", but TensorFlow Java "
              + EXPECTED_JAVA_VERSION
              + " (TensorFlow "
              + EXPECTED_VERSION
              + ") is needed. Remove that jar, or lay the Skin Spectra bundle over Fiji again.");
    }
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
              + " here (Linux x86_64 and arm64, macOS arm64 and Windows x86_64 have one; a bundle for Fiji"
              + " holds that of one platform): "
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
