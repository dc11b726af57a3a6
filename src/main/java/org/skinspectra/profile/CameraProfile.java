package org.skinspectra.profile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * All that must be known of a camera, or of a pair of cameras, to turn its numbers into canonical
 * channels: what its channels see, under which light, how its sensors count, what its white
 * reference reflects, how its two images lie on each other. Immutable; two profiles are equal if
 * their files are. The file format is in the README.
 *
 * @param origin name, author, licence, source, dates, notes
 * @param responses sensitivity of the channels {@code R}, {@code G}, {@code B} and, where it was
 *     measured, {@code N960}, by wavelength, in any unit; straight between the rows and zero beyond
 *     them. With a filter {@code N960} is the sensor alone, without one it is the whole channel
 * @param filter960 the filter before the sensor that sees 960 nm
 * @param light that shines on the skin and on the white reference
 * @param rgb the sensor of R, G and B
 * @param n960 the sensor of 960 nm, where that is another one
 * @param white the white reference
 * @param registration of the 960 nm image, where it was measured
 * @param map to canonical channels, where one was fitted
 */
public record CameraProfile(
    ProfileOrigin origin,
    SpectralTable responses,
    Optional<BandFilter> filter960,
    ProfileLight light,
    SensorProfile rgb,
    Optional<SensorProfile> n960,
    WhiteReflectance white,
    Optional<ProfileRegistration> registration,
    Optional<ProfileMap> map) {

  /** Names of the channels in the table of responses; the last may be missing. */
  public static final List<String> CHANNEL_NAMES = List.of("R", "G", "B", "N960");

  static final double MIN_NM = 300;
  static final double MAX_NM = 1100;
  static final int MAX_ROWS = 2000;
  static final double MAX_RESPONSE = 1e6;
  static final double MAX_POWER = 1e12;
  static final double MAX_REFLECTANCE = 2;

  /**
   * @throws SkinSpectraException if the parts do not fit each other: a channel is missing or sees
   *     nothing, nothing is known of 960 nm, the light or the white is not known where it is needed
   */
  public CameraProfile {
    List<String> names = responses.names();
    if (!names.equals(CHANNEL_NAMES) && !names.equals(CHANNEL_NAMES.subList(0, 3))) {
      throw new SkinSpectraException(
          "'responses' has the channels %s, but a camera has R, G, B and, if measured, N960."
              .formatted(names));
    }
    requireTable("responses", responses, MAX_RESPONSE);
    light.power().ifPresent(table -> requireTable("illuminant", table, MAX_POWER));
    white.spectrum().ifPresent(table -> requireTable("whiteReflectance", table, MAX_REFLECTANCE));
    if (names.size() < CHANNEL_NAMES.size() && filter960.isEmpty()) {
      throw new SkinSpectraException(
          "Nothing says how 960 nm is seen: give 'responses.N960', 'filter960' or both.");
    }
    white.on(Wavelengths.VIS_NIR);
    response(responses, filter960, light, Wavelengths.VIS_NIR);
  }

  private static void requireTable(String key, SpectralTable table, double max) {
    double[] nm = table.wavelengths().toArray();
    Ranges.requireRows(key + ".nm", nm.length, 2, MAX_ROWS);
    Ranges.require(key + ".nm", nm, MIN_NM, MAX_NM);
    for (String name : table.names()) {
      Ranges.require(key + "." + name, table.column(name), 0, max);
    }
  }

  private static SpectralResponse response(
      SpectralTable responses, Optional<BandFilter> filter, ProfileLight light, Wavelengths grid) {
    return filter
        .map(f -> SpectralResponse.of(responses, f, light.illuminant(), grid))
        .orElseGet(() -> SpectralResponse.of(responses, light.illuminant(), grid));
  }

  /**
   * What the channels see of reflectance spectra after division by white.
   *
   * @throws SkinSpectraException if the grid does not reach the wavelengths that a channel sees
   */
  public SpectralResponse response(Wavelengths grid) {
    return response(responses, filter960, light, grid);
  }

  /** The same as a table with the columns R, G, B, N960, each of sum 1. */
  public SpectralTable effectiveResponses(Wavelengths grid) {
    double[][] weights = response(grid).weights();
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int c = 0; c < weights.length; c++) {
      columns.put(CHANNEL_NAMES.get(c), weights[c]);
    }
    return SpectralTable.of(grid, "share of the channel", columns);
  }

  /** Reflectance factor of the white reference as R, G, B and 960 nm see it. */
  public double[] whiteReflectance() {
    Wavelengths grid = Wavelengths.VIS_NIR;
    return response(grid).capture(white.on(grid));
  }

  /**
   * The sensor that takes a channel of a rig.
   *
   * @param channel such as {@code RGB}, {@code R} or {@code N960}
   */
  public SensorProfile sensor(String channel) {
    return channel.equals(CHANNEL_NAMES.get(3)) ? n960.orElse(rgb) : rgb;
  }

  /**
   * Fits a map to canonical channels.
   *
   * @param kind {@value CanonicalMap#KIND} or {@value RootPolynomialMap#KIND}
   * @param reflectances spectra such as the camera will see
   * @param noiseAtWhite standard deviation of every channel at reflectance 1; 0.01 is 40 dB
   * @throws SkinSpectraException as {@link ChannelMap#fit}
   */
  public ChannelMap fitMap(String kind, SpectralTable reflectances, double noiseAtWhite) {
    return ChannelMap.fit(
        kind,
        response(Wavelengths.VIS_NIR),
        SpectralResponse.canonical(Wavelengths.VIS_NIR),
        reflectances,
        noiseAtWhite);
  }

  /** The same profile with a map, changed on the day of its fit. */
  public CameraProfile withMap(ProfileMap newMap) {
    return new CameraProfile(
        origin.updatedOn(later(newMap.date())),
        responses,
        filter960,
        light,
        rgb,
        n960,
        white,
        registration,
        Optional.of(newMap));
  }

  /** The same profile with a registration, changed on the day of its measurement. */
  public CameraProfile withRegistration(ProfileRegistration newRegistration) {
    return new CameraProfile(
        origin.updatedOn(later(newRegistration.date())),
        responses,
        filter960,
        light,
        rgb,
        n960,
        white,
        Optional.of(newRegistration),
        map);
  }

  /** The same profile without a registration, so that each picture is registered by itself. */
  public CameraProfile withoutRegistration() {
    return new CameraProfile(
        origin, responses, filter960, light, rgb, n960, white, Optional.empty(), map);
  }

  /**
   * The same profile with other sensors, changed on a day.
   *
   * @param newRgb sensor of R, G and B
   * @param newN960 sensor of 960 nm, where that is another one
   */
  public CameraProfile withSensors(
      SensorProfile newRgb, Optional<SensorProfile> newN960, LocalDate day) {
    return new CameraProfile(
        origin.updatedOn(later(day)),
        responses,
        filter960,
        light,
        newRgb,
        newN960,
        white,
        registration,
        map);
  }

  private LocalDate later(LocalDate day) {
    return day.isBefore(origin.updated()) ? origin.updated() : day;
  }

  /** The profile as its file has it: the same text on every platform. */
  public String json() {
    return CameraProfileFiles.json(this);
  }

  /** SHA-256 of the profile's JSON in UTF-8, 64 hexadecimal digits. */
  public String id() {
    try {
      byte[] bytes = json().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /** What people want to know of it, a line each. */
  public List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add(origin.name());
    lines.add("by %s, %s".formatted(origin.author(), origin.licence()));
    lines.add("source: " + origin.source());
    lines.add("created %s, updated %s".formatted(origin.created(), origin.updated()));
    lines.add("id " + id());
    lines.add(
        "channels %s, %s to %s (%s)"
            .formatted(
                String.join(", ", responses.names()),
                responses.wavelengths().label(0),
                responses.wavelengths().label(responses.wavelengths().size() - 1),
                responses.unit()));
    lines.add(
        filter960
            .map(f -> "filter %s nm, width %s nm".formatted(text(f.centreNm()), text(f.fwhmNm())))
            .orElse("no filter: N960 is the whole channel"));
    lines.add("light " + light.name() + (light.power().isPresent() ? ", measured" : ""));
    lines.add((n960.isPresent() ? "RGB sensor: " : "sensor: ") + summary(rgb));
    n960.ifPresent(sensor -> lines.add("960 nm sensor: " + summary(sensor)));
    double[] seen = whiteReflectance();
    lines.add(
        String.format(
            Locale.ROOT,
            "white reference %.3f, %.3f, %.3f, %.3f in R, G, B, N960",
            seen[0],
            seen[1],
            seen[2],
            seen[3]));
    lines.add(
        registration
            .map(
                r -> "registration of %s, residual %s px".formatted(r.date(), text(r.residualPx())))
            .orElse("no registration: it is found in the images"));
    lines.add(
        map.map(CameraProfile::summary)
            .orElse("no map to canonical channels: it is fitted when needed"));
    origin.notes().forEach(note -> lines.add("note: " + note));
    return lines;
  }

  private static String summary(ProfileMap map) {
    return String.format(
        Locale.ROOT,
        "%s map of %s over %s: residual %.5f, condition number %.2f",
        map.map().kind(),
        map.date(),
        map.fittedOver(),
        map.map().residualRms(),
        map.map().conditionNumber());
  }

  private static String text(double number) {
    return JsonText.number(number);
  }

  private static String summary(SensorProfile sensor) {
    return (sensor.bits() == 0 ? "floating point" : sensor.bits() + " bits")
        + sensor.saturationDn().map(dn -> ", saturated from " + text(dn) + " DN").orElse("")
        + ", black level "
        + text(sensor.blackLevelDn())
        + " DN, "
        + sensor.bayer().map(pattern -> "mosaic " + pattern).orElse("no mosaic")
        + sensor
            .linearity()
            .map(table -> ", linearity by " + table.digitalNumbers().length + " rows")
            .orElse(", linear");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CameraProfile profile && json().equals(profile.json());
  }

  @Override
  public int hashCode() {
    return json().hashCode();
  }

  @Override
  public String toString() {
    return origin.name();
  }
}
