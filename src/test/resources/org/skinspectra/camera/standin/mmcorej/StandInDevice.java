package mmcorej;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A device with properties, which is busy for its delay after one was set. */
class StandInDevice {

  final String label;
  final String library;
  final String name;
  final Map<String, String> properties = Collections.synchronizedMap(new LinkedHashMap<>());
  final Map<Integer, String> labels = new LinkedHashMap<>();
  double delayMs;
  private long readyAt = System.nanoTime();

  StandInDevice(String label, String library, String name) {
    this.label = label;
    this.library = library;
    this.name = name;
    properties.put("Fault", "");
    properties.put("Gain", "0");
    if (name.equals("DWheel")) {
      properties.put("State", "0");
      properties.put("Label", "State-0");
    }
  }

  String fault() {
    return properties.get("Fault");
  }

  void set(String property, String value) throws Exception {
    if (!properties.containsKey(property)) {
      throw new Exception(
          "Cannot set property \"" + property + "\" of device \"" + label + "\" to \"" + value
              + "\": Invalid property name encountered: " + property + " (2)");
    }
    properties.put(property, value);
    if (property.equals("Label")) {
      Integer state =
          labels.entrySet().stream()
              .filter(entry -> entry.getValue().equals(value))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElseThrow(() -> new Exception("Label not defined: " + value));
      properties.put("State", state.toString());
    } else if (property.equals("State")) {
      properties.put("Label", labels.getOrDefault(Integer.parseInt(value), "State-" + value));
    }
    readyAt = System.nanoTime() + (long) (delayMs * 1e6);
  }

  boolean busy() {
    return fault().equals("Stuck") || System.nanoTime() < readyAt;
  }
}
