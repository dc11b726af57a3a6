package org.skinspectra.batch;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.batch.BatchResult.Made;
import org.skinspectra.batch.BatchResult.State;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.format.FileErrors;
import org.skinspectra.format.ImageSize;
import org.skinspectra.model.Reconstruction;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.session.CaptureSession;
import org.skinspectra.session.ReconstructedCube;
import org.skinspectra.session.SessionImages;

/**
 * Does one job after the other: from a picture on this computer's disk to a cube on it. The same
 * picture, model and options give the same bytes everywhere. What is wrong with a picture becomes
 * its result, and nothing that others wrote is overwritten.
 *
 * <p>For one thread; several may share a reconstructor and the memory.
 */
public final class JobRunner {

  /** What follows a file's name, with a number, where it is kept although it is not ours. */
  public static final String ASIDE = ".changed-";

  /** Planes of 32 bits besides the cube: the image twice, its channels before calibration. */
  private static final int PLANES_BESIDES = 24;

  private static final int MOST_ASIDE = 1000;

  private final Reconstructor reconstructor;
  private final PicturesInMemory memory;
  private final String host = ManagementFactory.getRuntimeMXBean().getName();

  /** The session of the last picture, whose references serve for the next. */
  private Optional<OpenSession> last = Optional.empty();

  private record OpenSession(Path folder, CaptureSession session, SessionImages images) {}

  public JobRunner(Reconstructor reconstructor, PicturesInMemory memory) {
    this.reconstructor = reconstructor;
    this.memory = memory;
  }

  /**
   * Does a job.
   *
   * @param before what the manifest says of an earlier run
   * @param input the session's folder or the image's file on this computer
   * @param output the cube's file on this computer, in place of {@code job.output()}
   * @throws CanceledException if the monitor asks to stop; nothing is left then
   */
  public BatchResult run(
      BatchJob job,
      Optional<BatchResult> before,
      Path input,
      Path output,
      ProgressMonitor progress) {
    try {
      return done(job, before, input, output, progress);
    } catch (CanceledException e) {
      throw e;
    } catch (SkinSpectraException e) {
      return BatchResult.failed(job, e.getMessage());
    } catch (OutOfMemoryError e) {
      return BatchResult.failed(
          job,
          "Java's %d MiB of heap are not enough for this picture; give it more with -Xmx, or let fewer threads work."
              .formatted(Runtime.getRuntime().maxMemory() >> 20));
    } catch (RuntimeException | StackOverflowError e) {
      // Whatever is wrong with one picture, the others are not to be lost with it.
      return BatchResult.failed(job, e.toString());
    }
  }

  private BatchResult done(
      BatchJob job,
      Optional<BatchResult> before,
      Path input,
      Path output,
      ProgressMonitor progress) {
    if (job.timePoint() == BatchJob.IMAGE && !job.named()) {
      int bands = CubeFiles.bands(input);
      if (bands != 3 && bands != 4) {
        return BatchResult.without(
            job.input(),
            job.timePoint(),
            State.LEFT_OUT,
            "It has %d bands; a multispectral image has 3 or 4.".formatted(bands));
      }
    }
    progress.checkCanceled("The batch");
    Picture picture = picture(job, input);
    List<Path> there = CubeFiles.written(output).stream().filter(Files::exists).toList();
    String note = "";
    if (!there.isEmpty()) {
      if (before.isEmpty()) {
        return found(job, output, picture.source());
      }
      BatchResult earlier = before.get();
      Made made = earlier.made();
      requireSame(
          job, output, picture.source(), earlier.source(), made.modelId(), made.precision());
      if (OutputFile.areIntact(earlier.files(), output)) {
        return again(earlier);
      }
      note = setAside(there);
    }
    CubeFiles.requireWritable(output);
    return made(job, picture, output, note, progress);
  }

  private Picture picture(BatchJob job, Path input) {
    if (job.timePoint() == BatchJob.IMAGE) {
      return Picture.ofFile(input);
    }
    if (last.isEmpty() || !last.get().folder().equals(input)) {
      CaptureSession session = CaptureSession.open(input);
      last = Optional.of(new OpenSession(input, session, SessionImages.of(session)));
    }
    return Picture.ofSession(last.get().session(), last.get().images(), job.timePoint());
  }

  private BatchResult made(
      BatchJob job, Picture picture, Path output, String note, ProgressMonitor progress) {
    long planes = (long) reconstructor.wavelengths().size() + PLANES_BESIDES;
    try (PicturesInMemory.Place place =
        memory.enter(planes * Float.BYTES * picture.pixels(), progress)) {
      Reconstruction result = reconstructor.reconstruct(picture.read(progress), progress);
      SpectralCube cube = ReconstructedCube.reproducible(result, picture.source());
      progress.checkCanceled("The batch");
      progress.report("Writing", 0, 1);
      CubeFiles.write(cube, output);
      Made made =
          new Made(
              cube.width(),
              cube.height(),
              result.model().name(),
              result.model().id(),
              result.device(),
              result.precision().key(),
              result.seconds());
      return result(job, picture.source(), OutputFile.of(output), made, note);
    }
  }

  private BatchResult result(
      BatchJob job, String source, List<OutputFile> files, Made made, String note) {
    return new BatchResult(
        job.input(),
        job.timePoint(),
        State.DONE,
        source,
        job.output(),
        files,
        made,
        host,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        note);
  }

  private static BatchResult again(BatchResult earlier) {
    return new BatchResult(
        earlier.input(),
        earlier.timePoint(),
        State.DONE_BEFORE,
        earlier.source(),
        earlier.output(),
        earlier.files(),
        earlier.made(),
        earlier.host(),
        earlier.finished(),
        "");
  }

  // -- What is there already --

  /** A cube that no manifest knows, because the run that wrote it was killed, or was another. */
  private BatchResult found(BatchJob job, Path output, String source) {
    if (!Files.exists(output)) {
      throw refused(output);
    }
    Map<String, String> says = CubeFiles.provenance(output);
    String modelId = says.getOrDefault(ReconstructedCube.MODEL_ID, "");
    String precision = says.getOrDefault(ReconstructedCube.PRECISION, "");
    requireSame(
        job, output, source, says.getOrDefault(ReconstructedCube.SOURCE, ""), modelId, precision);
    ImageSize size = CubeFiles.size(output);
    Made made =
        new Made(
            size.width(),
            size.height(),
            says.getOrDefault(ReconstructedCube.MODEL, ""),
            modelId,
            says.getOrDefault(ReconstructedCube.DEVICE, ""),
            precision,
            seconds(says.get(ReconstructedCube.SECONDS)));
    return again(result(job, source, OutputFile.of(output), made, ""));
  }

  private static double seconds(String text) {
    return text != null && text.matches("\\d{1,9}(\\.\\d{1,9})?")
        ? Double.parseDouble(text)
        : Double.NaN;
  }

  /** Refuses a file that another model, precision or image has made. */
  private void requireSame(
      BatchJob job, Path output, String source, String madeOf, String modelId, String precision) {
    if (!source.equals(madeOf)
        || !reconstructor.model().id().equals(modelId)
        || !job.options().precision().key().equals(precision)) {
      throw refused(output);
    }
  }

  private static SkinSpectraIOException refused(Path output) {
    return new SkinSpectraIOException(
        "%s is there already, but of another image, model or precision. Remove it, or choose another folder."
            .formatted(output));
  }

  /** Gives files another name, under which they are kept. */
  private static String setAside(List<Path> files) {
    List<String> names = new ArrayList<>();
    for (Path file : files) {
      Path aside = free(file);
      try {
        Files.move(file, aside);
      } catch (IOException e) {
        throw new SkinSpectraIOException(
            "%s is not as the batch wrote it, and cannot be set aside: %s. Move it away."
                .formatted(file, FileErrors.reason(e)),
            e);
      }
      names.add(String.valueOf(aside.getFileName()));
    }
    return "Made again: the cube was not as the batch had written it, and is kept as %s."
        .formatted(String.join(" and ", names));
  }

  private static Path free(Path file) {
    for (int i = 1; i <= MOST_ASIDE; i++) {
      Path aside = file.resolveSibling(file.getFileName() + ASIDE + i);
      if (!Files.exists(aside)) {
        return aside;
      }
    }
    throw new SkinSpectraIOException(
        "%s is not as the batch wrote it, and %d such files are kept already. Remove some."
            .formatted(file, MOST_ASIDE));
  }
}
