package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MMCoreStandInTest {

  @TempDir Path folder;

  /** The real classes are loaded but not initialized, which would need the native library. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mmcorej.CMMCore",
        "mmcorej.StrVector",
        "mmcorej.TaggedImage",
        "mmcorej.Configuration",
        "mmcorej.org.json.JSONObject"
      })
  void theStandInHasOnlyMethodsThatTheRealOneHas(String name) throws Exception {
    Set<String> real = signatures(Class.forName(name, false, getClass().getClassLoader()));
    Set<String> standIn = signatures(Class.forName(name, false, standIn()));
    assertFalse(standIn.isEmpty());
    Set<String> others = new TreeSet<>(standIn);
    others.removeAll(real);
    assertEquals(Set.of(), others);
  }

  @Test
  void theRealJarsClassesAreNotSeenWhereTheUsersAre() throws Exception {
    MMCoreLoader loader = standIn();
    Class<?> core = loader.loadClass("mmcorej.CMMCore");
    assertSame(loader, core.getClassLoader());
    assertNotSame(core, Class.forName("mmcorej.CMMCore", false, getClass().getClassLoader()));
    assertTrue(loader.getResource("mmcorej/CMMCore.class").toString().contains(folder.toString()));
  }

  @Test
  void theBridgeIsLoadedAnewAndItsInterfaceIsShared() throws Exception {
    MMCoreLoader loader = standIn();
    MMCoreCalls core = loader.newCore();
    assertSame(loader, core.getClass().getClassLoader());
    assertNotSame(MMCoreBridge.class, core.getClass());
    assertEquals("MMCore version 10.1.1", core.versionInfo());
  }

  private MMCoreLoader standIn() throws Exception {
    Path jar = folder.resolve("MMCoreJ.jar");
    MicroManagerStandIn.jar(jar, java.util.Map.of());
    return MMCoreLoader.of(new URL[] {jar.toUri().toURL()});
  }

  private static Set<String> signatures(Class<?> type) {
    Stream<String> methods =
        Arrays.stream(type.getDeclaredMethods())
            .filter(MMCoreStandInTest::isPublic)
            .map(method -> method.getReturnType().getTypeName() + " " + signature(method));
    Stream<String> constructors =
        Arrays.stream(type.getDeclaredConstructors())
            .filter(MMCoreStandInTest::isPublic)
            .map(MMCoreStandInTest::signature);
    return Stream.concat(methods, constructors).collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isPublic(Executable executable) {
    return Modifier.isPublic(executable.getModifiers()) && !executable.isSynthetic();
  }

  private static String signature(Executable executable) {
    String name = executable instanceof Constructor<?> ? "new" : ((Method) executable).getName();
    return name
        + Arrays.stream(executable.getParameterTypes())
            .map(Class::getTypeName)
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
