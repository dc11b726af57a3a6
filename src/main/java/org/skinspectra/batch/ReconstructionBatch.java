package org.skinspectra.batch;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
   * @throws SkinSpectraException if there is nothing, or nothing can be written to the folder
   */
  public void check() {
    requireWritable();
    requireSome(search.items());
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
   * @return one row per session that cannot be read, then one per picture, each in order of the
   *     inputs and by name
   * @throws SkinSpectraException if there is nothing to reconstruct, {@code out} cannot be written,
   *     or another batch writes to it
   * @throws CanceledException if the monitor asks to stop; cubes that were done stay
   */
  public List<BatchResult> run(JobExecutor executor, ProgressMonitor progress) {
    requireWritable();
    List<InputSearch.Item> items = search.items();
    requireSome(items);
    try (BatchManifest manifest = BatchManifest.open(out)) {
      Work work = work(items, progress);
      work.refused().forEach(manifest::add);
      work.refused().forEach(listener);
      List<BatchResult> rows = new ArrayList<>(work.refused());
      rows.addAll(results(work.jobs(), manifest, executor, progress));
      return List.copyOf(rows);
    }
  }

  private List<BatchResult> results(
      List<BatchJob> jobs, BatchManifest manifest, JobExecutor executor, ProgressMonitor progress) {
    BatchResult[] results = new BatchResult[jobs.size()];
    try {
      executor.run(
          jobs.stream()
              .map(job -> new BatchTask(job, manifest.done(job.output()).orElse(null)))
              .toList(),
          (index, result) -> {
            results[index] = result;
            write(manifest, result);
            listener.accept(result);
          },
          progress);
    } catch (CanceledException e) {
      long done = Arrays.stream(results).filter(r -> r != null && r.hasCube()).count();
      throw new CanceledException(
          WORK, "%d cubes are done and stay, the next run goes on with the others".formatted(done));
    }
    return List.of(results);
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

  private Work work(List<InputSearch.Item> items, ProgressMonitor progress) {
    List<BatchJob> jobs = new ArrayList<>();
    List<BatchResult> refused = new ArrayList<>();
    for (InputSearch.Item item : items) {
      progress.checkCanceled(WORK);
      if (item.session()) {
        try {
          jobs.addAll(pictures(item));
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

  private List<BatchJob> pictures(InputSearch.Item item) {
    List<Integer> times = SessionImages.of(CaptureSession.open(item.path())).timePoints();
    if (times.isEmpty()) {
      throw new SkinSpectraException("The session has no pictures yet.");
    }
    return times.stream()
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
