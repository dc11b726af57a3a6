package mmcorej;

import java.util.ArrayList;
import java.util.List;

public class StrVector {

  private final List<String> values = new ArrayList<>();

  public void add(String value) {
    values.add(value);
  }

  public String get(int index) {
    return values.get(index);
  }

  public long size() {
    return values.size();
  }
}
