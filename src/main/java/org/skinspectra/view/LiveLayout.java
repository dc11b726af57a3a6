package org.skinspectra.view;

import java.util.Arrays;
import java.util.List;

/** How a live view shows colours and 960 nm. */
public enum LiveLayout {
  SIDE_BY_SIDE("RGB | 960 nm"),
  BLENDED("RGB + 960 nm blended"),
  COLOUR("RGB only"),
  INFRARED("960 nm only");

  private final String label;

  LiveLayout(String label) {
    this.label = label;
  }

  /** For people. */
  public String label() {
    return label;
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(LiveLayout::label).toList();
  }
}
