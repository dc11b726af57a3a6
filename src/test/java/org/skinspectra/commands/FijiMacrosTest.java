package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.module.ModuleItem;
import org.scijava.script.ScriptInfo;

/** Every macro that ships, against ImageJ's macro language and the commands that there are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FijiMacrosTest {

  @TempDir Path folder;

  private Context fiji;

  @BeforeAll
  void open() {
    fiji = new Context();
  }

  @AfterAll
  void close() {
    fiji.dispose();
  }

  static List<Path> macros() {
    List<Path> macros = scripts(".ijm");
    assertTrue(macros.size() >= 5, macros.toString());
    return macros;
  }

  private static List<Path> scripts(String extension) {
    List<Path> scripts = new ArrayList<>();
    for (String top : List.of("plugins", "scripts", "src/main/resources/script_templates")) {
      try (Stream<Path> files = Files.walk(Path.of(top))) {
        files.filter(file -> file.toString().endsWith(extension)).forEach(scripts::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return scripts;
  }

  @ParameterizedTest
  @MethodSource("macros")
  void imageJsTokenizerFindsNothingWrong(Path macro) {
    assertEquals(List.of(), new MacroFile(fiji, macro).problems());
  }

  @ParameterizedTest
  @MethodSource("macros")
  void imageJReadsItAlikeInEveryLanguage(Path macro) {
    // ImageJ reads macros in the encoding of the platform.
    assertTrue(new MacroFile(fiji, macro).text().chars().allMatch(c -> c < 128));
  }

  @ParameterizedTest
  @MethodSource("macros")
  void everyCommandExistsAndHasTheKeysItIsGiven(Path macro) {
    Map<String, CommandInfo> ours = MenuCommand.entries(fiji);
    List<String> wrong = new ArrayList<>();
    MacroFile file = new MacroFile(fiji, macro);
    for (MacroFile.Call call : file.calls()) {
      CommandInfo command = ours.get(call.command());
      if (command != null) {
        wrong.addAll(wrongKeys(call, command));
      } else if (!MenuCommand.imageJsCommands().containsKey(call.command())) {
        wrong.add("line %d: no menu entry is called %s".formatted(call.line(), call.command()));
      }
    }
    for (String entry : file.menuEntries()) {
      if (!ours.containsKey(entry)) {
        wrong.add("the tool's menu: no menu entry is called " + entry);
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static List<String> wrongKeys(MacroFile.Call call, CommandInfo command) {
    Set<String> keys = keys(command);
    List<String> wrong = new ArrayList<>();
    for (String key : call.keys()) {
      if (!keys.contains(key)) {
        wrong.add(
            "line %d: %s has no key %s but %s".formatted(call.line(), call.command(), key, keys));
      }
    }
    if (!call.rest().isEmpty()) {
      wrong.add("line %d: %s is no key=value".formatted(call.line(), call.rest()));
    }
    return wrong;
  }

  /** As recorded and looked up: ImageJ makes them lower case. */
  private static Set<String> keys(CommandInfo command) {
    Set<String> keys = new TreeSet<>();
    for (ModuleItem<?> input : command.inputs()) {
      if (!input.getType().getName().startsWith("org.scijava.")) {
        keys.add(MacroFile.key(input.getName()));
      }
    }
    return keys;
  }

  @Test
  void noEntryOfOursTakesTheNameOfOneOfImageJs() {
    // Macros know commands by the last part of their path; imagej-legacy lets ours win.
    Set<String> both = new TreeSet<>(MenuCommand.entries(fiji).keySet());
    assertTrue(both.contains("True Colour..."));
    both.retainAll(MenuCommand.imageJsCommands().keySet());
    assertEquals(Set.of(), both);
  }

  @Test
  void noKeyIsTheEndOfAnother() {
    // ij.Macro.getValue finds "folder=" in "input_folder=..." too: only letters keep keys apart.
    List<String> confused = new ArrayList<>();
    for (CommandInfo command : MenuCommand.entries(fiji).values()) {
      for (String key : keys(command)) {
        for (String other : keys(command)) {
          if (other.matches(".*[^a-z]" + Pattern.quote(key))) {
            confused.add("%s: %s and %s".formatted(command.getMenuPath(), key, other));
          }
        }
      }
    }
    assertEquals(List.of(), confused);
  }

  @Test
  void aMistakeInAMacroIsFound() throws IOException {
    assertEquals(List.of("line 2: a string does not end"), problems("a = 'x';\nb = \"x;\nc = 1;"));
    assertEquals(List.of("there is no function prind"), problems("prind(1);"));
    assertEquals(List.of("a { that is never closed"), problems("if (true) { print(1);"));
    assertEquals(1, problems("print(1));").size());
    assertEquals(List.of(), problems("#@ File x\nprint(x); // don't\nf(1); function f(y) {}"));
  }

  @Test
  void theOptionsOfACallAreReadWithTheirPaths() throws IOException {
    List<MacroFile.Call> calls =
        macro("p = 1; run('Do...', 'in=[' + p + f(p, '/') + '] n=3 image=' + getImageID());")
            .calls();
    assertEquals(List.of(new MacroFile.Call(0, "Do...", "in=[X] n=3 image=X")), calls);
    assertEquals(Set.of("in", "n", "image"), calls.get(0).keys());
    assertEquals("", calls.get(0).rest());
    assertEquals("bare", macro("run('Do...', 'bare n=3');").calls().get(0).rest());
  }

  private List<String> problems(String macro) throws IOException {
    return macro(macro).problems();
  }

  private MacroFile macro(String text) throws IOException {
    return new MacroFile(fiji, Files.writeString(folder.resolve("macro.ijm"), text));
  }

  @Test
  void theToolsetHasItsButtonsInTheOrderOfTheDay() {
    MacroFile toolset = new MacroFile(fiji, Path.of("plugins/toolsets/Skin Spectra.ijm"));
    assertEquals(
        List.of(
            "Connect Camera...",
            "Live View",
            "Capture...",
            "Reconstruct Spectra...",
            "ROI Spectra..."),
        toolset.calls().stream().map(MacroFile.Call::command).toList());
    assertFalse(toolset.menuEntries().isEmpty());
  }

  @Test
  void whatIsAMenuEntryHasTheUnderscoreThatFijiLooksFor() {
    for (Path script :
        Stream.concat(scripts(".ijm").stream(), scripts(".groovy").stream()).toList()) {
      if (!script.startsWith("plugins/toolsets")) {
        assertTrue(script.getFileName().toString().contains("_"), script.toString());
      }
    }
  }

  static List<Path> groovyScripts() {
    return scripts(".groovy");
  }

  @ParameterizedTest
  @MethodSource("groovyScripts")
  void groovyCompilesIt(Path script) throws IOException {
    ScriptInfo info = new ScriptInfo(fiji, script.toFile());
    info.inputs();
    groovy.lang.Script compiled = new groovy.lang.GroovyShell().parse(info.getProcessedScript());
    assertEquals("Script1", compiled.getClass().getSimpleName());
  }
}
