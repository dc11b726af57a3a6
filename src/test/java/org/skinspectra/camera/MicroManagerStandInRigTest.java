package org.skinspectra.camera;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class MicroManagerStandInRigTest extends MicroManagerRigTests {

  @TempDir Path folder;

  @Override
  MicroManagerSource open() {
    return MicroManagerStandIn.openTwoCameras(folder);
  }
}
