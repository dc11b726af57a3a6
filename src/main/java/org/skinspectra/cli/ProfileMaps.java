package org.skinspectra.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.CanonicalMap;
import org.skinspectra.profile.ChannelMap;
import org.skinspectra.profile.RootPolynomialMap;
import org.skinspectra.report.TextTable;
import org.skinspectra.session.CalibrationOptions;
import org.skinspectra.session.SessionCalibration;

/** The maps to canonical channels that a profile has or would be given. */
record ProfileMaps(List<ChannelMap> maps, boolean firstIsStored) {

  static ProfileMaps of(CameraProfile profile) {
    List<ChannelMap> maps = new ArrayList<>();
    profile.map().ifPresent(stored -> maps.add(stored.map()));
    double noise = CalibrationOptions.DEFAULT.noiseAtWhite();
    for (String kind : List.of(CanonicalMap.KIND, RootPolynomialMap.KIND)) {
      maps.add(SessionCalibration.fit(profile, kind, noise));
    }
    return new ProfileMaps(maps, profile.map().isPresent());
  }

  String text() {
    TextTable table =
        TextTable.of("map to canonical", "from", "residual (reflectance)", "condition number");
    for (int i = 0; i < maps.size(); i++) {
      ChannelMap map = maps.get(i);
      table = table.with(map.kind(), origin(i), map.residualRms(), map.conditionNumber());
    }
    return table.text();
  }

  private String origin(int i) {
    return i == 0 && firstIsStored ? "the profile" : "fitted over simulated skin";
  }

  List<Map<String, Object>> json() {
    List<Map<String, Object>> json = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("kind", maps.get(i).kind());
      map.put("from", origin(i));
      map.put("residual", maps.get(i).residualRms());
      map.put("condition_number", maps.get(i).conditionNumber());
      json.add(map);
    }
    return json;
  }
}
