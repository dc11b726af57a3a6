package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.PixelType;

class NewestFrameTest {

  private final NewestFrame newest = new NewestFrame();

  private static Frame frame(int number) {
    FrameTags tags = new FrameTags("RGB", "C", number + 1, 1, Instant.EPOCH, Map.of());
    return Frame.of(1, 1, PixelType.GRAY8, 8, new byte[1], tags);
  }

  @Test
  void thereIsNothingBeforeTheFirstFrame() {
    assertEquals(Optional.empty(), newest.take());
    assertEquals(0, newest.delivered());
  }

  @Test
  void theNewestIsGivenOnceAndOlderOnesAreDropped() {
    Frame last = frame(2);
    newest.put(frame(0));
    newest.put(frame(1));
    newest.put(last);
    assertEquals(Optional.of(last), newest.take());
    assertEquals(Optional.empty(), newest.take());
    assertEquals(3, newest.delivered());
  }

  @Test
  void aFailureComesAfterTheLastFrameAndStays() {
    Frame last = frame(0);
    newest.put(last);
    newest.fail(new SkinSpectraException("first"));
    newest.fail(new SkinSpectraException("second"));
    assertEquals(Optional.of(last), newest.take());
    for (int i = 0; i < 2; i++) {
      assertEquals("first", assertThrows(SkinSpectraException.class, newest::take).getMessage());
    }
  }

  @Test
  void framesAreNeverGivenOutOfOrderWhileTheCameraRuns() throws InterruptedException {
    Thread camera =
        new Thread(
            () -> {
              for (int i = 0; i < 20_000; i++) {
                newest.put(frame(i));
              }
              newest.fail(new SkinSpectraException("end"));
            });
    camera.start();
    double seen = 0;
    String end = null;
    while (end == null) {
      try {
        Optional<Frame> frame = newest.take();
        if (frame.isPresent()) {
          assertTrue(frame.get().tags().exposureMs() > seen);
          seen = frame.get().tags().exposureMs();
        }
      } catch (SkinSpectraException e) {
        end = e.getMessage();
      }
    }
    camera.join();
    assertEquals("end", end);
    assertEquals(20_000, seen, "the last frame was lost");
  }
}
