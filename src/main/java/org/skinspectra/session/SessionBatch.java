package org.skinspectra.session;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.WholeFile;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.format.ImageSize;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstruction;
import org.skinspectra.model.Reconstructor;

/**
 * Reconstructs every picture of every session in a folder, each into a cube of its own. A session
 * or picture that cannot be reconstructed is listed with the reason and the others go on; what an
 * earlier run has done with the same model, precision and image is not done again. Nothing that
 * lies in the folder of the results is overwritten.
 *
 * <p>For one thread.
 */
public final class SessionBatch {

  /** What became of a picture. */
  public enum State {
    DONE("done"),
    /** By an earlier run, in the same way. */
    DONE_BEFORE("done before"),
    FAILED("failed");

    private final String key;

    State(String key) {
      this.key = key;
    }

    /** The words that tables show. */
    public String key() {
      return key;
    }
  }

  /**
   * A picture, or a session none of whose pictures could be looked at.
   *
   * @param session folder, as it lies in the folder of the sessions
   * @param timePoint of the picture; empty for a whole session
   * @param output file of the cube; empty where there is none
   * @param made how the cube was made; empty where there is none
   * @param message why it failed, and what to do; empty otherwise
   */
  public record Row(
      String session,
      OptionalInt timePoint,
      State state,
      Optional<Path> output,
      Optional<Made> made,
      String message) {}

  /**
   * How a cube was made, as it says itself.
   *
   * @param seconds wall time of the reconstruction
   */
  public record Made(
      int width,
      int height,
      String model,
      String modelId,
      String device,
      String precision,
      double seconds) {

    /** A cube's own words on it, as {@link ReconstructedCube} puts them. */
    private static Made of(ImageSize size, Map<String, String> provenance) {
      return new Made(
          size.width(),
          size.height(),
          provenance.getOrDefault(ReconstructedCube.MODEL, ""),
          provenance.getOrDefault(ReconstructedCube.MODEL_ID, ""),
          provenance.getOrDefault(ReconstructedCube.DEVICE, ""),
          provenance.getOrDefault(ReconstructedCube.PRECISION, ""),
          seconds(provenance.get(ReconstructedCube.SECONDS)));
    }

    private static double seconds(String text) {
      return text != null && text.matches("\\d{1,9}(\\.\\d{1,9})?")
          ? Double.parseDouble(text)
          : Double.NaN;
    }
  }

  private static final String WORK = "The batch";
  private static final int STEPS = 1000;

  private final Path in;
  private final Path out;
  private final Reconstructor reconstructor;
  private final Precision precision;
  private final List<Row> rows = new ArrayList<>();

  private record Picture(Path session, SessionImages pictures, int timePoint) {}

  private SessionBatch(Path in, Path out, Reconstructor reconstructor, Precision precision) {
    this.in = in;
    this.out = out;
    this.reconstructor = reconstructor;
    this.precision = precision;
  }

  /**
   * Reconstructs all pictures. Cubes are called after their session and time point: {@code
   * <session>-t<time point>-spectra.tif}, in the same sub-folders as the sessions.
   *
   * @param in folder of sessions, however deep, or of one
   * @param out folder of the cubes, outside the sessions; it is made where it is missing
   * @param precision that the reconstructor works in
   * @return one row per session that cannot be read, then one per picture, each by name
   * @throws SkinSpectraException if there is no session, or {@code out} cannot be written
   * @throws CanceledException if the monitor asks to stop; cubes that were done stay
   */
  public static List<Row> run(
      Path in,
      Path out,
      Reconstructor reconstructor,
      Precision precision,
      ProgressMonitor progress) {
    SessionBatch batch =
        new SessionBatch(
            in.toAbsolutePath().normalize(),
            out.toAbsolutePath().normalize(),
            reconstructor,
            precision);
    return batch.run(progress);
  }

  private List<Row> run(ProgressMonitor progress) {
    List<Path> sessions = SessionFolders.in(in);
    if (sessions.isEmpty()) {
      throw new SkinSpectraException(
          "There is no session in %s. Give the folder that the sessions lie in; a session is a folder with a %s."
              .formatted(in, SessionManifest.FILE));
    }
    sessions.stream().filter(out::startsWith).findFirst().ifPresent(this::refuseOutput);
    WholeFile.requireWritable(out.resolve("any"));
    List<Picture> pictures = new ArrayList<>();
    for (Path session : sessions) {
      progress.checkCanceled(WORK);
      pictures.addAll(pictures(session));
    }
    for (int i = 0; i < pictures.size(); i++) {
      process(pictures.get(i), part(progress, i, pictures.size()));
    }
    return List.copyOf(rows);
  }

  private void refuseOutput(Path session) {
    throw new SkinSpectraException(
        "The results would lie in the session %s, which holds its own files only. Choose a folder outside it."
            .formatted(session));
  }

  /** The pictures of a session; one that cannot be read is listed. */
  private List<Picture> pictures(Path session) {
    try {
      SessionImages pictures = SessionImages.of(CaptureSession.open(session));
      if (pictures.timePoints().isEmpty()) {
        throw new SkinSpectraException("The session has no pictures yet.");
      }
      return pictures.timePoints().stream().map(t -> new Picture(session, pictures, t)).toList();
    } catch (SkinSpectraException e) {
      failed(session, OptionalInt.empty(), e);
      return List.of();
    }
  }

  private void failed(Path session, OptionalInt timePoint, RuntimeException e) {
    String message = e instanceof SkinSpectraException ? e.getMessage() : e.toString();
    rows.add(
        new Row(
            name(session), timePoint, State.FAILED, Optional.empty(), Optional.empty(), message));
  }

  private void process(Picture picture, ProgressMonitor progress) {
    try {
      if (progress.isCanceled()) {
        throw new CanceledException(WORK);
      }
      rows.add(reconstructed(picture, progress));
    } catch (CanceledException e) {
      long done = rows.stream().filter(row -> row.state() != State.FAILED).count();
      throw new CanceledException(
          WORK, "%d cubes are done and stay, the next run goes on with the others".formatted(done));
    } catch (RuntimeException e) {
      // Whatever is wrong with one picture, the others are not to be lost with it.
      failed(picture.session(), OptionalInt.of(picture.timePoint()), e);
    }
  }

  private Row reconstructed(Picture picture, ProgressMonitor progress) {
    Path output = output(picture);
    String origin = picture.pictures().origin(picture.timePoint());
    if (Files.exists(output)) {
      Map<String, String> made = CubeFiles.provenance(output);
      requireSame(output, made, origin);
      return row(picture, State.DONE_BEFORE, output, Made.of(CubeFiles.size(output), made));
    }
    CubeFiles.requireWritable(output);
    Reconstruction result =
        reconstructor.reconstruct(picture.pictures().msi(picture.timePoint(), progress), progress);
    SpectralCube cube = ReconstructedCube.of(result, origin);
    progress.checkCanceled(WORK);
    CubeFiles.write(cube, output);
    ImageSize size = new ImageSize(cube.width(), cube.height());
    return row(picture, State.DONE, output, Made.of(size, cube.provenance()));
  }

  private Row row(Picture picture, State state, Path output, Made made) {
    return new Row(
        name(picture.session()),
        OptionalInt.of(picture.timePoint()),
        state,
        Optional.of(output),
        Optional.of(made),
        "");
  }

  /** Refuses a file that another model, precision or image has made. */
  private void requireSame(Path output, Map<String, String> made, String origin) {
    if (!origin.equals(made.get(ReconstructedCube.SOURCE))
        || !reconstructor.model().id().equals(made.get(ReconstructedCube.MODEL_ID))
        || !precision.key().equals(made.get(ReconstructedCube.PRECISION))) {
      throw new SkinSpectraIOException(
          "%s is there already, but of another image, model or precision. Remove it, or choose another folder."
              .formatted(output));
    }
  }

  private Path output(Picture picture) {
    return out.resolve(
        String.format(
            Locale.ROOT, "%s-t%03d-spectra.tif", name(picture.session()), picture.timePoint()));
  }

  private String name(Path session) {
    Path name = session.equals(in) ? session.getFileName() : in.relativize(session);
    return String.valueOf(name);
  }

  private static ProgressMonitor part(ProgressMonitor whole, int index, int count) {
    return new ProgressMonitor() {
      @Override
      public void report(String step, long done, long total) {
        whole.report(
            "%d of %d: %s".formatted(index + 1, count, step),
            (long) STEPS * index + STEPS * done / Math.max(1, total),
            (long) STEPS * count);
      }

      @Override
      public boolean isCanceled() {
        return whole.isCanceled();
      }
    };
  }
}
