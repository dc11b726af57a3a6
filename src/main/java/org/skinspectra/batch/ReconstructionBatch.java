package org.skinspectra.batch;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.WholeFile;
import org.skinspectra.batch.BatchResult.State;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.session.CaptureSession;
import org.skinspectra.session.SessionImages;

/**
 * Reconstructs every picture of sessions and images, each into a cube of its own. What cannot be
 * reconstructed is listed with the reason and the others go on; what an earlier run has done with
 * the same model, precision and image, and is as it was written, is not done again.
 *
 * <p>Cubes lie in the same sub-folders as their sessions and images, and are called {@code
 * <session>-t<time point>-spectra.tif} and {@code <image>-spectra.tif}. Nothing that others wrote
 * is overwritten.
 */
public final class ReconstructionBatch {

  private static final String WORK = "The batch";
  private static final String SUFFIX = "-spectra";

  private final InputSearch search;
  private final List<Path> inputs;
  private final Path out;
  private final BatchOptions options;
  private final Consumer<BatchResult> listener;

  private ReconstructionBatch(
      List<Path> inputs, Path out, BatchOptions options, Consumer<BatchResult> listener) {
    this.inputs = List.copyOf(inputs);
    this.out = out.toAbsolutePath().normalize();
    this.options = options;
    this.listener = listener;
    search = new InputSearch(inputs, out);
  }

  /**
   * A batch that has not begun.
   *
   * @param inputs sessions, files of images, and folders of both, however deep
   * @param out folder of the cubes, outside the sessions; it is made where it is missing
   */
  public static ReconstructionBatch of(List<Path> inputs, Path out, BatchOptions options) {
    return new ReconstructionBatch(inputs, out, options, result -> {});
  }

  /** The same, whose results are told one by one as they come. */
  public ReconstructionBatch withListener(Consumer<BatchResult> told) {
    return new ReconstructionBatch(inputs, out, options, told);
  }

  /** What is to be done, and what cannot be. */
  private record Work(List<BatchJob> jobs, List<BatchResult> refused) {}

  /**
   * Makes sure, before a model is opened, that there is something to do and a place for it.
   *
   * @param empty whether there may be nothing yet
   * @throws SkinSpectraException if there is nothing, or nothing can be written to the folder
   */
  public void check(boolean empty) {
    requireWritable();
    List<InputSearch.Item> items = search.items();
    if (!empty) {
      requireSome(items);
    }
  }

  private void requireWritable() {
    Path any = out.resolve("any" + options.ending());
    CubeFiles.requireWritable(any);
    if (CubeFiles.isWrittenAsFolder(any)) {
      throw new SkinSpectraException(
          "Batches write cubes that are files, and %s is a folder. Take .tif or .hdr, and convert those that are wanted so."
              .formatted(options.ending()));
    }
    WholeFile.requireWritable(out.resolve(BatchManifest.FILE));
  }

  private void requireSome(List<InputSearch.Item> items) {
    if (items.isEmpty()) {
      throw new SkinSpectraException(
          "There is no session and no image in %s. Give the folder that they lie in; a session is a folder with a manifest.json, and an image a file that ends in one of %s."
              .formatted(
                  inputs.size() == 1 ? inputs.get(0) : inputs,
                  CubeFiles.endings().stream().sorted().toList()));
    }
  }

  /**
   * Reconstructs all pictures that are there now.
   *
   * @return one row per session that cannot be read and image that cannot be told apart, then one
   *     per picture, each in order of the inputs and by name
   * @throws SkinSpectraException if there is nothing to reconstruct, {@code out} cannot be written,
   *     or another batch writes to it
   * @throws CanceledException if the monitor asks to stop; cubes that were done stay
   */
  public List<BatchResult> run(JobExecutor executor, ProgressMonitor progress) {
    requireWritable();
    List<InputSearch.Item> items = search.items();
    requireSome(items);
    Rows rows = new Rows();
    try (BatchManifest manifest = BatchManifest.open(out)) {
      process(items, manifest, rows, executor, progress);
      return rows.all();
    } catch (CanceledException e) {
      throw new CanceledException(
          WORK,
          "%d cubes are done and stay, the next run goes on with the others"
              .formatted(rows.all().stream().filter(BatchResult::hasCube).count()));
    }
  }

  /**
   * Reconstructs all pictures that are there and those that come, until the monitor asks to stop or
   * nothing comes any more. What failed is tried again when its files change.
   *
   * <p>The folders are looked through again and again instead of asking the system to tell of
   * changes: on network drives it does not tell of what other computers write.
   *
   * @return one row per picture, in the order in which they came first
   * @throws SkinSpectraException if an input is missing, {@code out} cannot be written, or another
   *     batch writes to it
   */
  public List<BatchResult> watch(
      JobExecutor executor, Watching watching, ProgressMonitor progress) {
    requireWritable();
    Rows rows = new Rows();
    Arrivals arrivals = new Arrivals(watching);
    try (BatchManifest manifest = BatchManifest.open(out)) {
      while (!progress.isCanceled() && !arrivals.haveEnded()) {
        List<InputSearch.Item> ready = arrivals.ready(search::items);
        if (ready.isEmpty()) {
          progress.report("Watching, " + rows.count(), 0, 1);
          arrivals.pause();
        } else {
          process(ready, manifest, rows, executor, progress);
          arrivals.worked();
        }
      }
    } catch (CanceledException e) {
      // That is how watching ends; what was done is told.
      return rows.all();
    }
    return rows.all();
  }

  private void process(
      List<InputSearch.Item> items,
      BatchManifest manifest,
      Rows rows,
      JobExecutor executor,
      ProgressMonitor progress) {
    Work work = work(items, rows, progress);
    for (BatchResult refused : work.refused()) {
      manifest.add(refused);
      rows.put(refused);
      listener.accept(refused);
    }
    rows.expect(work.jobs());
    executor.run(
        work.jobs().stream()
            .map(job -> new BatchTask(job, manifest.done(job.output()).orElse(null)))
            .toList(),
        (index, result) -> {
          write(manifest, result);
          rows.put(result);
          listener.accept(result);
        },
        progress);
  }

  /** What became of every picture, in the order in which they are listed; the latest of each. */
  private static final class Rows {

    private record Key(String input, int timePoint) {}

    private final Map<Key, Optional<BatchResult>> rows = new LinkedHashMap<>();

    void expect(List<BatchJob> jobs) {
      jobs.forEach(
          job -> rows.putIfAbsent(new Key(job.input(), job.timePoint()), Optional.empty()));
    }

    void put(BatchResult result) {
      rows.put(new Key(result.input(), result.timePoint()), Optional.of(result));
    }

    List<BatchResult> all() {
      return rows.values().stream().flatMap(Optional::stream).toList();
    }

    /** Whether a picture has its cube, made from this. */
    boolean has(String input, int timePoint, String source) {
      return rows.getOrDefault(new Key(input, timePoint), Optional.empty())
          .filter(row -> row.hasCube() && row.source().equals(source))
          .isPresent();
    }

    String count() {
      List<BatchResult> all = all();
      long failed = all.stream().filter(row -> row.state() == State.FAILED).count();
      return "%d pictures so far, %d of them failed".formatted(all.size(), failed);
    }
  }

  /** What the manifest says already is not said again. */
  private static void write(BatchManifest manifest, BatchResult result) {
    boolean known =
        result.state() == State.DONE_BEFORE && manifest.done(result.output()).isPresent();
    if (result.state() != State.LEFT_OUT && !known) {
      manifest.add(result);
    }
  }

  // -- What is to be done --

  private Work work(List<InputSearch.Item> items, Rows rows, ProgressMonitor progress) {
    List<BatchJob> jobs = new ArrayList<>();
    List<BatchResult> refused = new ArrayList<>();
    for (InputSearch.Item item : items) {
      progress.checkCanceled(WORK);
      if (item.session()) {
        try {
          jobs.addAll(pictures(item, rows));
        } catch (SkinSpectraException e) {
          refused.add(
              BatchResult.without(item.name(), BatchJob.IMAGE, State.FAILED, e.getMessage()));
        }
      } else {
        jobs.add(image(item));
      }
    }
    return withoutClashes(jobs, refused);
  }

  /** Of several pictures that would become one file the first is taken, and the others listed. */
  private static Work withoutClashes(List<BatchJob> jobs, List<BatchResult> refused) {
    Map<String, BatchJob> first = new HashMap<>();
    List<BatchJob> kept = new ArrayList<>();
    Set<URI> seen = new HashSet<>();
    for (BatchJob job : jobs) {
      BatchJob other = first.putIfAbsent(job.output().toLowerCase(Locale.ROOT), job);
      if (other == null) {
        kept.add(job);
      } else if (seen.add(job.location()) && !other.location().equals(job.location())) {
        refused.add(
            BatchResult.failed(
                job,
                "It would become %s, and so would %s. Rename one of them, or give them different folders of results."
                    .formatted(job.output(), Path.of(other.location()))));
      }
    }
    return new Work(List.copyOf(kept), List.copyOf(refused));
  }

  /** Those of a session that were not done since this batch began. */
  private List<BatchJob> pictures(InputSearch.Item item, Rows rows) {
    SessionImages images = SessionImages.of(CaptureSession.open(item.path()));
    if (images.timePoints().isEmpty()) {
      throw new SkinSpectraException("The session has no pictures yet.");
    }
    return images.timePoints().stream()
        .filter(time -> !rows.has(item.name(), time, images.origin(time)))
        .map(
            time ->
                new BatchJob(
                    item.name(),
                    item.path().toUri(),
                    time,
                    String.format(
                        Locale.ROOT, "%s-t%03d%s%s", item.name(), time, SUFFIX, options.ending()),
                    item.named(),
                    options))
        .toList();
  }

  private BatchJob image(InputSearch.Item item) {
    return new BatchJob(
        item.name(),
        item.path().toUri(),
        BatchJob.IMAGE,
        item.name().replaceFirst("\\.[^./]+$", "") + SUFFIX + options.ending(),
        item.named(),
        options);
  }
}
