package org.skinspectra.model;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;

/**
 * The folder with TensorFlow's jars in a Fiji, which does not put it on its class path: {@code
 * lib/skin-spectra/tensorflow-1.1.0}.
 *
 * @param jars in alphabetical order
 */
record EngineFolder(Path path, List<Path> jars) {

  /** Names another folder than the one beside our own jar. */
  static final String PROPERTY = "skinspectra.engine.dir";

  /** Below a Fiji; the version is TensorFlow Java's. */
  static final Path PLACE = Path.of("lib", "skin-spectra", "tensorflow-1.1.0");

  /**
   * The folder that the property names, or the one of the Fiji in whose {@code jars} (or {@code
   * plugins}) our own jar lies; none when our classes come from elsewhere.
   *
   * @throws SkinSpectraException if the property names no folder with jars, or the Fiji's has none
   */
  static Optional<EngineFolder> find() {
    return find(System.getProperty(PROPERTY, ""), ownPlace());
  }

  static Optional<EngineFolder> find(String named, Optional<Path> ownPlace) {
    if (!named.isEmpty()) {
      return Optional.of(open(path(named), "-D" + PROPERTY + "=" + named));
    }
    return fiji(ownPlace)
        .map(fiji -> fiji.resolve(PLACE))
        .filter(Files::isDirectory)
        .map(folder -> open(folder, folder.toString()));
  }

  private static EngineFolder open(Path path, String named) {
    if (!Files.isDirectory(path)) {
      throw new SkinSpectraException(
          named + " is no folder; it has to be the one with TensorFlow's jars.");
    }
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*.jar")) {
      files.forEach(jars::add);
    } catch (IOException e) {
      throw new SkinSpectraIOException("Cannot read " + path + ": " + e.getMessage(), e);
    }
    if (jars.isEmpty()) {
      throw new SkinSpectraException(
          named
              + " holds no jars; TensorFlow belongs there. Lay the Skin Spectra bundle over Fiji"
              + " again.");
    }
    Collections.sort(jars);
    return new EngineFolder(path, List.copyOf(jars));
  }

  /** Its jars and our own classes, which the engine's are among. */
  List<URL> classPath() {
    List<URL> urls = new ArrayList<>();
    jars.forEach(jar -> urls.add(url(jar)));
    ownPlace().map(EngineFolder::url).ifPresent(urls::add);
    return urls;
  }

  private static Path path(String named) {
    try {
      return Path.of(named);
    } catch (InvalidPathException e) {
      throw new SkinSpectraException(
          "-D" + PROPERTY + "=" + named + " is no folder: " + e.getReason(), e);
    }
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The Fiji in whose {@code jars} or {@code plugins} a jar lies, if it is one. */
  static Optional<Path> fiji(Optional<Path> ownPlace) {
    return ownPlace.map(jar -> jar.toAbsolutePath().getParent()).map(Path::getParent);
  }

  /** The jar or folder that this class came from. */
  static Optional<Path> ownPlace() {
    CodeSource source = EngineFolder.class.getProtectionDomain().getCodeSource();
    try {
      return source == null || source.getLocation() == null
          ? Optional.empty()
          : Optional.of(Path.of(source.getLocation().toURI()));
    } catch (URISyntaxException | RuntimeException e) {
      // Not a file, as in a program packed into one jar of jars; there is no Fiji around it.
      return Optional.empty();
    }
  }
}
