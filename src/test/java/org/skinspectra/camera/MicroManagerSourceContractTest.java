package org.skinspectra.camera;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The contract of frame sources by Micro-Manager, over the stand-in of its core. */
class MicroManagerSourceContractTest extends FrameSourceContract {

  @TempDir private Path folder;

  @Override
  FrameSource open() {
    return MicroManagerStandIn.openTwoCameras(folder);
  }

  @Override
  List<RigStep> steps() {
    return List.of(MicroManagerStandIn.rgb(), MicroManagerStandIn.nir());
  }
}
