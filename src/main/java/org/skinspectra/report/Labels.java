package org.skinspectra.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Labels that tell things of equal names apart. */
public final class Labels {

  private Labels() {}

  /**
   * A label of its own for each thing: its name, its place where others have the same name, and a
   * number after it where even that is taken.
   *
   * @param names such as file names
   * @param places such as paths, in the order of the names
   */
  public static List<String> distinct(List<String> names, List<String> places) {
    List<String> labels = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      boolean shared = Collections.frequency(names, names.get(i)) > 1;
      String wanted = shared ? places.get(i) : names.get(i);
      String label = wanted;
      for (int number = 2; !taken.add(label); number++) {
        label = "%s (%d)".formatted(wanted, number);
      }
      labels.add(label);
    }
    return labels;
  }
}
