package org.skinspectra.camera;

import java.util.List;

/**
 * The calls to MMCore that taking frames needs, in types that both class loaders share: ours and
 * the one that holds the user's {@code mmcorej}. Only for that reason it is public. The methods do
 * what those of the same names in {@code mmcorej.CMMCore} do, and fail as they do.
 */
public interface MMCoreCalls {

  String versionInfo() throws Exception;

  String apiVersionInfo() throws Exception;

  void setDeviceAdapterSearchPath(String folder) throws Exception;

  void loadSystemConfiguration(String file) throws Exception;

  void unloadAllDevices() throws Exception;

  /** Labels of all loaded devices, MMCore itself among them. */
  List<String> devices() throws Exception;

  /** Labels of the loaded cameras. */
  List<String> cameras() throws Exception;

  /** Adapter and name of a device, such as {@code DemoCamera/DCam}. */
  String deviceModel(String label) throws Exception;

  int timeoutMs() throws Exception;

  void setTimeoutMs(int timeoutMs) throws Exception;

  /** Label of the camera that the next image comes from; empty where there is none. */
  String cameraDevice() throws Exception;

  void setCameraDevice(String label) throws Exception;

  /** What a preset sets, in its order. */
  List<DeviceSetting> preset(String group, String name) throws Exception;

  void setConfig(String group, String name) throws Exception;

  boolean hasProperty(String device, String property) throws Exception;

  /** The value that the device itself reports. */
  String property(String device, String property) throws Exception;

  void setProperty(String device, String property, String value) throws Exception;

  List<String> allowedValues(String device, String property) throws Exception;

  void waitForDevice(String label) throws Exception;

  SensorRegion region(String camera) throws Exception;

  void setRegion(String camera, SensorRegion region) throws Exception;

  /** Of the current camera. */
  void clearRegion() throws Exception;

  double exposure(String camera) throws Exception;

  void setExposure(String camera, double exposureMs) throws Exception;

  /** Of the current camera, as are all that follow without a label. */
  long imageWidth() throws Exception;

  long imageHeight() throws Exception;

  long bytesPerPixel() throws Exception;

  long numberOfComponents() throws Exception;

  long numberOfCameraChannels() throws Exception;

  void snapImage() throws Exception;

  MMCoreImage taggedImage() throws Exception;

  void initializeCircularBuffer() throws Exception;

  int bufferTotalCapacity() throws Exception;

  long circularBufferMemoryFootprint() throws Exception;

  void setCircularBufferMemoryFootprint(long mebibytes) throws Exception;

  void startSequenceAcquisition(String camera, int count) throws Exception;

  void startContinuousSequenceAcquisition() throws Exception;

  void stopSequenceAcquisition(String camera) throws Exception;

  boolean isSequenceRunning(String camera) throws Exception;

  int remainingImageCount() throws Exception;

  boolean isBufferOverflowed() throws Exception;

  MMCoreImage popNextTaggedImage() throws Exception;

  MMCoreImage lastTaggedImage() throws Exception;
}
