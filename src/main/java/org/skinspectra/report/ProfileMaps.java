package org.skinspectra.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.CanonicalMap;
import org.skinspectra.profile.ChannelMap;
import org.skinspectra.profile.RootPolynomialMap;
import org.skinspectra.session.CalibrationOptions;
import org.skinspectra.session.SessionCalibration;

/**
 * The maps to canonical channels that a profile has or would be given, and what deserves a look.
 *
 * @param maps the profile's own first, if it has one
 * @param firstIsStored whether the first is the profile's own
 * @param warnings for people, none if all is well
 */
public record ProfileMaps(List<ChannelMap> maps, boolean firstIsStored, List<String> warnings) {

  /** Error from which on pictures are worth little. */
  private static final double POOR_RESIDUAL = 0.01;

  private static final double POOR_CONDITION = 30;

  public ProfileMaps {
    maps = List.copyOf(maps);
    warnings = List.copyOf(warnings);
  }

  /**
   * Fits the maps of every kind.
   *
   * @throws SkinSpectraException if the profile's channels cannot be mapped
   */
  public static ProfileMaps of(CameraProfile profile) {
    List<ChannelMap> maps = new ArrayList<>();
    profile.map().ifPresent(stored -> maps.add(stored.map()));
    double noise = CalibrationOptions.DEFAULT.noiseAtWhite();
    for (String kind : List.of(CanonicalMap.KIND, RootPolynomialMap.KIND)) {
      maps.add(SessionCalibration.fit(profile, kind, noise));
    }
    return new ProfileMaps(maps, profile.map().isPresent(), warnings(profile, maps));
  }

  private static List<String> warnings(CameraProfile profile, List<ChannelMap> maps) {
    List<String> warnings = new ArrayList<>();
    for (ChannelMap map : maps) {
      if (map.residualRms() > POOR_RESIDUAL) {
        warnings.add(
            "The %s map errs by %.4f over skin. A filter that cuts infrared before R, G and B would help."
                .formatted(map.kind(), map.residualRms()));
      }
      if (map.conditionNumber() > POOR_CONDITION) {
        warnings.add(
            "The %s map has the condition number %.1f, so noise grows. Check whether two channels see nearly the same."
                .formatted(map.kind(), map.conditionNumber()));
      }
    }
    if (profile.responses().names().size() < ChannelMap.CHANNELS) {
      warnings.add("How the sensor sees 960 nm is not measured; it is taken as even.");
    }
    if (profile.registration().isEmpty()) {
      warnings.add("There is no registration; each picture is registered by itself.");
    }
    return warnings;
  }

  /** One line for each map: kind, origin, residual, condition number. */
  public String text() {
    TextTable table =
        TextTable.of("map to canonical", "from", "residual (reflectance)", "condition number");
    for (int i = 0; i < maps.size(); i++) {
      ChannelMap map = maps.get(i);
      table = table.with(map.kind(), origin(i), map.residualRms(), map.conditionNumber());
    }
    return table.text();
  }

  /** Where a map comes from, for people. */
  public String origin(int i) {
    return i == 0 && firstIsStored ? "the profile" : "fitted over simulated skin";
  }

  /** The same for machines. */
  public List<Map<String, Object>> json() {
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
