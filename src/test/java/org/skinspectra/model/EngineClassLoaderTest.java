package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;

/**
 * With a folder that holds another TensorFlow, a single class that says its version; the real one
 * is on the class path of the tests.
 */
class EngineClassLoaderTest {

  private static final String TENSORFLOW = "org/tensorflow/TensorFlow.class";

  @TempDir static Path folder;
  private static Path jar;

  @BeforeAll
  static void compileAnotherTensorFlow() throws IOException {
    Path source =
        Files.writeString(
            folder.resolve("TensorFlow.java"),
            """
            package org.tensorflow;

            public final class TensorFlow {
              public static String version() {
                return "2.16.2";
              }
            }
            """);
    Path classes = Files.createDirectory(folder.resolve("classes"));
    var compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-proc:none", "-cp", classes.toString(), "-d", classes.toString());
      assertTrue(
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call(),
          messages.toString());
    }
    jar = Files.createDirectory(folder.resolve("engine")).resolve("wrong-2.16.2.jar");
    try (var stream = new JarOutputStream(Files.newOutputStream(jar))) {
      stream.putNextEntry(new JarEntry(TENSORFLOW));
      Files.copy(classes.resolve(TENSORFLOW), stream);
    }
  }

  private static EngineClassLoader loader() {
    return EngineClassLoader.of(
        EngineFolder.find(jar.getParent().toString(), Optional.empty()).orElseThrow());
  }

  @Test
  void tensorFlowAndTheEngineAreItsOwnAndOurTypesAreShared() throws Exception {
    try (EngineClassLoader loader = loader()) {
      assertSame(loader, loader.loadClass("org.tensorflow.TensorFlow").getClassLoader());
      Class<?> engine = loader.loadClass("org.skinspectra.model.engine.TensorFlowEngine");
      assertSame(loader, engine.getClassLoader());
      assertNotSame(Class.forName(engine.getName()), engine);
      assertSame(Reconstructor.class, loader.loadClass(Reconstructor.class.getName()));
    }
  }

  @Test
  void whatTheFolderLacksIsNotTakenFromOtherPlugins() throws Exception {
    try (EngineClassLoader loader = loader()) {
      for (String name :
          List.of(
              "org.tensorflow.Graph",
              "com.google.protobuf.Message",
              "org.bytedeco.javacpp.Loader")) {
        assertEquals(name, Class.forName(name, false, getClass().getClassLoader()).getName());
        assertThrows(ClassNotFoundException.class, () -> loader.loadClass(name));
        assertNull(loader.getResource(name.replace('.', '/') + ".class"));
      }
      assertEquals(1, Collections.list(loader.getResources(TENSORFLOW)).size());
      assertTrue(Collections.list(loader.getResources("META-INF/MANIFEST.MF")).size() > 1);
    }
  }

  @Test
  void anotherVersionIsRefusedWithBothVersionsAndItsJar() throws IOException {
    try (EngineClassLoader loader = loader()) {
      String message =
          assertThrows(SkinSpectraException.class, () -> EngineLoader.load(loader)).getMessage();
      assertTrue(message.contains("TensorFlow 2.16.2 was loaded from " + jar), message);
      assertTrue(message.contains("TensorFlow 2.18.0 is needed"), message);
    }
  }

  @Test
  void aFolderWithoutTensorFlowIsRefusedByName() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    try (var empty = new JarOutputStream(Files.newOutputStream(other.resolve("empty.jar")))) {
      empty.putNextEntry(new JarEntry("nothing"));
    }
    EngineFolder found = EngineFolder.find(other.toString(), Optional.empty()).orElseThrow();
    try (EngineClassLoader loader = EngineClassLoader.of(found)) {
      String message =
          assertThrows(SkinSpectraException.class, () -> EngineLoader.load(loader)).getMessage();
      assertTrue(message.contains("cannot be used from " + other), message);
      assertTrue(message.contains("lay the Skin Spectra bundle over it again"), message);
    }
  }
}
