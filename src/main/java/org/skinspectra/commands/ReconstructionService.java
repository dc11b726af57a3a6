package org.skinspectra.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.scijava.plugin.Plugin;
import org.scijava.service.AbstractService;
import org.scijava.service.SciJavaService;
import org.scijava.service.Service;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.Msi;
import org.skinspectra.model.Device;
import org.skinspectra.model.ModelDescription;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstruction;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.spectra.Wavelengths;

/**
 * The models that are open in this program, one for each way to run it, so that a loop over images
 * loads each only once and memory does not grow. All work on one thread of this service; who waits
 * for it and cancels is let go at once, while the step that runs comes to its end unseen.
 */
@Plugin(type = Service.class)
public final class ReconstructionService extends AbstractService implements SciJavaService {

  private static final long POLL_MS = 50;
  private static final long CLOSING_S = 30;

  /** How long work has to end by itself after a cancel; a step of the network has less. */
  private static final long GRACE_MS = 1200;

  private static final long STEP_GRACE_MS = 400;

  private record Key(String model, Device device, Precision precision) {}

  /**
   * @param stamp of the weights' file, which may be replaced while the program runs
   */
  private record Opened(String stamp, Reconstructor reconstructor) {}

  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(work -> daemon(work, "Skin Spectra reconstruction"));
  private final ExecutorService helpers =
      Executors.newCachedThreadPool(work -> daemon(work, "Skin Spectra work"));

  /** Touched by the worker's thread only. */
  private final Map<Key, Opened> open = new HashMap<>();

  private volatile boolean disposed;

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * A model that is ready. It stays open for the next who asks for the same; closing it does
   * nothing.
   *
   * @param model name or file, as {@link Models#open} takes it; the default one where it is blank
   *     or null
   * @throws SkinSpectraException if the model cannot be opened so
   * @throws CanceledException if the monitor asks to stop
   */
  public Reconstructor reconstructor(
      String model, Device device, Precision precision, ProgressMonitor progress) {
    String named = SkinSpectraCommand.text(model, Models.DEFAULT);
    progress.report("Opening the model " + named, 0, 1);
    Reconstructor opened =
        await("Opening the model", progress, unused -> opened(new Key(named, device, precision)));
    return new Shared(opened);
  }

  private Reconstructor opened(Key key) {
    String stamp = stamp(key.model());
    Opened known = open.get(key);
    if (known == null || !known.stamp().equals(stamp)) {
      if (known != null) {
        open.remove(key).reconstructor().close();
      }
      known =
          new Opened(
              stamp, Models.open(key.model(), Optional.empty(), key.device(), key.precision()));
      open.put(key, known);
    }
    return known.reconstructor();
  }

  private static String stamp(String model) {
    Optional<Path> file = Models.file(model);
    if (file.isEmpty()) {
      return "";
    }
    try {
      return "%s %d %s"
          .formatted(file.get(), Files.size(file.get()), Files.getLastModifiedTime(file.get()));
    } catch (IOException e) {
      throw new SkinSpectraIOException("Cannot read %s: %s".formatted(file.get(), e), e);
    }
  }

  @Override
  public void dispose() {
    disposed = true;
    worker.execute(
        () -> {
          open.values().forEach(opened -> opened.reconstructor().close());
          open.clear();
        });
    worker.shutdown();
    helpers.shutdown();
    try {
      worker.awaitTermination(CLOSING_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // -- Waiting --

  /** Work that may be canceled. */
  @FunctionalInterface
  interface Work<T> {
    T with(ProgressMonitor progress);
  }

  /**
   * Does work that asks too seldom whether it should stop, on a thread of its own. After a cancel
   * it has a moment to end by itself; then nobody waits for it any more, and its result is dropped.
   *
   * @param what the work, for the message
   * @param left what it leaves when it is canceled
   * @throws CanceledException if the monitor asks to stop
   */
  <T> T promptly(String what, String left, ProgressMonitor progress, Work<T> work) {
    return promptly(what, () -> left, progress, work);
  }

  /**
   * As {@link #promptly(String, String, ProgressMonitor, Work)}.
   *
   * @param left is asked when it was canceled and had its moment
   */
  <T> T promptly(String what, Supplier<String> left, ProgressMonitor progress, Work<T> work) {
    return await(helpers, GRACE_MS, () -> new CanceledException(what, left.get()), progress, work);
  }

  private <T> T await(String what, ProgressMonitor progress, Work<T> work) {
    return await(worker, STEP_GRACE_MS, () -> new CanceledException(what), progress, work);
  }

  private <T> T await(
      ExecutorService threads,
      long graceMs,
      Supplier<CanceledException> canceled,
      ProgressMonitor progress,
      Work<T> work) {
    Waiting waiting = new Waiting(progress);
    try {
      Future<T> future = threads.submit(() -> work.with(waiting));
      while (!waiting.isCanceled()) {
        try {
          return future.get(POLL_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          continue;
        }
      }
      future.get(graceMs, TimeUnit.MILLISECONDS);
      throw canceled.get();
    } catch (TimeoutException | RejectedExecutionException e) {
      throw canceled.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw canceled.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw (Error) e.getCause();
    } finally {
      waiting.gone = true;
    }
  }

  /** Tells the work to stop, and the user no more, when nobody waits for it. */
  private final class Waiting implements ProgressMonitor {

    private final ProgressMonitor progress;
    private volatile boolean gone;

    Waiting(ProgressMonitor progress) {
      this.progress = progress;
    }

    @Override
    public void report(String step, long done, long total) {
      if (!gone) {
        progress.report(step, done, total);
      }
    }

    @Override
    public boolean isCanceled() {
      return gone || disposed || progress.isCanceled();
    }
  }

  private final class Shared implements Reconstructor {

    private final Reconstructor reconstructor;

    Shared(Reconstructor reconstructor) {
      this.reconstructor = reconstructor;
    }

    @Override
    public ModelDescription model() {
      return reconstructor.model();
    }

    @Override
    public int inputChannels() {
      return reconstructor.inputChannels();
    }

    @Override
    public Wavelengths wavelengths() {
      return reconstructor.wavelengths();
    }

    @Override
    public Reconstruction reconstruct(Msi msi, ProgressMonitor progress) {
      return await("Reconstruction", progress, waiting -> reconstructor.reconstruct(msi, waiting));
    }

    @Override
    public void close() {
      // The service closes it.
    }
  }
}
