package mmcorej;

public class PropertySetting {

  private final String device;
  private final String property;
  private final String value;

  public PropertySetting(String device, String property, String value) {
    this.device = device;
    this.property = property;
    this.value = value;
  }

  public String getDeviceLabel() {
    return device;
  }

  public String getPropertyName() {
    return property;
  }

  public String getPropertyValue() {
    return value;
  }
}
