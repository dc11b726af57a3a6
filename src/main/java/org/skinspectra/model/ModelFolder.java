package org.skinspectra.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;

/**
 * The folder in which users keep weights that they call by their names: {@code models} of the Fiji
 * around our jar.
 */
record ModelFolder(Path path) {

  /** Names another folder than the Fiji's. */
  static final String PROPERTY = "skinspectra.models.dir";

  private static final String PLACE = "models";
  private static final List<String> ENDINGS = List.of(".safetensors", ".pt", ".pth");

  /**
   * The folder that the property names, or the one of the Fiji in whose {@code jars} (or {@code
   * plugins}) our own jar lies; none when our classes come from elsewhere.
   *
   * @throws SkinSpectraException if the property names no folder
   */
  static Optional<ModelFolder> find() {
    return find(System.getProperty(PROPERTY, ""), EngineFolder.fiji(EngineFolder.ownPlace()));
  }

  static Optional<ModelFolder> find(String named, Optional<Path> fiji) {
    if (named.isEmpty()) {
      return fiji.map(folder -> folder.resolve(PLACE))
          .filter(Files::isDirectory)
          .map(ModelFolder::new);
    }
    return Optional.of(
        parsed(named)
            .filter(Files::isDirectory)
            .map(ModelFolder::new)
            .orElseThrow(
                () ->
                    new SkinSpectraException(
                        "-D%s=%s is no folder; it has to be the one with models."
                            .formatted(PROPERTY, named))));
  }

  /**
   * The file of a name, with or without its ending; empty where there is none, or where the name is
   * a path of its own.
   */
  Optional<Path> file(String name) {
    Optional<Path> bare = parsed(name).filter(ModelFolder::isBare);
    return Stream.concat(Stream.of(""), ENDINGS.stream())
        .flatMap(ending -> bare.map(file -> path.resolve(file + ending)).stream())
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static boolean isBare(Path name) {
    return name.getRoot() == null && name.getNameCount() == 1;
  }

  /**
   * The files of weights that lie in it, by their names.
   *
   * @throws SkinSpectraIOException if the folder cannot be read
   */
  List<Path> files() {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .filter(file -> ENDINGS.stream().anyMatch(file.toString()::endsWith))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new SkinSpectraIOException("Cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  /** Empty where no file can be called so. */
  static Optional<Path> parsed(String name) {
    try {
      return Optional.of(Path.of(name));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
