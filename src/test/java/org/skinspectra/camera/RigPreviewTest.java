package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.EventQueue;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;

@Timeout(60)
class RigPreviewTest {

  private static final Rig RIG =
      new Rig(
          "pair",
          "demo",
          "demo-camera",
          List.of(DemoSteps.step("RGB", "RGB", 2), DemoSteps.step("N960", "N960", 3)));

  private final DemoCameraSource source = DemoSteps.open();
  private RigPreview preview = RigPreview.start(source, RIG);

  @AfterEach
  void close() {
    preview.close();
    source.close();
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private Frame next(String channel) {
    while (true) {
      Optional<Frame> frame = preview.newest(channel);
      if (frame.isPresent()) {
        return frame.get();
      }
      assertEquals(Optional.empty(), preview.failure());
      Thread.onSpinWait();
    }
  }

  @Test
  void allStepsAreShownInTurn() {
    for (int i = 0; i < 3; i++) {
      assertEquals("RGB", next("RGB").tags().camera());
      assertEquals(3, next("N960").tags().exposureMs());
    }
    assertEquals(Optional.empty(), preview.newest("no such step"));
  }

  @Test
  void oneStepAloneIsShownByItsCamerasOwnPreview() {
    preview.setOnly(Optional.of("N960"));
    next("N960");
    next("N960");
    preview.newest("RGB");
    long before = preview.delivered();
    await(() -> preview.delivered() > before + 3);
    assertEquals(Optional.empty(), preview.newest("RGB"));
    preview.setOnly(Optional.empty());
    next("RGB");
  }

  @Test
  void aPauseFreesTheCamerasWhicheverWayTheyAreShown() {
    for (Optional<String> only : List.of(Optional.<String>empty(), Optional.of("RGB"))) {
      preview.setOnly(only);
      next("RGB");
      try (RigPreview.Pause pause = preview.pause()) {
        assertTrue(preview.isPaused());
        long before = preview.delivered();
        source.snap(RIG.steps().get(1));
        source.live(RIG.steps().get(0)).close();
        assertEquals(before, preview.delivered());
        pause.close();
      }
      assertFalse(preview.isPaused());
      next("RGB");
    }
  }

  @Test
  void otherExposuresAreTakenOver() {
    next("RGB");
    preview.setRig(
        RIG.withSteps(RIG.steps().stream().map(step -> step.withExposureMs(7)).toList()));
    await(() -> next("RGB").tags().exposureMs() == 7);
  }

  @Test
  void aCameraThatFailsEndsItWithTheReason() {
    preview.close();
    DemoCameraSource broken =
        new DemoCameraSource(
            DemoSteps.options()
                .withFaults(List.of(DemoFault.from(DemoFault.Kind.UNPLUGGED, "N960", 1))));
    preview = RigPreview.start(broken, RIG);
    await(() -> preview.failure().isPresent());
    assertTrue(preview.failure().get().getMessage().contains("not connected any more"));
    // What has failed holds nobody up.
    preview.pause().close();
    broken.close();
  }

  @Test
  void closingReturnsAtOnceWhileACameraDoesNotAnswer() {
    preview.close();
    DemoCameraSource silent =
        new DemoCameraSource(
            DemoSteps.options()
                .withRealTime(true)
                .withFaults(List.of(DemoFault.from(DemoFault.Kind.TIME_OUT, "RGB", 0))));
    preview = RigPreview.start(silent, RIG);
    long begin = System.nanoTime();
    preview.close();
    assertTrue(System.nanoTime() - begin < 500_000_000, "closing waited for the camera");
    silent.close();
  }

  @Test
  void theEventThreadIsNotMadeToWait() throws Exception {
    Exception[] thrown = new Exception[1];
    EventQueue.invokeAndWait(
        () -> thrown[0] = assertThrows(SkinSpectraException.class, preview::pause));
    assertTrue(thrown[0].getMessage().contains("event thread"));
  }
}
