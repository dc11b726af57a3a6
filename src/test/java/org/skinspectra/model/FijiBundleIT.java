package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Msi;

/**
 * The bundle as Maven laid it into {@code target/fiji-bundle}, in a Fiji whose flat class path
 * holds TensorFlow 1.15 and Protocol Buffers 4 of other plugins. A Java is started on it as Fiji's
 * launcher would, with everything in {@code jars} and {@code plugins}.
 */
class FijiBundleIT {

  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;
  private static final long TIMEOUT_SECONDS = 180;

  /** Of the libraries we use, those that a Fiji of 2025 brings. */
  private static final List<String> FIJI_HAS =
      List.of(
          "commons-codec",
          "commons-io",
          "commons-lang3",
          "commons-math3",
          "error_prone_annotations",
          "failureaccess",
          "gson",
          "guava",
          "ij",
          "imglib2",
          "j2objc-annotations",
          "jackson-annotations",
          "jackson-core",
          "jackson-databind",
          "joda-time",
          "jspecify",
          "kryo",
          "listenablefuture",
          "lz4-java",
          "minlog",
          "objenesis",
          "ome-common",
          "ome-xml",
          "parsington",
          "picocli",
          "reflectasm",
          "scijava-common",
          "slf4j-api",
          "specification");

  private static final List<String> FIJI_LACKS =
      List.of(
          "aircompressor",
          "commons-csv",
          "compress-lzf",
          "jhdf",
          "json-schema",
          "mfl-core",
          "pickle");

  private static final List<String> ENGINE =
      List.of(
          "javacpp", "ndarray", "protobuf-java", "tensorflow-core-api", "tensorflow-core-native");

  /** The user's own Micro-Manager, a logger that Fiji replaces, and what only tests use. */
  private static final List<String> ELSEWHERE =
      List.of(
          "MMCoreJ",
          "apiguardian-api",
          "archunit",
          "archunit-junit5",
          "archunit-junit5-api",
          "archunit-junit5-engine",
          "archunit-junit5-engine-api",
          "groovy",
          "jmh-core",
          "jmh-generator-annprocess",
          "jopt-simple",
          "junit-jupiter-api",
          "junit-jupiter-engine",
          "junit-jupiter-params",
          "junit-platform-commons",
          "junit-platform-engine",
          "junit-platform-launcher",
          "opentest4j",
          "slf4j-simple");

  /** What the text of each licence holds. */
  private static final Map<String, String> OPENING =
      Map.of(
          "Apache-2.0", "Apache License\n                           Version 2.0, January 2004",
          "MIT", "Permission is hereby granted, free of charge",
          "BSD-3-Clause", "Neither the name of");

  private static final Path BUILD = build();
  private static final Path BUNDLE = BUILD.resolve("fiji-bundle");
  private static final Path FOREIGN = BUILD.resolve("foreign-jars");

  /** In target, where the bundle's 180 MB need not be copied to be there twice. */
  static final class InTarget implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test)
        throws IOException {
      return Files.createTempDirectory(Files.createDirectories(BUILD), "fiji-");
    }
  }

  @TempDir(factory = InTarget.class)
  static Path folder;

  private static Path fiji;

  @BeforeAll
  static void layTheBundleIntoAFiji() throws IOException {
    Assumptions.assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "TensorFlow 1.15 and the bundle are tried together on Linux x86_64 only.");
    Assumptions.assumeTrue(
        Files.isDirectory(BUNDLE) && Files.isDirectory(FOREIGN),
        "Maven lays the bundle and TensorFlow 1.15 into target before this test: mvn verify.");
    Assumptions.assumeTrue(
        classPath().stream().anyMatch(jar -> library(jar).equals("imglib2")),
        "The libraries that Fiji has are taken from java.class.path, which Maven and IDEs set.");
    fiji = folder.resolve("Fiji.app");
    copy(BUNDLE, fiji);
    Path jars = fiji.resolve("jars");
    for (String name : List.of("libtensorflow-", "libtensorflow_jni-", "protobuf-java-4")) {
      copyJar(jarIn(FOREIGN, name), jars);
    }
    for (Path jar : classPath()) {
      if (FIJI_HAS.contains(library(jar))) {
        copyJar(jar, jars);
      }
    }
    compileUser(Files.createDirectories(fiji.resolve("plugins")));
    Files.createDirectory(folder.resolve("home"));
  }

  @Test
  void holdsWhatFijiLacksAndNothingThatFijiHas() throws IOException {
    List<String> ours = new ArrayList<>(FIJI_LACKS);
    ours.add("skin-spectra");
    assertEquals(ours.stream().sorted().toList(), libraries(BUNDLE.resolve("jars")));
    try (var ourJar = new JarFile(jarIn(BUNDLE.resolve("jars"), "skin-spectra-").toFile())) {
      String index = "META-INF/json/org.scijava.plugin.Plugin";
      assertNotNull(ourJar.getEntry(index), "Fiji finds commands by " + index);
    }
    assertEquals(
        ENGINE, libraries(BUNDLE.resolve(EngineFolder.PLACE)).stream().distinct().toList());
    assertTrue(Files.isRegularFile(BUNDLE.resolve("macros/toolsets/Skin Spectra.ijm")));
    Path macros = BUNDLE.resolve("plugins/Skin_Spectra");
    assertTrue(Files.isRegularFile(macros.resolve("Install_Toolset.ijm")));
    assertTrue(Files.isRegularFile(macros.resolve("Batch/Reconstruct_Folder.ijm")));
    assertTrue(Files.isRegularFile(BUNDLE.resolve("models/mstpp-skin.safetensors")));
    Path profiles = BUNDLE.resolve("lib/skin-spectra/camera-profiles");
    assertTrue(Files.isRegularFile(profiles.resolve("demo-camera.json")));
    List<String> unknown =
        classPath().stream()
            .map(FijiBundleIT::library)
            .filter(
                library ->
                    Stream.of(FIJI_HAS, FIJI_LACKS, ENGINE, ELSEWHERE)
                        .noneMatch(list -> list.contains(library)))
            .toList();
    assertEquals(
        List.of(), unknown, "New: does Fiji have it, or must src/main/assembly/fiji.xml list it?");
  }

  @Test
  void namesVersionAndLicenceOfEveryJarWithItsText() throws IOException {
    Path licences = BUNDLE.resolve("lib/skin-spectra/licences");
    Set<String> listed = new TreeSet<>();
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser rows =
        CSVParser.parse(licences.resolve("libraries.csv"), StandardCharsets.UTF_8, format)) {
      for (CSVRecord row : rows) {
        String jar = row.get("library") + " " + row.get("version");
        assertTrue(listed.add(jar), jar + " twice");
        String text = Files.readString(licences.resolve(row.get("text")));
        String licence = row.get("licence");
        assertTrue(text.contains(OPENING.get(licence)), jar + " is not of " + licence);
        assertTrue(
            licence.startsWith("Apache") || text.contains(row.get("copyright")),
            jar + ": another's copyright in " + row.get("text"));
      }
    }
    Set<String> bundled = new TreeSet<>();
    for (Path folder : List.of(BUNDLE.resolve("jars"), BUNDLE.resolve(EngineFolder.PLACE))) {
      try (Stream<Path> jars = Files.list(folder)) {
        jars.map(jar -> jar.getFileName().toString().replaceFirst("\\.jar$", ""))
            .filter(jar -> !jar.startsWith("skin-spectra-"))
            .map(jar -> jar.replaceFirst("-(\\d[^-]*).*", " $1"))
            .forEach(bundled::add);
      }
    }
    assertEquals(bundled, listed, "src/main/assembly/licences/libraries.csv");
    assertTrue(Files.isRegularFile(licences.resolveSibling("LICENSE.txt")), "our own");
  }

  @Test
  void reconstructsTheSameCubeBesideTensorFlow1() throws IOException, InterruptedException {
    Path planes = folder.resolve("planes");
    String output = run(List.of(), planes);
    assertTrue(output.contains("foreign TensorFlow 1.15.0: 42.0"), output);
    assertTrue(output.contains("foreign protobuf: protobuf-java-4"), output);
    assertTrue(output.contains("our TensorFlow 2.18.0"), output);
    assertTrue(output.contains("from " + fiji.resolve(EngineFolder.PLACE)), output);
    assertTrue(
        output.contains("model file " + fiji.resolve("models/mstpp-skin.safetensors")), output);
    assertTrue(output.contains("foreign TensorFlow again: 42.0"), output);
    float[][] expected = reconstructedHere();
    FloatBuffer values = ByteBuffer.wrap(Files.readAllBytes(planes)).asFloatBuffer();
    assertEquals(expected.length * expected[0].length, values.remaining());
    for (float[] plane : expected) {
      for (float value : plane) {
        assertEquals(Float.floatToRawIntBits(value), Float.floatToRawIntBits(values.get()));
      }
    }
    try (Stream<Path> left = Files.list(folder.resolve("home/.skin-spectra"))) {
      assertEquals(List.of(), left.toList(), "the mark of loading is removed");
    }
  }

  @Test
  void refusesAnotherTensorFlow2ByItsName() throws IOException, InterruptedException {
    Path wrong = folder.resolve("wrong");
    copy(BUNDLE.resolve(EngineFolder.PLACE), wrong);
    Files.delete(jarIn(wrong, "tensorflow-core-api-"));
    copyJar(jarIn(FOREIGN, "tensorflow-core-api-"), wrong);
    String output =
        run(List.of("-D" + EngineFolder.PROPERTY + "=" + wrong), folder.resolve("none"));
    assertTrue(
        output.contains(
            "refused: TensorFlow Java 1.0.0 was found in "
                + wrong.resolve("tensorflow-core-api-1.0.0.jar")
                + ", but TensorFlow Java 1.1.0 (TensorFlow 2.18.0) is needed."),
        output);
    assertTrue(output.contains("foreign TensorFlow again: 42.0"), output);
  }

  @Test
  void withoutItsFolderRefusesTheTensorFlowOfOthersByItsName()
      throws IOException, InterruptedException {
    Path engine = fiji.resolve(EngineFolder.PLACE);
    Path aside = Files.move(engine, fiji.resolve("aside"));
    try {
      String output = run(List.of(), folder.resolve("none"));
      assertTrue(
          output.contains(
              "refused: TensorFlow 1.15.0 was loaded from "
                  + fiji.resolve("jars/libtensorflow-1.15.0.jar")
                  + ", but TensorFlow 2.18.0 is needed."),
          output);
    } finally {
      Files.move(aside, engine);
    }
  }

  @Test
  void afterACrashWhileLoadingItSaysSoInsteadOfCrashingAgain()
      throws IOException, InterruptedException {
    Path own = Files.createDirectories(folder.resolve("home/.skin-spectra"));
    CrashMarker crashed = CrashMarker.of(own, fiji.resolve(EngineFolder.PLACE), 1L << 40);
    crashed.write();
    try {
      String output = run(List.of(), folder.resolve("none"));
      assertTrue(output.contains("refused: Java ended while it loaded TensorFlow"), output);
      assertTrue(output.contains("delete " + crashed.file()), output);
    } finally {
      crashed.remove();
    }
  }

  // -- The Fiji --

  /** Standard output of a Java that runs {@code FijiUser} with Fiji's class path. */
  private static String run(List<String> options, Path planes)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Its own home, but not a second copy of the 680 MB that are unpacked already.
    command.add("-Duser.home=" + folder.resolve("home"));
    command.add("-Dorg.bytedeco.javacpp.cachedir=" + cache());
    command.addAll(options);
    command.addAll(List.of("-cp", fiji.resolve("jars") + "/*:" + fiji.resolve("plugins") + "/*"));
    command.addAll(List.of("FijiUser", "" + WIDTH, "" + HEIGHT, planes.toString()));
    Path output = folder.resolve("output.txt");
    Path errors = folder.resolve("errors.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
    Process process = builder.start();
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("Not done after " + TIMEOUT_SECONDS + " s.");
    }
    String all = Files.readString(output);
    assertEquals(0, process.exitValue(), all + Files.readString(errors));
    return all;
  }

  private static String cache() {
    String set = System.getProperty(NativeCache.PROPERTY);
    return set == null ? System.getProperty("user.home") + "/.javacpp/cache" : set;
  }

  private static void compileUser(Path target) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Path source;
    try {
      source = Path.of(FijiBundleIT.class.getResource("fiji/FijiUser.java").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    // TensorFlow 1.15 is on no class path of ours.
    String classPath =
        jarIn(FOREIGN, "libtensorflow-")
            + File.pathSeparator
            + jarIn(fiji.resolve("jars"), "skin-spectra-");
    Path classes = Files.createDirectory(folder.resolve("classes"));
    StringWriter messages = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-proc:none", "-Xlint:none", "-cp", classPath, "-d", classes.toString());
      boolean compiled =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      assertTrue(compiled, messages.toString());
    }
    try (var jar =
            new JarOutputStream(Files.newOutputStream(target.resolve("a-users-plugin.jar")));
        Stream<Path> made = Files.list(classes)) {
      for (Path file : made.toList()) {
        jar.putNextEntry(new JarEntry(file.getFileName().toString()));
        Files.copy(file, jar);
      }
    }
  }

  private static float[][] reconstructedHere() {
    Random random = new Random(5);
    float[] pixels = new float[WIDTH * HEIGHT * 4];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    try (Reconstructor model =
        Models.open(Models.DEFAULT, Optional.empty(), Device.CPU, Precision.FLOAT32)) {
      return model
          .reconstruct(new Msi(WIDTH, HEIGHT, 4, pixels), ProgressMonitor.NONE)
          .cube()
          .planes();
    }
  }

  // -- Files --

  private static Path build() {
    try {
      return Path.of(FijiBundleIT.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .map(Path::of)
        // Our own, and the program that runs the tests.
        .filter(jar -> !jar.startsWith(BUILD) && !jar.toString().contains("surefire"))
        .toList();
  }

  private static List<String> libraries(Path jars) throws IOException {
    try (Stream<Path> files = Files.list(jars)) {
      return files.map(FijiBundleIT::library).sorted().toList();
    }
  }

  /** The name of a jar without its version. */
  private static String library(Path jar) {
    return jar.getFileName().toString().replaceFirst("-\\d.*", "");
  }

  private static Path jarIn(Path folder, String start) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(start))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + start + " in " + folder));
    }
  }

  private static void copyJar(Path jar, Path folder) throws IOException {
    linkOrCopy(jar, folder.resolve(jar.getFileName()));
  }

  private static void linkOrCopy(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(from, to);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          linkOrCopy(path, target);
        }
      }
    }
  }
}
