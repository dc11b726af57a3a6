package mmcorej;

public final class DeviceType {

  public static final DeviceType CameraDevice = new DeviceType();
  public static final DeviceType StateDevice = new DeviceType();

  private DeviceType() {}
}
