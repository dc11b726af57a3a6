package org.skinspectra.model.engine;

import java.util.List;
import org.skinspectra.ProgressMonitor;

/** Progress through passes, by the multiplications that are done. */
final class PassProgress {

  private static final long STEPS = 1000;

  private final long pixels;
  private final ProgressMonitor monitor;
  private final double whole;
  private double done;

  /**
   * @param pixels at full resolution
   */
  PassProgress(List<TilePass> passes, long pixels, ProgressMonitor monitor) {
    this.pixels = pixels;
    this.monitor = monitor;
    whole = passes.stream().mapToDouble(this::cost).sum();
  }

  private double cost(TilePass pass) {
    return pass.products() * (pixels >> 2 * pass.level());
  }

  /**
   * Reports that some tiles of a pass are done.
   *
   * @throws org.skinspectra.CanceledException if the monitor asks to stop
   */
  void within(TilePass pass, int tiles, int of) {
    double now = done + cost(pass) * tiles / of;
    monitor.report(pass.label(), Math.round(STEPS * now / whole), STEPS);
    monitor.checkCanceled("Reconstruction");
  }

  void finish(TilePass pass) {
    done += cost(pass);
  }

  void finishAll() {
    monitor.report("done", STEPS, STEPS);
  }
}
