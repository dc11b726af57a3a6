package org.skinspectra.camera;

import java.lang.reflect.Array;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.PixelType;

/**
 * Makes frames of the images of MMCore, of which it makes sure that they are those that were asked
 * for: MMCore gives the current camera's last buffer, whatever it holds. Used on the core's thread
 * only.
 */
final class MMCoreFrames {

  /** MMCore's names in tags; PixelType has those of the cameras' property. */
  private static final Map<String, PixelType> TYPES =
      Map.of(
          "GRAY8", PixelType.GRAY8,
          "GRAY16", PixelType.GRAY16,
          "GRAY32", PixelType.GRAY32,
          "RGB32", PixelType.BGRA32,
          "RGB64", PixelType.BGRA64);

  private final MMCoreCalls core;
  private final Map<String, Object> last = new HashMap<>();

  /**
   * How a camera delivers images now.
   *
   * @param width pixels
   * @param height pixels
   */
  record Format(int width, int height, PixelType type) {
    @Override
    public String toString() {
      return "%dx%d pixels %s".formatted(width, height, type.key());
    }
  }

  MMCoreFrames(MMCoreCalls core) {
    this.core = core;
  }

  /**
   * How the current camera delivers images.
   *
   * @throws SkinSpectraException if it is not the step's, stands for several, or has a pixel type
   *     that is not known
   */
  Format format(RigStep step) throws Exception {
    String current = core.cameraDevice();
    if (!current.equals(step.camera())) {
      throw new SkinSpectraException(
          ("The camera of the step %s is %s, but Micro-Manager has changed to '%s' meanwhile. Let"
                  + " no other program part use its cameras, and try again.")
              .formatted(step.channel(), step.camera(), current));
    }
    long cameras = core.numberOfCameraChannels();
    if (cameras != 1) {
      throw new SkinSpectraException(
          ("%s stands for %d cameras at once, which lose frames where their pixels differ. Name one"
                  + " of them in the step %s and another in a step of its own.")
              .formatted(step.camera(), cameras, step.channel()));
    }
    long bytes = core.bytesPerPixel();
    long components = core.numberOfComponents();
    PixelType type = null;
    for (PixelType one : PixelType.values()) {
      boolean fits = one.bytesPerSample() * one.samplesPerPixel() == bytes;
      if (fits && one.samplesPerPixel() == (components == 3 ? 4 : components)) {
        type = one;
      }
    }
    long width = core.imageWidth();
    long height = core.imageHeight();
    if (type == null || width < 1 || height < 1 || width * height > Integer.MAX_VALUE / 4) {
      throw new SkinSpectraException(
          ("%s delivers %dx%d pixels of %d bytes in %d components, which cannot be read. Set its"
                  + " pixel type to 8bit, 16bit, 32bit, 32bitRGB or 64bitRGB.")
              .formatted(step.camera(), width, height, bytes, components));
    }
    SensorRegion region = step.region().orElse(core.region(step.camera()));
    if (region.width() != width || region.height() != height) {
      throw new SkinSpectraException(
          ("%s reads a region of %dx%d pixels but delivers images of %dx%d. Choose the whole sensor"
                  + " in the step %s, or update the camera's driver.")
              .formatted(
                  step.camera(), region.width(), region.height(), width, height, step.channel()));
    }
    return new Format((int) width, (int) height, type);
  }

  /**
   * A frame of an image.
   *
   * @param expected how the camera delivers images
   * @param exposureMs that the camera reported
   * @throws SkinSpectraException if the image is missing, another camera's, or of another size or
   *     type
   */
  Frame frame(RigStep step, MMCoreImage image, Format expected, double exposureMs)
      throws Exception {
    Object pixels = image.pixels();
    Map<String, String> tags = image.tags();
    if (pixels == null) {
      throw wrong(step, "no pixels at all", expected);
    }
    String camera = tags.getOrDefault("Camera", tags.get("Core-Camera"));
    if (camera != null && !camera.equals(step.camera())) {
      throw wrong(step, "an image of " + camera, expected);
    }
    requireTag(step, tags, "Width", Integer.toString(expected.width()), expected);
    requireTag(step, tags, "Height", Integer.toString(expected.height()), expected);
    String type = tags.get("PixelType");
    if (type != null && TYPES.get(type) != expected.type()) {
      throw wrong(step, "an image that says to be " + type, expected);
    }
    long samples = (long) expected.width() * expected.height() * expected.type().samplesPerPixel();
    int bits = bits(step, tags, expected);
    FrameTags named =
        new FrameTags(step.channel(), step.camera(), exposureMs, step.gain(), Instant.now(), tags);
    int width = expected.width();
    int height = expected.height();
    PixelType asked = expected.type();
    if (pixels instanceof byte[] bytes && asked.bytesPerSample() == 1 && bytes.length == samples) {
      return Frame.of(width, height, asked, bits, bytes, named);
    }
    if (pixels instanceof short[] shorts
        && asked.bytesPerSample() == 2
        && shorts.length == samples) {
      return Frame.of(width, height, asked, bits, shorts, named);
    }
    if (pixels instanceof float[] floats && bits == 0 && floats.length == samples) {
      return Frame.of(width, height, floats, named);
    }
    throw wrong(step, "an array " + text(pixels), expected);
  }

  /**
   * Whether a camera gave the very image that it gave before: no two images of a camera have the
   * same noise in all pixels. One of a single value, as a covered or a saturated camera gives, does
   * not count.
   */
  boolean isRepeated(RigStep step, MMCoreImage image, Format format) {
    Object before = last.get(step.camera());
    return before != null
        && equal(before, image.pixels())
        && !isUniform(image.pixels(), format.type().samplesPerPixel());
  }

  /** Keeps an image to compare the camera's next one with. */
  void keep(RigStep step, MMCoreImage image) {
    last.put(step.camera(), image.pixels());
  }

  private int bits(RigStep step, Map<String, String> tags, Format format) throws Exception {
    PixelType type = format.type();
    if (type.maxBits() == 0) {
      return 0;
    }
    String stated =
        Optional.ofNullable(tags.get("BitDepth"))
            .orElse(
                core.hasProperty(step.camera(), "BitDepth")
                    ? core.property(step.camera(), "BitDepth")
                    : Integer.toString(type.maxBits()));
    int bits = number(stated);
    // Colour cameras may state the bits of a whole pixel, with the unused component or without.
    if (type.channels() == 3 && (bits == 4 * type.maxBits() || bits == 3 * type.maxBits())) {
      bits = type.maxBits();
    }
    if (bits < 1 || bits > type.maxBits()) {
      throw new SkinSpectraException(
          ("%s says that it has %s bits a sample, which %s pixels cannot hold. Set its pixel type"
                  + " and bit depth to such as belong together.")
              .formatted(step.camera(), stated, type.key()));
    }
    return bits;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static void requireTag(
      RigStep step, Map<String, String> tags, String name, String value, Format expected) {
    String tag = tags.get(name);
    if (tag != null && !tag.equals(value)) {
      throw wrong(step, "an image of " + name.toLowerCase(Locale.ROOT) + " " + tag, expected);
    }
  }

  private static SkinSpectraException wrong(RigStep step, String what, Format expected) {
    return new SkinSpectraException(
        ("%s delivered %s in place of %s. It is not used. Let no other program part use the camera"
                + " and try again; where it happens again, connect the camera anew.")
            .formatted(step.camera(), what, expected));
  }

  private static String text(Object pixels) {
    if (pixels instanceof byte[] bytes) {
      return "of %d bytes".formatted(bytes.length);
    }
    if (pixels instanceof short[] shorts) {
      return "of %d 16-bit numbers".formatted(shorts.length);
    }
    return pixels instanceof float[] floats
        ? "of %d floats".formatted(floats.length)
        : "of type " + pixels.getClass().getSimpleName();
  }

  private static boolean equal(Object a, Object b) {
    if (a instanceof byte[] bytes && b instanceof byte[] others) {
      return Arrays.equals(bytes, others);
    }
    if (a instanceof short[] shorts && b instanceof short[] others) {
      return Arrays.equals(shorts, others);
    }
    return a instanceof float[] floats
        && b instanceof float[] others
        && Arrays.equals(floats, others);
  }

  /** Whether all pixels of some samples are the same. */
  private static boolean isUniform(Object pixels, int samplesPerPixel) {
    int count = Array.getLength(pixels);
    for (int i = samplesPerPixel; i < count; i++) {
      int other = i - samplesPerPixel;
      boolean same =
          pixels instanceof byte[] bytes
              ? bytes[i] == bytes[other]
              : pixels instanceof short[] shorts
                  ? shorts[i] == shorts[other]
                  : ((float[]) pixels)[i] == ((float[]) pixels)[other];
      if (!same) {
        return false;
      }
    }
    return true;
  }
}
