package org.skinspectra.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skinspectra.SkinSpectraException;

/** Finds a network and its sizes from the names and shapes of tensors. */
final class ArchitectureInference {

  /** Indices longer than this cannot be right and would not fit an int. */
  private static final String INDEX = "(\\d{1,4})";

  private final Weights weights;

  private ArchitectureInference(Weights weights) {
    this.weights = weights;
  }

  static Architecture infer(Weights weights) {
    ArchitectureInference inference = new ArchitectureInference(weights);
    if (inference.hasAny("conv_in\\.|conv_out\\.|body\\.")) {
      return inference.mstPlusPlus();
    }
    if (inference.hasAny("embedding_1\\.|embedding_2\\.")) {
      return inference.mst();
    }
    throw new SkinSpectraException(
        weights.source()
            + " holds neither an MST++ (conv_in.weight, body.0..., conv_out.weight) nor an MST"
            + " (embedding_1.weight, embedding_2.weight, ...); its tensors are "
            + firstNames(weights)
            + ".");
  }

  private Architecture mstPlusPlus() {
    int[] in = convolution("conv_in.weight");
    int[] out = convolution("conv_out.weight");
    int stages = count("body.");
    return architecture(
        Architecture.Kind.MST_PLUS_PLUS, in[1], out[0], in[0], stages, blocks("body.0."));
  }

  private Architecture mst() {
    int[] in = convolution("embedding_2.weight");
    int[] out = convolution("mapping.weight");
    return architecture(Architecture.Kind.MST, in[1], out[0], in[0], 1, blocks(""));
  }

  private Architecture architecture(
      Architecture.Kind kind,
      int inputs,
      int outputs,
      int features,
      int stages,
      List<Integer> blocks) {
    Architecture architecture;
    try {
      architecture = new Architecture(kind, inputs, outputs, features, stages, blocks);
    } catch (SkinSpectraException e) {
      throw new SkinSpectraException(
          "The weights " + weights.source() + " cannot be used. " + e.getMessage(), e);
    }
    requireMetadata(architecture);
    return architecture;
  }

  private List<Integer> blocks(String prefix) {
    int depth = count(prefix + "encoder_layers.");
    List<Integer> blocks = new ArrayList<>();
    for (int level = 0; level < Math.min(depth, Architecture.MAX_DEPTH + 1); level++) {
      blocks.add(count(prefix + "encoder_layers." + level + ".0.blocks."));
    }
    blocks.add(count(prefix + "bottleneck.blocks."));
    return blocks;
  }

  /** One more than the greatest index that follows {@code prefix} in a tensor's name. */
  private int count(String prefix) {
    Pattern names = Pattern.compile(Pattern.quote(prefix) + INDEX + "\\..*");
    int count = 0;
    for (String name : weights.tensors().keySet()) {
      Matcher matcher = names.matcher(name);
      if (matcher.matches()) {
        count = Math.max(count, 1 + Integer.parseInt(matcher.group(1)));
      }
    }
    if (count == 0) {
      throw new SkinSpectraException(
          "The weights " + weights.source() + " lack all tensors '" + prefix + "0...'.");
    }
    return count;
  }

  private int[] convolution(String name) {
    int[] shape = weights.tensor(name).shape();
    if (shape.length != 4) {
      throw new SkinSpectraException(
          "Tensor '"
              + name
              + "' of "
              + weights.source()
              + " has the shape "
              + WeightTensor.shapeText(shape)
              + "; a convolution has four axes.");
    }
    return shape;
  }

  private boolean hasAny(String prefixes) {
    Pattern names = Pattern.compile("(?:" + prefixes + ").*");
    return weights.tensors().keySet().stream().anyMatch(name -> names.matcher(name).matches());
  }

  private void requireMetadata(Architecture architecture) {
    for (Map.Entry<String, String> expected : architecture.metadata().entrySet()) {
      String found = weights.metadata().get(expected.getKey());
      if (found != null && !found.replace(" ", "").equalsIgnoreCase(expected.getValue())) {
        throw new SkinSpectraException(
            "The metadata of "
                + weights.source()
                + " say "
                + expected.getKey()
                + " = "
                + Quoted.of(found)
                + ", but its tensors say "
                + expected.getValue()
                + " ("
                + architecture.describe()
                + ").");
      }
    }
  }

  private static String firstNames(Weights weights) {
    List<String> names = weights.tensors().keySet().stream().map(Quoted::of).toList();
    return names.size() <= 3
        ? names.toString()
        : names.subList(0, 3) + " and " + (names.size() - 3) + " more";
  }
}
