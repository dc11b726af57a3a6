package org.skinspectra.camera;

import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.skinspectra.SkinSpectraException;

/**
 * The core of MMCore that this program uses, the class loader it came from and the thread that
 * calls it. One source at a time holds it.
 */
final class MMCoreRuntime {

  /**
   * The program's one. Static, since the native library is a thing of the whole JVM: it can be
   * loaded by one class loader only, and two cores would drive the same hardware. The core is never
   * let go: its finalizer would unload all devices.
   */
  static final MMCoreRuntime OF_THIS_PROGRAM = new MMCoreRuntime();

  private static final String LIBRARY_PATH = "mmcorej.library.path";
  private static final double LOADING_MS = 60_000;

  private final MMCoreThread thread = new MMCoreThread();

  private Object origin;
  private MMCoreCalls core;
  private String versions = "";
  private boolean taken;

  MMCoreThread thread() {
    return thread;
  }

  /** Of the jar and the native library, for people. */
  synchronized String versions() {
    return versions;
  }

  /**
   * Takes the core of an installation, making it where that has not happened yet.
   *
   * @throws SkinSpectraException if it cannot be made, saying why; if it is taken; or if the core
   *     of another installation was made before
   */
  synchronized MMCoreCalls take(MicroManagerInstallation installation) {
    String both =
        "%s %s, with %s"
            .formatted(installation.jar(), installation.jarVersion(), installation.nativeVersion());
    return take(
        installation.jar(),
        both,
        () -> {
          installation
              .nativeLibrary()
              .ifPresent(
                  library -> System.setProperty(LIBRARY_PATH, library.getParent().toString()));
          return MMCoreLoader.of(urls(installation)).newCore();
        });
  }

  /**
   * Takes a core that runs already.
   *
   * @throws SkinSpectraException if it is taken, or the core of an installation was made before
   */
  synchronized MMCoreCalls takeRunning(Object running) {
    return take(
        running,
        "Micro-Manager Studio",
        () -> MMCoreLoader.of(running.getClass().getClassLoader()).over(running));
  }

  /** Gives the core back, for the next to take. */
  synchronized void release() {
    taken = false;
  }

  private MMCoreCalls take(Object from, String both, Callable<MMCoreCalls> make) {
    if (taken) {
      throw new SkinSpectraException(
          "Micro-Manager is in use (%s). Close the source that uses it first.".formatted(versions));
    }
    if (core != null && !origin.equals(from)) {
      throw new SkinSpectraException(
          ("Another Micro-Manager was used since this program started (%s), and a program can load"
                  + " only one. Start it anew to use %s.")
              .formatted(versions, both));
    }
    if (core == null) {
      MMCoreErrors errors = new MMCoreErrors(both);
      MMCoreCalls made =
          thread.call("Micro-Manager loads", LOADING_MS, () -> make(make, errors), () -> {});
      core = MMCoreGuard.before(made, thread, errors);
      origin = from;
      versions = both;
    }
    taken = true;
    return core;
  }

  private static MMCoreCalls make(Callable<MMCoreCalls> make, MMCoreErrors errors) {
    try {
      return make.call();
    } catch (Throwable failure) {
      Throwable cause = failure;
      while (cause.getCause() != null && !(cause instanceof UnsatisfiedLinkError)) {
        cause = cause.getCause();
      }
      throw cause instanceof UnsatisfiedLinkError unsatisfied
          ? notLoaded(unsatisfied, errors)
          : errors.explain("Micro-Manager loads", "CMMCore()", cause);
    }
  }

  private static SkinSpectraException notLoaded(UnsatisfiedLinkError failure, MMCoreErrors errors) {
    String text = String.valueOf(failure.getMessage());
    if (text.contains("already loaded in another classloader")) {
      return new SkinSpectraException(
          ("Another part of this program has already loaded Micro-Manager's native library (%s)."
                  + " Start Micro-Manager Studio in it, whose cameras are then used, or start the"
                  + " program anew without that part.")
              .formatted(text),
          failure);
    }
    if (text.contains("swig_module_init") || text.contains("no MMCoreJ_wrap in")) {
      return new SkinSpectraException(
          ("Micro-Manager's native library cannot be loaded (%s): %s. Install the Micro-Manager for"
                  + " this system (%s, %s).")
              .formatted(
                  errors.versions(),
                  text,
                  System.getProperty("os.name"),
                  System.getProperty("os.arch")),
          failure);
    }
    if (text.contains("mmcorej.")) {
      return new SkinSpectraException(errors.mismatch(failure), failure);
    }
    return new SkinSpectraException(
        ("Micro-Manager's native library cannot be loaded (%s): %s. Install the Micro-Manager for"
                + " this system (%s, %s), and the libraries that it names as missing.")
            .formatted(
                errors.versions(),
                text,
                System.getProperty("os.name"),
                System.getProperty("os.arch")),
        failure);
  }

  private static URL[] urls(MicroManagerInstallation installation) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    urls.add(installation.jar().toUri().toURL());
    for (Path jar : installation.nativeJars()) {
      urls.add(jar.toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
