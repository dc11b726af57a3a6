package org.skinspectra.session;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skinspectra.SoftwareVersion;

/**
 * What a new session begins with.
 *
 * @param rig text of the rig's JSON, kept as it is
 * @param profile text of the camera profile's JSON, kept as it is
 * @param versions of the source of frames, by name; those of this software, of Java and of the
 *     system are added
 * @param channels what is known of the channels, by name; {@link ChannelOptics#ofName} for others
 */
public record SessionSetup(
    Optional<String> rig,
    Optional<String> profile,
    Map<String, String> versions,
    Map<String, ChannelOptics> channels) {

  /** Nothing but frames. */
  public static final SessionSetup EMPTY =
      new SessionSetup(Optional.empty(), Optional.empty(), Map.of(), Map.of());

  public SessionSetup {
    versions = Map.copyOf(versions);
    channels = Map.copyOf(channels);
  }

  /** The versions with those that a session always records. */
  static Map<String, String> software(Map<String, String> versions) {
    Map<String, String> all = new TreeMap<>(versions);
    all.put("skin-spectra", SoftwareVersion.text());
    all.put("java", System.getProperty("java.vendor") + " " + Runtime.version());
    all.put(
        "system",
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
    return all;
  }
}
