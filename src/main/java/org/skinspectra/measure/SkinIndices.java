package org.skinspectra.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.scijava.annotations.Index;
import org.scijava.annotations.IndexItem;
import org.scijava.plugin.Plugin;
import org.skinspectra.SkinSpectraException;

/** The indices there are: every {@link SkinIndex} on the class path, highest priority first. */
public final class SkinIndices {

  /** What asks for every index. */
  public static final String ALL = "all";

  private final List<SkinIndex> indices;

  private SkinIndices(List<SkinIndex> indices) {
    this.indices = List.copyOf(indices);
  }

  /** Finds the indices by SciJava's annotation index, which needs no SciJava context. */
  public static SkinIndices discover() {
    record Found(SkinIndex index, double priority) {}
    ClassLoader loader = SkinIndex.class.getClassLoader();
    List<Found> found = new ArrayList<>();
    for (IndexItem<Plugin> item : Index.load(Plugin.class, loader)) {
      try {
        if (item.annotation().type() == SkinIndex.class) {
          Class<?> type = Class.forName(item.className(), true, loader);
          found.add(
              new Found(
                  (SkinIndex) type.getDeclaredConstructor().newInstance(),
                  item.annotation().priority()));
        }
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        // A plugin of others that cannot be loaded is not ours to report; its index is missing.
      }
    }
    found.sort(
        Comparator.comparingDouble(Found::priority)
            .reversed()
            .thenComparing(entry -> entry.index().description().key()));
    return new SkinIndices(found.stream().map(Found::index).toList());
  }

  /** Every index, in order. */
  public List<SkinIndex> all() {
    return indices;
  }

  /** The keys of every index, in order. */
  public List<String> keys() {
    return indices.stream().map(index -> index.description().key()).toList();
  }

  /**
   * Indices as people ask for them.
   *
   * @param keys separated by commas, or {@value #ALL}
   * @return each once, in the order asked for
   * @throws SkinSpectraException if there is no index of such a key, naming those there are
   */
  public List<SkinIndex> named(String keys) {
    Set<SkinIndex> chosen = new LinkedHashSet<>();
    List<String> asked =
        Arrays.stream(keys.split(",")).map(String::strip).filter(key -> !key.isEmpty()).toList();
    for (String key : asked) {
      if (key.equalsIgnoreCase(ALL)) {
        chosen.addAll(indices);
      } else {
        chosen.add(one(key));
      }
    }
    if (chosen.isEmpty()) {
      throw new SkinSpectraException("No index is named; there are " + choices() + ".");
    }
    return List.copyOf(chosen);
  }

  private SkinIndex one(String key) {
    String lower = key.toLowerCase(Locale.ROOT);
    return indices.stream()
        .filter(index -> index.description().key().equals(lower))
        .findFirst()
        .orElseThrow(
            () ->
                new SkinSpectraException(
                    "There is no index '" + key + "'; there are " + choices() + "."));
  }

  private String choices() {
    return keys().stream().collect(Collectors.joining(", ", "", ", or " + ALL));
  }
}
