package org.skinspectra.camera;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import org.skinspectra.cube.Frame;

/** Takes one frame of the demo camera after the other until it is closed. */
final class DemoLiveView implements LiveView {

  private final DemoCameras cameras;
  private final RigStep step;
  private final Lock turn;
  private final boolean realTime;
  private final Consumer<DemoLiveView> closing;
  private final NewestFrame newest = new NewestFrame();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "Demo camera live");

  /**
   * @param step whose settings are made
   * @param turn held while a frame is taken
   * @param realTime whether a frame takes the time that it would take a camera
   * @param closing told, every time, when it is closed
   */
  DemoLiveView(
      DemoCameras cameras,
      RigStep step,
      Lock turn,
      boolean realTime,
      Consumer<DemoLiveView> closing) {
    this.cameras = cameras;
    this.step = step;
    this.turn = turn;
    this.realTime = realTime;
    this.closing = closing;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  String camera() {
    return step.camera();
  }

  private void run() {
    while (stop.getCount() > 0) {
      try {
        turn.lock();
        try {
          newest.put(cameras.take(step, stop));
        } finally {
          turn.unlock();
        }
        if (!realTime) {
          // Even then a preview leaves the processor to others.
          stop.await(1, TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (stop.getCount() > 0) {
          newest.fail(e);
        }
        return;
      }
    }
  }

  @Override
  public Optional<Frame> newest() {
    return newest.take();
  }

  @Override
  public long delivered() {
    return newest.delivered();
  }

  /** Does not wait for the thread, which holds its turn until it has ended its frame. */
  @Override
  public void close() {
    stop.countDown();
    closing.accept(this);
  }
}
