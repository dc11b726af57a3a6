package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.macro.Interpreter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.event.EventService;
import org.scijava.event.EventSubscriber;
import org.scijava.plugin.Plugin;
import org.scijava.service.Service;
import org.scijava.task.TaskService;
import org.scijava.task.event.TaskEvent;
import org.scijava.ui.DialogPrompt.Result;
import org.scijava.ui.UIService;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.CubeImages;

class SkinSpectraCommandTest {

  private final Context context =
      new Context(CommandService.class, TaskService.class, ReconstructionService.class);
  private final List<String> read = new ArrayList<>();

  /** Somebody before a screen, who reads what dialogs say. */
  @BeforeEach
  void open() {
    InvocationHandler reader =
        (ui, method, arguments) ->
            switch (method.getName()) {
              case "isVisible" -> true;
              case "isHeadless" -> false;
              case "showDialog" -> {
                read.add(arguments[1] + ": " + arguments[0]);
                yield Result.OK_OPTION;
              }
              case "getPriority" -> 0.0;
              case "compareTo" -> -1;
              case "hashCode" -> System.identityHashCode(ui);
              case "equals" -> ui == arguments[0];
              case "toString" -> "somebody before a screen";
              default -> null;
            };
    Class<?>[] types = {UIService.class};
    context
        .getServiceIndex()
        .add((Service) Proxy.newProxyInstance(getClass().getClassLoader(), types, reader));
  }

  @AfterEach
  void close() {
    context.dispose();
    Interpreter.batchMode = false;
  }

  private CommandModule failing() throws ExecutionException, InterruptedException {
    Map<String, Object> noCube = Map.of("image", IJ.createImage("photo", "32-bit", 3, 2, 5));
    return context.service(CommandService.class).run(TrueColourPicture.class, true, noCube).get();
  }

  @Test
  void whatWentWrongIsTheReasonWhichSciJavaShows() throws Exception {
    CommandModule module = failing();
    assertTrue(module.isCanceled());
    assertTrue(module.getCancelReason().contains("photo"), module.getCancelReason());
    assertEquals(List.of(), read, "a second dialog for the same");
  }

  @Test
  void aWarningIsInImageJsLogForSomebodyAtAScreen() throws Exception {
    ImagePlus cube = CubeImages.toImage("arm", TestCubes.skin(2, 2));
    cube.getStack().getProcessor(3).setf(0, Float.NaN);
    String log =
        logged(
            () ->
                context
                    .service(CommandService.class)
                    .run(TrueColourPicture.class, true, Map.<String, Object>of("image", cube))
                    .get());
    assumeTrue(WindowManager.getWindow("Log") == null, "the log has a window here");
    assertTrue(log.contains("True Colour: 1 pixels of 'arm' are not finite"), log);
  }

  /** As an image that is too large for this Java. */
  @Plugin(type = Command.class, menuPath = "Tests>Too Large...")
  public static final class TooLarge extends SkinSpectraCommand {
    @Override
    protected void execute(ProgressMonitor progress) {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  @Test
  void tooLittleMemoryIsAMessageThatSaysWhereToRaiseIt() throws Exception {
    CommandInfo tooLarge = new CommandInfo(TooLarge.class);
    context.inject(tooLarge);
    CommandModule module =
        context.service(CommandService.class).run(tooLarge, true, Map.<String, Object>of()).get();
    assertTrue(module.isCanceled());
    String reason = module.getCancelReason();
    assertTrue(reason.startsWith("There is not enough memory"), reason);
    assertTrue(reason.contains("Memory & Threads"), reason);
  }

  @Test
  void inAMacrosBatchModeItIsInImageJsLogAndNoReasonForADialog() throws Exception {
    Interpreter.batchMode = true;
    List<CommandModule> failed = new ArrayList<>();
    String log = logged(() -> failed.add(failing()));
    assertTrue(failed.get(0).isCanceled());
    assertEquals("", failed.get(0).getCancelReason());
    assumeTrue(WindowManager.getWindow("Log") == null, "the log has a window here");
    assertTrue(log.contains("True Colour: Image 'photo' does not say"), log);
  }

  @Test
  void aTaskIsCalledAsItsEntryIsInOurMenu() throws Exception {
    Set<String> tasks = new TreeSet<>();
    EventSubscriber<TaskEvent> watcher =
        new EventSubscriber<>() {
          @Override
          public void onEvent(TaskEvent event) {
            tasks.add(event.getTask().getName());
          }

          @Override
          public Class<TaskEvent> getEventClass() {
            return TaskEvent.class;
          }
        };
    context.service(EventService.class).subscribe(watcher);
    failing();
    Map<String, Object> demo = Map.of("profile", "demo-camera");
    context.service(CommandService.class).run(ShowCameraProfile.class, true, demo).get();
    assertEquals(Set.of("True Colour", "Camera Profile > Show"), tasks, () -> "of " + watcher);
  }

  private interface Work {
    void run() throws Exception;
  }

  /** Without a display ImageJ's log window is the standard output. */
  private static String logged(Work work) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
