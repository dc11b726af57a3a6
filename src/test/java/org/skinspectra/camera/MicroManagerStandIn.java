package org.skinspectra.camera;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A Micro-Manager folder with a stand-in {@code mmcorej} in it, compiled when it is first asked
 * for, and the configuration of two demo cameras, with a filter wheel, that images of 64x48 pixels
 * come from. Also what tests need of any Micro-Manager.
 */
final class MicroManagerStandIn {

  private static final List<String> SOURCES =
      List.of(
          "mmcorej/org/json/JSONObject.java",
          "mmcorej/org/json/JSONException.java",
          "mmcorej/TaggedImage.java",
          "mmcorej/StrVector.java",
          "mmcorej/DeviceType.java",
          "mmcorej/PropertySetting.java",
          "mmcorej/Configuration.java",
          "mmcorej/MMCoreJJNI.java",
          "mmcorej/StandInDevice.java",
          "mmcorej/StandInCamera.java",
          "mmcorej/CMMCore.java",
          "org/micromanager/internal/MMStudio.java");

  private static final List<String> TWO_CAMERAS =
      List.of(
          "# Two cameras and a wheel",
          "Property,Core,Initialize,0",
          "Device,DHub,DemoCamera,DHub",
          "Device,RGBCam,DemoCamera,DCam",
          "Device,NIRCam,DemoCamera,DCam",
          "Device,Wheel,DemoCamera,DWheel",
          "Parent,RGBCam,DHub",
          "Property,Core,Initialize,1",
          "Property,RGBCam,PixelType,32bitRGB",
          "Property,RGBCam,OnCameraCCDXSize,64",
          "Property,RGBCam,OnCameraCCDYSize,48",
          "Property,NIRCam,PixelType,16bit",
          "Property,NIRCam,OnCameraCCDXSize,64",
          "Property,NIRCam,OnCameraCCDYSize,48",
          "Property,NIRCam,BitDepth,12",
          "Delay,Wheel,2",
          "Property,Core,Camera,RGBCam",
          "Label,Wheel,0,Visible",
          "Label,Wheel,1,960nm",
          "ConfigGroup,Channel,RGB,Wheel,Label,Visible",
          "ConfigGroup,Channel,RGB,Core,Camera,RGBCam",
          "ConfigGroup,Channel,NIR960,Wheel,Label,960nm",
          "ConfigGroup,Channel,NIR960,Core,Camera,NIRCam");

  private MicroManagerStandIn() {}

  /** Compiled once for all tests. */
  private static final class Classes {
    private static final Path FOLDER = compile();
    private static final Path INSTALLED = install(FOLDER.resolveSibling("installed"));
  }

  /** A folder laid out as on Windows and macOS. */
  static Path install(Path folder) {
    return install(folder, Map.of());
  }

  /**
   * @param options {@code version} of the core; {@code link} and {@code link.text}, an error of the
   *     native library
   */
  static Path install(Path folder, Map<String, String> options) {
    try {
      Path jars = Files.createDirectories(folder.resolve("plugins/Micro-Manager"));
      jar(jars.resolve("MMCoreJ.jar"), options);
      Files.writeString(folder.resolve("libMMCoreJ_wrap.so"), "not loaded");
      Files.writeString(folder.resolve("libmmgr_dal_DemoCamera.so.0"), "not loaded");
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void jar(Path file, Map<String, String> options) throws IOException {
    try (OutputStream stream = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(stream);
        Stream<Path> classes = Files.walk(Classes.FOLDER)) {
      for (Path one : classes.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(
            new ZipEntry(Classes.FOLDER.relativize(one).toString().replace('\\', '/')));
        Files.copy(one, zip);
      }
      zip.putNextEntry(new ZipEntry("standin.properties"));
      StringWriter text = new StringWriter();
      Properties properties = new Properties();
      properties.putAll(options);
      properties.store(text, null);
      zip.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The configuration of two cameras, with lines after it. */
  static Path configuration(Path folder, String... more) {
    try {
      return Files.write(
          folder.resolve("two-cameras.cfg"),
          Stream.concat(TWO_CAMERAS.stream(), Stream.of(more)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A source over two cameras, RGBCam (32bitRGB) and NIRCam (16bit, 12 bits). */
  static MicroManagerSource openTwoCameras(Path folder) {
    return MicroManagerSource.open(new MMCoreRuntime(), installed(), configuration(folder));
  }

  /** A folder that all tests share. */
  static Path installed() {
    return Classes.INSTALLED;
  }

  static RigStep rgb() {
    return step("RGB", "RGB", "RGBCam");
  }

  static RigStep nir() {
    return step("N960", "NIR960", "NIRCam");
  }

  private static RigStep step(String channel, String preset, String camera) {
    return new RigStep(
        channel,
        Optional.of(new ConfigPreset("Channel", preset)),
        List.of(),
        camera,
        1,
        1,
        1,
        0,
        Optional.empty(),
        1,
        10_000);
  }

  /** A step of one camera with no preset. */
  static RigStep plain(String camera, DeviceSetting... settings) {
    return new RigStep(
        "plain",
        Optional.empty(),
        List.of(settings),
        camera,
        1,
        1,
        1,
        0,
        Optional.empty(),
        1,
        10_000);
  }

  static RigStep fault(String camera, String fault) {
    return plain(camera, new DeviceSetting(camera, "Fault", fault));
  }

  static RigStep withTimes(RigStep step, double exposureMs, double settleMs, double timeoutMs) {
    return new RigStep(
        step.channel(),
        step.preset(),
        step.settings(),
        step.camera(),
        exposureMs,
        step.gain(),
        step.average(),
        settleMs,
        step.region(),
        step.binning(),
        timeoutMs);
  }

  static RigStep withSensor(RigStep step, Optional<SensorRegion> region, int binning) {
    return new RigStep(
        step.channel(),
        step.preset(),
        step.settings(),
        step.camera(),
        step.exposureMs(),
        step.gain(),
        step.average(),
        step.settleMs(),
        region,
        binning,
        step.timeoutMs());
  }

  /** The {@code mmcorej.CMMCore} that a source calls, whichever it is. */
  static Object core(MicroManagerSource source) {
    Object guard = Proxy.getInvocationHandler(field(source, "core"));
    return field(field(guard, "core"), "core");
  }

  /** Calls a method of the core behind the source's back. */
  static void call(MicroManagerSource source, String method, String argument) {
    try {
      Object core = core(source);
      core.getClass().getMethod(method, String.class).invoke(core, argument);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Exposes the current camera behind the source's back. */
  static void snapBehind(MicroManagerSource source) {
    try {
      Object core = core(source);
      core.getClass().getMethod("snapImage").invoke(core);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Sets a property behind the source's back. */
  static void set(MicroManagerSource source, String device, String property, String value) {
    try {
      Object core = core(source);
      core.getClass()
          .getMethod("setProperty", String.class, String.class, String.class)
          .invoke(core, device, property, value);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** What the stand-in was asked for, in order. */
  @SuppressWarnings("unchecked")
  static List<String> calls(MicroManagerSource source) {
    return (List<String>) field(core(source), "calls");
  }

  static Object field(Object object, String name) {
    try {
      Field field = object.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return field.get(object);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Path compile() {
    try {
      Path folder = Files.createTempDirectory("skinspectra-standin");
      Path sources = Files.createDirectory(folder.resolve("sources"));
      Path classes = Files.createDirectory(folder.resolve("classes"));
      deleteAtEnd(folder);
      for (String source : SOURCES) {
        Path file = sources.resolve(source);
        Files.createDirectories(file.getParent());
        try (InputStream stream =
            MicroManagerStandIn.class.getResourceAsStream("standin/" + source)) {
          Files.copy(stream, file);
        }
      }
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      StringWriter messages = new StringWriter();
      try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
        boolean compiled =
            compiler
                .getTask(
                    messages,
                    files,
                    null,
                    // The real mmcorej is on the class path of the tests: it must not be seen.
                    List.of("-proc:none", "-cp", classes.toString(), "-d", classes.toString()),
                    null,
                    files.getJavaFileObjectsFromPaths(
                        SOURCES.stream().map(sources::resolve).toList()))
                .call();
        if (!compiled) {
          throw new AssertionError(messages.toString());
        }
      }
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteAtEnd(Path folder) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try (Stream<Path> all = Files.walk(folder)) {
                    all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
  }
}
