package org.skinspectra.commands;

import ij.measure.ResultsTable;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.WholeFile;
import org.skinspectra.batch.BatchOptions;
import org.skinspectra.batch.BatchResult;
import org.skinspectra.batch.BatchResult.State;
import org.skinspectra.batch.LocalThreads;
import org.skinspectra.batch.ReconstructionBatch;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.report.BatchTable;
import org.skinspectra.report.TextTable;
import org.skinspectra.view.Tables;

/** Every picture of every session and every image in a folder as a cube of its own. */
@Plugin(
    type = Command.class,
    menuPath = "Plugins>Skin Spectra>Batch>Reconstruct Sessions...",
    headless = true,
    description =
        "Reconstructs all pictures of all sessions in a folder, and all images. What is done"
            + " already is skipped; what fails is listed, and the others go on.")
public final class ReconstructSessions extends SkinSpectraCommand {

  @Parameter(
      label = "Folder of sessions or images",
      style = FileWidget.DIRECTORY_STYLE,
      persist = false)
  private File input;

  @Parameter(
      label = "Folder for cubes",
      style = FileWidget.DIRECTORY_STYLE,
      description = "One .tif for each picture, and a table of all, " + BatchTable.FILE + ".",
      persist = false)
  private File output;

  @Parameter(
      label = "Model",
      description =
          "default, wiener, the name of a file in Fiji's folder models, or a file of weights"
              + " (.safetensors or PyTorch .pt).",
      persist = false,
      required = false)
  private String model = Models.DEFAULT;

  @Parameter(
      label = "Device",
      choices = {"auto", "cpu", "gpu"},
      description = "gpu fails if none is truly used.",
      persist = false,
      required = false)
  private String device = "auto";

  @Parameter(
      label = "Precision",
      choices = {"float32", "bfloat16"},
      persist = false,
      required = false)
  private String precision = "float32";

  @Parameter private ReconstructionService reconstructions;

  @Parameter(type = ItemIO.OUTPUT)
  private ResultsTable table;

  @Override
  protected void execute(ProgressMonitor task) {
    // Calibration and reconstruction of a picture count each for itself.
    ProgressMonitor progress = task.part(0, 1);
    Path sessions =
        path(input).orElseThrow(() -> new SkinSpectraException("Give the folder of the sessions."));
    Path folder =
        path(output).orElseThrow(() -> new SkinSpectraException("Give the folder for the cubes."));
    WholeFile.requireWritable(folder.resolve(BatchTable.FILE));
    Precision how = Precision.parse(precision);
    String named = text(model, Models.DEFAULT);
    BatchOptions options = BatchOptions.of(named, Device.parse(device), how);
    ReconstructionBatch batch = ReconstructionBatch.of(List.of(sessions), folder, options);
    batch.check(false);
    Reconstructor reconstructor =
        reconstructions.reconstructor(named, options.device(), how, progress);
    LocalThreads threads = new LocalThreads(reconstructor, LocalThreads.usualThreads(), folder);
    List<BatchResult> rows =
        reconstructions.promptly(
            "The batch",
            "cubes that were done stay",
            progress,
            waiting -> batch.run(threads, waiting));
    TextTable all = BatchTable.of(rows);
    boolean written = writeCsv(all, folder.resolve(BatchTable.FILE));
    for (BatchResult row : rows) {
      if (row.state() == State.FAILED) {
        warn(row.input() + ": " + row.message());
      }
    }
    say(
        "%d cubes done, %d done before, %d failed%s"
            .formatted(
                count(rows, State.DONE),
                count(rows, State.DONE_BEFORE),
                count(rows, State.FAILED),
                written ? "; see " + folder.resolve(BatchTable.FILE) : ""));
    ResultsTable results = Tables.of(all);
    show(results, "Reconstructed sessions");
    table = results;
  }

  /** The cubes are there, so that a table which another program holds open is no reason to fail. */
  private boolean writeCsv(TextTable all, Path file) {
    try {
      all.writeCsv(file);
      return true;
    } catch (SkinSpectraIOException e) {
      warn(e.getMessage());
      return false;
    }
  }

  private static long count(List<BatchResult> rows, State state) {
    return rows.stream().filter(row -> row.state() == state).count();
  }
}
