package org.skinspectra.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skinspectra.SkinSpectraException;

class MicroManagerConnectionTest {

  private final MMCoreRuntime runtime = new MMCoreRuntime();

  @TempDir Path folder;

  @Test
  void saysWhatItIsConnectedTo() {
    try (MicroManagerSource source = MicroManagerStandIn.openTwoCameras(folder)) {
      SourceDescription description = source.describe();
      assertEquals(List.of("RGBCam", "NIRCam"), description.cameras());
      assertEquals("Micro-Manager, two-cameras.cfg", description.name());
      Map<String, String> versions = description.versions();
      assertEquals("MMCore version 10.1.1", versions.get("MMCore"));
      assertEquals("Device API version 70, Module API version 10", versions.get("MMCore API"));
      assertTrue(versions.get("MMCore parts").contains("MMCoreJ.jar of 20"));
      assertTrue(versions.get("MMCore parts").contains("libMMCoreJ_wrap.so of 20"));
      assertEquals("DemoCamera/DCam", versions.get("NIRCam"));
    }
  }

  @Test
  void tellsTheNativeLibraryAndTheAdaptersWhereTheyLie() {
    try (MicroManagerSource source = MicroManagerStandIn.openTwoCameras(folder)) {
      Path installed = MicroManagerStandIn.installed();
      assertEquals(installed.toString(), System.getProperty("mmcorej.library.path"));
      Object core = MicroManagerStandIn.core(source);
      assertEquals(installed.toString(), MicroManagerStandIn.field(core, "searchPath"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UnsatisfiedLinkError | 'void mmcorej.MMCoreJJNI.swig_module_init()' | cannot be loaded",
        "UnsatisfiedLinkError | Native Library x.so already loaded in another classloader"
            + " | Another part of this program",
        "UnsatisfiedLinkError | x.so: libusb-1.0.so.0: cannot open shared object file | libusb-1.0",
        "UnsatisfiedLinkError | 'int mmcorej.MMCoreJJNI.new_it()' | of different versions",
        "NoSuchMethodError | SwigDirector_MMEventCallback_onImageSnapped | of different versions",
        "NoClassDefFoundError | Could not initialize class mmcorej.MMCoreJJNI"
            + " | of different versions"
      })
  void everyErrorOfLinkingIsOneMessageThatNamesBothParts(String error, String text, String said) {
    MicroManagerStandIn.install(folder, Map.of("link", error, "link.text", text));
    String message = refused();
    assertTrue(message.contains(said), message);
    assertTrue(message.contains(text), message);
    if (!said.startsWith("Another")) {
      assertTrue(message.contains("MMCoreJ.jar of 20"), message);
      assertTrue(message.contains("libMMCoreJ_wrap.so of 20"), message);
    }
  }

  @Test
  void aCoreThatIsTooOldIsRefused() {
    MicroManagerStandIn.install(folder, Map.of("version", "8.6.0"));
    String message = refused();
    assertTrue(message.contains("MMCore version 8.6.0 is too old"), message);
  }

  @Test
  void laterCoresAreTaken() {
    MicroManagerStandIn.install(folder, Map.of("version", "12.5.0"));
    try (MicroManagerSource source = open()) {
      assertEquals("MMCore version 12.5.0", source.describe().versions().get("MMCore"));
      String message =
          assertThrows(
                  SkinSpectraException.class,
                  () -> source.snap(MicroManagerStandIn.plain("GhostCam")))
              .getMessage();
      assertTrue(message.contains("The device is not there"), message);
    }
  }

  @Test
  void aMissingConfigurationIsNamed() {
    MicroManagerStandIn.install(folder);
    String message =
        assertThrows(
                SkinSpectraException.class,
                () -> MicroManagerSource.open(runtime, folder, folder.resolve("no.cfg")))
            .getMessage();
    assertTrue(message.contains("no.cfg"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Device,Old,OldAdapter,Cam | Incompatible device interface version (required = 70; found ="
            + " 69) | in an empty folder",
        "Device,Foo,Missing,Cam | No device adapter named \"Missing\" | The device adapter is missing",
        "Property,Ghost,Gain,1 | No device with label \"Ghost\" | not there",
        "Nonsense,1 | Line 24: Nonsense,1 | Micro-Manager itself"
      })
  void aDeviceThatFailsInTheConfigurationIsNamedWithWhatToDo(
      String line, String cause, String remedy) {
    MicroManagerStandIn.install(folder);
    String message = refused(line);
    assertTrue(message.contains(cause), message);
    assertTrue(message.contains(remedy), message);
  }

  @Test
  void aConfigurationWithoutACameraIsRefused() throws Exception {
    MicroManagerStandIn.install(folder);
    Path cfg = folder.resolve("none.cfg");
    Files.writeString(cfg, "Device,Wheel,DemoCamera,DWheel\n");
    String message =
        assertThrows(
                SkinSpectraException.class, () -> MicroManagerSource.open(runtime, folder, cfg))
            .getMessage();
    assertTrue(message.contains("none.cfg has no camera"), message);
    // What failed holds nothing.
    open().close();
  }

  @Test
  void oneSourceAtATimeUsesTheCoreWhichIsKeptForTheNext() {
    MicroManagerStandIn.install(folder);
    Object core;
    try (MicroManagerSource first = open()) {
      core = MicroManagerStandIn.core(first);
      String message = refused();
      assertTrue(message.contains("Micro-Manager is in use"), message);
      first.snap(MicroManagerStandIn.rgb());
    }
    try (MicroManagerSource second = open()) {
      assertEquals(core, MicroManagerStandIn.core(second));
      second.snap(MicroManagerStandIn.rgb());
    }
  }

  @Test
  void anotherInstallationNeedsAnotherProgram() {
    open(MicroManagerStandIn.install(folder.resolve("a"))).close();
    Path other = MicroManagerStandIn.install(folder.resolve("b"));
    String message = assertThrows(SkinSpectraException.class, () -> open(other)).getMessage();
    assertTrue(message.contains(folder.resolve("a").toString()), message);
    assertTrue(message.contains(other.toString()), message);
    assertTrue(message.contains("Start it anew"), message);
  }

  @Test
  void closingLetsGoOfTheDevicesOnceAndRefusesWhatFollows() {
    MicroManagerSource source = MicroManagerStandIn.openTwoCameras(folder);
    List<String> calls = MicroManagerStandIn.calls(source);
    source.close();
    source.close();
    assertEquals(1, calls.stream().filter("unloadAllDevices"::equals).count());
    String message =
        assertThrows(SkinSpectraException.class, () -> source.snap(MicroManagerStandIn.rgb()))
            .getMessage();
    assertTrue(message.contains("is closed"), message);
  }

  @Test
  void closingWhileACameraHangsDoesNotHang() throws Exception {
    MicroManagerSource source = MicroManagerStandIn.openTwoCameras(folder);
    List<String> calls = MicroManagerStandIn.calls(source);
    RigStep hanging = MicroManagerStandIn.fault("RGBCam", "HangOnSnap");
    assertThrows(
        SkinSpectraException.class,
        () -> source.snap(MicroManagerStandIn.withTimes(hanging, 1, 0, 400)));
    source.close();
    assertFalse(calls.contains("unloadAllDevices"));
    MicroManagerStandIn.set(source, "RGBCam", "Fault", "");
    for (int i = 0; i < 500 && !calls.contains("unloadAllDevices"); i++) {
      Thread.sleep(10);
    }
    assertTrue(calls.contains("unloadAllDevices"));
  }

  @Test
  void aRunningStudiosCoreIsUsedAndItsLiveModeSuspended() throws Exception {
    Path jar = folder.resolve("MMCoreJ.jar");
    MicroManagerStandIn.jar(jar, Map.of());
    try (URLClassLoader fiji =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      Class<?> studio = fiji.loadClass("org.micromanager.internal.MMStudio");
      assertEquals(Optional.empty(), MicroManagerStudio.running(fiji));
      Object instance = studio.getConstructor().newInstance();
      studio.getField("instance").set(null, instance);
      MicroManagerStudio running = MicroManagerStudio.running(fiji).orElseThrow();
      String early =
          assertThrows(SkinSpectraException.class, () -> MicroManagerSource.open(runtime, running))
              .getMessage();
      assertTrue(early.contains("has not loaded its devices"), early);
      Object core = fiji.loadClass("mmcorej.CMMCore").getConstructor().newInstance();
      studio.getField("coreOfInstance").set(null, core);
      core.getClass()
          .getMethod("loadSystemConfiguration", String.class)
          .invoke(core, MicroManagerStandIn.configuration(folder).toString());
      Object live = studio.getField("live").get(instance);
      try (MicroManagerSource source = MicroManagerSource.open(runtime, running)) {
        assertEquals(true, MicroManagerStandIn.field(live, "suspended"));
        assertEquals(core, MicroManagerStandIn.core(source));
        assertEquals("RGBCam", source.snap(MicroManagerStandIn.rgb()).tags().camera());
      }
      assertEquals(false, MicroManagerStandIn.field(live, "suspended"));
      List<?> calls = (List<?>) MicroManagerStandIn.field(core, "calls");
      assertFalse(calls.contains("unloadAllDevices"), "the Studio's devices stay loaded");
    }
  }

  @Test
  void noStudioRunsHere() {
    assertEquals(Optional.empty(), MicroManagerSource.ofRunningStudio());
  }

  private MicroManagerSource open() {
    return open(folder);
  }

  private MicroManagerSource open(Path installed) {
    return MicroManagerSource.open(runtime, installed, MicroManagerStandIn.configuration(folder));
  }

  private String refused(String... more) {
    Path cfg = MicroManagerStandIn.configuration(folder, more);
    return assertThrows(
            SkinSpectraException.class, () -> MicroManagerSource.open(runtime, folder, cfg))
        .getMessage();
  }
}
