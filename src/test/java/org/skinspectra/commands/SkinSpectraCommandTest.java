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
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.plugin.Plugin;
import org.scijava.service.Service;
import org.scijava.task.TaskService;
import org.scijava.ui.DialogPrompt.Result;
import org.scijava.ui.UIService;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.CubeImages;

class SkinSpectraCommandTest {

  private final Context context = new Context(CommandService.class, TaskService.class);
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
  void whatWentWrongIsADialogForSomebodyAtAScreen() throws Exception {
    String reason = failing().getCancelReason();
    assertEquals(List.of("True Colour: " + reason), read);
    assertTrue(reason.contains("photo"), reason);
  }

  @Test
  void aWarningIsInImageJsLogForSomebodyAtAScreen() throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ImagePlus cube = CubeImages.toImage("arm", TestCubes.skin(2, 2));
    cube.getStack().getProcessor(3).setf(0, Float.NaN);
    // Without a display ImageJ's log window is the standard output.
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      context
          .service(CommandService.class)
          .run(TrueColourPicture.class, true, Map.<String, Object>of("image", cube))
          .get();
    } finally {
      System.setOut(before);
    }
    String log = printed.toString(StandardCharsets.UTF_8);
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
    assertEquals(1, read.size());
    assertTrue(read.get(0).startsWith("Too Large: There is not enough memory"), read.get(0));
    assertTrue(read.get(0).contains("Memory & Threads"), read.get(0));
  }

  @Test
  void aMacroInBatchModeIsNotHeldUpByADialog() throws Exception {
    Interpreter.batchMode = true;
    assertTrue(failing().getCancelReason().contains("photo"));
    assertEquals(List.of(), read);
  }
}
