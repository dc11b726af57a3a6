package org.skinspectra.format;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.skinspectra.JsonText;
import org.skinspectra.cube.DisplayRange;

/**
 * Writes an OME-Zarr 0.4 band by band, with every resolution down to one chunk: each pixel of the
 * next is the mean of up to 2x2.
 */
final class OmeZarrWriter {

  /** Values of each plane that the range shown is found from. */
  private static final int SAMPLES = 2000;

  private final CubeSource source;
  private final Path folder;
  private final double scale;
  private final List<ZarrPlanes> levels = new ArrayList<>();

  /**
   * @param samples counts what is clipped at full resolution
   * @param folder that is there and empty
   */
  OmeZarrWriter(CubeSource source, WriteOptions options, SampleQuantizer samples, Path folder)
      throws IOException {
    this.source = source;
    this.folder = folder;
    this.scale = samples.scale();
    int width = source.width();
    int height = source.height();
    SampleQuantizer quantizer = samples;
    while (true) {
      levels.add(
          new ZarrPlanes(
              folder.resolve(Integer.toString(levels.size())),
              new ZarrPlanes.Shape(source.bands(), height, width),
              options,
              quantizer));
      if (width <= ZarrPlanes.CHUNK && height <= ZarrPlanes.CHUNK) {
        break;
      }
      width = half(width);
      height = half(height);
      quantizer = new SampleQuantizer(options, folder);
    }
  }

  void write() throws IOException {
    JsonObject group = new JsonObject();
    group.addProperty("zarr_format", 2);
    Files.writeString(folder.resolve(ZarrMetadata.GROUP), JsonText.writeAscii(group));
    int bands = source.bands();
    float[] lowest = new float[bands];
    float[] highest = new float[bands];
    float[][] sampled = new float[bands][];
    BandReader reader = new BandReader(source);
    for (int band = 0; band < bands; band++) {
      float[] plane = reader.plane(band);
      extremes(plane, band, lowest, highest);
      sampled[band] = sample(plane);
      int width = source.width();
      int height = source.height();
      levels.get(0).write(band, plane);
      for (ZarrPlanes level : levels.subList(1, levels.size())) {
        plane = halved(plane, width, height);
        width = half(width);
        height = half(height);
        level.write(band, plane);
      }
    }
    JsonObject attributes =
        new OmeZarrAttributes(source, scale)
            .json(levels.size(), lowest, highest, DisplayRange.of(sampled));
    Files.writeString(folder.resolve(ZarrMetadata.ATTRIBUTES), JsonText.writeAscii(attributes));
  }

  private static void extremes(float[] plane, int band, float[] lowest, float[] highest) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : plane) {
      if (Float.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    lowest[band] = low <= high ? low : 0;
    highest[band] = low <= high ? high : 0;
  }

  private static float[] sample(float[] plane) {
    int step = Math.max(1, plane.length / SAMPLES);
    float[] sample = new float[(plane.length - 1) / step + 1];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = plane[i * step];
    }
    return sample;
  }

  private static int half(int length) {
    return (length + 1) / 2;
  }

  /** Means of 2x2 pixels; at an odd edge, of those there are. */
  static float[] halved(float[] plane, int width, int height) {
    int halfWidth = half(width);
    float[] halved = new float[halfWidth * half(height)];
    for (int y = 0; y < height; y += 2) {
      int below = Math.min(y + 1, height - 1) * width;
      for (int x = 0; x < width; x += 2) {
        int right = Math.min(x + 1, width - 1);
        // A pixel at the edge counts twice, which is the mean of those there are.
        double sum =
            (double) plane[y * width + x]
                + plane[y * width + right]
                + plane[below + x]
                + plane[below + right];
        halved[y / 2 * halfWidth + x / 2] = (float) (sum / 4);
      }
    }
    return halved;
  }
}
