package org.skinspectra.view;

import ij.IJ;
import ij.ImageListener;
import ij.ImagePlus;
import ij.gui.ImageWindow;
import ij.gui.Plot;
import ij.gui.PlotWindow;
import ij.gui.Roi;
import ij.gui.RoiListener;
import java.awt.EventQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.skinspectra.SkinSpectraException;

/**
 * Draws a plot anew whenever the ROI of an image changes, until the image or the plot is closed.
 * Measuring is done on a thread of its own; changes that come while it works are taken together, so
 * that the mouse is never held up.
 */
public final class RoiFollower implements AutoCloseable {

  private final ImagePlus image;
  private final ImagePlus plotImage;
  private final Supplier<Plot> measure;
  private final ExecutorService worker;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private final RoiListener rois = (changed, event) -> roiChanged(changed);
  private final ImageListener closings = new Closings();

  /**
   * Starts to follow.
   *
   * @param image whose ROI is followed
   * @param plotImage image of the plot, shown sooner or later
   * @param measure draws the plot for the ROI as it is; a {@link SkinSpectraException} of it, such
   *     as that of a ROI outside the image, is shown in the status bar, and the plot stays
   */
  public RoiFollower(ImagePlus image, ImagePlus plotImage, Supplier<Plot> measure) {
    this.image = image;
    this.plotImage = plotImage;
    this.measure = measure;
    this.worker =
        new ThreadPoolExecutor(
            0,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "ROI spectra");
              thread.setDaemon(true);
              return thread;
            });
    Roi.addRoiListener(rois);
    ImagePlus.addImageListener(closings);
  }

  private void roiChanged(ImagePlus changed) {
    if (changed == image && image.getRoi() != null && waiting.compareAndSet(false, true)) {
      try {
        worker.execute(this::update);
      } catch (RejectedExecutionException e) {
        // Closed meanwhile.
      }
    }
  }

  private void update() {
    waiting.set(false);
    try {
      Plot plot = measure.get();
      EventQueue.invokeLater(() -> show(plot));
    } catch (SkinSpectraException e) {
      IJ.showStatus(e.getMessage());
    }
  }

  private void show(Plot plot) {
    ImageWindow window = plotImage.getWindow();
    if (window instanceof PlotWindow plotWindow && !isClosed()) {
      plotWindow.drawPlot(plot);
    }
  }

  /** Whether nothing is followed any more. */
  public boolean isClosed() {
    return worker.isShutdown();
  }

  /** Stops; the plot stays as it is. */
  @Override
  public void close() {
    Roi.removeRoiListener(rois);
    ImagePlus.removeImageListener(closings);
    worker.shutdownNow();
  }

  /** Closing either window ends it. */
  private final class Closings implements ImageListener {

    @Override
    public void imageOpened(ImagePlus opened) {}

    @Override
    public void imageUpdated(ImagePlus updated) {}

    @Override
    public void imageClosed(ImagePlus closed) {
      if (closed == image || closed == plotImage) {
        close();
      }
    }
  }
}
