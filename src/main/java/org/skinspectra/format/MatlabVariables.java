package org.skinspectra.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;

/**
 * The variables of a MATLAB file by name.
 *
 * @param all of the file, in order of their names
 */
record MatlabVariables(Path file, Map<String, MatlabVariable> all) {

  private static final int MOST_NAMED = 10;

  static MatlabVariables of(Path file, Collection<? extends MatlabVariable> variables) {
    Map<String, MatlabVariable> all = new TreeMap<>();
    for (MatlabVariable variable : variables) {
      // MATLAB takes the last where a file was appended to with a name that it had.
      all.put(variable.name(), variable);
    }
    return new MatlabVariables(file, all);
  }

  /**
   * The cube that is meant: the one named, else the only one.
   *
   * @throws SkinSpectraIOException if there is none or there are several, with what there is
   */
  MatlabVariable cube(Optional<String> name) {
    if (name.isPresent()) {
      MatlabVariable named = all.get(name.get());
      if (named == null || !named.isCube()) {
        throw new SkinSpectraIOException(
            "%s has no numeric 3-D variable '%s'. It holds %s."
                .formatted(file, JsonText.printable(name.get()), describe(all)));
      }
      return named;
    }
    Map<String, MatlabVariable> cubes = new TreeMap<>(all);
    cubes.values().removeIf(variable -> !variable.isCube());
    if (cubes.isEmpty()) {
      throw new SkinSpectraIOException(
          "%s has no numeric 3-D variable (y, x, band). It holds %s."
              .formatted(file, describe(all)));
    }
    if (cubes.size() > 1) {
      throw new SkinSpectraIOException(
          "%s holds %d variables that could be meant: %s. Choose one with --variable NAME on the command line; for Fiji save it alone in a file."
              .formatted(file, cubes.size(), describe(cubes)));
    }
    return cubes.values().iterator().next();
  }

  /**
   * The numbers of the first of these variables that has them.
   *
   * @param count how many it must have
   */
  Optional<double[]> numbers(int count, String... names) throws IOException {
    for (String name : names) {
      for (MatlabVariable variable : all.values()) {
        if (variable.name().equalsIgnoreCase(name) && !variable.type().equals("char")) {
          Optional<double[]> values = variable.values(count);
          if (values.isPresent() && values.get().length == count) {
            return values;
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The rows of a text variable, without the blanks at their ends. */
  Optional<String[]> text(String name, int mostCharacters) throws IOException {
    MatlabVariable variable = all.get(name);
    if (variable == null || !variable.type().equals("char") || variable.size().length != 2) {
      return Optional.empty();
    }
    Optional<double[]> values = variable.values(mostCharacters);
    if (values.isEmpty()) {
      return Optional.empty();
    }
    int rows = (int) variable.size()[0];
    String[] lines = new String[rows];
    for (int row = 0; row < rows; row++) {
      StringBuilder line = new StringBuilder();
      for (int i = row; i < values.get().length; i += rows) {
        line.append((char) values.get()[i]);
      }
      lines[row] = line.toString().stripTrailing();
    }
    return Optional.of(lines);
  }

  /** Names, sizes and classes, for messages. */
  static String describe(Map<String, MatlabVariable> variables) {
    if (variables.isEmpty()) {
      return "no variable";
    }
    return variables.values().stream()
            .limit(MOST_NAMED)
            .map(MatlabVariables::describe)
            .collect(Collectors.joining(", "))
        + (variables.size() > MOST_NAMED
            ? " and %d more".formatted(variables.size() - MOST_NAMED)
            : "");
  }

  static String describe(MatlabVariable variable) {
    return "'%s' (%s %s)"
        .formatted(
            JsonText.printable(variable.name()),
            sizeOf(variable),
            JsonText.printable(variable.type()));
  }

  /** The size of a variable as MATLAB shows it: 1024x1024x61. */
  static String sizeOf(MatlabVariable variable) {
    return Arrays.stream(variable.size()).mapToObj(Long::toString).collect(Collectors.joining("x"));
  }
}
