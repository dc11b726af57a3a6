package org.skinspectra.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.Mask;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.ChannelStatistics;
import org.skinspectra.profile.FrameStatistics;
import org.skinspectra.session.CapturedFrame;
import org.skinspectra.session.FrameKind;

/** Frames in numbers to expose and to focus by, a row for each channel. */
public final class FrameTable {

  private final CameraProfile profile;
  private final List<Map<String, Object>> rows = new ArrayList<>();

  public FrameTable(CameraProfile profile) {
    this.profile = profile;
  }

  /** Adds a frame of a session. References have no focus: there is nothing to be seen on them. */
  public void add(CapturedFrame captured) {
    boolean image = captured.kind() == FrameKind.IMAGE;
    String what = image ? "image, time " + captured.timePoint() : captured.kind().key();
    add(what, captured.frame(), image);
  }

  /** Adds the channels of a frame, under words that say which it is. */
  public void add(String what, Frame frame) {
    add(what, frame, true);
  }

  private void add(String what, Frame frame, boolean focused) {
    FrameStatistics statistics =
        FrameStatistics.of(frame, profile, Mask.all(frame.width(), frame.height()));
    for (ChannelStatistics channel : statistics.channels()) {
      double level = statistics.level(channel);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("frame", what);
      row.put("step", frame.tags().channel());
      row.put("channel", channel.name());
      row.put("exposure_ms", frame.tags().exposureMs());
      row.put("mean_dn", channel.mean());
      row.put("level_percent", 100 * level);
      row.put("saturated_percent", 100 * channel.saturated());
      row.put("focus", focused ? channel.focus() : "-");
      rows.add(row);
    }
  }

  public String text() {
    TextTable table =
        TextTable.of(
            "frame",
            "step",
            "channel",
            "exposure (ms)",
            "mean (DN)",
            "level (% of full scale)",
            "saturated (%)",
            "focus");
    for (Map<String, Object> row : rows) {
      table = table.with(row.values().toArray());
    }
    return table.text();
  }

  /** The same rows; a focus that is not there is null. */
  public List<Map<String, Object>> json() {
    List<Map<String, Object>> json = new ArrayList<>();
    for (Map<String, Object> row : rows) {
      Map<String, Object> copy = new LinkedHashMap<>(row);
      copy.computeIfPresent("focus", (key, focus) -> focus.equals("-") ? Double.NaN : focus);
      json.add(copy);
    }
    return json;
  }
}
