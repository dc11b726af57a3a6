package org.skinspectra.camera;

import java.nio.file.Path;

/** With a real Micro-Manager, as {@link MicroManagerIT}; skipped where no folder is given. */
class MicroManagerVerbsIT extends MicroManagerVerbTests {

  @Override
  Path installed() {
    return MicroManagerIT.installed();
  }

  @Override
  Path configuration(Path folder) {
    return MicroManagerIT.configuration();
  }
}
