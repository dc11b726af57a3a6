package org.skinspectra.camera;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;

/**
 * Where the parts of a Micro-Manager lie that belong together. Known layouts: the folder of the
 * program on Windows and macOS, with the native library and the device adapters in it and the jar
 * in {@code plugins/Micro-Manager}; on Linux a prefix with {@code lib/micro-manager} and {@code
 * share/micro-manager}; a Fiji with Micro-Manager in it; and a folder that simply holds all.
 *
 * @param jar that holds {@code mmcorej.CMMCore}
 * @param nativeJars further jars, from which MMCore 12 takes its native library
 * @param nativeLibrary the library in a folder; empty where it is in a jar
 * @param adapters folder of the device adapters
 */
record MicroManagerInstallation(
    Path jar, List<Path> nativeJars, Optional<Path> nativeLibrary, Path adapters) {

  private static final Pattern JAR = Pattern.compile("MMCoreJ[-.\\w]*\\.jar");
  private static final Pattern NATIVE =
      Pattern.compile("(lib)?(MMCoreJ_wrap|mmcorej)\\.(so|dll|dylib|jnilib)");
  private static final Pattern ADAPTER = Pattern.compile("(lib)?mmgr_dal_.+");
  private static final Pattern PACKED_NATIVE = Pattern.compile("natives/.+\\.(so|dll|dylib)");
  private static final String CORE_CLASS = "mmcorej/CMMCore.class";

  /** Of the jar, from the folder given: {@code Fiji.app/plugins/Micro-Manager/MMCoreJ.jar}. */
  private static final int JAR_DEPTH = 4;

  /** Files that are looked at before a folder counts as no Micro-Manager's. */
  private static final int MOST_FILES = 100_000;

  private static final int MOST_PROPERTIES_BYTES = 1 << 16;

  MicroManagerInstallation {
    nativeJars = List.copyOf(nativeJars);
  }

  /**
   * Finds the parts in a folder that the user named.
   *
   * @throws SkinSpectraException if it is no folder or a part is missing, saying which and where it
   *     was looked for
   */
  static MicroManagerInstallation find(Path given) {
    Path folder = given.toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      throw new SkinSpectraException(
          ("There is no folder %s. Give the folder that Micro-Manager is installed in, such as"
                  + " C:\\Program Files\\Micro-Manager-2.0.")
              .formatted(folder));
    }
    List<Path> jars = jars(folder);
    List<Path> cores = jars.stream().filter(jar -> holds(jar, CORE_CLASS::equals)).toList();
    if (cores.size() != 1) {
      throw new SkinSpectraException(
          cores.isEmpty() ? noJar(folder, jars) : severalJars(folder, cores));
    }
    Path jar = cores.get(0);
    List<Path> around = around(folder, jar);
    Optional<Path> library = first(around, NATIVE);
    List<Path> packed =
        jars.stream()
            .filter(other -> holds(other, name -> PACKED_NATIVE.matcher(name).matches()))
            .toList();
    if (library.isEmpty() && packed.isEmpty()) {
      throw new SkinSpectraException(
          ("%s has no native library with it: neither MMCoreJ_wrap nor mmcorej is in %s. Install"
                  + " Micro-Manager anew, or give the folder that holds its jar and its libraries.")
              .formatted(jar, around));
    }
    Path adapters =
        first(around, ADAPTER)
            .map(Path::getParent)
            .orElseThrow(
                () ->
                    new SkinSpectraException(
                        ("The Micro-Manager in %s has no device adapters: no mmgr_dal_... is in"
                                + " %s. Install it anew, with its devices.")
                            .formatted(folder, around)));
    return new MicroManagerInstallation(
        jar, packed.stream().filter(other -> !other.equals(jar)).toList(), library, adapters);
  }

  /** The jar with its version, if it states one, else with the day that it was made. */
  String jarVersion() {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Optional<String> stated = statedVersion(zip);
      return stated.orElseGet(() -> "of " + day(zip.getEntry(CORE_CLASS)));
    } catch (IOException e) {
      return "of unknown version";
    }
  }

  /** The native library with the day that it was made; it does not state a version. */
  String nativeVersion() {
    if (nativeLibrary.isEmpty()) {
      return "the native library in " + nativeJars;
    }
    Path library = nativeLibrary.get();
    try {
      return library
          + " of "
          + LocalDate.ofInstant(Files.getLastModifiedTime(library).toInstant(), ZoneOffset.UTC);
    } catch (IOException e) {
      return library.toString();
    }
  }

  private static Optional<String> statedVersion(ZipFile zip) throws IOException {
    ZipEntry entry =
        zip.getEntry("META-INF/maven/org.micro-manager.mmcorej/MMCoreJ/pom.properties");
    if (entry == null) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (InputStream stream = zip.getInputStream(entry)) {
      properties.load(new ByteArrayInputStream(stream.readNBytes(MOST_PROPERTIES_BYTES)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return Optional.ofNullable(properties.getProperty("version")).map(String::strip);
  }

  private static LocalDate day(ZipEntry entry) {
    return LocalDate.ofInstant(entry.getLastModifiedTime().toInstant(), ZoneOffset.UTC);
  }

  private static List<Path> jars(Path folder) {
    List<Path> jars = new ArrayList<>(in(folder.resolve("plugins/Micro-Manager"), JAR));
    if (jars.isEmpty()) {
      try (Stream<Path> files = Files.walk(folder, JAR_DEPTH)) {
        files
            .limit(MOST_FILES)
            .filter(file -> matches(file, JAR))
            .filter(Files::isRegularFile)
            .sorted()
            .forEach(jars::add);
      } catch (IOException | UncheckedIOException e) {
        throw new SkinSpectraIOException(
            "The folder %s cannot be read: %s".formatted(folder, e.getMessage()), e);
      }
    }
    return jars;
  }

  /** The jar's folder, up to two above it, and where Linux has libraries beside {@code share}. */
  private static List<Path> around(Path folder, Path jar) {
    Set<Path> bases = new LinkedHashSet<>();
    bases.add(folder);
    Path above = jar.getParent();
    for (int i = 0; i < 4 && above != null; i++) {
      bases.add(above);
      above = above.getParent();
    }
    Set<Path> around = new LinkedHashSet<>();
    for (Path base : bases) {
      around.add(base);
      around.add(base.resolve("lib/micro-manager"));
      around.add(base.resolve("mm").resolve(fijiPlatform()));
    }
    return around.stream().filter(Files::isDirectory).toList();
  }

  private static String fijiPlatform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (system.startsWith("mac")) {
      return "macosx";
    }
    return system.startsWith("win") ? "win64" : "linux64";
  }

  private static Optional<Path> first(List<Path> folders, Pattern name) {
    return folders.stream().flatMap(folder -> in(folder, name).stream()).findFirst();
  }

  private static List<Path> in(Path folder, Pattern name) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> matches(file, name))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new SkinSpectraIOException(
          "The folder %s cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private static boolean matches(Path file, Pattern name) {
    return file.getFileName() != null && name.matcher(file.getFileName().toString()).matches();
  }

  private static boolean holds(Path jar, Predicate<String> name) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        if (name.test(all.nextElement().getName())) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "%s cannot be read (%s). Install Micro-Manager anew.".formatted(jar, e.getMessage()), e);
    }
  }

  private static String noJar(Path folder, List<Path> without) {
    return "There is no Micro-Manager in %s: %s. Give the folder that Micro-Manager is installed in."
        .formatted(
            folder,
            without.isEmpty()
                ? "no MMCoreJ.jar lies in it or in plugins/Micro-Manager"
                : without + " holds no CMMCore");
  }

  private static String severalJars(Path folder, List<Path> cores) {
    return "There are several Micro-Managers in %s: %s. Give the folder of the one that is meant."
        .formatted(folder, cores);
  }
}
