package org.skinspectra.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skinspectra.SkinSpectraIOException;

/**
 * The frames of an acquisition by their places on its axes. The channels of one position, time and
 * focal plane are the bands of an image; every other place is an image of its own.
 *
 * @param <T> what is known of a frame, from which it is read later
 */
final class AcquiredFrames<T> {

  private static final int MOST_FRAMES = 2_000_000;

  private final List<String> axes;
  private final Map<List<String>, Map<String, T>> images = new LinkedHashMap<>();
  private final Set<String> channels = new LinkedHashSet<>();
  private int count;

  /**
   * @param axes apart from the channels', as people call them, such as {@code time}
   */
  AcquiredFrames(List<String> axes) {
    this.axes = List.copyOf(axes);
  }

  /**
   * Adds a frame; the last of several at the same place counts.
   *
   * @param at its place on each of the axes
   * @return the frame that was at this place before, or null
   */
  T add(List<String> at, String channel, T frame) {
    if (++count > MOST_FRAMES) {
      throw new SkinSpectraIOException(
          "There are more than %d frames, which is more than is opened. Give one file of them."
              .formatted(MOST_FRAMES));
    }
    channels.add(channel);
    return images.computeIfAbsent(at, place -> new LinkedHashMap<>(4)).put(channel, frame);
  }

  /**
   * The frames of the image that is meant, by channel, in the order in which the channels were
   * added first.
   *
   * @throws SkinSpectraIOException if there is no such image, or it has to be chosen
   */
  Map<String, T> choose(Path file, ReadOptions options) {
    List<List<String>> places = new ArrayList<>(images.keySet());
    List<String> names = names(places);
    Map<String, T> chosen = images.get(places.get(options.chooseImage(file, names)));
    Map<String, T> ordered = new LinkedHashMap<>();
    for (String channel : channels) {
      if (chosen.containsKey(channel)) {
        ordered.put(channel, chosen.get(channel));
      }
    }
    return Collections.unmodifiableMap(ordered);
  }

  /** By what tells one from another. */
  private List<String> names(List<List<String>> places) {
    List<Integer> varying = new ArrayList<>();
    for (int axis = 0; axis < axes.size(); axis++) {
      Set<String> values = new HashSet<>();
      for (List<String> place : places) {
        values.add(place.get(axis));
      }
      if (values.size() > 1) {
        varying.add(axis);
      }
    }
    List<String> names = new ArrayList<>(places.size());
    for (List<String> place : places) {
      StringBuilder name = new StringBuilder();
      for (int axis : varying) {
        name.append(name.isEmpty() ? "" : ", ").append(axes.get(axis)).append(' ');
        name.append(place.get(axis));
      }
      names.add(name.isEmpty() ? "image" : name.toString());
    }
    return names;
  }
}
