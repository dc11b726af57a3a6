package org.skinspectra.camera;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/**
 * With a real Micro-Manager and its DemoCamera: {@code -Dskinspectra.mm.dir=FOLDER
 * -Dskinspectra.mm.cfg=FILE}, the file with the cameras RGBCam and NIRCam and the wheel Wheel as
 * {@code MicroManagerStandIn} has them. Skipped where no folder is given.
 */
class MicroManagerIT extends MicroManagerRigTests {

  @Override
  MicroManagerSource open() {
    String folder = System.getProperty("skinspectra.mm.dir", "");
    String configuration = System.getProperty("skinspectra.mm.cfg", "");
    assumeTrue(
        !folder.isBlank() && !configuration.isBlank(),
        "no Micro-Manager: give -Dskinspectra.mm.dir=FOLDER -Dskinspectra.mm.cfg=FILE");
    return MicroManagerSource.open(Path.of(folder), Path.of(configuration));
  }
}
