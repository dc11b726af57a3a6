package org.skinspectra.view;

import ij.process.ColorProcessor;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.skinspectra.cube.Frame;
import org.skinspectra.profile.BayerPattern;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.SensorProfile;
import org.skinspectra.spectra.Srgb;

/**
 * Raw frames as a picture to focus and to expose by: counts over the black level as a share of full
 * scale, encoded as sRGB, in the camera's own colours. Of a mosaic every 2x2 pixels are shown in
 * one colour, so that a pixel of the picture stays a pixel of the sensor.
 */
final class LivePicture {

  /** Of pixels at full scale: seen on skin, on white and on black. */
  static final int SATURATED = 0xffff00ff;

  private static final int STEPS = 1 << 12;
  private static final byte[] ENCODED = encoded();
  private static final String INFRARED = "N960";
  private static final String COLOUR = "RGB";

  private final CameraProfile profile;

  LivePicture(CameraProfile profile) {
    this.profile = profile;
  }

  private static byte[] encoded() {
    byte[] table = new byte[STEPS + 1];
    for (int i = 0; i <= STEPS; i++) {
      table[i] = (byte) Srgb.encode((double) i / STEPS);
    }
    return table;
  }

  /**
   * The picture of the newest frames.
   *
   * @param frames by the channel of their step; a layout shows those that there are
   * @param saturation whether pixels at full scale are marked
   * @param gain times that it is shown brighter than it is
   * @return empty without any frame that the layout shows
   */
  Optional<ColorProcessor> render(
      Map<String, Frame> frames, LiveLayout layout, boolean saturation, int gain) {
    Optional<ColorProcessor> colour =
        layout == LiveLayout.INFRARED ? Optional.empty() : colour(frames, saturation, gain);
    Optional<ColorProcessor> infrared =
        layout == LiveLayout.COLOUR || !frames.containsKey(INFRARED)
            ? Optional.empty()
            : Optional.of(grey(frames.get(INFRARED), saturation, gain));
    if (colour.isEmpty() || infrared.isEmpty()) {
      return colour.isPresent() ? colour : infrared;
    }
    return Optional.of(
        layout == LiveLayout.BLENDED
            ? blend(colour.get(), infrared.get())
            : beside(colour.get(), infrared.get()));
  }

  /** Where the 960 nm image begins beside the colours; 0 where it is not beside them. */
  static int infraredX(Map<String, Frame> frames, LiveLayout layout) {
    if (layout != LiveLayout.SIDE_BY_SIDE || !frames.containsKey(INFRARED)) {
      return 0;
    }
    return frames.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(INFRARED))
        .mapToInt(entry -> entry.getValue().width())
        .findFirst()
        .orElse(0);
  }

  // -- Panels --

  private Optional<ColorProcessor> colour(Map<String, Frame> frames, boolean saturation, int gain) {
    if (frames.containsKey(COLOUR)) {
      Frame frame = frames.get(COLOUR);
      return Optional.of(
          frame.type().channels() == 3
              ? picture(new Frame[] {frame, frame, frame}, new int[] {0, 1, 2}, saturation, gain)
              : mosaic(frame)
                  .map(pattern -> mosaic(frame, pattern, saturation, gain))
                  .orElseGet(() -> grey(frame, saturation, gain)));
    }
    Frame[] planes =
        CameraProfile.CHANNEL_NAMES.subList(0, 3).stream().map(frames::get).toArray(Frame[]::new);
    Optional<Frame> first = Arrays.stream(planes).filter(p -> p != null).findFirst();
    boolean fit =
        first.isPresent()
            && Arrays.stream(planes)
                .allMatch(
                    p ->
                        p != null
                            && p.width() == first.get().width()
                            && p.height() == first.get().height());
    if (fit) {
      return Optional.of(picture(planes, new int[] {0, 0, 0}, saturation, gain));
    }
    return first.map(frame -> grey(frame, saturation, gain));
  }

  private Optional<BayerPattern> mosaic(Frame frame) {
    return Math.min(frame.width(), frame.height()) < 2
        ? Optional.empty()
        : profile.sensor(frame.tags().channel()).bayer();
  }

  private ColorProcessor grey(Frame frame, boolean saturation, int gain) {
    int[] channels = frame.type().channels() == 3 ? new int[] {0, 1, 2} : new int[] {0, 0, 0};
    return picture(new Frame[] {frame, frame, frame}, channels, saturation, gain);
  }

  private ColorProcessor picture(Frame[] frames, int[] channels, boolean saturation, int gain) {
    int width = frames[0].width();
    int height = frames[0].height();
    float[][] planes = new float[3][];
    Scale[] scales = new Scale[3];
    for (int c = 0; c < 3; c++) {
      boolean same = c > 0 && frames[c] == frames[0] && channels[c] == channels[0];
      planes[c] = same ? planes[0] : frames[c].plane(channels[c]);
      scales[c] = same ? scales[0] : scale(frames[c], planes[c], gain);
    }
    int[] pixels = new int[width * height];
    for (int i = 0; i < pixels.length; i++) {
      float r = planes[0][i];
      float g = planes[1][i];
      float b = planes[2][i];
      pixels[i] =
          saturation && (scales[0].full(r) || scales[1].full(g) || scales[2].full(b))
              ? SATURATED
              : pack(scales[0].level(r), scales[1].level(g), scales[2].level(b));
    }
    return new ColorProcessor(width, height, pixels);
  }

  private ColorProcessor mosaic(Frame frame, BayerPattern pattern, boolean saturation, int gain) {
    int width = frame.width();
    int height = frame.height();
    float[] plane = frame.plane(0);
    Scale scale = scale(frame, plane, gain);
    int[] pixels = new int[width * height];
    float[] sums = new float[3];
    for (int y = 0; y < height; y++) {
      int top = Math.min(y & ~1, height - 2);
      for (int x = 0; x < width; x++) {
        int left = Math.min(x & ~1, width - 2);
        Arrays.fill(sums, 0);
        for (int i = 0; i < 4; i++) {
          int px = left + (i & 1);
          int py = top + (i >> 1);
          int channel = pattern.channel(px, py);
          sums[channel] += scale.level(plane[py * width + px]) / (channel == 1 ? 2 : 1);
        }
        pixels[y * width + x] =
            saturation && scale.full(plane[y * width + x])
                ? SATURATED
                : pack(sums[0], sums[1], sums[2]);
      }
    }
    return new ColorProcessor(width, height, pixels);
  }

  private static int pack(float red, float green, float blue) {
    return 0xff000000
        | (ENCODED[Math.round(red * STEPS)] & 0xff) << 16
        | (ENCODED[Math.round(green * STEPS)] & 0xff) << 8
        | ENCODED[Math.round(blue * STEPS)] & 0xff;
  }

  // -- Scale --

  /**
   * Counts on their way to levels.
   *
   * @param range that is shown from black to white
   * @param saturated count that is marked
   */
  private record Scale(float black, float range, float saturated) {

    float level(float count) {
      float level = (count - black) / range;
      return level > 0 ? Math.min(level, 1) : 0;
    }

    boolean full(float count) {
      return count >= saturated;
    }
  }

  /** By the profile, where it is of such frames; floating point by its greatest number. */
  private Scale scale(Frame frame, float[] plane, int gain) {
    if (frame.bits() == 0) {
      double max = IntStream.range(0, plane.length).mapToDouble(i -> plane[i]).max().orElse(1);
      return new Scale(0, max > 0 ? (float) max / gain : 1, Float.POSITIVE_INFINITY);
    }
    SensorProfile sensor = profile.sensor(frame.tags().channel());
    boolean same = frame.bits() == sensor.bits();
    float black = same ? (float) sensor.blackLevelDn() : 0;
    float full = (float) (same ? sensor.fullScaleDn() : frame.fullScale());
    return new Scale(black, (full - black) / gain, full);
  }

  // -- Both --

  private static ColorProcessor beside(ColorProcessor left, ColorProcessor right) {
    ColorProcessor both =
        new ColorProcessor(
            left.getWidth() + right.getWidth(), Math.max(left.getHeight(), right.getHeight()));
    both.insert(left, 0, 0);
    both.insert(right, left.getWidth(), 0);
    return both;
  }

  /**
   * The mean of both where they meet, so that edges that do not lie on each other are seen twice.
   */
  private static ColorProcessor blend(ColorProcessor below, ColorProcessor above) {
    ColorProcessor both = (ColorProcessor) below.duplicate();
    int width = Math.min(below.getWidth(), above.getWidth());
    int height = Math.min(below.getHeight(), above.getHeight());
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int a = below.get(x, y);
        int b = above.get(x, y);
        // A mark stays a mark.
        both.set(
            x,
            y,
            a == SATURATED || b == SATURATED
                ? SATURATED
                : 0xff000000 | ((a & 0xfefefe) >>> 1) + ((b & 0xfefefe) >>> 1));
      }
    }
    return both;
  }
}
