package org.skinspectra.camera;

import java.nio.file.Path;

/** Which Micro-Manager there is, without connecting to a camera. */
public final class MicroManagerVersions {

  private MicroManagerVersions() {}

  /** The jar and the native library that this program has loaded; empty where it has none. */
  public static String loaded() {
    return MMCoreRuntime.OF_THIS_PROGRAM.versions();
  }

  /** Whether Micro-Manager Studio runs in this program. */
  public static boolean isStudioRunning() {
    return MicroManagerStudio.running().isPresent();
  }

  /**
   * The parts of an installation, which is not loaded.
   *
   * @param folder that Micro-Manager is installed in
   * @throws org.skinspectra.SkinSpectraException if there is none, or a part is missing
   */
  public static String installed(Path folder) {
    MicroManagerInstallation found = MicroManagerInstallation.find(folder);
    return "%s %s, with %s, devices in %s"
        .formatted(found.jar(), found.jarVersion(), found.nativeVersion(), found.adapters());
  }
}
