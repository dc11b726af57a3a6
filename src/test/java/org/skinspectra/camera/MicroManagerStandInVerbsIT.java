package org.skinspectra.camera;

import java.nio.file.Path;

class MicroManagerStandInVerbsIT extends MicroManagerVerbTests {

  @Override
  Path installed() {
    return MicroManagerStandIn.installed();
  }

  @Override
  Path configuration(Path folder) {
    return MicroManagerStandIn.configuration(folder);
  }
}
