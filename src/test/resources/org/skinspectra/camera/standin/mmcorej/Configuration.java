package mmcorej;

import java.util.ArrayList;
import java.util.List;

public class Configuration {

  private final List<PropertySetting> settings = new ArrayList<>();

  public void addSetting(PropertySetting setting) {
    settings.add(setting);
  }

  public PropertySetting getSetting(long index) throws Exception {
    return settings.get((int) index);
  }

  public long size() {
    return settings.size();
  }
}
