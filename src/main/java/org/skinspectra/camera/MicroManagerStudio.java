package org.skinspectra.camera;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.skinspectra.SkinSpectraException;

/**
 * A Micro-Manager Studio that runs in this program, by reflection: it is not on the class path of
 * the build. Its live mode is suspended while its cameras are used here.
 */
final class MicroManagerStudio {

  /** Of versions 2 and 1.4. */
  private static final List<String> NAMES =
      List.of("org.micromanager.internal.MMStudio", "org.micromanager.MMStudio");

  private final Object studio;

  private MicroManagerStudio(Object studio) {
    this.studio = studio;
  }

  /** The Studio of this program, where one was started. */
  static Optional<MicroManagerStudio> running() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return running(context == null ? MicroManagerStudio.class.getClassLoader() : context);
  }

  /** The Studio of a class loader, where one was started. */
  static Optional<MicroManagerStudio> running(ClassLoader loader) {
    for (String name : NAMES) {
      try {
        Object studio = Class.forName(name, false, loader).getMethod("getInstance").invoke(null);
        if (studio != null) {
          return Optional.of(new MicroManagerStudio(studio));
        }
      } catch (ReflectiveOperationException | LinkageError e) {
        // No Studio of this name is on the class path, which is the ordinary case.
        continue;
      }
    }
    return Optional.empty();
  }

  /**
   * Its core, an {@code mmcorej.CMMCore}.
   *
   * @throws SkinSpectraException if it has none, as while it starts
   */
  Object core() {
    Object core = call(studio, "core", "getCore", "getCMMCore");
    if (core == null) {
      throw new SkinSpectraException(
          "Micro-Manager Studio has not loaded its devices yet. Wait until it has started and try"
              + " again.");
    }
    return core;
  }

  /** Stops its live mode until it is resumed; harmless where it does not run. */
  void suspendLive(boolean suspended) {
    Object live = call(studio, "live", "getSnapLiveManager");
    try {
      Method method = live.getClass().getMethod("setSuspended", boolean.class);
      method.setAccessible(true);
      method.invoke(live, suspended);
    } catch (InvocationTargetException e) {
      throw failed(e.getCause());
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw failed(e);
    }
  }

  private static Object call(Object target, String... names) {
    for (String name : names) {
      try {
        Method method = target.getClass().getMethod(name);
        method.setAccessible(true);
        return method.invoke(target);
      } catch (NoSuchMethodException e) {
        // Versions name it differently; the next name may do.
        continue;
      } catch (InvocationTargetException e) {
        throw failed(e.getCause());
      } catch (ReflectiveOperationException | RuntimeException e) {
        throw failed(e);
      }
    }
    throw failed(new NoSuchMethodException(String.join(" or ", names)));
  }

  private static SkinSpectraException failed(Throwable failure) {
    return new SkinSpectraException(
        ("The running Micro-Manager Studio cannot be used: %s. Stop its live view and try again, or"
                + " close it and name its folder and configuration instead.")
            .formatted(failure),
        failure);
  }
}
