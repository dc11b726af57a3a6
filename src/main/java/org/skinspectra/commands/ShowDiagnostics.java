package org.skinspectra.commands;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.report.Diagnostics;

/** What Skin Spectra runs on here, as a text to copy. */
@Plugin(
    type = Command.class,
    menuPath = "Plugins>Skin Spectra>Diagnostics...",
    headless = true,
    description =
        "Versions, processor, memory, devices proven by an operation, GPU libraries,"
            + " Micro-Manager and models, as text to copy.")
public final class ShowDiagnostics extends SkinSpectraCommand {

  @Parameter(
      label = "Folder of Micro-Manager",
      style = FileWidget.DIRECTORY_STYLE,
      description = "Empty: only what is loaded already.",
      persist = false,
      required = false)
  private File mm_folder;

  @Parameter private ReconstructionService worker;

  @Parameter(type = ItemIO.OUTPUT)
  private String diagnostics;

  @Override
  protected void execute(ProgressMonitor progress) {
    progress.report("Trying the devices", 0, 1);
    Optional<Path> microManager = path(mm_folder);
    diagnostics =
        worker.promptly(
            "The diagnostics",
            "the test of the devices ends by itself",
            progress,
            waiting -> Diagnostics.text(microManager));
  }
}
