package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;

/** Runs commands as Fiji does, through the services of a real SciJava context, headless. */
final class CommandRunner implements AutoCloseable {

  private final Context context = new Context();
  private final List<Object> kept = new ArrayList<>();

  Context context() {
    return context;
  }

  /** Holds what the context refers to weakly, until this is closed. */
  void keep(Object subscriber) {
    kept.add(subscriber);
  }

  /**
   * Runs a command to its end, whatever that is.
   *
   * @param inputs by the names of its parameters, which are the keys of macros
   */
  CommandModule run(Class<? extends Command> command, Map<String, Object> inputs) {
    try {
      return context.service(CommandService.class).run(command, true, inputs).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs a command that must succeed and gives one of its outputs. */
  <T> T output(
      String name, Class<T> type, Class<? extends Command> command, Map<String, Object> inputs) {
    CommandModule module = run(command, inputs);
    assertFalse(module.isCanceled(), () -> "canceled: " + module.getCancelReason());
    return type.cast(module.getOutput(name));
  }

  /** Runs a command that must fail, makes sure that it gives no output, and says its message. */
  String failure(Class<? extends Command> command, Map<String, Object> inputs) {
    CommandModule module = run(command, inputs);
    assertTrue(((Cancelable) module.getCommand()).isCanceled(), "did not fail");
    module.getInfo().outputs().forEach(o -> assertTrue(module.getOutput(o.getName()) == null));
    return ((Cancelable) module.getCommand()).getCancelReason();
  }

  @Override
  public void close() {
    context.dispose();
  }
}
