package org.skinspectra.commands;

import ij.IJ;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.scijava.app.StatusService;
import org.scijava.command.ContextCommand;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.task.TaskService;
import org.scijava.ui.UIService;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;

/**
 * A menu entry whose work shows its progress, can be cancelled, and fails with one message: a
 * dialog where there is somebody to read it, the log otherwise and in a macro's batch mode. Either
 * way the command counts as canceled, and gives no output but a table of what was found or done
 * until then. The message is the reason of the cancel, for scripts; it is SciJava that shows a
 * reason as a dialog.
 */
abstract class SkinSpectraCommand extends ContextCommand {

  private static final String MENU = "Plugins>Skin Spectra>";

  @Parameter private TaskService taskService;
  @Parameter private LogService logService;

  @Parameter(required = false)
  private StatusService statusService;

  @Parameter(required = false)
  protected UIService uiService;

  /**
   * Does the work and sets the outputs as the last thing, save those that are of use where the rest
   * fails.
   *
   * @throws SkinSpectraException with what the user should know
   */
  protected abstract void execute(ProgressMonitor progress);

  @Override
  public final void run() {
    try (TaskProgress progress = new TaskProgress(taskService, title())) {
      execute(progress);
    } catch (CanceledException e) {
      end(e.getMessage());
    } catch (SkinSpectraException e) {
      logService.debug(e);
      fail(e.getMessage());
    } catch (OutOfMemoryError e) {
      // What was computed is let go of by now, so that ImageJ goes on; users' images are untouched.
      fail(
          "There is not enough memory: Java may use %d MiB. Close images, take smaller ones, or raise it in Edit > Options > Memory & Threads... and start Fiji again."
              .formatted(Runtime.getRuntime().maxMemory() >> 20));
    }
  }

  private void fail(String message) {
    end(message);
    if (!hasUser()) {
      logService.error(title() + ": " + message);
    }
  }

  private void end(String message) {
    if (hasUser() && Interpreter.isBatchMode()) {
      // A macro in batch mode works through a folder, perhaps overnight: SciJava would show a
      // dialog
      // for each reason.
      cancel("");
      warn(message);
      return;
    }
    cancel(message);
  }

  /** Whether there is somebody to see windows and to be asked. */
  protected final boolean hasUser() {
    return uiService != null && uiService.isVisible() && !uiService.isHeadless();
  }

  /** A line of information for the user: the status bar and the log. */
  protected final void say(String message) {
    logService.info(message);
    if (statusService != null) {
      statusService.showStatus(message);
    }
  }

  /**
   * A line on what may be wrong with a result that is given nevertheless: in ImageJ's log window
   * where there is somebody to read it.
   */
  protected final void warn(String message) {
    logService.warn(title() + ": " + message);
    if (hasUser()) {
      IJ.log(title() + ": " + message);
    }
  }

  /** Shows a table in a window of its own where there is somebody to see it. */
  protected final void show(ResultsTable table, String name) {
    if (hasUser()) {
      table.show(name);
    }
  }

  /**
   * The path of a file or folder that may be left out. An empty field of a dialog and an empty key
   * of a macro mean that none is given, not the folder that Fiji was started in.
   *
   * @throws SkinSpectraException if no file can have such a name
   */
  protected static Optional<Path> path(File given) {
    if (given == null || given.getPath().isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(given.toPath());
    } catch (InvalidPathException e) {
      throw new SkinSpectraException(
          "No file or folder can be called '%s': %s.".formatted(given, e.getReason()), e);
    }
  }

  /**
   * A text that may be left out: an empty field of a dialog and an empty key of a macro mean what
   * is meant without.
   */
  protected static String text(String given, String otherwise) {
    return given == null || given.isBlank() ? otherwise : given.strip();
  }

  /** The menu entry's name in our menu, such as {@code Camera Profile > Import}. */
  private String title() {
    String path = getClass().getAnnotation(Plugin.class).menuPath();
    return path.replace(MENU, "").replace(">", " > ").replace("...", "");
  }
}
