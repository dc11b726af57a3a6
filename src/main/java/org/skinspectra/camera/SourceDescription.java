package org.skinspectra.camera;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a source of frames is, for the log and for the session.
 *
 * @param name for people
 * @param cameras labels of the cameras it has
 * @param versions of software and interfaces, and the models of all devices, by name
 */
public record SourceDescription(String name, List<String> cameras, Map<String, String> versions) {
  public SourceDescription {
    cameras = List.copyOf(cameras);
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
  }
}
