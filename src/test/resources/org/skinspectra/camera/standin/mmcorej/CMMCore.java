package mmcorej;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mmcorej.org.json.JSONObject;

/**
 * A stand-in for MMCore in plain Java, made for tests after its documentation and the behaviour of
 * versions 10 to 12, the traps included. Faults are properties of the devices.
 */
public class CMMCore {

  /** What was asked for that changes anything, in order. */
  public final List<String> calls = Collections.synchronizedList(new ArrayList<>());

  public String searchPath = "";

  private final Map<String, StandInDevice> devices =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final Map<String, Map<String, Configuration>> groups = new LinkedHashMap<>();
  private final Deque<TaggedImage> circular = new ArrayDeque<>();
  private final Map<String, Integer> imageNumbers = new LinkedHashMap<>();
  private String camera = "";
  private int timeoutMs = 5000;
  private boolean everSnapped;
  private boolean overflowed;
  private long footprint = 250;
  private int capacity;
  private int bufferBytes;
  private int cameras;
  private long bufferBegun;

  public CMMCore() {
    MMCoreJJNI.load();
  }

  static void pause(double ms) {
    long end = System.nanoTime() + (long) (ms * 1e6);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      java.util.concurrent.locks.LockSupport.parkNanos(left);
    }
  }

  public String getVersionInfo() {
    return "MMCore version " + MMCoreJJNI.OPTIONS.getProperty("version", "10.1.1");
  }

  public String getAPIVersionInfo() {
    return "Device API version 70, Module API version 10";
  }

  public void setDeviceAdapterSearchPaths(StrVector paths) {
    searchPath = paths.get(0);
  }

  public void loadSystemConfiguration(String file) throws Exception {
    if (!Files.isReadable(Path.of(file))) {
      throw new Exception("\"" + file + "\": File open failed.");
    }
    try {
      int number = 0;
      for (String line : Files.readAllLines(Path.of(file))) {
        number++;
        try {
          load(line.split(",", -1));
        } catch (Exception e) {
          throw new Exception("Line " + number + ": " + line + "\n" + e.getMessage());
        }
      }
    } catch (Exception e) {
      unloadAllDevices();
      throw e;
    }
  }

  private void load(String[] tokens) throws Exception {
    switch (tokens[0].strip()) {
      case "Device" -> loadDevice(tokens[1], tokens[2], tokens[3]);
      case "Property" -> {
        if (!tokens[1].equals("Core") || tokens[2].equals("Camera")) {
          setProperty(tokens[1], tokens[2], tokens[3]);
        }
      }
      case "Delay" -> device(tokens[1]).delayMs = Double.parseDouble(tokens[2]);
      case "Label" -> device(tokens[1]).labels.put(Integer.parseInt(tokens[2]), tokens[3]);
      case "ConfigGroup" ->
          groups
              .computeIfAbsent(tokens[1], key -> new LinkedHashMap<>())
              .computeIfAbsent(tokens[2], key -> new Configuration())
              .addSetting(new PropertySetting(tokens[3], tokens[4], tokens[5]));
      case "Parent", "" -> {}
      default -> {
        if (!tokens[0].startsWith("#")) {
          throw new Exception("Invalid configuration file line encountered.");
        }
      }
    }
  }

  public void loadDevice(String label, String library, String name) throws Exception {
    if (library.equals("OldAdapter")) {
      throw new Exception(
          "Failed to load device adapter \"OldAdapter\" from \"" + searchPath
              + "/libmmgr_dal_OldAdapter.so.0\" [ Incompatible device interface version"
              + " (required = 70; found = 69) ]");
    }
    if (library.equals("SlowAdapter")) {
      pause(300);
    } else if (!library.equals("DemoCamera")) {
      throw new Exception("No device adapter named \"" + library + "\"");
    }
    devices.put(
        label,
        name.equals("DCam")
            ? new StandInCamera(label, library, ++cameras)
            : new StandInDevice(label, library, name));
  }

  public void unloadDevice(String label) throws Exception {
    StandInDevice gone = device(label);
    if (gone instanceof StandInCamera one && one.sequence != null) {
      one.sequence.end();
    }
    devices.remove(label);
    if (camera.equals(label)) {
      camera = "";
    }
  }

  public void unloadAllDevices() throws Exception {
    calls.add("unloadAllDevices");
    devices.clear();
    groups.clear();
    camera = "";
  }

  public StrVector getLoadedDevices() {
    StrVector labels = new StrVector();
    devices.keySet().forEach(labels::add);
    labels.add("Core");
    return labels;
  }

  public StrVector getLoadedDevicesOfType(DeviceType type) {
    StrVector labels = new StrVector();
    devices.values().stream()
        .filter(device -> type == DeviceType.CameraDevice == device instanceof StandInCamera)
        .forEach(device -> labels.add(device.label));
    return labels;
  }

  public String getDeviceLibrary(String label) throws Exception {
    return device(label).library;
  }

  public String getDeviceName(String label) throws Exception {
    return device(label).name;
  }

  public int getTimeoutMs() {
    return timeoutMs;
  }

  public void setTimeoutMs(int ms) {
    timeoutMs = ms;
  }

  public String getCameraDevice() {
    return camera;
  }

  public void setCameraDevice(String label) throws Exception {
    calls.add("setCameraDevice " + label);
    if (!camera.isEmpty() && current().sequence != null) {
      throw new Exception("Cannot switch camera device while sequence acquisition is running");
    }
    if (!devices.containsKey(label) && getVersionInfo().contains(" 12.")) {
      throw new Exception("Cannot set Core property Camera to invalid value \"" + label + "\"");
    }
    camera(label);
    camera = label;
  }

  public Configuration getConfigData(String group, String preset) throws Exception {
    Map<String, Configuration> presets = groups.get(group);
    if (presets == null || !presets.containsKey(preset)) {
      throw new Exception("Configuration group " + group + " or its preset does not exist");
    }
    return presets.get(preset);
  }

  public void setConfig(String group, String preset) throws Exception {
    calls.add("setConfig " + group + " " + preset);
    Configuration settings = getConfigData(group, preset);
    for (int i = 0; i < settings.size(); i++) {
      PropertySetting setting = settings.getSetting(i);
      set(setting.getDeviceLabel(), setting.getPropertyName(), setting.getPropertyValue());
    }
  }

  /** As in MMCore: a device that times out is only written into its log. */
  public void waitForConfig(String group, String preset) throws Exception {
    Configuration settings = getConfigData(group, preset);
    for (int i = 0; i < settings.size(); i++) {
      try {
        waitForDevice(settings.getSetting(i).getDeviceLabel());
      } catch (Exception e) {
        continue;
      }
    }
  }

  public boolean hasProperty(String label, String property) throws Exception {
    return device(label).properties.containsKey(property);
  }

  public String getProperty(String label, String property) throws Exception {
    if (label.equals("Core")) {
      return camera;
    }
    String value = device(label).properties.get(property);
    if (value == null) {
      throw new Exception("Invalid property name encountered: " + property + " (2)");
    }
    return value;
  }

  public void setProperty(String label, String property, String value) throws Exception {
    calls.add("setProperty " + label + " " + property + " " + value);
    set(label, property, value);
  }

  private void set(String label, String property, String value) throws Exception {
    if (label.equals("Core")) {
      setCameraDevice(value);
    } else {
      device(label).set(property, value);
    }
  }

  public StrVector getAllowedPropertyValues(String label, String property) throws Exception {
    StrVector allowed = new StrVector();
    if (device(label) instanceof StandInCamera && property.equals("Binning")) {
      StandInCamera.BINNINGS.forEach(allowed::add);
    }
    return allowed;
  }

  public void waitForDevice(String label) throws Exception {
    StandInDevice device = device(label);
    long end = System.nanoTime() + timeoutMs * 1_000_000L;
    while (device.busy()) {
      if (System.nanoTime() > end) {
        throw new Exception(
            "Wait for device \"" + label + "\" timed out after " + timeoutMs + "ms");
      }
      pause(1);
    }
  }

  public void getROI(String label, int[] x, int[] y, int[] width, int[] height) throws Exception {
    StandInCamera one = camera(label);
    x[0] = one.x;
    y[0] = one.y;
    width[0] = one.width;
    height[0] = one.height;
  }

  public void setROI(String label, int x, int y, int width, int height) throws Exception {
    calls.add("setROI " + label);
    camera(label).setRegion(x, y, width, height);
  }

  public void clearROI() throws Exception {
    calls.add("clearROI");
    current().clearRegion();
  }

  public double getExposure(String label) throws Exception {
    return camera(label).exposureMs;
  }

  public void setExposure(String label, double ms) throws Exception {
    calls.add("setExposure " + label + " " + ms);
    StandInCamera one = camera(label);
    one.exposureMs = Math.min(ms, Double.parseDouble(one.properties.get("MaximumExposureMs")));
  }

  public long getImageWidth() {
    return devices.get(camera) instanceof StandInCamera one ? one.width : 0;
  }

  public long getImageHeight() {
    return devices.get(camera) instanceof StandInCamera one ? one.height : 0;
  }

  public long getBytesPerPixel() {
    return devices.get(camera) instanceof StandInCamera one ? one.bytesPerPixel() : 0;
  }

  public long getNumberOfComponents() {
    return devices.get(camera) instanceof StandInCamera one ? one.components() : 0;
  }

  public long getNumberOfCameraChannels() {
    return devices.get(camera) instanceof StandInCamera one
        ? Long.parseLong(one.properties.get("Channels"))
        : 0;
  }

  public void snapImage() throws Exception {
    calls.add("snapImage " + camera);
    StandInCamera one = current();
    if (one.sequence != null) {
      throw new Exception(
          "This operation can not be executed while sequence acquisition is running.");
    }
    one.expose(wheel());
    everSnapped = true;
  }

  public TaggedImage getTaggedImage() throws Exception {
    StandInCamera one = current();
    if (!everSnapped) {
      throw new Exception("Issue snapImage before getImage.");
    }
    JSONObject tags = tags(one);
    if (one.fault().equals("WrongCamera")) {
      tags.put("Camera", "OtherCam");
    }
    return new TaggedImage(one.fault().equals("NullImage") ? null : one.pixels(), tags);
  }

  /** As MMCore makes them: of the current camera, the camera's name among the system's state. */
  private JSONObject tags(StandInCamera one) throws Exception {
    JSONObject tags = new JSONObject();
    tags.put("Core-Camera", camera);
    tags.put("BitDepth", one.fault().equals("BadDepth") ? 99 : one.bitDepth());
    tags.put("Width", one.fault().equals("WrongWidth") ? 7 : one.width);
    tags.put("Height", one.height);
    tags.put(
        "PixelType",
        switch (one.bytesPerPixel()) {
          case 1 -> "GRAY8";
          case 2 -> "GRAY16";
          case 8 -> "RGB64";
          default -> one.components() == 1 ? "GRAY32" : "RGB32";
        });
    tags.put("ROI", one.x + "-" + one.y + "-" + one.width + "-" + one.height);
    tags.put("Binning", one.properties.get("Binning"));
    return tags;
  }

  public void initializeCircularBuffer() throws Exception {
    StandInCamera one = current();
    synchronized (circular) {
      bufferBytes = one.width * one.height * one.bytesPerPixel();
      capacity = (int) Math.min(10_000, (footprint << 20) / bufferBytes);
      int limit = Integer.parseInt(one.properties.get("BufferFrames"));
      if (limit > 0) {
        capacity = limit;
      }
      circular.clear();
      imageNumbers.clear();
      overflowed = false;
      bufferBegun = System.nanoTime();
      if (capacity == 0) {
        throw new Exception(
            "Failed to initialize circular buffer - memory requirements not adequate.");
      }
    }
  }

  public int getBufferTotalCapacity() {
    return capacity;
  }

  public long getCircularBufferMemoryFootprint() {
    return footprint;
  }

  public void setCircularBufferMemoryFootprint(long mebibytes) throws Exception {
    calls.add("setCircularBufferMemoryFootprint " + mebibytes);
    footprint = mebibytes;
  }

  /** As in MMCore 10, which leaves the circular buffer as it is. */
  public void startSequenceAcquisition(
      String label, int count, double interval, boolean stopOnOverflow) throws Exception {
    calls.add("startSequenceAcquisition " + label);
    start(camera(label), count, stopOnOverflow);
  }

  public void startContinuousSequenceAcquisition(double interval) throws Exception {
    calls.add("startContinuousSequenceAcquisition");
    initializeCircularBuffer();
    start(current(), Long.MAX_VALUE, false);
  }

  private void start(StandInCamera one, long count, boolean stopOnOverflow) throws Exception {
    if (one.sequence != null) {
      throw new Exception(
          "This operation can not be executed while sequence acquisition is running.");
    }
    if (one.fault().equals("FailOnStart")) {
      throw new Exception("Error in device \"" + one.label + "\": cannot start (10014)");
    }
    one.sequence = new StandInCamera.Sequence(this, one, count, stopOnOverflow);
    one.sequence.start();
  }

  /** Whether the camera may go on. */
  boolean insert(StandInCamera one, boolean stopOnOverflow) {
    synchronized (circular) {
      byte[] image = one.image(wheel());
      if (image.length != bufferBytes) {
        return false;
      }
      if (circular.size() >= capacity) {
        overflowed = true;
        if (stopOnOverflow) {
          return false;
        }
        circular.clear();
        imageNumbers.clear();
      }
      try {
        JSONObject tags = tags(one);
        tags.put("Camera", one.label);
        int number = imageNumbers.merge(one.label, 1, Integer::sum) - 1;
        if (one.fault().equals("SkipNumber") && number > 2) {
          number++;
        }
        tags.put("ImageNumber", Integer.toString(number));
        tags.put("ElapsedTime-ms", Double.toString((System.nanoTime() - bufferBegun) / 1e6));
        circular.add(new TaggedImage(one.pixels(image), tags));
      } catch (Exception e) {
        return false;
      }
      return true;
    }
  }

  public void stopSequenceAcquisition(String label) throws Exception {
    calls.add("stopSequenceAcquisition " + label);
    StandInCamera.Sequence sequence = camera(label).sequence;
    if (sequence != null) {
      sequence.end();
    }
  }

  public boolean isSequenceRunning(String label) throws Exception {
    return camera(label).sequence != null;
  }

  public int getRemainingImageCount() {
    synchronized (circular) {
      return circular.size();
    }
  }

  public boolean isBufferOverflowed() {
    synchronized (circular) {
      return overflowed;
    }
  }

  public TaggedImage popNextTaggedImage() throws Exception {
    synchronized (circular) {
      if (circular.isEmpty()) {
        throw new Exception("Circular buffer is empty.");
      }
      return circular.removeFirst();
    }
  }

  public TaggedImage getLastTaggedImage() throws Exception {
    synchronized (circular) {
      if (circular.isEmpty()) {
        throw new Exception("Circular buffer is empty.");
      }
      return circular.getLast();
    }
  }

  private int wheel() {
    return devices.values().stream()
        .filter(device -> device.name.equals("DWheel"))
        .mapToInt(device -> Integer.parseInt(device.properties.get("State")))
        .findFirst()
        .orElse(0);
  }

  private StandInDevice device(String label) throws Exception {
    StandInDevice device = devices.get(label);
    if (device == null) {
      throw new Exception("No device with label \"" + label + "\"");
    }
    return device;
  }

  private StandInCamera camera(String label) throws Exception {
    if (device(label) instanceof StandInCamera one) {
      return one;
    }
    throw new Exception("Device \"" + label + "\" is of the wrong type for the requested operation");
  }

  private StandInCamera current() throws Exception {
    if (devices.get(camera) instanceof StandInCamera one) {
      return one;
    }
    throw new Exception("Camera not loaded or initialized.");
  }
}
