package org.skinspectra.camera;

import java.util.List;
import org.junit.jupiter.api.Nested;

/** The contract of frame sources by the demo camera, in every pixel type. */
class DemoCameraSourceContractTest {

  abstract static class Contract extends FrameSourceContract {

    private final String type;
    private final String infraredType;

    Contract(String type, String infraredType) {
      this.type = type;
      this.infraredType = infraredType;
    }

    @Override
    FrameSource open() {
      return DemoSteps.open();
    }

    @Override
    List<RigStep> steps() {
      return List.of(
          DemoSteps.step(
              "RGB", "RGB", 2, "RGB/PixelType=" + type, "RGB/BitDepth=14", "Scene/Target=white"),
          DemoSteps.step(
              "N960", "N960", 3, "N960/PixelType=" + infraredType, "Scene/Target=white"));
    }
  }

  @Nested
  class In64BitColour extends Contract {
    In64BitColour() {
      super("64bitRGB", "16bit");
    }
  }

  @Nested
  class In32BitColour extends Contract {
    In32BitColour() {
      super("32bitRGB", "8bit");
    }
  }

  @Nested
  class InA16BitMosaic extends Contract {
    InA16BitMosaic() {
      super("16bit", "16bit");
    }
  }

  @Nested
  class InAn8BitMosaic extends Contract {
    InAn8BitMosaic() {
      super("8bit", "32bit");
    }
  }

  @Nested
  class InFloatingPoint extends Contract {
    InFloatingPoint() {
      super("32bit", "16bit");
    }
  }

  @Nested
  class AtTheCamerasOwnPace extends Contract {
    AtTheCamerasOwnPace() {
      super("64bitRGB", "16bit");
    }

    @Override
    FrameSource open() {
      return new DemoCameraSource(DemoSteps.options().withRealTime(true));
    }
  }
}
