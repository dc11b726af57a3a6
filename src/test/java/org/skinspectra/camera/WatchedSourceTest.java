package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.camera.WatchedSource.Awaited;
import org.skinspectra.cube.Frame;

class WatchedSourceTest {

  private static final RigStep STEP = Rigs.named("demo-pair").steps().get(0).withExposureMs(20_000);
  private static final long SECONDS = (long) Math.ceil(STEP.deadlineMs() / 1000);

  private final List<Optional<Awaited>> seen = new ArrayList<>();
  private Supplier<Optional<Awaited>> watched = Optional::empty;

  /** Looks at who watches it while it takes a frame. */
  private final class Camera implements FrameSource {

    @Override
    public SourceDescription describe() {
      throw new AssertionError("not asked for");
    }

    @Override
    public Frame snap(RigStep step) {
      seen.add(watched.get());
      throw new SkinSpectraException("no frame");
    }

    @Override
    public void sequence(RigStep step, int count, Consumer<Frame> sink, ProgressMonitor progress) {
      for (int i = 0; i < count; i++) {
        seen.add(watched.get());
        sink.accept(null);
      }
    }

    @Override
    public LiveView live(RigStep step) {
      throw new AssertionError("not asked for");
    }

    @Override
    public void close() {
      seen.clear();
    }
  }

  @Test
  void aFrameIsAwaitedUntilItsDeadlineAndNoLongerThanItIsWaitedFor() {
    WatchedSource source = new WatchedSource(new Camera());
    watched = source::awaited;
    assertEquals(Optional.empty(), source.awaited());
    assertThrows(SkinSpectraException.class, () -> source.snap(STEP));
    assertEquals(List.of(Optional.of(new Awaited(STEP, SECONDS))), seen);
    assertEquals(Optional.empty(), source.awaited());
  }

  @Test
  void everyFrameOfASequenceIsAwaitedAnew() {
    WatchedSource source = new WatchedSource(new Camera());
    watched = source::awaited;
    List<Frame> taken = new ArrayList<>();
    source.sequence(STEP, 3, taken::add, ProgressMonitor.NONE);
    assertEquals(3, taken.size());
    assertEquals(
        List.of(SECONDS, SECONDS, SECONDS), seen.stream().map(a -> a.get().secondsLeft()).toList());
    assertEquals(Optional.empty(), source.awaited());
    source.close();
    assertEquals(List.of(), seen);
  }

  @Test
  void aDeadlineThatIsOverHasNoSecondsLeft() {
    RigStep brief =
        new RigStep(
            STEP.channel(),
            STEP.preset(),
            STEP.settings(),
            STEP.camera(),
            0.1,
            STEP.gain(),
            1,
            0,
            STEP.region(),
            1,
            0);
    WatchedSource source = new WatchedSource(new Camera());
    watched =
        () -> {
          try {
            Thread.sleep(2);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return source.awaited();
        };
    assertThrows(SkinSpectraException.class, () -> source.snap(brief));
    assertEquals(List.of(Optional.of(new Awaited(brief, 0))), seen);
  }
}
