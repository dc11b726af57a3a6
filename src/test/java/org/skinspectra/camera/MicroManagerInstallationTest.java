package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.SkinSpectraException;

class MicroManagerInstallationTest {

  private static final String CORE = "mmcorej/CMMCore.class";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "plugins/Micro-Manager/MMCoreJ.jar, MMCoreJ_wrap.dll, mmgr_dal_DemoCamera.dll",
    "plugins/Micro-Manager/MMCoreJ.jar, libMMCoreJ_wrap.jnilib, libmmgr_dal_DemoCamera",
    "share/micro-manager/jars/MMCoreJ.jar, lib/micro-manager/libMMCoreJ_wrap.so,"
        + " lib/micro-manager/libmmgr_dal_DemoCamera.so.0",
    "share/micro-manager/MMCoreJ.jar, lib/micro-manager/libMMCoreJ_wrap.so,"
        + " lib/micro-manager/libmmgr_dal_DemoCamera.so.0",
    "plugins/Micro-Manager/MMCoreJ.jar, lib/micro-manager/libMMCoreJ_wrap.so,"
        + " lib/micro-manager/libmmgr_dal_DemoCamera.so.0",
    "MMCoreJ-12.5.0.jar, libmmcorej.so, libmmgr_dal_DemoCamera.so.0"
  })
  void findsThePartsOfEveryKnownLayout(String jar, String library, String adapter)
      throws IOException {
    jar(jar, CORE);
    file(library);
    file(adapter);
    MicroManagerInstallation found = MicroManagerInstallation.find(folder);
    assertEquals(folder.resolve(jar), found.jar());
    assertEquals(Optional.of(folder.resolve(library)), found.nativeLibrary());
    assertEquals(folder.resolve(adapter).getParent(), found.adapters());
    assertEquals(List.of(), found.nativeJars());
  }

  @Test
  void aFolderBelowTheInstallationIsEnough() throws IOException {
    jar("plugins/Micro-Manager/MMCoreJ.jar", CORE);
    file("MMCoreJ_wrap.dll");
    file("mmgr_dal_DemoCamera.dll");
    MicroManagerInstallation found =
        MicroManagerInstallation.find(folder.resolve("plugins/Micro-Manager"));
    assertEquals(Optional.of(folder.resolve("MMCoreJ_wrap.dll")), found.nativeLibrary());
  }

  @Test
  void takesTheNativeLibraryThatMMCore12BringsInAJar() throws IOException {
    jar("MMCoreJ-12.5.0.jar", CORE);
    Path natives = jar("MMCoreJ-12.5.0-natives-linux-x86_64.jar", "natives/linux/libmmcorej.so");
    file("libmmgr_dal_DemoCamera.so.0");
    MicroManagerInstallation found = MicroManagerInstallation.find(folder);
    assertEquals(Optional.empty(), found.nativeLibrary());
    assertEquals(List.of(natives), found.nativeJars());
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    refused(folder.resolve("nowhere"), "There is no folder", "nowhere");
  }

  @Test
  void aFolderWithoutAJarIsRefused() throws IOException {
    Files.createDirectory(folder.resolve("empty"));
    refused(folder.resolve("empty"), "no MMCoreJ.jar", "Give the folder");
  }

  @Test
  void aJarWithoutACoreIsRefused() throws IOException {
    jar("MMCoreJ-10.4.0.jar", "mmcorej/StrVector.class");
    refused(folder, "MMCoreJ-10.4.0.jar", "holds no CMMCore");
  }

  @Test
  void severalJarsAreRefusedAndNamed() throws IOException {
    jar("a/MMCoreJ.jar", CORE);
    jar("b/MMCoreJ.jar", CORE);
    refused(folder, "several", folder.resolve("a").toString(), folder.resolve("b").toString());
  }

  @Test
  void aDamagedJarIsNamed() throws IOException {
    file("plugins/Micro-Manager/MMCoreJ.jar");
    refused(folder, "MMCoreJ.jar cannot be read", "Install Micro-Manager anew");
  }

  @Test
  void aMissingNativeLibraryIsNamed() throws IOException {
    jar("plugins/Micro-Manager/MMCoreJ.jar", CORE);
    file("mmgr_dal_DemoCamera.dll");
    refused(folder, "no native library", "MMCoreJ_wrap");
  }

  @Test
  void missingAdaptersAreNamed() throws IOException {
    jar("plugins/Micro-Manager/MMCoreJ.jar", CORE);
    file("MMCoreJ_wrap.dll");
    refused(folder, "no device adapters", "mmgr_dal_");
  }

  @Test
  void aJarsVersionIsTheOneItStatesOrItsDay() throws IOException {
    Path jar = jar("plugins/Micro-Manager/MMCoreJ.jar", CORE);
    Path library = file("MMCoreJ_wrap.dll");
    file("mmgr_dal_DemoCamera.dll");
    Files.setLastModifiedTime(library, FileTime.from(Instant.parse("2026-04-21T10:00:00Z")));
    MicroManagerInstallation found = MicroManagerInstallation.find(folder);
    assertEquals("of 2021-04-12", found.jarVersion());
    assertEquals(library + " of 2026-04-21", found.nativeVersion());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(
          new ZipEntry("META-INF/maven/org.micro-manager.mmcorej/MMCoreJ/pom.properties"));
      zip.write("version=10.1.1.0\n".getBytes());
    }
    assertEquals("10.1.1.0", found.jarVersion());
  }

  private void refused(Path given, String... parts) {
    String message =
        assertThrows(SkinSpectraException.class, () -> MicroManagerInstallation.find(given))
            .getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  private Path jar(String name, String entry) throws IOException {
    Path jar = folder.resolve(name);
    Files.createDirectories(jar.getParent());
    try (OutputStream stream = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(stream)) {
      ZipEntry one = new ZipEntry(entry);
      one.setLastModifiedTime(FileTime.from(Instant.parse("2021-04-12T12:00:00Z")));
      zip.putNextEntry(one);
    }
    return jar;
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "not a library");
  }
}
