package org.skinspectra.commands;

import ij.ImagePlus;
import ij.Macro;
import ij.Menus;
import ij.WindowManager;
import ij.macro.Interpreter;
import ij.plugin.PlugIn;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.convert.ConvertService;
import org.scijava.module.ModuleItem;
import org.skinspectra.SkinSpectraException;

/**
 * A menu entry of ours as a macro reaches it. In Fiji imagej-legacy stands between the two; it is
 * not on Maven Central, so this does what it does: keys become inputs, an image is a title or an
 * id, the active image fills an only image that is left, and images that come out are shown. ImageJ
 * makes one of these for every call.
 */
public final class MenuCommand implements PlugIn {

  private static Context context;
  private static final List<String> failures = new ArrayList<>();

  /**
   * Puts our entries into ImageJ's table of commands, as Fiji does, headless too.
   *
   * @return the reasons why commands gave up, as they come
   */
  static List<String> install(Context fiji) {
    context = fiji;
    failures.clear();
    Map<String, String> commands = new Hashtable<>(imageJsCommands());
    for (CommandInfo command : entries(fiji).values()) {
      String leaf = command.getMenuPath().getLeaf().getName();
      commands.put(leaf, "%s(\"%s\")".formatted(MenuCommand.class.getName(), leaf));
    }
    try {
      Field table = Menus.class.getDeclaredField("pluginsTable");
      table.setAccessible(true);
      table.set(null, commands);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
    return failures;
  }

  /** ImageJ's own commands and what runs them, by its own list of menus. */
  static Map<String, String> imageJsCommands() {
    Properties menus = new Properties();
    try (InputStream list = Menus.class.getResourceAsStream("/IJ_Props.txt")) {
      menus.load(list);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // "Select None[A]",ij.plugin.Selection("none"), the shortcut being no part of the name.
    Pattern entry = Pattern.compile("\"([^\"\\[]+)(?:\\[[^]]*])?\",(.+)");
    return menus.values().stream()
        .map(value -> entry.matcher(value.toString()))
        .filter(Matcher::matches)
        .collect(
            Collectors.toMap(
                match -> match.group(1).strip(), match -> match.group(2), (first, same) -> first));
  }

  /** Our menu entries by the names that macros call them by. */
  static Map<String, CommandInfo> entries(Context fiji) {
    Map<String, CommandInfo> entries = new LinkedHashMap<>();
    for (CommandInfo command : fiji.service(CommandService.class).getCommands()) {
      if (command.getMenuPath().getMenuString().startsWith("Plugins > Skin Spectra")) {
        CommandInfo other = entries.put(command.getMenuPath().getLeaf().getName(), command);
        if (other != null) {
          throw new AssertionError(
              "Macros cannot tell %s and %s apart."
                  .formatted(other.getMenuPath(), command.getMenuPath()));
        }
      }
    }
    return entries;
  }

  /**
   * Runs a macro with its script parameters, as Fiji's macro engine does.
   *
   * @return what ImageJ's interpreter gives back: {@code [aborted]} after an error
   */
  static String runMacro(MacroFile macro, Map<String, Object> parameters) {
    StringBuilder variables = new StringBuilder();
    Map<String, Object> left = new HashMap<>(parameters);
    for (ModuleItem<?> parameter : macro.parameters()) {
      Object value =
          left.containsKey(parameter.getName())
              ? left.remove(parameter.getName())
              : parameter.getDefaultValue();
      // A null value declares the variable and sets nothing.
      variables.append("var ").append(parameter.getName());
      if (value != null) {
        variables.append(" = \"").append(value.toString().replace("\\", "\\\\")).append('"');
      }
      variables.append("; ");
    }
    if (!left.isEmpty()) {
      throw new AssertionError("no such parameters: " + left.keySet());
    }
    Interpreter interpreter = new Interpreter();
    interpreter.setIgnoreErrors(true);
    try {
      String result = interpreter.run(variables + macro.code(), "");
      String error = interpreter.getErrorMessage();
      return error == null ? result : error;
    } finally {
      // Also after an error; batch mode is one for all of ImageJ.
      interpreter.abortMacro();
      Interpreter.batchMode = false;
      // What the macro chose last would stay this thread's image.
      WindowManager.setTempCurrentImage(null);
    }
  }

  @Override
  public void run(String leaf) {
    CommandInfo command = entries(context).get(leaf);
    String options = Macro.getOptions() == null ? "" : Macro.getOptions();
    Map<String, Object> inputs = new HashMap<>();
    List<String> images = new ArrayList<>();
    for (ModuleItem<?> input : command.inputs()) {
      String value = Macro.getValue(options, input.getName(), null);
      if (input.getType() == ImagePlus.class) {
        ImagePlus image = value == null ? null : image(value);
        if (image == null) {
          images.add(input.getName());
        } else {
          inputs.put(input.getName(), image);
        }
      } else if (value != null) {
        inputs.put(input.getName(), converted(value, input.getType()));
      }
    }
    if (images.size() == 1 && WindowManager.getCurrentImage() != null) {
      inputs.put(images.get(0), WindowManager.getCurrentImage());
    }
    show(ran(command, inputs));
  }

  private static CommandModule ran(CommandInfo command, Map<String, Object> inputs) {
    try {
      return context.service(CommandService.class).run(command, true, inputs).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new SkinSpectraException("%s: %s".formatted(command.getMenuPath(), e), e);
    }
  }

  private static void show(CommandModule module) {
    if (module.isCanceled()) {
      failures.add(module.getCancelReason());
    }
    for (ModuleItem<?> output : module.getInfo().outputs()) {
      Object value = module.getOutput(output.getName());
      if (value instanceof ImagePlus image) {
        image.show();
      }
    }
  }

  private static ImagePlus image(String titleOrId) {
    return titleOrId.matches("-?\\d+")
        ? WindowManager.getImage(Integer.parseInt(titleOrId))
        : WindowManager.getImage(titleOrId);
  }

  private static Object converted(String value, Class<?> type) {
    return type == File.class
        ? new File(value)
        : context.service(ConvertService.class).convert(value, type);
  }
}
