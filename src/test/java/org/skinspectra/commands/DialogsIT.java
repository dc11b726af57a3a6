package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.macro.Interpreter;
import java.awt.EventQueue;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.event.EventService;
import org.scijava.task.Task;
import org.scijava.task.event.TaskEvent;
import org.scijava.ui.DialogPrompt;
import org.scijava.ui.DialogPrompt.Result;
import org.scijava.ui.UIService;
import org.scijava.ui.UserInterface;
import org.skinspectra.cube.CubeImages;

/**
 * What SciJava's own user interface service shows somebody at a screen when a command fails or is
 * canceled: it has a dialog of its own for the reason that a command gives.
 */
class DialogsIT {

  private static final long SETTLED_MS = 300;

  private final List<String> dialogs = new CopyOnWriteArrayList<>();
  private Context context;

  @BeforeEach
  void open() {
    Screen.require("DialogsIT");
    context = new Context();
    InvocationHandler reader =
        (ui, method, arguments) ->
            switch (method.getName()) {
              case "isVisible" -> true;
              case "requiresEDT" -> false;
              case "dialogPrompt" -> {
                dialogs.add(String.valueOf(arguments[0]));
                yield (DialogPrompt) () -> Result.OK_OPTION;
              }
              case "hashCode" -> System.identityHashCode(ui);
              case "equals" -> ui == arguments[0];
              case "toString" -> "somebody before a screen";
              default -> null;
            };
    UIService uis = context.service(UIService.class);
    uis.addUI(
        "test",
        (UserInterface)
            Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {UserInterface.class}, reader));
    assertTrue(uis.isVisible() && !uis.isHeadless());
  }

  @AfterEach
  void close() {
    Interpreter.batchMode = false;
    if (context != null) {
      context.dispose();
    }
  }

  private CommandModule failing() throws Exception {
    Map<String, Object> noCube = Map.of("image", IJ.createImage("photo", "32-bit", 3, 2, 5));
    CommandModule module =
        context.service(CommandService.class).run(TrueColourPicture.class, true, noCube).get();
    shown();
    return module;
  }

  /** SciJava shows its dialogs later, on threads of its own: some time for one, and for another. */
  private void shown() throws Exception {
    if (!Interpreter.batchMode) {
      Screen.await("a dialog", () -> !dialogs.isEmpty());
    }
    TimeUnit.MILLISECONDS.sleep(SETTLED_MS);
    EventQueue.invokeAndWait(() -> {});
  }

  @Test
  void aFailureIsOneDialog() throws Exception {
    String reason = failing().getCancelReason();
    assertEquals(1, dialogs.size(), dialogs.toString());
    assertTrue(dialogs.get(0).contains(reason), dialogs.toString());
  }

  @Test
  void aMacroInBatchModeGetsNoDialog() throws Exception {
    Interpreter.batchMode = true;
    assertTrue(failing().isCanceled());
    assertEquals(List.of(), dialogs);
  }

  @Test
  void whatACancelLeavesIsOneDialog() throws Exception {
    TaskCanceller canceller = new TaskCanceller();
    var kept = context.service(EventService.class).subscribe(canceller);
    Map<String, Object> cube = Map.of("image", CubeImages.toImage("arm", TestCubes.skin(2, 2)));
    context.service(CommandService.class).run(TrueColourPicture.class, true, cube).get();
    shown();
    assertEquals(1, dialogs.size(), dialogs + " " + kept);
    assertTrue(dialogs.get(0).contains("The picture was canceled"), dialogs.toString());
  }

  /** Public, since SciJava calls it. */
  public static final class TaskCanceller {
    @org.scijava.event.EventHandler
    public void onEvent(TaskEvent event) {
      Task task = event.getTask();
      if (!task.isCanceled()) {
        task.cancel("enough");
      }
    }
  }
}
