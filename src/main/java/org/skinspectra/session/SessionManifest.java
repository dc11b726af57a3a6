package org.skinspectra.session;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a session holds, as its {@code manifest.json} says; see {@link ManifestText}.
 *
 * @param id that every frame's file repeats
 * @param created when the session began
 * @param uses every time that it was open for writing
 * @param channels what is known of them, by name
 * @param documents rig, profile and such
 * @param frames in the order in which they were stored
 * @param checks in the order in which they were made
 * @param derived in the order in which they were made
 */
record SessionManifest(
    UUID id,
    OffsetDateTime created,
    List<SessionUse> uses,
    Map<String, ChannelOptics> channels,
    List<SessionDocument> documents,
    List<StoredFrame> frames,
    List<SessionCheck> checks,
    List<DerivedResult> derived) {

  static final String FILE = "manifest.json";
  static final String FRAMES = "frames";
  static final String DERIVED = "derived";
  static final String PROVENANCE = "provenance.json";

  /** Names of files and folders: what every system can have, and nothing that leads elsewhere. */
  static final String NAME = "[A-Za-z0-9_][A-Za-z0-9._-]{0,199}";

  static final Pattern FRAME_PATH =
      Pattern.compile(FRAMES + "/" + NAME + Pattern.quote(FrameFile.ENDING));
  static final Pattern DOCUMENT_NAME = Pattern.compile("(?!manifest)[a-z]{1,40}");
  static final Pattern DOCUMENT_PATH =
      Pattern.compile("(?<name>(?!manifest)[a-z]{1,40})(-[1-9][0-9]{0,5})?\\.json");
  static final Pattern DERIVED_FOLDER = Pattern.compile(DERIVED + "/[0-9]{3,6}-" + NAME);

  SessionManifest {
    uses = List.copyOf(uses);
    channels = Collections.unmodifiableMap(new TreeMap<>(channels));
    documents = List.copyOf(documents);
    frames = List.copyOf(frames);
    checks = List.copyOf(checks);
    derived = List.copyOf(derived);
  }

  ChannelOptics optics(String channel) {
    return Optional.ofNullable(channels.get(channel)).orElse(ChannelOptics.ofName(channel));
  }

  // -- With more --

  SessionManifest withUse(SessionUse use) {
    return new SessionManifest(
        id, created, plus(uses, List.of(use)), channels, documents, frames, checks, derived);
  }

  SessionManifest withDocuments(List<SessionDocument> more) {
    return new SessionManifest(
        id, created, uses, channels, plus(documents, more), frames, checks, derived);
  }

  SessionManifest withFrames(List<StoredFrame> more) {
    return new SessionManifest(
        id, created, uses, channels, documents, plus(frames, more), checks, derived);
  }

  SessionManifest withChecks(List<SessionCheck> more) {
    return new SessionManifest(
        id, created, uses, channels, documents, frames, plus(checks, more), derived);
  }

  SessionManifest withDerived(List<DerivedResult> more) {
    return new SessionManifest(
        id, created, uses, channels, documents, frames, checks, plus(derived, more));
  }

  private static <T> List<T> plus(List<T> list, List<T> more) {
    List<T> all = new ArrayList<>(list);
    all.addAll(more);
    return all;
  }
}
