package org.skinspectra.commands;

import ij.macro.MacroConstants;
import ij.macro.Program;
import ij.macro.Symbol;
import ij.macro.Tokenizer;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scijava.Context;
import org.scijava.module.ModuleItem;
import org.scijava.script.ScriptInfo;

/**
 * A macro as Fiji reads it: script parameters by SciJava, the rest by ImageJ's own tokenizer. What
 * is no constant in an argument, such as a path, reads as {@code X}.
 */
final class MacroFile {

  /** What is left of {@code run("Name...", "key=value")}: the line, the name and the options. */
  record Call(int line, String command, String options) {

    private static final Pattern OPTION = Pattern.compile("(\\w+)=(\\[[^]]*]|\\S+)");

    Set<String> keys() {
      Set<String> keys = new TreeSet<>();
      Matcher option = OPTION.matcher(options);
      while (option.find()) {
        keys.add(option.group(1));
      }
      return keys;
    }

    /** What is no {@code key=value}; SciJava knows no bare keys, so this should be empty. */
    String rest() {
      return OPTION.matcher(options).replaceAll("").strip();
    }
  }

  private static final String ARGUMENT = "X";

  private final String text;
  private final ScriptInfo script;
  private final int[] code;
  private final Symbol[] symbols;

  MacroFile(Context context, Path file) {
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    script = new ScriptInfo(context, file.toString(), new StringReader(text));
    Program program = new Tokenizer().tokenize(code());
    code = program.getCode();
    symbols = program.getSymbolTable();
  }

  String text() {
    return text;
  }

  /** The script parameters, in their order. */
  List<ModuleItem<?>> parameters() {
    List<ModuleItem<?>> parameters = new ArrayList<>();
    script.inputs().forEach(parameters::add);
    return parameters;
  }

  /** The macro without the lines of its script parameters, which are empty. */
  String code() {
    parameters();
    return script.getProcessedScript();
  }

  /** Strings that do not end, brackets that do not match, functions that are not there. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    String[] lines = code().split("\n", -1);
    for (int line = 0; line < lines.length; line++) {
      if (!quotesMatch(lines[line])) {
        problems.add("line %d: a string does not end".formatted(line + 1));
      }
    }
    Set<String> functions = functions();
    Deque<Character> open = new ArrayDeque<>();
    for (int i = 0; token(i) != MacroConstants.EOF; i++) {
      int token = token(i);
      if (token == '(' || token == '[' || token == '{') {
        open.push((char) token);
      } else if (token == ')' || token == ']' || token == '}') {
        String pair = (open.isEmpty() ? "" : open.pop()) + "" + (char) token;
        if (!Set.of("()", "[]", "{}").contains(pair)) {
          problems.add("a " + (char) token + " that closes nothing, token " + i);
        }
      } else if (token == MacroConstants.WORD
          && token(i + 1) == '('
          && before(i) != '.'
          && !functions.contains(symbol(i))) {
        problems.add("there is no function " + symbol(i));
      }
    }
    open.forEach(bracket -> problems.add("a " + bracket + " that is never closed"));
    return problems;
  }

  /** Every call of a menu entry whose name is a constant. */
  List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    for (int i = 0; token(i) != MacroConstants.EOF; i++) {
      boolean call =
          token(i) == MacroConstants.PREDEFINED_FUNCTION
              && Set.of("run", "doCommand").contains(symbol(i));
      if (call && token(i + 2) == MacroConstants.STRING_CONSTANT) {
        calls.add(new Call(line(symbol(i + 2)), symbol(i + 2), options(i + 3)));
      }
    }
    return calls;
  }

  /** The entries of the menus that tools open. */
  List<String> menuEntries() {
    List<String> entries = new ArrayList<>();
    for (int i = 0; token(i) != MacroConstants.EOF; i++) {
      boolean menu = token(i) == MacroConstants.ARRAY_FUNCTION && symbol(i).equals("newMenu");
      // newMenu("Name", newArray("Entry", "-", "Entry"))
      for (int j = i + 5; menu && token(j) != ')'; j++) {
        if (token(j) == MacroConstants.STRING_CONSTANT && !symbol(j).equals("-")) {
          entries.add(symbol(j));
        }
      }
    }
    return entries;
  }

  /** Those that the macro defines. */
  private Set<String> functions() {
    Set<String> functions = new TreeSet<>();
    for (int i = 0; token(i) != MacroConstants.EOF; i++) {
      if (before(i) == MacroConstants.FUNCTION) {
        functions.add(symbol(i));
      }
    }
    return functions;
  }

  /** The second argument of a call, from the comma on. */
  private String options(int comma) {
    StringBuilder options = new StringBuilder();
    int depth = 0;
    for (int i = comma; depth > 0 || token(i) != ')'; i++) {
      int token = token(i);
      depth += token == '(' ? 1 : token == ')' ? -1 : 0;
      if (token == MacroConstants.STRING_CONSTANT && depth == 0) {
        options.append(symbol(i));
      } else if (token != '+' && token != ',' && !options.toString().endsWith(ARGUMENT)) {
        options.append(ARGUMENT);
      }
    }
    return options.toString();
  }

  private int line(String command) {
    String[] lines = text.split("\n", -1);
    for (int line = 0; line < lines.length; line++) {
      if (lines[line].contains('"' + command + '"')) {
        return line + 1;
      }
    }
    return 0;
  }

  private int token(int i) {
    return code[i] & MacroConstants.TOK_MASK;
  }

  private int before(int i) {
    return i == 0 ? 0 : token(i - 1);
  }

  private String symbol(int i) {
    Symbol symbol = symbols[code[i] >> MacroConstants.TOK_SHIFT];
    return symbol == null ? null : symbol.str;
  }

  /** ImageJ's tokenizer ends a string with its line and says nothing. */
  private static boolean quotesMatch(String line) {
    char inside = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (inside == 0 && line.startsWith("//", i)) {
        break;
      } else if (inside != 0 && c == '\\') {
        i++;
      } else if (c == inside) {
        inside = 0;
      } else if (inside == 0 && (c == '"' || c == '\'')) {
        inside = c;
      }
    }
    return inside == 0;
  }

  static String key(String parameter) {
    return parameter.toLowerCase(Locale.US);
  }
}
