package mmcorej.org.json;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

public class JSONObject {

  private final Map<String, Object> values = new LinkedHashMap<>();

  public JSONObject put(String key, Object value) throws JSONException {
    values.put(key, value);
    return this;
  }

  public Object get(String key) throws JSONException {
    if (!values.containsKey(key)) {
      throw new JSONException("JSONObject[" + key + "] not found.");
    }
    return values.get(key);
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  public Iterator<String> keys() {
    return values.keySet().iterator();
  }
}
