package org.skinspectra.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.SparkFiles;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.batch.BatchJob;
import org.skinspectra.batch.BatchResult;
import org.skinspectra.batch.BatchTask;
import org.skinspectra.batch.JobRunner;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.format.FileErrors;

/**
 * What an executor does for one picture: fetches it, with what is there of its cube, does the job
 * on its own disk, and brings the cube away under a name that it gets when it is whole.
 */
final class PictureTask implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Attempts at files that fail; a picture whose executor is lost has Spark's own number. */
  private static final int MOST_ATTEMPTS = 3;

  private final HadoopFiles files;
  private final URI out;
  private final ClusterModel model;

  /**
   * @param out folder of the cubes
   */
  PictureTask(HadoopFiles files, URI out, ClusterModel model) {
    this.files = files;
    this.out = out;
    this.model = model;
  }

  /**
   * Does the job of one picture.
   *
   * @param attempt from 0
   * @throws IOException if its files cannot be read or written now and may be at another attempt
   */
  BatchResult run(BatchTask task, int attempt, BooleanSupplier canceled) throws IOException {
    Path scratch =
        Files.createTempDirectory(Path.of(SparkFiles.getRootDirectory()), "skin-spectra-");
    BatchJob job = task.job();
    try {
      return run(task, attempt, scratch, canceled);
    } catch (SkinSpectraException e) {
      return BatchResult.failed(job, e.getMessage());
    } catch (FileNotFoundException e) {
      return BatchResult.failed(job, "There is no file any more: " + FileErrors.reason(e) + ".");
    } catch (IOException e) {
      if (attempt + 1 < MOST_ATTEMPTS) {
        throw e;
      }
      return BatchResult.failed(
          job,
          "Cannot fetch %s or store its cube in %s: %s."
              .formatted(job.location(), out, FileErrors.reason(e)));
    } finally {
      PictureFiles.deleteAll(scratch);
    }
  }

  private BatchResult run(BatchTask task, int attempt, Path scratch, BooleanSupplier canceled)
      throws IOException {
    BatchJob job = task.job();
    Path input = new PictureFiles(files, scratch).fetch(job);
    URI target = HadoopFiles.below(out, job.output());
    Path output = scratch.resolve("out").resolve(HadoopFiles.name(target));
    Files.createDirectories(output.getParent());
    fetchEarlier(target, output, attempt);
    Set<Path> before = filesBeside(output);
    ExecutorModel executor = ExecutorModel.ofThisProcess();
    JobRunner runner =
        new JobRunner(executor.open(model, scratch.resolve("model")), executor.memory());
    BatchResult result = runner.run(job, task.before(), input, output, monitor(canceled));
    if (result.state() == BatchResult.State.DONE) {
      store(output, target, before);
    }
    return result.withMessage(
        result
            .message()
            .replace(input.toString(), job.location().toString())
            .replace(output.toString(), target.toString()));
  }

  private static ProgressMonitor monitor(BooleanSupplier canceled) {
    return new ProgressMonitor() {
      @Override
      public void report(String step, long done, long total) {
        // The driver counts pictures.
      }

      @Override
      public boolean isCanceled() {
        return canceled.getAsBoolean();
      }
    };
  }

  /**
   * Fetches the cube that is there, and empty files for the names of those that were set aside,
   * which must stay free.
   */
  private void fetchEarlier(URI target, Path output, int attempt) throws IOException {
    List<Path> cube = CubeFiles.written(output);
    boolean whole = files.exists(target);
    for (Path file : cube) {
      String name = String.valueOf(file.getFileName());
      URI there = HadoopFiles.beside(target, name);
      // Data without their header may be those of the executor that was lost at this picture;
      // storing the same again will show it.
      if (files.exists(there) && (whole || attempt == 0)) {
        files.fetch(there, file);
      }
    }
    Set<String> names =
        cube.stream()
            .map(file -> file.getFileName() + JobRunner.ASIDE)
            .collect(Collectors.toUnmodifiableSet());
    if (whole) {
      for (FileStatus other : files.in(HadoopFiles.beside(target, "."))) {
        String name = other.getPath().getName();
        if (names.stream().anyMatch(name::startsWith)) {
          Files.createFile(output.resolveSibling(name));
        }
      }
    }
  }

  private static Set<Path> filesBeside(Path output) throws IOException {
    try (Stream<Path> all = Files.list(output.getParent())) {
      return all.collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private void store(Path output, URI target, Set<Path> before) throws IOException {
    List<Path> cube = CubeFiles.written(output);
    for (Path file : filesBeside(output)) {
      String name = String.valueOf(file.getFileName());
      int suffix = name.lastIndexOf(JobRunner.ASIDE);
      if (!before.contains(file) && suffix >= 0) {
        files.rename(
            HadoopFiles.beside(target, name.substring(0, suffix)),
            HadoopFiles.beside(target, name));
      }
    }
    // A header comes after its data, as on a local disk.
    List<Path> dataFirst = new ArrayList<>(cube);
    Collections.reverse(dataFirst);
    for (Path file : dataFirst) {
      files.store(file, HadoopFiles.beside(target, String.valueOf(file.getFileName())));
    }
  }
}
