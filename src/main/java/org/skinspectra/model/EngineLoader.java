package org.skinspectra.model;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.skinspectra.SkinSpectraException;

/**
 * Finds and loads the engine, once in a Java process, since its native library can be loaded only
 * once. Where an {@link EngineFolder} lies beside our jar, as in Fiji, the engine and TensorFlow
 * come from there, apart from the shared class path; elsewhere from the normal class path.
 */
final class EngineLoader {

  /** Found by name, so that nothing but this string knows the package. */
  private static final String ENGINE = "org.skinspectra.model.engine.TensorFlowEngine";

  private static final EngineLoader OF_THIS_PROCESS = new EngineLoader();

  private Engine engine;
  private SkinSpectraException failure;

  private EngineLoader() {}

  /**
   * The engine, which is loaded at the first call.
   *
   * @throws SkinSpectraException if it cannot be used here, saying why and what to do
   */
  static Engine engine() {
    return OF_THIS_PROCESS.get();
  }

  private synchronized Engine get() {
    if (failure != null) {
      throw failure;
    }
    if (engine == null) {
      Optional<EngineFolder> folder = EngineFolder.find();
      ProcessorCheck.OF_THIS_COMPUTER.check();
      NativeCache.prepare();
      engine = folder.isPresent() ? guarded(folder.get()) : tried(getClass().getClassLoader());
    }
    return engine;
  }

  /** In Fiji, whose end would show nothing but a window that is gone. */
  private Engine guarded(EngineFolder folder) {
    CrashMarker marker = CrashMarker.in(NativeCache.ownFolder(), folder.path());
    marker.check();
    marker.write();
    try {
      return tried(EngineClassLoader.of(folder));
    } finally {
      marker.remove();
    }
  }

  /** A failure is kept: a second attempt would find the native library loaded already. */
  private Engine tried(ClassLoader loader) {
    try {
      return load(loader);
    } catch (SkinSpectraException e) {
      failure = e;
      throw e;
    }
  }

  /**
   * The engine of a class loader.
   *
   * @throws SkinSpectraException if it has none that works
   */
  static Engine load(ClassLoader loader) {
    try {
      return (Engine) Class.forName(ENGINE, true, loader).getConstructor().newInstance();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SkinSpectraException refused) {
        throw refused;
      }
      throw unusable(loader, e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw unusable(loader, e);
    }
  }

  private static SkinSpectraException unusable(ClassLoader loader, Throwable e) {
    return new SkinSpectraException(
        "TensorFlow cannot be used from "
            + (loader instanceof EngineClassLoader own ? own.folder() : "the class path")
            + " ("
            + e
            + "). In Fiji, lay the Skin Spectra bundle over it again; elsewhere, start Skin Spectra"
            + " with scripts/skin-spectra or add tensorflow-core-api and tensorflow-core-native to"
            + " the class path.",
        e);
  }
}
