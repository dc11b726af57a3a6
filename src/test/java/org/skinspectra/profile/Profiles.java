package org.skinspectra.profile;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.random.Well19937c;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/** Profiles and spectra for tests. */
final class Profiles {

  static final LocalDate DAY = LocalDate.of(2026, 3, 31);
  static final Wavelengths ROWS = Wavelengths.of(400, 500, 600, 700);

  private Profiles() {}

  /** One with every key that there is. */
  static CameraProfile complete() {
    Wavelengths wide = Wavelengths.of(300, 450, 960, 1100);
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("R", new double[] {0, 0.25, 1, 0.5});
    columns.put("G", new double[] {0, 1, 0.5, 0});
    columns.put("B", new double[] {1, 0.5, 0, 0});
    columns.put("N960", new double[] {1, 1, 1, 1});
    Wavelengths all = Wavelengths.of(400, 700, 1000);
    SensorProfile rgb =
        new SensorProfile(
            12,
            Optional.of(4000.0),
            64.5,
            Optional.of(BayerPattern.GBRG),
            Optional.of(
                LinearityCurve.of(new double[] {0, 1000, 4095}, new double[] {0, 990, 4200})));
    double[][] map = {{0.9, 0.1, 0, 0}, {0, 1, 0, 0}, {0, -0.25, 1.25, 0}, {0, 0, 0.125, 0.875}};
    return new CameraProfile(
        new ProfileOrigin(
            "D1 & D2", "A. Nobody", "CC0-1.0", "\"bench\" 7", DAY, DAY, List.of("one", "two")),
        SpectralTable.of(Wavelengths.of(300, 500, 700, 1100), "A/W", withInfrared(columns)),
        Optional.of(new BandFilter(958.5, 12)),
        new ProfileLight(
            "lamp 3",
            Optional.of(
                SpectralTable.of(wide, "relative power", "power", new double[] {1, 2, 3, 2.5}))),
        rgb,
        Optional.of(SensorProfile.linear(0, -1)),
        WhiteReflectance.of(
            SpectralTable.of(
                all, "reflectance factor", "reflectance", new double[] {0.98, 0.99, 0.97})),
        Optional.of(
            ProfileRegistration.of(new double[] {2, 0, 4, 0, 2, -6, 0, 1e-5, 2}, 0.21, DAY)),
        Optional.of(new ProfileMap(CanonicalMap.of(map, 0.0012), "70 forearms", DAY)));
  }

  private static Map<String, double[]> withInfrared(Map<String, double[]> columns) {
    columns.put("N960", new double[] {0, 0.5, 1, 0.25});
    return columns;
  }

  /** One with no key that may be missing. */
  static CameraProfile least() {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("R", new double[] {0, 0, 1, 1});
    columns.put("G", new double[] {0, 1, 1, 0});
    columns.put("B", new double[] {1, 1, 0, 0});
    return new CameraProfile(
        new ProfileOrigin("D1", "A. Nobody", "CC0-1.0", "bench", DAY, DAY, List.of()),
        SpectralTable.of(ROWS, "relative", columns),
        Optional.of(BandFilter.ASSUMED),
        ProfileLight.named("D65"),
        SensorProfile.linear(8, 0),
        Optional.empty(),
        WhiteReflectance.of(1),
        Optional.empty(),
        Optional.empty());
  }

  /** The JSON of a profile with one value replaced, by its path: {@code sensors.RGB.bits}. */
  static JsonObject with(CameraProfile profile, String path, String value) {
    JsonObject json = JsonParser.parseString(profile.json()).getAsJsonObject();
    String[] keys = path.split("\\.");
    JsonElement parent = json;
    for (int i = 0; i + 1 < keys.length; i++) {
      parent =
          parent.isJsonArray()
              ? parent.getAsJsonArray().get(Integer.parseInt(keys[i]))
              : parent.getAsJsonObject().get(keys[i]);
    }
    String last = keys[keys.length - 1];
    JsonElement element = JsonParser.parseString(value.replace('\'', '"'));
    if (parent.isJsonArray()) {
      parent.getAsJsonArray().set(Integer.parseInt(last), element);
    } else if (value.equals("'-'")) {
      parent.getAsJsonObject().remove(last);
    } else {
      parent.getAsJsonObject().add(last, element);
    }
    return json;
  }

  /** Smooth reflectances. */
  static SpectralTable reflectances(int count, long seed) {
    Well19937c random = new Well19937c(seed);
    Wavelengths grid = Wavelengths.VIS_NIR;
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      double start = 0.05 + 0.3 * random.nextDouble();
      double rise = 0.5 * random.nextDouble();
      double middle = 500 + 200 * random.nextDouble();
      double dip = 0.05 * random.nextDouble();
      double[] spectrum = new double[grid.size()];
      for (int b = 0; b < spectrum.length; b++) {
        double nm = grid.get(b);
        spectrum[b] =
            start
                + rise / (1 + Math.exp(-(nm - middle) / 40))
                - dip * Math.exp(-Math.pow((nm - 970) / 30, 2));
      }
      columns.put("spectrum " + i, spectrum);
    }
    return SpectralTable.of(grid, "reflectance factor", columns);
  }
}
