package org.skinspectra.measure;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/**
 * The golden vectors of the challenge's metric. The map holds 0 where the metric had NaN.
 *
 * @param map angles (rad)
 */
record GoldenAngles(
    SpectralCube prediction, SpectralCube target, Mask mask, float[] map, float score) {

  static GoldenAngles read() {
    try (InputStream in = GoldenAngles.class.getResourceAsStream("sam.safetensors")) {
      ByteBuffer file = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      byte[] header = new byte[(int) file.getLong()];
      file.get(header);
      JsonObject tensors =
          JsonParser.parseString(new String(header, StandardCharsets.UTF_8)).getAsJsonObject();
      ByteBuffer data = file.slice().order(ByteOrder.LITTLE_ENDIAN);
      JsonArray shape = tensors.getAsJsonObject("prediction").getAsJsonArray("shape");
      int height = shape.get(1).getAsInt();
      int width = shape.get(2).getAsInt();
      return new GoldenAngles(
          cube(width, height, values(tensors, data, "prediction")),
          cube(width, height, values(tensors, data, "target")),
          new Mask(width, height, values(tensors, data, "mask")),
          values(tensors, data, "map"),
          values(tensors, data, "score")[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float[] values(JsonObject tensors, ByteBuffer data, String name) {
    JsonArray offsets = tensors.getAsJsonObject(name).getAsJsonArray("data_offsets");
    int from = offsets.get(0).getAsInt();
    float[] values = new float[(offsets.get(1).getAsInt() - from) / Float.BYTES];
    data.position(from);
    data.asFloatBuffer().get(values);
    return values;
  }

  private static SpectralCube cube(int width, int height, float[] values) {
    int pixels = width * height;
    float[][] planes = new float[values.length / pixels][];
    Arrays.setAll(planes, i -> Arrays.copyOfRange(values, i * pixels, (i + 1) * pixels));
    return SpectralCube.ofPlanes(width, height, Wavelengths.VIS_NIR, planes);
  }
}
