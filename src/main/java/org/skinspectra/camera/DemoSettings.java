package org.skinspectra.camera;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.PixelType;

/**
 * The devices of the demo camera, the values that their properties can have, and those they have.
 */
final class DemoSettings {

  static final String RGB = "RGB";
  static final String N960 = "N960";
  static final String SINGLE = "Camera";

  private static final String PIXEL_TYPE = "PixelType";
  private static final String BIT_DEPTH = "BitDepth";
  private static final String BAYER = "Bayer";
  private static final String TARGET = "Scene/Target";
  private static final String PERSON = "Scene/Person";
  private static final String MOUNT = "N960/Mount";
  private static final String FILTER = "Wheel/Filter";
  private static final String LIGHT = "Lamp/Light";

  private static final List<String> DEPTHS =
      IntStream.rangeClosed(8, 16).mapToObj(Integer::toString).toList();

  private static final List<String> GRAYS = List.of("16bit", "8bit", "32bit");
  private static final List<String> TYPES =
      List.of("64bitRGB", "32bitRGB", "16bit", "8bit", "32bit");
  private static final List<String> MOSAICS = List.of("RGGB", "BGGR", "GRBG", "GBRG");

  /** By {@code device/property}. */
  private static final Map<String, List<String>> POSSIBLE = possible();

  /** What the presets of group Channel set on the rigs with one camera. */
  private static final Map<String, List<DeviceSetting>> PRESETS =
      Map.of(
          "RGB",
          List.of(
              new DeviceSetting("Wheel", "Filter", "Visible"),
              new DeviceSetting("Lamp", "Light", "white")),
          "N960",
          List.of(
              new DeviceSetting("Wheel", "Filter", "960nm"),
              new DeviceSetting("Lamp", "Light", "960nm")));

  private final Map<String, String> values = new TreeMap<>();

  DemoSettings(long person) {
    POSSIBLE.forEach((key, possible) -> values.put(key, possible.get(0)));
    for (String camera : List.of(RGB, N960, SINGLE)) {
      values.put(camera + "/" + BIT_DEPTH, "12");
    }
    values.put(PERSON, Long.toString(person));
  }

  private DemoSettings(Map<String, String> values) {
    this.values.putAll(values);
  }

  DemoSettings copy() {
    return new DemoSettings(values);
  }

  private static Map<String, List<String>> possible() {
    Map<String, List<String>> possible = new LinkedHashMap<>();
    possible.put(TARGET, List.of("scene", "white", "dark"));
    for (String camera : List.of(RGB, SINGLE)) {
      possible.put(camera + "/" + PIXEL_TYPE, TYPES);
      possible.put(camera + "/" + BIT_DEPTH, DEPTHS);
      possible.put(camera + "/" + BAYER, MOSAICS);
    }
    possible.put(N960 + "/" + PIXEL_TYPE, GRAYS);
    possible.put(N960 + "/" + BIT_DEPTH, DEPTHS);
    possible.put(MOUNT, List.of("splitter", "prism"));
    possible.put(FILTER, List.of("none", "Visible", "960nm"));
    possible.put(LIGHT, List.of("both", "white", "960nm", "off"));
    return possible;
  }

  static List<String> cameras() {
    return List.of(RGB, N960, SINGLE);
  }

  /**
   * Makes the settings of a step.
   *
   * @return whether one was not made before
   * @throws SkinSpectraException if there is no such preset, device, property or value
   */
  boolean apply(RigStep step) {
    if (!cameras().contains(step.camera())) {
      throw new SkinSpectraException(
          "The demo camera has no camera '%s', which step %s asks for; it has %s. Correct the rig."
              .formatted(step.camera(), step.channel(), cameras()));
    }
    List<DeviceSetting> all = new ArrayList<>();
    step.preset().ifPresent(preset -> all.addAll(preset(preset)));
    all.addAll(step.settings());
    Map<String, String> next = new TreeMap<>(values);
    for (DeviceSetting setting : all) {
      check(setting);
      next.put(setting.device() + "/" + setting.property(), setting.value());
    }
    boolean changed = !next.equals(values);
    values.putAll(next);
    return changed;
  }

  private static List<DeviceSetting> preset(ConfigPreset preset) {
    if (!preset.group().equals("Channel") || !PRESETS.containsKey(preset.preset())) {
      throw new SkinSpectraException(
          "The demo camera has no preset %s of group %s; it has RGB and N960 of group Channel."
              .formatted(preset.preset(), preset.group()));
    }
    return PRESETS.get(preset.preset());
  }

  private static void check(DeviceSetting setting) {
    String key = setting.device() + "/" + setting.property();
    if (key.equals(PERSON)) {
      if (!setting.value().matches("\\d{1,18}")) {
        throw new SkinSpectraException(
            "The demo camera has no person '%s'; a person is a whole number from 0."
                .formatted(setting.value()));
      }
      return;
    }
    List<String> possible = POSSIBLE.get(key);
    if (possible == null) {
      throw new SkinSpectraException(
          "The demo camera has no setting %s; it has %s and %s. Correct the rig."
              .formatted(key, POSSIBLE.keySet(), PERSON));
    }
    if (!possible.contains(setting.value())) {
      throw new SkinSpectraException(
          "The demo camera's %s cannot be '%s'; it is one of %s. Correct the rig."
              .formatted(key, setting.value(), possible));
    }
  }

  void place(DemoTarget target) {
    values.put(TARGET, target.key());
  }

  DemoTarget target() {
    for (DemoTarget target : DemoTarget.values()) {
      if (target.key().equals(values.get(TARGET))) {
        return target;
      }
    }
    throw new IllegalStateException(values.get(TARGET));
  }

  long person() {
    return Long.parseLong(values.get(PERSON));
  }

  boolean behindPrism() {
    return values.get(MOUNT).equals("prism");
  }

  /** Whether white light gets to the sensor of a camera. */
  boolean seesColours(String camera) {
    String light = values.get(LIGHT);
    return camera.equals(RGB)
        || camera.equals(SINGLE)
            && (light.equals("both") || light.equals("white"))
            && !values.get(FILTER).equals("960nm");
  }

  /** Whether light of 960 nm gets to the sensor of a camera. */
  boolean seesInfrared(String camera) {
    String light = values.get(LIGHT);
    return camera.equals(N960)
        || camera.equals(SINGLE)
            && (light.equals("both") || light.equals("960nm"))
            && !values.get(FILTER).equals("Visible");
  }

  PixelType pixelType(String camera) {
    String key = values.get(camera + "/" + PIXEL_TYPE);
    return PixelType.ofKey(key).orElseThrow(() -> new IllegalStateException(key));
  }

  /** Bits in use; what the property says counts for samples of 16 bits. */
  int bits(String camera) {
    return switch (pixelType(camera)) {
      case GRAY32 -> 0;
      case GRAY8, BGRA32 -> 8;
      case GRAY16, BGRA64 -> Integer.parseInt(values.get(camera + "/" + BIT_DEPTH));
    };
  }

  /** Pattern of a raw mosaic, empty for a frame that is none. */
  String mosaic(String camera) {
    return camera.equals(N960) || pixelType(camera).channels() == 3
        ? ""
        : values.get(camera + "/" + BAYER);
  }

  /** All settings by {@code device/property}. */
  Map<String, String> all() {
    return new TreeMap<>(values);
  }
}
