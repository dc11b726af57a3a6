package mmcorej;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A camera whose images tell where they come from. The first samples are the camera's number, how
 * often it was exposed, and the state of the wheel, each below 256; of colour images blue, green and
 * red of the first pixel. Its buffer keeps what it was last exposed with.
 */
class StandInCamera extends StandInDevice {

  static final List<String> BINNINGS = List.of("1", "2", "4", "8");
  private static final Map<String, Integer> BYTES =
      Map.of("8bit", 1, "16bit", 2, "32bit", 4, "32bitRGB", 4, "64bitRGB", 8);

  final int number;
  double exposureMs = 10;
  int x;
  int y;
  int width;
  int height;
  int exposed;
  private byte[] buffer = new byte[0];
  private boolean staleNext;
  volatile Sequence sequence;

  StandInCamera(String label, String library, int number) {
    super(label, library, "DCam");
    this.number = number;
    properties.put("Binning", "1");
    properties.put("PixelType", "8bit");
    properties.put("BitDepth", "8");
    properties.put("OnCameraCCDXSize", "512");
    properties.put("OnCameraCCDYSize", "512");
    properties.put("MaximumExposureMs", "10000");
    properties.put("BufferFrames", "0");
    properties.put("Channels", "1");
    clearRegion();
  }

  int binning() {
    return Integer.parseInt(properties.get("Binning"));
  }

  void clearRegion() {
    x = 0;
    y = 0;
    width = Integer.parseInt(properties.get("OnCameraCCDXSize")) / binning();
    height = Integer.parseInt(properties.get("OnCameraCCDYSize")) / binning();
  }

  /** To a width of whole fours, as many sensors have it. */
  void setRegion(int left, int top, int columns, int rows) {
    x = left;
    y = top;
    width = Math.max(4, columns / 4 * 4);
    height = rows;
  }

  @Override
  void set(String property, String value) throws Exception {
    if (sequence != null && List.of("PixelType", "Binning").contains(property)) {
      throw new Exception("Error in device \"" + label + "\": Camera is busy capturing. (11)");
    }
    if (property.equals("Binning") && !BINNINGS.contains(value)
        || property.equals("PixelType") && !BYTES.containsKey(value)) {
      throw new Exception(
          "Cannot set property \"" + property + "\" of device \"" + label + "\" to \"" + value
              + "\": Invalid property value encountered: " + value + " (3)");
    }
    super.set(property, value);
    if (List.of("Binning", "OnCameraCCDXSize", "OnCameraCCDYSize").contains(property)) {
      clearRegion();
    }
    if (property.equals("PixelType")) {
      properties.put("BitDepth", value.contains("16") || value.contains("64") ? "16" : "8");
    }
    staleNext = true;
  }

  int bytesPerPixel() {
    return BYTES.get(properties.get("PixelType"));
  }

  int components() {
    return properties.get("PixelType").endsWith("RGB") ? 4 : 1;
  }

  int bitDepth() {
    return Integer.parseInt(properties.get("BitDepth"));
  }

  void expose(int wheel) throws Exception {
    switch (fault()) {
      case "HangOnSnap" -> {
        while (fault().equals("HangOnSnap")) {
          CMMCore.pause(1);
        }
      }
      case "FailOnSnap" ->
          throw new Exception("Error in device \"" + label + "\": Camera not responding (10013)");
      case "Stale" -> {
        CMMCore.pause(exposureMs);
        return;
      }
      case "StaleOnce" -> {
        if (staleNext) {
          staleNext = false;
          return;
        }
      }
      default -> {}
    }
    staleNext = false;
    CMMCore.pause(exposureMs);
    exposed++;
    buffer = image(wheel);
  }

  /** The bytes of an image, little endian. */
  byte[] image(int wheel) {
    byte[] bytes = new byte[width * height * bytesPerPixel()];
    int size = Math.max(1, bytesPerPixel() / components());
    if (fault().equals("Covered")) {
      return bytes;
    }
    int[] first = {number, exposed & 0xff, wheel};
    for (int i = 0; i < bytes.length / size; i++) {
      int value = i < first.length ? first[i] : i + exposed & 0x7f;
      if (size == 4) {
        int bits = Float.floatToIntBits(value);
        for (int b = 0; b < 4; b++) {
          bytes[4 * i + b] = (byte) (bits >> 8 * b);
        }
      } else {
        bytes[size * i] = (byte) value;
      }
    }
    return bytes;
  }

  /** What the buffer holds, as an array of the present size and type, whether that fits or not. */
  Object pixels() {
    return pixels(buffer);
  }

  Object pixels(byte[] from) {
    byte[] bytes = Arrays.copyOf(from, width * height * bytesPerPixel());
    int size = bytesPerPixel() / components();
    if (fault().equals("WrongType")) {
      return new int[bytes.length];
    }
    if (fault().equals("WrongSize")) {
      bytes = Arrays.copyOf(bytes, bytes.length / 2);
    }
    if (size == 1) {
      return bytes;
    }
    java.nio.ByteBuffer order =
        java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    if (size == 2) {
      short[] shorts = new short[bytes.length / 2];
      order.asShortBuffer().get(shorts);
      return shorts;
    }
    float[] floats = new float[bytes.length / 4];
    order.asFloatBuffer().get(floats);
    return floats;
  }

  /** A thread that puts images into the circular buffer. */
  static final class Sequence extends Thread {
    private final CMMCore core;
    private final StandInCamera camera;
    private final long count;
    private final boolean stopOnOverflow;
    private volatile boolean stopped;

    Sequence(CMMCore core, StandInCamera camera, long count, boolean stopOnOverflow) {
      super("stand-in camera");
      setDaemon(true);
      this.core = core;
      this.camera = camera;
      this.count = count;
      this.stopOnOverflow = stopOnOverflow;
    }

    @Override
    public void run() {
      for (long i = 0; i < count && !stopped; i++) {
        if (camera.fault().equals("StopShort") && i == 5) {
          break;
        }
        CMMCore.pause(camera.exposureMs);
        while (camera.fault().equals("Silent") && !stopped) {
          CMMCore.pause(1);
        }
        if (stopped) {
          break;
        }
        camera.exposed++;
        if (!core.insert(camera, stopOnOverflow)) {
          break;
        }
      }
      camera.sequence = null;
    }

    void end() throws InterruptedException {
      stopped = true;
      join(1000);
    }
  }
}
