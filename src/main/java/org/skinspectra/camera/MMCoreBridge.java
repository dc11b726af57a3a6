package org.skinspectra.camera;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mmcorej.CMMCore;
import mmcorej.Configuration;
import mmcorej.DeviceType;
import mmcorej.PropertySetting;
import mmcorej.StrVector;
import mmcorej.TaggedImage;
import mmcorej.org.json.JSONObject;

/**
 * The one class that touches {@code mmcorej}: {@link MMCoreLoader} loads it beside the user's own
 * jar. Whoever holds it holds the core, whose finalizer unloads all devices.
 */
public final class MMCoreBridge implements MMCoreCalls {

  private final CMMCore core;

  /** Makes a core, with which the native library is loaded. */
  public MMCoreBridge() {
    this(new CMMCore());
  }

  /**
   * @param core that runs already, an {@code mmcorej.CMMCore}
   */
  public MMCoreBridge(Object core) {
    this.core = (CMMCore) core;
  }

  @Override
  public String versionInfo() {
    return core.getVersionInfo();
  }

  @Override
  public String apiVersionInfo() {
    return core.getAPIVersionInfo();
  }

  @Override
  public void setDeviceAdapterSearchPath(String folder) {
    StrVector paths = new StrVector();
    paths.add(folder);
    core.setDeviceAdapterSearchPaths(paths);
  }

  @Override
  public void loadSystemConfiguration(String file) throws Exception {
    core.loadSystemConfiguration(file);
  }

  @Override
  public void unloadAllDevices() throws Exception {
    core.unloadAllDevices();
  }

  @Override
  public List<String> devices() {
    return list(core.getLoadedDevices());
  }

  @Override
  public List<String> cameras() {
    return list(core.getLoadedDevicesOfType(DeviceType.CameraDevice));
  }

  @Override
  public String deviceModel(String label) throws Exception {
    return core.getDeviceLibrary(label) + "/" + core.getDeviceName(label);
  }

  @Override
  public int timeoutMs() {
    return core.getTimeoutMs();
  }

  @Override
  public void setTimeoutMs(int timeoutMs) {
    core.setTimeoutMs(timeoutMs);
  }

  @Override
  public String cameraDevice() {
    return core.getCameraDevice();
  }

  @Override
  public void setCameraDevice(String label) throws Exception {
    core.setCameraDevice(label);
  }

  @Override
  public List<DeviceSetting> preset(String group, String name) throws Exception {
    Configuration settings = core.getConfigData(group, name);
    List<DeviceSetting> list = new ArrayList<>();
    for (long i = 0; i < settings.size(); i++) {
      PropertySetting setting = settings.getSetting(i);
      list.add(
          new DeviceSetting(
              setting.getDeviceLabel(), setting.getPropertyName(), setting.getPropertyValue()));
    }
    return list;
  }

  @Override
  public void setConfig(String group, String name) throws Exception {
    core.setConfig(group, name);
  }

  @Override
  public boolean hasProperty(String device, String property) throws Exception {
    return core.hasProperty(device, property);
  }

  @Override
  public String property(String device, String property) throws Exception {
    return core.getProperty(device, property);
  }

  @Override
  public void setProperty(String device, String property, String value) throws Exception {
    core.setProperty(device, property, value);
  }

  @Override
  public List<String> allowedValues(String device, String property) throws Exception {
    return list(core.getAllowedPropertyValues(device, property));
  }

  @Override
  public void waitForDevice(String label) throws Exception {
    core.waitForDevice(label);
  }

  /** Not by the call that gives a rectangle of AWT, which would load AWT. */
  @Override
  public SensorRegion region(String camera) throws Exception {
    int[] x = new int[1];
    int[] y = new int[1];
    int[] width = new int[1];
    int[] height = new int[1];
    core.getROI(camera, x, y, width, height);
    return new SensorRegion(x[0], y[0], width[0], height[0]);
  }

  @Override
  public void setRegion(String camera, SensorRegion region) throws Exception {
    core.setROI(camera, region.x(), region.y(), region.width(), region.height());
  }

  @Override
  public void clearRegion() throws Exception {
    core.clearROI();
  }

  @Override
  public double exposure(String camera) throws Exception {
    return core.getExposure(camera);
  }

  @Override
  public void setExposure(String camera, double exposureMs) throws Exception {
    core.setExposure(camera, exposureMs);
  }

  @Override
  public long imageWidth() {
    return core.getImageWidth();
  }

  @Override
  public long imageHeight() {
    return core.getImageHeight();
  }

  @Override
  public long bytesPerPixel() {
    return core.getBytesPerPixel();
  }

  @Override
  public long numberOfComponents() {
    return core.getNumberOfComponents();
  }

  @Override
  public long numberOfCameraChannels() {
    return core.getNumberOfCameraChannels();
  }

  @Override
  public void snapImage() throws Exception {
    core.snapImage();
  }

  @Override
  public MMCoreImage taggedImage() throws Exception {
    return image(core.getTaggedImage());
  }

  @Override
  public void initializeCircularBuffer() throws Exception {
    core.initializeCircularBuffer();
  }

  @Override
  public int bufferTotalCapacity() {
    return core.getBufferTotalCapacity();
  }

  @Override
  public long circularBufferMemoryFootprint() {
    return core.getCircularBufferMemoryFootprint();
  }

  @Override
  public void setCircularBufferMemoryFootprint(long mebibytes) throws Exception {
    core.setCircularBufferMemoryFootprint(mebibytes);
  }

  @Override
  public void startSequenceAcquisition(String camera, int count) throws Exception {
    core.startSequenceAcquisition(camera, count, 0, true);
  }

  @Override
  public void startContinuousSequenceAcquisition() throws Exception {
    core.startContinuousSequenceAcquisition(0);
  }

  @Override
  public void stopSequenceAcquisition(String camera) throws Exception {
    core.stopSequenceAcquisition(camera);
  }

  @Override
  public boolean isSequenceRunning(String camera) throws Exception {
    return core.isSequenceRunning(camera);
  }

  @Override
  public int remainingImageCount() {
    return core.getRemainingImageCount();
  }

  @Override
  public boolean isBufferOverflowed() {
    return core.isBufferOverflowed();
  }

  @Override
  public MMCoreImage popNextTaggedImage() throws Exception {
    return image(core.popNextTaggedImage());
  }

  @Override
  public MMCoreImage lastTaggedImage() throws Exception {
    return image(core.getLastTaggedImage());
  }

  private static MMCoreImage image(TaggedImage image) throws Exception {
    Map<String, String> tags = new TreeMap<>();
    JSONObject delivered = image.tags;
    if (delivered != null) {
      for (Iterator<String> keys = delivered.keys(); keys.hasNext(); ) {
        String key = keys.next();
        tags.put(key, String.valueOf(delivered.get(key)));
      }
    }
    return new MMCoreImage(image.pix, tags);
  }

  private static List<String> list(StrVector vector) {
    List<String> list = new ArrayList<>();
    for (int i = 0; i < vector.size(); i++) {
      list.add(vector.get(i));
    }
    return list;
  }
}
