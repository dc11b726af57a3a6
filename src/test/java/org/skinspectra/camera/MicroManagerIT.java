package org.skinspectra.camera;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/**
 * With a real Micro-Manager and its DemoCamera: {@code -Dskinspectra.mm.dir=FOLDER
 * -Dskinspectra.mm.cfg=FILE}, the file with the cameras RGBCam and NIRCam and the wheel Wheel as
 * {@code MicroManagerStandIn} has them. Skipped where no folder is given.
 */
class MicroManagerIT extends MicroManagerRigTests {

  static Path installed() {
    return given("skinspectra.mm.dir");
  }

  static Path configuration() {
    return given("skinspectra.mm.cfg");
  }

  private static Path given(String property) {
    String path = System.getProperty(property, "");
    assumeTrue(
        !path.isBlank(),
        "no Micro-Manager: give -Dskinspectra.mm.dir=FOLDER -Dskinspectra.mm.cfg=FILE");
    return Path.of(path).toAbsolutePath();
  }

  @Override
  MicroManagerSource open() {
    return MicroManagerSource.open(installed(), configuration());
  }
}
