package org.skinspectra.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.Msi;
import org.skinspectra.model.WeightTensor;
import org.skinspectra.model.Weights;

/**
 * A folder of inputs and outputs of the published PyTorch models: beside {@code NAME.safetensors},
 * the weights, {@code NAME_WxH.safetensors} with the tensors {@code input} and {@code output}, [1,
 * channel, y, x].
 */
final class GoldenFolder {

  private static final Pattern VECTORS = Pattern.compile("(.+)_\\d{1,5}x\\d{1,5}\\.safetensors");
  private static final int MAX_FILES = 1000;

  /** An image and what the model of some weights makes of it, [band][y · width + x]. */
  record Vectors(String name, Weights weights, Msi input, float[][] output) {}

  private GoldenFolder() {}

  /**
   * All vectors, in the order of their names; those of one model share its weights.
   *
   * @throws SkinSpectraException if there are none, or a file is not one
   */
  static List<Vectors> read(Path folder) {
    List<Vectors> all = new ArrayList<>();
    Map<String, Weights> models = new HashMap<>();
    for (Path file : files(folder)) {
      Matcher name = VECTORS.matcher(file.getFileName().toString());
      if (name.matches()) {
        Weights weights =
            models.computeIfAbsent(
                name.group(1), model -> Weights.read(folder.resolve(model + ".safetensors")));
        all.add(vectors(file, weights));
      }
    }
    if (all.isEmpty()) {
      throw new SkinSpectraIOException(
          folder + " holds no golden vectors (NAME_WxH.safetensors beside NAME.safetensors).");
    }
    return all;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().limit(MAX_FILES).toList();
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot read the folder of golden vectors " + folder + ": " + e, e);
    }
  }

  private static Vectors vectors(Path file, Weights weights) {
    Weights tensors = Weights.read(file);
    WeightTensor input = tensors.tensor("input");
    WeightTensor output = tensors.tensor("output");
    int[] in = input.shape();
    int[] out = output.shape();
    if (in.length != 4
        || out.length != 4
        || in[0] != 1
        || out[0] != 1
        || in[2] != out[2]
        || in[3] != out[3]) {
      throw new SkinSpectraException(
          "%s holds an input of %s and an output of %s; both must be [1, channels, y, x]."
              .formatted(file, input.shapeText(), output.shapeText()));
    }
    return new Vectors(file.getFileName().toString(), weights, channelLast(input), planes(output));
  }

  private static Msi channelLast(WeightTensor tensor) {
    int channels = tensor.shape()[1];
    int pixels = tensor.shape()[2] * tensor.shape()[3];
    float[] values = new float[tensor.size()];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < pixels; i++) {
        values[i * channels + c] = tensor.values()[c * pixels + i];
      }
    }
    return new Msi(tensor.shape()[3], tensor.shape()[2], channels, values);
  }

  private static float[][] planes(WeightTensor tensor) {
    int pixels = tensor.shape()[2] * tensor.shape()[3];
    float[][] planes = new float[tensor.shape()[1]][pixels];
    for (int band = 0; band < planes.length; band++) {
      System.arraycopy(tensor.values(), band * pixels, planes[band], 0, pixels);
    }
    return planes;
  }
}
